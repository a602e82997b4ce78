"""SD-Løn beside MO: the whole timeline of both, and where they differ.

Names are imported when they are first asked for, so that ``import motoolkit.sd`` stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motoolkit.sd._shapes import Departments, Employments, Persons
    from motoolkit.sd._side import Side
    from motoolkit.sd.client import Population, SdClient, connect_sd
    from motoolkit.sd.mapping import PRESETS, Mapping

_HOMES = {
    "PRESETS": "mapping",
    "Departments": "_shapes",
    "Employments": "_shapes",
    "Mapping": "mapping",
    "Persons": "_shapes",
    "Population": "client",
    "SdClient": "client",
    "Side": "_side",
    "connect_sd": "client",
}
"""Where each public name lives."""

__all__ = [
    "PRESETS",
    "Departments",
    "Employments",
    "Mapping",
    "Persons",
    "Population",
    "SdClient",
    "Side",
    "connect_sd",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'motoolkit.sd' has no attribute {name!r}")
    found = getattr(import_module(f"motoolkit.sd.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return list(__all__)
