"""Where somebody is employed and SD does not say as what, where or how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.model import bulk_subtract
from motoolkit.sd._rows import all_oddities, all_rows, oddities_of, rows_of, within
from motoolkit.sd._side import SECTION_ATTRIBUTES

if TYPE_CHECKING:
    import pandas as pd

    from motoolkit.sd.mapping import Mapping

_FIELDS: Final = {
    "profession": ("job_position", "title"),
    "department": ("department", "department_code"),
    "working_time": ("rate", "salaried", "full_time"),
}
_MAY_BE_EMPTY: Final = ("title", "unit_code")
_GAP: Final = "gap_in_sd_attr"


def missing(
    rows: pd.DataFrame,
    sections: dict[str, pd.DataFrame],
    active: pd.DataFrame,
    flagged: pd.DataFrame,
    mapping: Mapping,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return rows for what is there but empty, and an oddity for each stretch without a value.

    A missing section is one oddity, under the first attribute that is read from it; an element that is
    missing in a section is one under its own.  ``flagged`` are oddities that are told already.
    """
    empty, odd = [], []
    by_name, flags = (_by_attribute(frame) for frame in (rows, flagged))
    for section, attributes in SECTION_ATTRIBUTES.items():
        compared = [a for a in attributes if mapping.compares(a) and not _elsewhere(a, mapping)]
        if not compared:
            continue
        covered = all_rows(*(rows_of(sections[field], field) for field in _FIELDS[section]))
        uncovered = bulk_subtract(active, covered, key="subject")
        odd.append(oddities_of(uncovered.assign(attribute=compared[0], value=None), _GAP, section))
        there = within(active, covered)
        for attribute in compared:
            told = all_rows(by_name.get(attribute, rows[:0]), flags.get(attribute, rows[:0]))
            without = bulk_subtract(there, told, key="subject")
            if attribute in _MAY_BE_EMPTY:
                empty.append(rows_of(without.assign(value=None), attribute))
            elif attribute != "sd_unit":
                odd.append(oddities_of(without.assign(attribute=attribute, value=None), _GAP, section))
    return all_rows(*empty), all_oddities(*odd)


def _elsewhere(attribute: str, mapping: Mapping) -> bool:
    """Tell whether an attribute is not read from its section."""
    return attribute == "engagement_type" and mapping.engagement_type in {"status", "number"}


def _by_attribute(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(name): rows_of(rows, str(name)) for name, rows in frame.groupby("attribute", sort=False)}
