"""From SD's sections to the timelines of employments, in MO's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from motoolkit.model import bulk_subtract
from motoolkit.sd._facts import Facts
from motoolkit.sd._keys import pairs_in_sd, texts, why_ignored
from motoolkit.sd._rows import (
    all_oddities,
    all_rows,
    clamped,
    oddities_of,
    rows_of,
    side_of,
    subject_oddities,
    untangled,
    within,
)
from motoolkit.sd._side import ACTIVE, Side
from motoolkit.sd.timelines._departments import department_rows
from motoolkit.sd.timelines._gaps import missing
from motoolkit.sd.timelines._placement import place
from motoolkit.sd.timelines._status import activity
from motoolkit.sd.timelines._values import engagement_types, fractions

if TYPE_CHECKING:
    from motoolkit.sd._shapes import Departments, Employments, Persons
    from motoolkit.sd.mapping import Mapping

_FIELDS: Final = (
    "status",
    "department",
    "department_code",
    "job_position",
    "title",
    "rate",
    "salaried",
    "full_time",
)
_READ_AS: Final = {
    "status": (ACTIVE,),
    "department": ("unit", "sd_unit"),
    "department_code": ("unit_code",),
    "job_position": ("job_function",),
    "title": ("title",),
    "rate": ("fraction",),
    "salaried": ("engagement_type",),
    "full_time": ("engagement_type",),
}
_DAY: Final = np.timedelta64(1, "D")


def employment_side(
    employments: Employments,
    mapping: Mapping,
    *,
    departments: Departments | None = None,
    persons: Persons | None = None,
    facts: Facts | None = None,
) -> Side:
    """Return the employments' side, as MO should have it by ``mapping``.

    An employment that SD lists twice is one subject; where the two differ the days are disputed.

    Args:
        employments: what SD said.
        mapping: how the integration writes it.
        departments: finds departments that are given by code only, and the parents of placements.
        persons: tells the names of the subjects.
        facts: what of MO decides placements.
    """
    subjects, numbers = _subjects(employments.employments, persons, mapping)
    ignored = why_ignored(subjects["cpr"])
    skipped = subjects[ignored != ""]
    read = _sections(employments.sections, subjects, numbers, set(skipped.index))
    early = _early(read["status"], mapping)
    sections = {field: clamped(rows, mapping.clamp) for field, rows in read.items()}
    active, leave, odd = activity(sections["status"], mapping)
    rows, found = _attributes(
        sections, active, subjects, mapping=mapping, departments=departments, facts=facts or Facts.empty()
    )
    clean, disputed = untangled(rows, "overlap_in_sd")
    compared = _compared(clean, mapping)
    return side_of(
        subjects,
        [active, leave, compared],
        [
            subject_oddities(skipped, "ignored_by_rule", ignored[ignored != ""].to_numpy()),
            _told_by_parser(employments.oddities, numbers, mapping),
            early,
            odd,
            _compared(all_oddities(found, disputed), mapping),
        ],
    )


def _subjects(
    employments: pd.DataFrame, persons: Persons | None, mapping: Mapping
) -> tuple[pd.DataFrame, np.ndarray[Any, np.dtype[np.int64]]]:
    """Return the subjects, and the number of the subject of each employment."""
    number, institution = texts(employments["number"]), texts(employments["institution"])
    frame = pd.DataFrame(
        {
            "sort": "employment",
            "pair": pairs_in_sd(employments["cpr"], institution, number, mapping),
            "institution": institution,
            "number": number,
            "cpr": texts(employments["cpr"]),
            "label": _names(employments, persons),
            "uuid": "",
            "person_uuid": "",
        }
    ).astype(object)
    codes, _ = pd.factorize(frame["pair"])
    subjects = frame.drop_duplicates("pair").reset_index(drop=True)
    return subjects, codes.astype(np.int64)


def _names(employments: pd.DataFrame, persons: Persons | None) -> pd.Series[Any] | str:
    if persons is None:
        return ""
    named = persons.persons
    names = (texts(named["given_name"]) + " " + texts(named["surname"])).str.strip()
    keys = texts(named["institution"]) + texts(named["cpr"])
    known = pd.Series(names.to_numpy(), index=keys.to_numpy())
    known = known[~known.index.duplicated()]
    wanted = texts(employments["institution"]) + texts(employments["cpr"])
    return wanted.map(known).fillna("")


def _sections(
    sections: pd.DataFrame, subjects: pd.DataFrame, numbers: np.ndarray[Any, Any], ignored: set[int]
) -> dict[str, pd.DataFrame]:
    """Return subject, institution, start, end, value of each field; blank values are None."""
    subject = numbers[sections["employment"].to_numpy()]
    value = sections["value"].astype(object)
    rows = pd.DataFrame(
        {
            "field": sections["field"].astype(str),
            "subject": subject,
            "start": sections["start"],
            "end": sections["end"],
            "value": value.where(value.notna() & (value != ""), None),
        }
    )
    possible = rows["start"].isna() | rows["end"].isna() | (rows["start"] < rows["end"])
    rows = rows[possible & ~rows["subject"].isin(ignored)]
    rows = rows.assign(institution=subjects["institution"].to_numpy()[rows["subject"].to_numpy()])
    by_field = dict(tuple(rows.drop(columns="field").groupby(rows["field"], sort=False)))
    nothing = rows.drop(columns="field").iloc[:0]
    found = {field: by_field.get(field, nothing).reset_index(drop=True) for field in _FIELDS}
    found["department"]["value"] = found["department"]["value"].str.lower()
    return found


def _attributes(
    sections: dict[str, pd.DataFrame],
    active: pd.DataFrame,
    subjects: pd.DataFrame,
    *,
    mapping: Mapping,
    departments: Departments | None,
    facts: Facts,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of every attribute while active, which may overlap, and what is odd about them."""
    named = department_rows(sections["department"], sections["department_code"], departments)
    raw, contested = untangled(within(named, active), "overlap_in_sd")
    placed = place(raw, subjects["pair"], departments, facts, mapping)
    coded = rows_of(sections["department_code"], "unit_code")
    jobs = sections["job_position" if mapping.job_function == "user_key" else "title"]
    rates, wrong = fractions(sections["rate"])
    read = all_rows(
        rows_of(jobs[jobs["value"].notna()], "job_function"),
        rows_of(sections["title"], "title"),
        bulk_subtract(coded, placed.codes, key="subject"),
        placed.codes,
        rates,
        engagement_types(sections, active, subjects["number"], mapping),
    )
    rows = all_rows(within(read, active), raw, placed.units)
    odd = all_oddities(contested, contested.assign(attribute="unit"), placed.oddities, within(wrong, active))
    empty, gaps = missing(rows, sections, active, odd, mapping)
    return all_rows(rows, empty), all_oddities(odd, gaps)


def _early(status: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """Return an oddity for what begins before the day that counts as the first."""
    before = status[status["value"].isin(mapping.active)]
    if mapping.clamp is None:
        before = before.iloc[:0]
    else:
        first = np.datetime64(mapping.clamp, "s")
        before = before[before["start"].isna() | (before["start"] < first)]
        before = before.assign(end=before["end"].where(before["end"] < first, first))
    return oddities_of(rows_of(before, "clamp"), "ignored_by_rule", "clamp")


def _told_by_parser(oddities: pd.DataFrame, numbers: np.ndarray[Any, Any], mapping: Mapping) -> pd.DataFrame:
    """Return what the reader of SD's answers could not use; unknown status codes are found here anyway.

    Of a section that ends before it begins the days between are uncertain.
    """
    told = oddities[oddities["what"].astype(str).isin(["reversed", "unreadable"])]
    start, end = (told[name].to_numpy(dtype="datetime64[s]") for name in ("start", "end"))
    back = end <= start
    attributes = [_READ_AS[field] for field in told["field"].astype(str)]
    found = pd.DataFrame(
        {
            "subject": numbers[told["employment"].to_numpy()],
            "attribute": attributes,
            "start": np.where(back, end - _DAY, start),
            "end": np.where(back, start + _DAY, end),
            "value": told["value"].to_numpy(dtype=object),
            "detail": told["what"].astype(str).to_numpy(dtype=object),
        }
    ).explode("attribute", ignore_index=True)
    return _compared(oddities_of(found, "gap_in_sd_attr"), mapping)


def _compared(rows: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    names = [name for name in rows["attribute"].unique() if mapping.compares(name)]
    return rows[rows["attribute"].isin(names)]
