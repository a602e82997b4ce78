"""Audits of one or several Active Directories against MO.

Names are imported when they are first asked for, so that ``import motoolkit.ad`` stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motoolkit.ad._audit import AdAudit, audit
    from motoolkit.ad.connecting import connect_ad
    from motoolkit.ad.integration import import_settings
    from motoolkit.ad.mo import COLLECTIONS
    from motoolkit.ad.readings import Readings
    from motoolkit.ad.source import DirectorySource, open_source
    from motoolkit.ad.watch import Watch

_HOMES = {
    "COLLECTIONS": "mo",
    "AdAudit": "_audit",
    "DirectorySource": "source",
    "Readings": "readings",
    "Watch": "watch",
    "audit": "_audit",
    "connect_ad": "connecting",
    "import_settings": "integration",
    "open_source": "source",
}
"""Where each public name lives."""

__all__ = [
    "COLLECTIONS",
    "AdAudit",
    "DirectorySource",
    "Readings",
    "Watch",
    "audit",
    "connect_ad",
    "import_settings",
    "open_source",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
