"""The worked example of the domain's notes: exactly its findings, and none besides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from sd_sides import CPR, A, B, Writer

from motoolkit.findings import Severity, Subject
from motoolkit.model import MISSING, Validity
from motoolkit.sd._shapes import Employments
from motoolkit.sd.diff import compare
from motoolkit.sd.mapping import Mapping
from motoolkit.sd.timelines import employment_side

AS_OF = date(2025, 5, 2)
MAPPING = Mapping.read("sdtool-plus-municipality", fraction=True)
NAMES = {A: "Vig Skole", B: "Havnekontoret"}


@pytest.fixture
def sd():
    """SD's side: a move, a lower fraction, a leave that is over, and a resignation to come."""
    return (
        Writer()
        .employment(
            institution="",
            active=[("2019-08-01", "2026-03-30")],
            leave=[("2024-02-01", "2024-10-27")],
            unit=[("2019-08-01", "2023-01-01", A), ("2023-01-01", "2026-03-30", B)],
            job_function=[("2019-08-01", "2026-03-30", "3120")],
            fraction=[("2019-08-01", "2022-04-01", 1_000_000), ("2022-04-01", "2026-03-30", 864_900)],
        )
        .side()
    )


def _mo(*, unit, fraction, leave, end):
    return (
        Writer(in_mo=True)
        .employment(
            institution="",
            active=[("2019-08-01", end)],
            leave=leave,
            unit=unit,
            job_function=[("2019-08-01", end, "3120")],
            fraction=fraction,
        )
        .side()
    )


def test_finds_exactly_the_four(sd):
    """The move a month late, the resignation not loaded, the stale fraction and the leave a day too long."""
    mo = _mo(
        unit=[("2019-08-01", "2023-02-01", A), ("2023-02-01", None, B)],
        fraction=[("2019-08-01", None, 1_000_000)],
        leave=[("2024-02-01", "2024-10-28")],
        end=None,
    )
    found = compare(sd, mo, MAPPING, as_of=AS_OF, names=NAMES)
    told = {
        one.kind.code: (
            one.attribute,
            one.validity,
            one.source,
            one.mo,
            one.tense,
            one.patterns,
            one.severity,
            one.facts.get("days"),
            one.facts.get("value"),
        )
        for one in found
    }
    assert told == {
        "active_extra": (
            "active", Validity(date(2026, 3, 30)), MISSING, "true", "future", ("future_not_loaded",),
            Severity.ERROR, None, None,
        ),
        "wrong_unit": (
            "unit", Validity(date(2023, 1, 1), date(2023, 2, 1)), "Havnekontoret", "Vig Skole", "past",
            ("shifted_start",), Severity.ERROR, "31", "Havnekontoret",
        ),
        "wrong_fraction": (
            "fraction", Validity(date(2022, 4, 1), date(2026, 3, 30)), 864_900, 1_000_000, "current", (),
            Severity.INFO, None, None,
        ),
        "wrong_leave": (
            "leave", Validity(date(2024, 10, 27), date(2024, 10, 28)), MISSING, "true", "past",
            ("shifted_end", "off_by_one"), Severity.ERROR, "1", "true",
        ),
    }  # fmt: skip
    assert len(found) == 4
    assert {one.subject for one in found} == {
        Subject("employment", "04711/250284-xxxx", "Nora Prøvesen", "e-250284-04711", "Havnekontoret")
    }


def test_what_sd_says_after_the_resignation_does_not_show(sd):
    """A correct MO gives nothing, although SD's department goes on after status 8."""
    mo = _mo(
        unit=[("2019-08-01", "2023-01-01", A), ("2023-01-01", "2026-03-30", B)],
        fraction=[("2019-08-01", "2022-04-01", 1_000_000), ("2022-04-01", "2026-03-30", 864_899)],
        leave=[("2024-02-01", "2024-10-27")],
        end="2026-03-30",
    )
    assert len(compare(sd, mo, MAPPING, as_of=AS_OF)) == 0


def test_from_the_sections_of_sd():
    """The same four, from SD's sections as they come: the department goes on after status 8."""
    sections = [
        ("status", "2019-08-01", "2024-02-01", "1"),
        ("status", "2024-02-01", "2024-10-27", "3"),
        ("status", "2024-10-27", "2026-03-30", "1"),
        ("status", "2026-03-30", None, "8"),
        ("department", "2019-08-01", "2023-01-01", A),
        ("department", "2023-01-01", None, B),
        ("job_position", "2019-08-01", None, "3120"),
        ("rate", "2019-08-01", "2022-04-01", "1.0000"),
        ("rate", "2022-04-01", None, "0.8649"),
    ]
    mo = _mo(
        unit=[("2019-08-01", "2023-02-01", A), ("2023-02-01", None, B)],
        fraction=[("2019-08-01", None, 1_000_000)],
        leave=[("2024-02-01", "2024-10-28")],
        end=None,
    )
    mapping = Mapping.read(MAPPING, engagement_type="", title="", raw_unit="", unit_code="")
    found = compare(employment_side(_employments(sections), mapping), mo, mapping, as_of=AS_OF, names=NAMES)
    assert sorted((one.kind.code, str(one.validity)) for one in found) == [
        ("active_extra", "[2026-03-30, …)"),
        ("wrong_fraction", "[2022-04-01, 2026-03-30)"),
        ("wrong_leave", "[2024-10-27, 2024-10-28)"),
        ("wrong_unit", "[2023-01-01, 2023-02-01)"),
    ]


def _employments(sections):
    """The employment as the reader of answers gives it."""
    told = pd.DataFrame(
        [(0, *section) for section in sections], columns=["employment", "field", "start", "end", "value"]
    )
    dates = dict.fromkeys(("start", "end"), "datetime64[s]")
    who = pd.DataFrame(
        {"institution": ["NS"], "cpr": [CPR], "number": ["04711"], "employment_date": [pd.NaT]}
    )
    return replace(Employments.empty(), employments=who, sections=told.astype(dates))
