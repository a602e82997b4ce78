"""What employments are joined on: person, institution and number, however the number is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from motoolkit.errors import InputError
from motoolkit.model import Cpr

if TYPE_CHECKING:
    from motoolkit.sd.mapping import Mapping

_FEW: Final = 200
"""Up to here plain Python is quicker than columns: a person's timelines are a handful of rows."""

UUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
FICTIVE = "fictive_cpr"
NO_DATE = "no_date_cpr"


def texts(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return values as stripped texts, "" for the missing."""
    if len(values) <= _FEW:
        told = ["" if pd.isna(value) else str(value).strip() for value in values]
        return pd.Series(told, index=values.index, name=values.name, dtype="str")
    return values.astype(object).where(values.notna(), "").astype(str).str.strip()


def plain_number(numbers: pd.Series[Any]) -> pd.Series[Any]:
    """Return numbers in upper case, without leading zeros."""
    upper = texts(numbers).str.upper()
    bare = upper.str.lstrip("0")
    return bare.where((bare != "") | (upper == ""), "0")


def pairs(cprs: pd.Series[Any], institutions: pd.Series[Any], numbers: pd.Series[Any]) -> pd.Series[Any]:
    """Return what employments are joined on; a blank institution is left out."""
    institution = texts(institutions).str.upper()
    return texts(cprs) + "/" + institution.where(institution == "", institution + "-") + plain_number(numbers)


def bare_pairs(cprs: pd.Series[Any], numbers: pd.Series[Any]) -> pd.Series[Any]:
    """Return what employments are joined on where a number does not tell its institution."""
    return texts(cprs) + "/" + plain_number(numbers)


def pairs_in_sd(
    cprs: pd.Series[Any], institutions: pd.Series[Any], numbers: pd.Series[Any], mapping: Mapping
) -> pd.Series[Any]:
    """Return what SD's employments are joined on: as ``mapping`` has MO write their numbers.

    Without a prefix a number that a person has in several institutions fits none of them.
    """
    whole = pairs(cprs, institutions, numbers)
    if mapping.prefix:
        return whole
    bare = bare_pairs(cprs, numbers)
    each = bare[~whole.duplicated()]
    return whole.where(bare.isin(each[each.duplicated()]), bare)


def why_ignored(cprs: pd.Series[Any]) -> pd.Series[Any]:
    """Return why importers skip persons with these CPR numbers, "" where they do not."""
    codes, known = pd.factorize(texts(cprs))
    reasons = np.array([_reason(cpr) for cpr in known] or [""], dtype=object)
    return pd.Series(reasons[codes] if len(codes) else [], index=cprs.index, dtype=object)


def _reason(cpr: str) -> str:
    try:
        read = Cpr(cpr)
    except InputError:
        return NO_DATE
    if read.is_fictive:
        return FICTIVE
    return "" if read.birth_date else NO_DATE
