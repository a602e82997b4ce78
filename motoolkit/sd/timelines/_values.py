"""From what SD writes in its sections to what MO should hold."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from motoolkit.sd._rows import all_rows, oddities_of, rows_of
from motoolkit.sd._side import empty_intervals

if TYPE_CHECKING:
    from motoolkit.sd.mapping import Mapping

_FULL_TIME: Final = 1_000_000
_RATE: Final = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,12})?")


def fraction(rate: str) -> int | str:
    """Return a rate in millionths, or why there is none: unreadable, negative, above_one."""
    if not _RATE.fullmatch(rate):
        return "unreadable"
    millionths = int((Decimal(rate) * _FULL_TIME).to_integral_value(ROUND_HALF_UP))
    if millionths < 0:
        return "negative"
    return millionths if millionths <= _FULL_TIME else "above_one"


def fractions(rates: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of fraction, and an oddity for each rate that MO can not hold.

    Each different text is read once, and exactly.
    """
    written = rates[rates["value"].notna()]
    codes, texts = pd.factorize(written["value"])
    read = [fraction(text) for text in texts]
    values = np.array([*read, None], dtype=object)[codes]
    wrong = np.array([*(isinstance(value, str) for value in read), False])[codes]
    odd = rows_of(written[wrong], "fraction").assign(detail=values[wrong])
    good = rows_of(written.assign(value=values)[~wrong], "fraction")
    return good, oddities_of(odd, "gap_in_sd_attr")


def engagement_types(
    sections: dict[str, pd.DataFrame], active: pd.DataFrame, numbers: pd.Series[Any], mapping: Mapping
) -> pd.DataFrame:
    """Return the rows of engagement_type, by the mapping's rule; ``numbers`` are those of the subjects."""
    if mapping.engagement_type == "number":
        return _by_number(sections["job_position"], active, numbers, mapping)
    words = {"hours": _hours, "salaried": _salaried, "status": _statuses}.get(mapping.engagement_type)
    if words is None:
        return empty_intervals()
    said = words(sections)
    classes = said["value"].map(dict(mapping.engagement_types)).astype(object)
    return rows_of(said.assign(value=classes)[classes.notna()], "engagement_type")


def _statuses(sections: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return sections["status"]


def _salaried(sections: dict[str, pd.DataFrame]) -> pd.DataFrame:
    salaried = sections["salaried"]
    return salaried.assign(value=salaried["value"].map({"true": "salaried", "false": "hourly"}))


def _hours(sections: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Both flags are of one section, so they have the same dates."""
    full = sections["full_time"][["subject", "start", "end", "value"]].rename(columns={"value": "full"})
    said = sections["salaried"].merge(full, on=["subject", "start", "end"], how="left")
    salaried = np.where(said["full"] == "true", "full", "part")
    words = np.where(said["value"] == "false", "hourly", salaried)
    return said.assign(value=np.where(said["value"].isin(["true", "false"]), words, ""))


def _by_number(
    jobs: pd.DataFrame, active: pd.DataFrame, numbers: pd.Series[Any], mapping: Mapping
) -> pd.DataFrame:
    """Return sdlon's split: below ``divide`` by the month, above by the hour, with letters by job code."""
    digits = numbers.str.fullmatch("[0-9]{1,18}")
    amounts = pd.to_numeric(numbers.where(digits, "0")).astype("int64")
    words = pd.Series(np.where(amounts < mapping.divide, "salaried", "hourly"), index=numbers.index)
    classes = words.map(dict(mapping.engagement_types)).where(digits)
    own = active.assign(value=active["subject"].map(classes))
    lettered = jobs[~jobs["subject"].map(digits).astype(bool) & jobs["value"].notna()]
    return all_rows(
        rows_of(own[own["value"].notna()], "engagement_type"),
        rows_of(lettered.assign(value="engagement_type" + lettered["value"].astype(str)), "engagement_type"),
    )
