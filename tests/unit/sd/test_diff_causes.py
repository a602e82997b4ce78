"""Root causes: one sentence on all that follows from it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from sd_sides import UNKNOWN, A, B, Writer

from motoolkit.sd.diff import compare
from motoolkit.sd.mapping import Mapping

AS_OF = date(2026, 11, 23)
MAPPING = Mapping.read("sdtool-plus-municipality", prefix=True, unknown_unit=UNKNOWN)
START = "2020-01-01"
ALL = [(START, None)]
CHECK = "check GraphQL version and date conversion."


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Read texts as they are written here."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def _crowd(told, in_mo):
    """Both sides with employments of as many persons as there are spans."""
    sd, mo = Writer(), Writer(in_mo=True)
    for side, spans in ((sd, told), (mo, in_mo)):
        for nth, one in enumerate(spans):
            side.employment(f"{nth + 1:05}", cpr=f"0101{nth:02}9996", **{"active": ALL, **one})
    return sd, mo


def _in(*units):
    return [{"unit": [(START, None, unit)]} for unit in units]


def _as(*jobs):
    return [{"job_function": [(START, None, job)]} for job in jobs]


def _until(*days):
    return [{"active": [(START, day)]} for day in days]


def _found(sd, mo, mapping=MAPPING):
    return compare(sd.side(), mo.side(), mapping, as_of=AS_OF)


def _causes(sd, mo, mapping=MAPPING):
    return Counter((one.kind.code, one.cause) for one in _found(sd, mo, mapping))


def test_missing_unit():
    """Whoever should be there, whether in the unit for the unknown, elsewhere or missing, has one cause."""
    sd, mo = _crowd(_in(A, A), _in(B, UNKNOWN))
    sd.unit(A, "Vig Skole", active=ALL).person("0101509996")
    sd.employment("00050", cpr="0101509996", active=ALL, unit=[(START, None, A)])
    mo.person("0101509996")
    cause = "MO has no unit Vig Skole."
    assert _causes(sd, mo) == {
        ("unit_missing", cause): 1,
        ("unit_is_unknown", cause): 1,
        ("wrong_unit", cause): 1,
        ("engagement_missing_in_mo", cause): 1,
    }


def test_wrong_unit_for_another_reason():
    """The unit that is missing is not the one that they should be in."""
    sd, mo = _crowd(_in(B), _in(UNKNOWN))
    sd.unit(A, "Vig Skole", active=ALL)
    assert _causes(sd, mo) == {("unit_missing", "MO has no unit Vig Skole."): 1, ("unit_is_unknown", ""): 1}


def test_unit_that_is_shorter_in_mo():
    """Only what falls in the days that MO lacks follows from it."""
    lost = {"unit": [(START, "2021-01-01", UNKNOWN), ("2021-01-01", None, A)]}
    elsewhere = {"unit": [(START, "2024-01-01", A), ("2024-01-01", None, B)]}
    sd, mo = _crowd(_in(A, A), [lost, elsewhere])
    sd.unit(A, "Vig Skole", active=ALL)
    mo.unit(A, "Vig Skole", active=[("2021-01-01", None)])
    cause = "The unit Vig Skole is shorter in MO than in SD."
    assert _causes(sd, mo) == {
        ("unit_shorter_than_engagement", cause): 1,
        ("unit_is_unknown", cause): 1,
        ("wrong_unit", ""): 1,
    }


def test_unit_that_is_shorter_in_mo_where_the_rule_gives_the_one_for_the_unknown():
    """What is meant is the unit that MO lacks; on those days it is why, and said."""
    unit = [(START, "2021-01-01", UNKNOWN), ("2021-01-01", None, A)]
    placed = {"unit": unit, "meant_unit": [(START, "2021-01-01", A)]}
    sd, mo = _crowd([placed, placed, placed], [{"unit": unit}, {"unit": [(START, None, A)]}, *_in(B)])
    sd.unit(A, "Vig Skole", active=ALL)
    mo.unit(A, "Vig Skole", active=[("2021-01-01", None)])
    cause = "The unit Vig Skole is shorter in MO than in SD."
    assert _causes(sd, mo) == {
        ("unit_shorter_than_engagement", cause): 1,
        ("unit_is_unknown", cause): 1,
        ("wrong_unit", cause): 2,
        ("wrong_unit", ""): 1,
    }
    told = [finding for finding in _found(sd, mo) if finding.cause and finding.subject.sort == "employment"]
    assert {finding.facts["why"] for finding in told} == {"unit_not_there"}


def test_missing_class():
    """A job code that nobody has in MO."""
    sd, mo = _crowd(_as("4000", "3120", "3120"), _as("9999", "9999", "9999"))
    assert _causes(sd, mo) == {
        ("wrong_job_function", "MO seems to have no job function 3120."): 2,
        ("wrong_job_function", ""): 1,
    }


def test_class_for_the_unknown_is_enough_of_a_hint():
    """One such engagement tells that the class is missing, unless somebody has it."""
    sd, mo = _crowd(_as("3120", "4000", "4000"), _as("unknown", "unknown", "4000"))
    assert _causes(sd, mo) == {
        ("job_function_unknown", "MO seems to have no job function 3120."): 1,
        ("job_function_unknown", ""): 1,
    }


def test_missing_engagement_type():
    """Classes of engagement types may be missing too."""
    told = [{"engagement_type": [(START, None, "timelønnet")]}] * 2
    sd, mo = _crowd(told, [{"engagement_type": [(START, None, "fuldtid")]}] * 2)
    cause = "MO seems to have no engagement type timelønnet."
    assert _causes(sd, mo) == {("wrong_engagement_type", cause): 2}


def test_duplicates():
    """They are one group."""
    sd, mo = _crowd([{}, {}], [{}, {}])
    for subject in (0, 1):
        mo.odd("duplicate_in_mo", subject=subject)
    cause = "MO has several objects with one key: the integration stops at them."
    assert _causes(sd, mo) == {("duplicate_in_mo", cause): 2}


@pytest.mark.parametrize(
    ("day", "kind", "cause"),
    [
        ("2024-01-02", "active_extra", "Nearly all borders are a day late in MO: " + CHECK),
        ("2023-12-31", "active_missing", "Nearly all borders are a day early in MO: " + CHECK),
        ("2024-01-03", "active_extra", ""),
    ],
)
def test_everything_off_by_one(day, kind, cause):
    """Ends that are all a day late or early are one fault of conversion; two days are not."""
    sd, mo = _crowd(_until(*["2024-01-01"] * 25), _until(*[day] * 20, *["2025-01-01"] * 5))
    assert _causes(sd, mo)[kind, cause] >= 20


def test_few_that_are_off_by_one_have_no_cause():
    """Nineteen may be chance."""
    sd, mo = _crowd(_until(*["2024-01-01"] * 19), _until(*["2024-01-02"] * 19))
    assert _causes(sd, mo) == {("active_extra", ""): 19}


@pytest.mark.parametrize(("count", "told"), [(20, True), (19, False)])
def test_key_format_everywhere(count, told):
    """The prefix setting is wrong, not twenty engagements."""
    sd, mo = _crowd([{}] * count, [{}] * count)
    cause = "Nearly all numbers are written otherwise than the mapping says: check prefix and padding."
    found = _causes(sd, mo, Mapping.read(MAPPING, padding=6))
    assert found == {("key_format", cause if told else ""): count}
