"""What people read for the values of timelines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.language import N_, tr
from motoolkit.model import MISSING

if TYPE_CHECKING:
    from collections.abc import Mapping

STATUSES: Final = {
    "0": N_("0 not on the payroll"),
    "1": N_("1 on the payroll"),
    "3": N_("3 on leave"),
    "4": N_("4 conflict"),
    "7": N_("7 emigrated or dead"),
    "8": N_("8 resigned"),
    "9": N_("9 retired"),
    "S": N_("S deleted"),
}
"""SD's EmploymentStatusCode in words (sd.md section 4)."""

NOTHING: Final = "–"
"""What is shown where a side has no value."""

_MILLION: Final = 1_000_000
_YES: Final = {"active": N_("employed"), "leave": N_("on leave")}
_FREE: Final = frozenset({"title", "name"})


def said(name: str, value: Any, names: Mapping[str, str]) -> str:
    """Return an attribute's value as people read it.

    Args:
        name: the attribute.
        value: what holds; ``MISSING`` and None are a dash.
        names: UUIDs of units, and user_keys of classes, to names.
    """
    if value is MISSING or value is None or value == "":
        return NOTHING
    if name in _YES:
        return tr(_YES[name])
    if name == "fraction":
        return f"{value / _MILLION:.2%}".replace(".", ",").replace(",00", "").replace("%", " %")
    return _named(name, str(value), names)


def _named(name: str, text: str, names: Mapping[str, str]) -> str:
    """Return what has a name with it; a title is no key, though it may look like one."""
    if text not in names or name in _FREE:
        return text
    if name == "engagement_type":
        return f"{names[text]} ({text})"
    return f"{text} {names[text]}" if name == "job_function" else names[text]
