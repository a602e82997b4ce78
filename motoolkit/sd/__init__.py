"""SD-Løn beside MO: the whole timeline of both, and where they differ.

Names are imported when they are first asked for, so that ``import motoolkit.sd`` stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motoolkit.sd._audit import SdAudit, audit
    from motoolkit.sd._counts import population
    from motoolkit.sd._shapes import Departments, Employments, Persons
    from motoolkit.sd._side import Side
    from motoolkit.sd.client import Population, SdClient, connect_sd
    from motoolkit.sd.diff import compare
    from motoolkit.sd.guess import Guess, guess_mapping
    from motoolkit.sd.mapping import PRESETS, Mapping

_HOMES = {
    "PRESETS": "mapping",
    "Departments": "_shapes",
    "Employments": "_shapes",
    "Guess": "guess",
    "Mapping": "mapping",
    "Persons": "_shapes",
    "Population": "client",
    "SdAudit": "_audit",
    "SdClient": "client",
    "Side": "_side",
    "audit": "_audit",
    "compare": "diff",
    "connect_sd": "client",
    "guess_mapping": "guess",
    "population": "_counts",
}
"""Where each public name lives."""

__all__ = [
    "PRESETS",
    "Departments",
    "Employments",
    "Guess",
    "Mapping",
    "Persons",
    "Population",
    "SdAudit",
    "SdClient",
    "Side",
    "audit",
    "compare",
    "connect_sd",
    "guess_mapping",
    "population",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'motoolkit.sd' has no attribute {name!r}")
    found = getattr(import_module(f"motoolkit.sd.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return list(__all__)
