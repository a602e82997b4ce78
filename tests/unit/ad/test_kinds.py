"""What sort of account something is, and who needs one."""

from __future__ import annotations

from datetime import date

import pytest
from ad_stage import TODAY, Stage, uid

from motoolkit.ad.kinds import (
    ancestors,
    employment,
    end_of,
    first_day,
    in_scope,
    kind_of,
    last_end,
    needs_account,
    on_leave,
)
from motoolkit.profile.ad import AdSettings, Externals, KindRule

_ADMIN = (
    AdSettings(
        name="admin",
        ou_excluded=("OU=Test,DC=ad1",),
        kinds=(
            KindRule(kind="admin", sam="adm-.*"),
            KindRule(kind="service", below="OU=Service,DC=ad1"),
            KindRule(kind="test", member_of="Testbrugere"),
        ),
        externals=Externals(units=(("OU=Eksterne,DC=ad1", "eksterne"),)),
    ),
)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({}, "person"),
        ({"sam": "ADM-hans"}, "admin"),
        ({"sam": "hans-adm-1"}, "person"),
        ({"dn": "CN=x,OU=Service,DC=ad1"}, "service"),
        ({"dn": "CN=x,OU=Eksterne,DC=ad1"}, "external"),
        ({"dn": r"CN=x\,OU=Eksterne,DC=ad1"}, "person"),
        ({"dn": "CN=x,OU=Sub,OU=test,dc=AD1"}, ""),
        ({"sid": "S-1-5-21-1-2-3-500"}, "builtin"),
        ({"sid": "S-1-5-21-1-2-3-1000"}, "person"),
        ({"critical": True}, "builtin"),
        ({"sam": "PC1$"}, "computer"),
        ({"sam": "gmsa$", "object_class": "msDS-GroupManagedServiceAccount"}, "service"),
        ({"object_class": "contact"}, "contact"),
        ({"recipient_type": 4}, "mailbox"),
        ({"recipient_type": 34359738368}, "mailbox"),
        ({"recipient_type": 1}, "person"),
    ],
)
def test_the_kind_of_an_account(values, kind):
    """Rules first, then what it is by nature, then where it lies; excluded places come before all."""
    stage = Stage(*_ADMIN)
    account = stage.account(**({"sam": "hans"} | values))
    assert stage.world().ask(kind_of, account.key) == kind


def test_a_member_of_a_group_is_told_by_the_group():
    """By sAMAccountName in any case."""
    stage = Stage(*_ADMIN)
    account, other = stage.account("a"), stage.account("b")
    stage.group("testbrugere", members=(account.guid,))
    world = stage.world()
    assert (world.ask(kind_of, account.key), world.ask(kind_of, other.key)) == ("test", "person")


def _employed(**settings):
    stage = Stage(AdSettings(name="admin", **settings))
    stage.mo("org_units", "top", user_key="top", parent="")
    stage.mo("org_units", "skole", user_key="skole", parent=uid("top"))
    stage.mo("classes", "ekstern", user_key="ekstern")
    stage.mo("classes", "time", user_key="timelon")
    return stage


def test_who_works_below_a_unit_of_the_scope_needs_an_account():
    """Not who works above it."""
    stage = _employed(scope_units=("SKOLE",))
    stage.mo("org_units", "klasse", user_key="klasse", parent=uid("skole"))
    stage.mo("engagements", "below", person=uid("hans"), org_unit=uid("klasse"))
    stage.mo("engagements", "above", person=uid("hans"), org_unit=uid("top"))
    assert stage.world().ask(needs_account, "admin", uid("hans")) == (uid("below"),)


@pytest.mark.parametrize(
    ("types", "kind", "needed"),
    [
        ((), "time", True),
        ((), "ekstern", False),
        (("timelon",), "time", True),
        (("maanedslon",), "time", False),
        (("ekstern",), "ekstern", True),
    ],
)
def test_types_of_engagements_decide_too(types, kind, needed):
    """Without types all but externals' count."""
    stage = _employed(scope_engagement_types=types)
    stage.mo("engagements", "e", person=uid("hans"), org_unit=uid("skole"), engagement_type=uid(kind))
    assert stage.world().ask(in_scope, "admin", uid("e")) is needed


def test_units_in_a_ring_have_an_end():
    """MO lets nobody make one, and imports have."""
    stage = _employed()
    stage.mo("org_units", "a", parent=uid("b"))
    stage.mo("org_units", "b", parent=uid("a"))
    assert stage.world().ask(ancestors, uid("a")) == (uid("a"), uid("b"))


def test_periods_of_one_engagement_are_one_employment():
    """What goes on after a change of unit is not over; the last day counts from the last period."""
    stage = Stage()
    stage.mo("engagements", "e", end=TODAY, person=uid("hans"))
    stage.mo("engagements", "e", TODAY, date(2027, 1, 1), person=uid("hans"))
    stage.mo("engagements", "over", end=TODAY, person=uid("hans"))
    stage.mo("engagements", "next", date(2026, 12, 1), date(2027, 3, 1), person=uid("hans"))
    world = stage.world()
    assert world.ask(employment, uid("hans")) == ((uid("e"),), (uid("next"),), (uid("over"),))
    assert world.ask(end_of, uid("e")) == date(2027, 1, 1)
    assert world.ask(last_end, uid("hans")) == date(2027, 3, 1)
    assert world.ask(first_day, uid("next")) == date(2026, 12, 1)


def test_one_engagement_without_end_is_no_end():
    """Whatever others end."""
    stage = Stage()
    stage.mo("engagements", "short", end=date(2026, 12, 1), person=uid("hans"))
    stage.mo("engagements", "long", person=uid("hans"))
    assert stage.world().ask(last_end, uid("hans")) is None


def test_who_is_on_leave_from_one_of_two_engagements_is_at_work():
    """From both, and without a named one, they are not."""
    stage = Stage()
    stage.mo("engagements", "one", person=uid("hans"))
    stage.mo("engagements", "two", person=uid("hans"))
    stage.mo("leaves", "first", person=uid("hans"), engagement=uid("one"))
    assert not stage.world().ask(on_leave, uid("hans"))
    stage.mo("leaves", "second", person=uid("hans"), engagement=uid("two"))
    assert stage.world().ask(on_leave, uid("hans"))
