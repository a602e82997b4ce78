"""What MO keeps beside an engagement or unit, as a plan changes it: one at a time, whole periods."""

from __future__ import annotations

from datetime import date

import pytest

from motoolkit.model import Validity
from motoolkit.plan import Plan, Span
from motoolkit.sd.mend._companions import Companions
from motoolkit.sd.mend._terms import LeftError

A = "5c0a7a52-0000-4a00-8a00-00000000000a"
B = "5c0a7a52-0000-4a00-8a00-00000000000b"
UNIT = "5c0a7a52-0000-4a00-8a00-0000000000c0"
KIND = "5c0a7a52-0000-4a00-8a00-0000000000d0"


def days(text):
    """Return a period of "2026-01-01/2026-02-01"; blank is no limit."""
    start, end = (date.fromisoformat(day) if day else None for day in text.split("/"))
    return Validity(start, end)


def addresses(**lives):
    """Return telephones by name, each with the periods in which it lives."""
    named = {"a": A, "b": B}
    held = {
        named[name]: tuple(Span(days(life).start, days(life).end, {}) for life in periods)
        for name, periods in lives.items()
    }
    return Companions("address", held)


def new():
    """Return what a telephone says that is made."""
    return {"org_unit": UNIT, "address_type": KIND}


def done(companions, *periods, end=False):
    """Hold a value, or nothing, in some periods; return the operations."""
    plan = Plan()
    for period in periods:
        if end:
            companions.end(plan, days(period))
        else:
            companions.hold(plan, days(period), {"value": "12345678"}, new)
    return [
        (each.action, {A: "a", B: "b"}.get(each.uuid, "new"), str(Validity(each.start, each.end)))
        for each in plan
    ]


def test_what_lives_says_it_and_lives_on_where_it_does_not():
    """The only one there is takes the rest of the period, before and after."""
    assert done(addresses(a=["2026-02-01/2026-03-01"]), "2026-01-01/2026-04-01") == [
        ("update", "a", "[2026-02-01, 2026-03-01)"),
        ("update", "a", "[2026-01-01, 2026-02-01)"),
        ("update", "a", "[2026-03-01, 2026-04-01)"),
    ]


def test_one_is_made_where_there_is_none_and_used_from_then_on():
    """So a thing does not get two for two periods."""
    assert done(addresses(), "2026-01-01/2026-02-01", "2026-03-01/") == [
        ("create", "new", "[2026-01-01, 2026-02-01)"),
        ("update", "new", "[2026-03-01, …)"),
    ]


def test_of_several_none_is_chosen():
    """Another is made for days on which none lives."""
    two = addresses(a=["2020-01-01/2021-01-01"], b=["2022-01-01/2023-01-01"])
    assert done(two, "2022-06-01/2023-06-01") == [
        ("update", "b", "[2022-06-01, 2023-01-01)"),
        ("create", "new", "[2023-01-01, 2023-06-01)"),
    ]


def test_all_that_live_in_a_period_end_in_it():
    """Open ends end with one date, holes with two."""
    two = addresses(a=["2020-01-01/2021-01-01"], b=["2022-01-01/"])
    assert done(two, "2020-06-01/", end=True) == [
        ("terminate", "a", "[2020-06-01, 2021-01-01)"),
        ("terminate", "b", "[…, 2022-01-01)"),
    ]


def test_without_a_first_day_there_is_nothing_to_tell_mo():
    """Neither to live nor to end."""
    with pytest.raises(LeftError):
        done(addresses(), "/2020-01-01")
    with pytest.raises(LeftError):
        done(addresses(a=["/2020-01-01"]), "/2020-01-01", end=True)
