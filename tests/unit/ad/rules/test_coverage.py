"""Accounts without a person, people without an account, and both around the last day of work."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from ad_stage import NOW, TODAY, Stage, uid

from motoolkit.findings import Severity
from motoolkit.model import MISSING
from motoolkit.profile.ad import AdSettings, Externals

TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def _stage(**settings):
    stage = Stage(AdSettings(name="admin", **settings))
    stage.mo("org_units", "skole", user_key="skole", name="Nordby Skole")
    stage.mo("persons", "hans", given_name="Hans", surname="Holm", cpr="0101901233")
    return stage


def _linked(stage, **account):
    values = {"user_key": "hans01", "external_id": uid("admin/hans01"), "itsystem": uid("AD")}
    stage.mo("itusers", "hans-ad", person=uid("hans"), **values)
    return stage.account("hans01", **account)


def _employed(stage, start=date(2020, 1, 1), end=None, name="e", **values):
    made = {"person": uid("hans"), "org_unit": uid("skole"), "user_key": name}
    return stage.mo("engagements", name, start, end, **(made | values))


def _only(stage, code):
    (found,) = stage.found(code)
    return found


# ACC-NO-PERSON


def test_an_account_of_nobody_is_told_with_whose_it_may_be():
    """The name is no evidence, and a good hint."""
    stage = _stage()
    _employed(stage)
    stage.account("hh", display_name="HANS  Holm")
    found = _only(stage, "ACC-NO-PERSON")
    assert found.severity is Severity.ERROR
    assert "Hans Holm (Nordby Skole)" in found.detail
    assert found.facts["suggested person"] == uid("hans")


def test_an_account_of_nobody_that_is_disabled_is_less_grave():
    """Nobody can use it."""
    stage = _stage()
    stage.account("xx", uac=514)
    assert _only(stage, "ACC-NO-PERSON").severity is Severity.WARNING


def test_two_of_one_name_are_told_apart_by_the_unit_or_not_at_all():
    """A wrong hint is worse than none."""
    stage = _stage()
    _employed(stage)
    stage.mo("persons", "other", given_name="Hans", surname="Holm")
    stage.account("a", display_name="Hans Holm")
    stage.account("b", display_name="Hans Holm", attributes={"department": ("Nordby skole",)})
    told = {f.subject.label[0]: f.facts.get("suggested person") for f in stage.found("ACC-NO-PERSON")}
    assert told == {"a": None, "b": uid("hans")}


def test_an_account_that_was_created_and_not_linked():
    """The integration writes twice, and may stop between."""
    stage = _stage()
    stage.account("hh", display_name="Hans Holm", created=NOW - timedelta(days=1))
    assert "integration" in _only(stage, "ACC-NO-PERSON").detail


def test_an_account_known_by_its_cpr_number_only_is_told_while_it_is_new():
    """An old one that was never linked is how some customers have it."""
    stage = _stage()
    stage.account("new", cpr="0101901233", created=NOW - timedelta(days=1))
    stage.account("old", cpr="0101901233", created=NOW - timedelta(days=31))
    found = _only(stage, "ACC-NO-PERSON")
    assert (found.severity, found.subject.label) == (Severity.INFO, "new")


@pytest.mark.parametrize(
    "account",
    [{"recipient_type": 4}, {"sid": "S-1-5-21-1-2-3-501"}, {"dn": "CN=x,OU=Eksterne,DC=ad1"}],
)
def test_what_is_meant_for_nobody_has_nobody(account):
    """Mailboxes, what AD came with, and external people, of whom other rules tell."""
    stage = _stage(externals=Externals(units=(("OU=Eksterne,DC=ad1", "skole"),)))
    stage.account("x", **account)
    assert not stage.found("ACC-NO-PERSON")


# PER-NO-ACC


def test_who_works_and_has_no_account():
    """The finding is the directory's and the person's."""
    stage = _stage()
    _employed(stage)
    found = _only(stage, "PER-NO-ACC")
    assert found.severity is Severity.ERROR
    assert found.subject.key == f"admin/{uid('hans')}"


def test_an_account_known_by_cpr_or_name_is_an_account():
    """The near miss: linked or not."""
    stage = _stage()
    _employed(stage)
    stage.account("hh", cpr="0101901233")
    assert not stage.found("PER-NO-ACC")


@pytest.mark.parametrize(
    ("start", "lead", "severity"),
    [
        (TODAY, 0, Severity.ERROR),
        (TOMORROW, 0, Severity.INFO),
        (TOMORROW, 1, Severity.ERROR),
        (TODAY + timedelta(days=14), 0, Severity.INFO),
        (TODAY + timedelta(days=15), 0, None),
        (TODAY + timedelta(days=15), 15, Severity.ERROR),
    ],
)
def test_before_the_first_day_it_is_an_information_until_the_lead_time(start, lead, severity):
    """And nothing as long as an account would be too early."""
    stage = _stage(lead_days=lead)
    _employed(stage, start)
    assert [f.severity for f in stage.found("PER-NO-ACC")] == ([severity] if severity else [])


def test_who_works_outside_the_scope_needs_no_account():
    """A directory for the schools only."""
    stage = _stage(scope_units=("skole",))
    stage.mo("org_units", "hus", user_key="hus")
    _employed(stage, org_unit=uid("hus"))
    assert not stage.found("PER-NO-ACC")


# ENG-ENDED-ENABLED and ENG-ENDED-IN-GROUPS


@pytest.mark.parametrize(
    ("end", "grace", "found"),
    [(TODAY, 0, True), (TOMORROW, 0, False), (TODAY, 1, False), (YESTERDAY, 1, True)],
)
def test_an_account_is_open_after_the_last_day(end, grace, found):
    """MO's end is the day after the last; grace is counted from there."""
    stage = _stage(grace_days=grace)
    _linked(stage)
    _employed(stage, end=end)
    assert bool(stage.found("ENG-ENDED-ENABLED")) is found


def test_somebody_who_comes_back_is_not_gone():
    """There is an engagement to come."""
    stage = _stage()
    _linked(stage)
    _employed(stage, end=YESTERDAY)
    _employed(stage, TOMORROW, name="again")
    assert not stage.found("ENG-ENDED-ENABLED")


def test_an_expired_account_is_shut_though_it_is_enabled():
    """AD leaves userAccountControl at 512."""
    stage = _stage()
    _linked(stage, expires_at=NOW - timedelta(hours=1))
    _employed(stage, end=YESTERDAY)
    assert not stage.found("ENG-ENDED-ENABLED")


def test_a_person_who_never_worked_is_told_as_such():
    """There is no last day."""
    stage = _stage()
    _linked(stage)
    assert "never" in _only(stage, "ENG-ENDED-ENABLED").detail


def test_groups_of_a_shut_account_are_told_one_by_one_without_those_of_everybody():
    """Whoever opens the account again opens them too."""
    stage = _stage()
    account = _linked(stage, uac=514)
    _employed(stage, end=YESTERDAY)
    stage.group("loen", members=(account.guid,))
    stage.group("Domain Users", members=(account.guid,), sid="S-1-5-21-1-2-3-513")
    found = _only(stage, "ENG-ENDED-IN-GROUPS")
    assert (found.source, found.subject.key) == (
        "loen",
        f"admin/{account.guid}/{uid('admin/group/loen')}",
    )


def test_groups_of_an_open_account_are_told_by_the_account():
    """The near miss: one finding is enough."""
    stage = _stage()
    account = _linked(stage)
    _employed(stage, end=YESTERDAY)
    stage.group("loen", members=(account.guid,))
    assert not stage.found("ENG-ENDED-IN-GROUPS")


# ENG-ACTIVE-DISABLED and ENG-FUTURE-ENABLED


@pytest.mark.parametrize("shut", [{"uac": 514}, {"expires_at": NOW - timedelta(hours=1)}])
def test_who_works_can_not_log_on(shut):
    """Disabled or expired."""
    stage = _stage()
    _linked(stage, **shut)
    _employed(stage)
    assert _only(stage, "ENG-ACTIVE-DISABLED").severity is Severity.ERROR


def test_who_is_on_leave_need_not_log_on():
    """An information, for the day when they come back."""
    stage = _stage()
    _linked(stage, uac=514)
    _employed(stage)
    stage.mo("leaves", "orlov", person=uid("hans"), engagement=uid("e"))
    assert _only(stage, "ENG-ACTIVE-DISABLED").severity is Severity.INFO


def test_an_old_account_beside_an_open_one_may_be_shut():
    """Unless MO links it to work of today."""
    stage = _stage()
    _linked(stage, uac=514)
    _employed(stage)
    stage.account("hans02", cpr="0101901233")
    assert not stage.found("ENG-ACTIVE-DISABLED")
    stage.rows["itusers"].clear()
    link = {"external_id": uid("admin/hans01"), "itsystem": uid("AD"), "engagements": (uid("e"),)}
    stage.mo("itusers", "hans-ad", person=uid("hans"), user_key="hans01", **link)
    assert stage.found("ENG-ACTIVE-DISABLED")


def test_a_shared_mailbox_is_meant_to_be_disabled():
    """Though it has an owner at work."""
    stage = _stage()
    _linked(stage, uac=514, recipient_type=4)
    _employed(stage)
    assert not stage.found("ENG-ACTIVE-DISABLED")


@pytest.mark.parametrize(("days", "found"), [(14, False), (15, True)])
def test_an_account_is_open_long_before_the_first_day(days, found):
    """Two weeks are agreed unless the settings say otherwise."""
    stage = _stage()
    _linked(stage)
    _employed(stage, TODAY + timedelta(days=days))
    assert bool(stage.found("ENG-FUTURE-ENABLED")) is found


# EXP-MISMATCH and EXP-MISSING-TEMP


@pytest.mark.parametrize(
    ("expires", "found"),
    [
        # Midnight in Denmark that begins MO's end: winter is an hour ahead of UTC, summer two.
        (datetime(2026, 12, 31, 23, tzinfo=UTC), False),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 30, 23, tzinfo=UTC), True),
        (datetime(2026, 12, 31, 23, 0, 1, tzinfo=UTC), True),
    ],
)
def test_midnight_ends_the_day_before(expires, found):
    """MO's end is exclusive, and so is accountExpires: the last day is 31 December in both."""
    stage = _stage(tolerance_days=0)
    _linked(stage, expires_at=expires)
    _employed(stage, end=date(2027, 1, 1))
    assert bool(stage.found("EXP-MISMATCH")) is found


@pytest.mark.parametrize(
    ("end", "expires"),
    [
        (date(2027, 3, 28), datetime(2027, 3, 27, 23, tzinfo=UTC)),
        (date(2027, 3, 29), datetime(2027, 3, 28, 22, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 30, 22, tzinfo=UTC)),
        (date(2027, 11, 1), datetime(2027, 10, 31, 23, tzinfo=UTC)),
    ],
)
def test_midnight_around_the_nights_when_clocks_change(end, expires):
    """28 March has 23 hours, 31 October 25."""
    stage = _stage(tolerance_days=0)
    _linked(stage, expires_at=expires)
    _employed(stage, end=end)
    assert not stage.found("EXP-MISMATCH")


@pytest.mark.parametrize(("days", "found"), [(1, False), (-1, False), (2, True), (-2, True)])
def test_a_day_may_be_between_unless_the_settings_say_otherwise(days, found):
    """Graphical tools write a day too many or too few."""
    stage = _stage()
    _linked(stage, expires_at=datetime(2026, 12, 31, 23, tzinfo=UTC) + timedelta(days=days))
    _employed(stage, end=date(2027, 1, 1))
    assert bool(stage.found("EXP-MISMATCH")) is found


def test_both_last_days_are_told():
    """Not MO's exclusive end."""
    stage = _stage()
    _linked(stage, expires_at=datetime(2027, 2, 28, 23, tzinfo=UTC))
    _employed(stage, end=date(2027, 1, 1))
    found = _only(stage, "EXP-MISMATCH")
    assert (found.source, found.mo) == (date(2027, 2, 28), date(2026, 12, 31))


def test_work_without_end_does_not_expire():
    """The person would be shut out one day."""
    stage = _stage()
    _linked(stage, expires_at=datetime(2027, 2, 28, 23, tzinfo=UTC))
    _employed(stage)
    assert _only(stage, "EXP-MISMATCH").mo is MISSING


def test_the_end_of_the_last_engagement_counts_unless_the_account_is_for_one():
    """An account that MO links to an engagement ends with it."""
    stage = _stage()
    _employed(stage, end=date(2027, 1, 1), name="short")
    _employed(stage, end=date(2028, 1, 1), name="long")
    account = _linked(stage, expires_at=datetime(2027, 12, 31, 23, tzinfo=UTC))
    assert not stage.found("EXP-MISMATCH")
    stage.rows["itusers"].clear()
    link = {"external_id": account.guid, "itsystem": uid("AD"), "engagements": (uid("short"),)}
    stage.mo("itusers", "hans-ad", person=uid("hans"), user_key="hans01", **link)
    assert _only(stage, "EXP-MISMATCH").mo == date(2026, 12, 31)


def test_temporary_work_and_an_account_that_never_expires():
    """The last day is told."""
    stage = _stage()
    _linked(stage)
    _employed(stage, end=date(2027, 1, 1))
    assert _only(stage, "EXP-MISSING-TEMP").mo == date(2026, 12, 31)


def test_who_has_other_work_without_end_is_not_temporary():
    """One short engagement beside it changes nothing."""
    stage = _stage()
    _linked(stage)
    _employed(stage, end=date(2027, 1, 1))
    _employed(stage, name="fast")
    assert not stage.found("EXP-MISSING-TEMP")
