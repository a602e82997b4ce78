"""Which department an employment is in, and what stands above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from motoolkit.model import bulk_join, bulk_subtract, bulk_untangle
from motoolkit.sd._rows import all_rows, rows_of

if TYPE_CHECKING:
    from motoolkit.sd._shapes import Departments


def department_rows(
    named: pd.DataFrame, coded: pd.DataFrame, departments: Departments | None
) -> pd.DataFrame:
    """Return the rows of sd_unit; where SD gives a code without a UUID, the department that has it then.

    A code that several departments of the institution have at the time finds none.
    """
    known = rows_of(named[named["value"].notna()], "sd_unit")
    coded = coded[coded["value"].notna()]
    if departments is None or not len(coded) or not len(departments.departments):
        return known
    unnamed = bulk_subtract(coded, known, key="subject")
    if not len(unnamed):
        return known
    keyed = unnamed.assign(key=unnamed["institution"] + "/" + unnamed["value"].astype(str))
    found = bulk_join(keyed.drop(columns="value"), _by_code(departments.departments))
    return all_rows(known, rows_of(found, "sd_unit"))


def _by_code(departments: pd.DataFrame) -> pd.DataFrame:
    coded = departments[departments["code"].notna()]
    key = coded["institution"].astype(str) + "/" + coded["code"].astype(str)
    clean, _ = bulk_untangle(
        pd.DataFrame({"key": key, "start": coded["start"], "end": coded["end"], "value": coded["uuid"]})
    )
    return clean


def levels(departments: Departments | None) -> pd.DataFrame:
    """Return uuid, start, end, level of every department, where SD does not contradict itself."""
    if departments is None:
        return _keyed(pd.DataFrame(columns=["uuid", "start", "end", "level"]), "level")
    return _keyed(departments.departments, "level")


def parents(departments: Departments | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return uuid, start, end, parent: undisputed, and where there are several at a time."""
    if departments is None:
        nothing = _keyed(pd.DataFrame(columns=["uuid", "start", "end", "parent"]), "parent")
        return nothing, nothing
    history = departments.parents
    history = history[history["parent"].isna() | (history["parent"] != history["uuid"])]
    named = history.rename(columns={"parent": "value"})[["uuid", "start", "end", "value"]]
    clean, disputed = bulk_untangle(named, key="uuid")
    return (
        clean.rename(columns={"value": "parent"}),
        disputed.rename(columns={"value": "parent"}),
    )


def _keyed(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    if not len(frame):
        dates = np.array([], dtype="datetime64[s]")
        texts = np.array([], dtype=object)
        return pd.DataFrame({"uuid": texts, "start": dates, "end": dates, column: texts})
    named = frame.rename(columns={column: "value"})[["uuid", "start", "end", "value"]]
    clean, _ = bulk_untangle(named, key="uuid")
    return clean.rename(columns={"value": column})
