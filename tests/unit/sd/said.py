"""What SD says, written down in tests: half-open dates as text, None for no limit."""

from __future__ import annotations

import pandas as pd

from motoolkit.sd import Departments, Employments, Persons

A = "5c0a7a52-0000-4a00-8a00-0000000000a1"
B = "5c0a7a52-0000-4a00-8a00-0000000000b1"
C = "5c0a7a52-0000-4a00-8a00-0000000000c1"
TOP = "5c0a7a52-0000-4a00-8a00-0000000000ff"
CPR = "2512484916"

FULL = [
    ("department", A, "2019-08-01", None),
    ("department_code", "B7Q", "2019-08-01", None),
    ("job_position", "3120", "2019-08-01", None),
    ("title", "Havneassistent", "2019-08-01", None),
    ("rate", "1.0000", "2019-08-01", None),
    ("salaried", "true", "2019-08-01", None),
    ("full_time", "true", "2019-08-01", None),
]
"""Everything but the status, of somebody about whom there is nothing odd."""
EMPLOYED = [("status", "1", "2019-08-01", None)]


def sections(*employments):
    """Sections of employments, each a list of (field, value, start, end)."""
    rows = [
        (number, field, start, end, value)
        for number, spans in enumerate(employments)
        for field, value, start, end in spans
    ]
    frame = pd.DataFrame(rows, columns=["employment", "field", "start", "end", "value"])
    dated = frame.astype({"employment": "int64", "start": "datetime64[s]", "end": "datetime64[s]"})
    return dated.assign(value=frame["value"].astype(object).where(frame["value"].notna(), None))


def employments(*spans, who=(("XY", CPR, "04711"),), odd=()):
    """Employments with their sections; ``odd`` are (employment, field, start, end, value, what)."""
    numbers = pd.DataFrame([(*each, None) for each in who], columns=[*HEAD, "employment_date"])
    told = pd.DataFrame(list(odd), columns=["employment", "field", "start", "end", "value", "what"])
    return Employments(
        numbers.astype({"employment_date": "datetime64[s]"}),
        sections(*spans),
        told.astype({"employment": "int64", "start": "datetime64[s]", "end": "datetime64[s]"}),
    )


HEAD = ["institution", "cpr", "number"]
_DEPARTMENT = ["code", "level", "name", "p_number", "phone", "email", "postal"]


def departments(*rows, parents=()):
    """Departments (uuid, start, end, then values by name) and parents (uuid, start, end, parent)."""
    frame = pd.DataFrame(
        [
            {
                "institution": "XY",
                "uuid": uuid,
                "start": start,
                "end": end,
                **dict.fromkeys(_DEPARTMENT),
                **more,
            }
            for uuid, start, end, more in rows
        ],
        columns=["institution", "uuid", "start", "end", *_DEPARTMENT],
        dtype=object,
    )
    above = pd.DataFrame(
        [(*row, "history") for row in parents],
        columns=["uuid", "start", "end", "parent", "source"],
        dtype=object,
    )
    dates = {"start": "datetime64[s]", "end": "datetime64[s]"}
    return Departments(frame.astype(dates), above.astype(dates))


def persons(*rows):
    """Persons: institution, cpr, given name, surname."""
    columns = ["institution", "cpr", "given_name", "surname"]
    frame = pd.DataFrame(list(rows), columns=columns, dtype=object).assign(protected=False)
    return Persons(frame, pd.DataFrame(columns=HEAD))


def held(side, attribute, subject=0):
    """What a subject holds of an attribute: (start, end, value), None for no limit."""
    rows = side.intervals
    rows = rows[(rows["subject"] == subject) & (rows["attribute"] == attribute)]
    return _shown(rows, "value")


def odd(side, *, kind=None):
    """What is odd: (kind, attribute, start, end, value, detail)."""
    rows = side.oddities if kind is None else side.oddities[side.oddities["kind"] == kind]
    return [
        (row.kind, row.attribute, _day(row.start), _day(row.end), row.value, row.detail)
        for row in rows.itertuples()
    ]


def _shown(rows, column):
    return [
        (_day(start), _day(end), value)
        for start, end, value in zip(rows["start"], rows["end"], rows[column], strict=True)
    ]


def _day(stamp):
    return None if pd.isna(stamp) else str(stamp)[:10]
