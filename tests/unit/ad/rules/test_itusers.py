"""IT users in MO and their times."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from ad_stage import EVER, TODAY, Stage, uid

from motoolkit.model import MISSING
from motoolkit.profile.ad import AdSettings


def _stage(**settings):
    stage = Stage(AdSettings(**({"name": "admin", "itsystem": "AD"} | settings)))
    stage.mo("itsystems", "FAG", user_key="FAG")
    stage.mo("persons", "hans", given_name="Hans")
    return stage


def _ituser(stage, system="AD", start=EVER, end=None, **values):
    made = {"user_key": "hans01", "external_id": uid("admin/hans01"), "itsystem": uid(system)}
    stage.mo("itusers", "it", start, end, **(made | {"person": uid("hans")} | values))


def test_an_it_user_of_somebody_who_has_left():
    """The day after the last one."""
    stage = _stage()
    stage.mo("engagements", "e", end=TODAY, person=uid("hans"))
    _ituser(stage)
    (found,) = stage.found("ITU-NO-ENG-SYS")
    assert (found.subject.key, found.mo, found.facts["end"]) == (f"admin/{uid('it')}", "hans01", "27-11-2026")


@pytest.mark.parametrize(
    ("start", "end", "system", "settings"),
    [
        (EVER, TODAY + timedelta(days=1), "AD", {}),
        (TODAY + timedelta(days=1), None, "AD", {}),
        (EVER, TODAY, "AD", {"grace_days": 1}),
        (EVER, TODAY, "FAG", {}),
    ],
)
def test_it_users_that_are_in_order(start, end, system, settings):
    """The last day is today; work is to come; days of grace; a system of another sort."""
    stage = _stage(**settings)
    stage.mo("engagements", "e", start, end, person=uid("hans"))
    _ituser(stage, system)
    assert not stage.found("ITU-NO-ENG-SYS")


def test_a_units_it_user_needs_no_engagement():
    """A service account."""
    stage = _stage()
    _ituser(stage, person="", org_unit=uid("unit"))
    assert not stage.found("ITU-NO-ENG-SYS")


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2022, 6, 1), []),
        (date(2022, 6, 2), []),
        (date(2022, 5, 31), []),
        (date(2022, 5, 30), ["30-05-2022"]),
        (date(2023, 1, 1), ["01-01-2023"]),
        (None, [MISSING]),
    ],
)
def test_an_it_user_that_begins_before_or_after_the_account(start, expected):
    """A day more or less is none; 22:30 in UTC is the next day here."""
    stage = _stage()
    stage.mo("engagements", "e", person=uid("hans"))
    stage.account("hans01", created=datetime(2022, 5, 31, 22, 30, tzinfo=UTC))
    _ituser(stage, start=start)
    assert [found.mo for found in stage.found("ITU-PERIOD")] == expected


def test_an_account_of_before_somebodys_first_day():
    """MO need not have it before the work begins."""
    stage = _stage()
    stage.mo("engagements", "e", date(2023, 1, 1), person=uid("hans"))
    stage.account("hans01", created=datetime(2022, 6, 1, tzinfo=UTC))
    _ituser(stage, start=date(2023, 1, 1))
    assert not stage.found("ITU-PERIOD")


@pytest.mark.parametrize(
    ("end", "expected"), [(None, 1), (date(2027, 3, 1), 0), (date(2027, 3, 2), 0), (date(2027, 6, 1), 1)]
)
def test_an_it_user_that_outlives_the_work(end, expected):
    """Of the engagement that it is linked with; the other one goes on."""
    stage = _stage()
    stage.mo("engagements", "e", end=date(2027, 3, 1), person=uid("hans"))
    stage.mo("engagements", "other", person=uid("hans"))
    _ituser(stage, end=end, engagements=(uid("e"),))
    found = stage.found("ITU-PERIOD")
    assert [(f.attribute, f.source) for f in found] == [("end", "01-03-2027")] * expected


def test_work_without_end_is_outlived_by_nothing():
    """The near miss."""
    stage = _stage()
    stage.mo("engagements", "e", person=uid("hans"))
    _ituser(stage)
    assert not stage.found("ITU-PERIOD")
