"""MO's engagements as the mirror has them: whose they are, whether they are SD's, what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from motoolkit.sd._keys import pairs, why_ignored
from motoolkit.sd.mo._numbers import BLANK, read_numbers
from motoolkit.sd.mo._reading import ask, classes_of, period, with_classes

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from motoolkit.mirror import Mirror
    from motoolkit.sd.mapping import Mapping

NO_CPR: Final = "no_cpr"
NOT_SD_TYPE: Final = "not_sd_type"
_LETTERED: Final = "engagement_type"
"""What the types begin with that sdlon makes of job codes."""


DIGITS: Final = "upper(regexp_replace(coalesce(cpr_number, ''), '[^0-9A-Za-z]', '', 'g'))"


def persons_query(cprs: Collection[str] | None) -> tuple[str, dict[str, Any]]:
    """Return the query for person_uuid, cpr and label as of ``$as_of``, else the latest; and its parameters.

    ``cprs`` are the numbers of those who are wanted, None for everybody.
    """
    valid = "(valid_from IS NULL OR valid_from <= $as_of) AND (valid_to IS NULL OR $as_of < valid_to)"
    order = f"ORDER BY ({valid}), valid_from NULLS FIRST"
    chosen = "" if cprs is None else f"WHERE {DIGITS} IN (SELECT unnest($cprs))"
    query = (
        f"SELECT uuid AS person_uuid, last({DIGITS} {order}) AS cpr, last(name {order}) AS label"
        f" FROM persons {chosen} GROUP BY uuid"
    )
    return query, {} if cprs is None else {"cprs": sorted(cprs)}


def read_engagements(
    mirror: Mirror, mapping: Mapping, *, as_of: date, cprs: Collection[str] | None
) -> pd.DataFrame:
    """Return a row for each slice of each engagement, with what ``read_numbers`` adds and ``ignored``.

    ``ignored`` tells why the integration leaves the engagement alone: no_cpr, fictive_cpr, no_date_cpr,
    not_sd_type, uuid_number, foreign_number; else "".
    """
    joins, values = classes_of("e", ["engagement_type"])
    job_joins, job_values = classes_of("e", ["job_function"], mapping.job_function or "user_key")
    extensions = {"title": mapping.title, "unit_code": mapping.unit_code}
    read = {
        name: f"nullif(trim(e.{column}), '')" if column else "NULL" for name, column in extensions.items()
    }
    raw = "nullif(lower(trim(e.extension_5)), '')" if mapping.raw_unit == "extension_5" else "NULL"
    read |= values | job_values | {"sd_unit": raw, "fraction": "coalesce(e.fraction, 0)"}
    columns = ", ".join(f"{value} AS {name}" for name, value in read.items())
    persons, wanted = persons_query(cprs)
    query = with_classes(
        f"SELECT e.uuid, {period('e')}, e.user_key, e.org_unit_uuid AS unit, p.*, {columns}"
        f" FROM engagements e JOIN ({persons}) AS p ON p.person_uuid = e.person_uuid"
        f" {joins} {job_joins} ORDER BY e.uuid, e.valid_from NULLS FIRST"
    )
    frame = ask(mirror, query, {"as_of": as_of} | wanted)
    return _judged(_one_institution(read_numbers(frame)), mapping)


def _one_institution(frame: pd.DataFrame) -> pd.DataFrame:
    """Let an engagement whose number once had its institution before it have that institution always."""
    blank = (frame["institution"] == "") & (frame["plain"] != "")
    told = frame[(frame["institution"] != "") & frame["uuid"].isin(frame["uuid"][blank])]
    if not len(told):
        return frame
    known = told.drop_duplicates(["uuid", "plain"], keep="last").set_index(["uuid", "plain"])["institution"]
    found = known.reindex(pd.MultiIndex.from_frame(frame[["uuid", "plain"]])).fillna("").to_numpy()
    institution = frame["institution"].where(~blank, found)
    return frame.assign(institution=institution, pair=pairs(frame["cpr"], institution, frame["plain"]))


def _judged(frame: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    typed = is_sd_type(frame["engagement_type"], mapping)
    any_typed = typed.groupby(frame["uuid"]).transform("any")
    numberless = (frame["wrong"] != "") & (frame["wrong"] != BLANK)
    all_numberless = numberless.groupby(frame["uuid"]).transform("all")
    ignored = np.select(
        [(frame["cpr"] == "").to_numpy(), (~any_typed).to_numpy(bool), all_numberless.to_numpy(bool)],
        [NO_CPR, NOT_SD_TYPE, frame["wrong"].to_numpy()],
        "",
    )
    persons = why_ignored(frame["cpr"]).to_numpy()
    return frame.assign(sd_typed=typed, ignored=np.where(ignored == "", persons, ignored))


def is_sd_type(types: pd.Series[Any], mapping: Mapping) -> pd.Series[Any]:
    """Tell which engagement types are SD's; without types in the mapping all are."""
    if not mapping.engagement_types:
        return types.notna() | True
    own = types.isin(set(mapping.engagement_types.values()))
    lettered = types.fillna("").astype(str).str.startswith(_LETTERED)
    return own | lettered if mapping.engagement_type == "number" else own
