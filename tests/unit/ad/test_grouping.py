"""Which group is a role's, who is in it at any depth, and who should be."""

from __future__ import annotations

from datetime import date

import pytest
from ad_stage import Stage, uid

from motoolkit.ad.grouping import (
    NOW,
    OVER,
    TO_COME,
    claimed,
    direct,
    effective,
    group_of,
    is_privileged,
    named_in,
    nested,
    ring,
    roles_of,
    systems_of,
)
from motoolkit.profile.ad import AdSettings, GroupRules


def _stage(**rules):
    stage = Stage(AdSettings(name="admin", itsystem="AD", groups=GroupRules(**rules)))
    stage.mo("facets", "role", user_key="role")
    return stage


def _role(stage, name, user_key, system="AD"):
    stage.mo("classes", name, user_key=user_key, name=name, facet=uid("role"), it_system=uid(system))


def _group(name):
    return "admin", uid(f"admin/group/{name}")


def test_a_roles_group_by_its_guid():
    """In any spelling, and back."""
    stage = _stage()
    stage.group("G-Loen")
    _role(stage, "Løn", uid("admin/group/G-Loen").upper())
    world = stage.world()
    assert world.ask(group_of, "admin", uid("Løn")) == _group("G-Loen")
    assert world.ask(roles_of, _group("G-Loen")) == (uid("Løn"),)


def test_a_roles_group_by_its_name():
    """In any case, and back; user_keys may hold the sign that the pattern has between them."""
    stage = _stage()
    stage.mo("itsystems", "SD_LON", user_key="SD_LON", name="SD")
    stage.group("SD_LON_laes_alt")
    _role(stage, "Læser", "Laes_alt", system="SD_LON")
    world = stage.world()
    assert world.ask(group_of, "admin", uid("Læser")) == _group("SD_LON_laes_alt")
    assert world.ask(roles_of, _group("SD_LON_laes_alt")) == (uid("Læser"),)


def test_a_role_of_another_system_with_the_same_key_has_another_group():
    """The name is made of both."""
    stage = _stage()
    stage.group("AD_laes")
    stage.mo("itsystems", "SD", user_key="SD")
    _role(stage, "Læser", "laes", system="SD")
    world = stage.world()
    assert world.ask(group_of, "admin", uid("Læser")) is None
    assert world.ask(roles_of, _group("AD_laes")) == ()


def test_what_is_no_role_has_no_group():
    """A job function may be called like one."""
    stage = _stage()
    stage.group("AD_laes")
    stage.mo("facets", "job", user_key="engagement_job_function")
    stage.mo("classes", "job-laes", user_key="laes", facet=uid("job"), it_system=uid("AD"))
    assert stage.world().ask(roles_of, _group("AD_laes")) == ()


@pytest.mark.parametrize(
    ("pattern", "name", "held"),
    [
        ("{itsystem}_{role}", "sd_lon_laes", ("lon_laes", "laes")),
        ("{role}", "laes", ("laes",)),
        ("g-{role}-rw", "g-løn.1-rw", ("løn.1",)),
        ("{role}@{itsystem}", "a@b@c", ("a", "a@b")),
        ("g-{role}", "x-laes", ()),
        ("g-{itsystem}", "g-laes", ()),
    ],
)
def test_what_a_name_may_hold(pattern, name, held):
    """All ways to read it; the system decides later."""
    assert named_in(name, pattern, "{role}") == held


def test_members_at_any_depth_by_the_shortest_way():
    """Who is in it directly, is."""
    stage = _stage()
    bo, ib = stage.account("bo"), stage.account("ib")
    inner = stage.group("C", members=(bo.guid, ib.guid))
    middle = stage.group("B", members=(inner.guid,))
    stage.group("A", members=(middle.guid, ib.guid))
    world = stage.world()
    assert world.ask(direct, _group("A")).accounts == (ib.guid,)
    assert world.ask(effective, _group("A")) == {ib.guid: (), bo.guid: (middle.guid, inner.guid)}
    assert world.ask(nested, _group("A")) == {middle.key: (), inner.key: (middle.guid,)}


def test_groups_in_each_other_end():
    """Each has the members of all, and the ring is known; who is outside of it is not in it."""
    stage = _stage()
    bo = stage.account("bo")
    a, b = _group("A")[1], _group("B")[1]
    stage.group("A", members=(b,))
    stage.group("B", members=(a, bo.guid))
    stage.group("C", members=(a,))
    world = stage.world()
    assert world.ask(effective, _group("A")) == {bo.guid: (b,)}
    assert (
        world.ask(ring, _group("A"))
        == world.ask(ring, _group("B"))
        == tuple(sorted([_group("A"), _group("B")]))
    )
    assert world.ask(ring, _group("C")) == ()


def test_a_member_of_another_directory_is_not_counted():
    """Its account is not in this one's read."""
    stage = _stage()
    stage.group("A", members=(uid("elsewhere"),))
    assert stage.world().ask(effective, _group("A")) == {}


def _binding(stage, ituser, role="Løn", **period):
    stage.mo("rolebindings", f"{ituser}/{role}", ituser=uid(ituser), role=uid(role), **period)


def test_who_has_a_role_today_before_and_to_come():
    """An IT user of the directory's own system is one account; another system's is any of the person's."""
    stage = _stage()
    stage.mo("itsystems", "SD", user_key="SD")
    stage.group("G")
    _role(stage, "Løn", uid("admin/group/G"))
    bo = stage.account("bo")
    stage.mo("itusers", "bo-ad", person=uid("bo"), itsystem=uid("AD"), user_key="bo", external_id=bo.guid)
    stage.mo("itusers", "ib-sd", person=uid("ib"), itsystem=uid("SD"), user_key="1234")
    stage.mo("itusers", "al-sd", end=date(2026, 5, 1), person=uid("al"), itsystem=uid("SD"), user_key="9")
    stage.mo("itusers", "unit", org_unit=uid("skole"), itsystem=uid("SD"), user_key="7")
    _binding(stage, "bo-ad")
    _binding(stage, "ib-sd", start=date(2027, 1, 1))
    _binding(stage, "al-sd")
    _binding(stage, "unit")
    found = stage.world().ask(claimed, _group("G"))
    assert {who: claim.tense for who, claim in found.items()} == {
        bo.guid: NOW,
        uid("ib"): TO_COME,
        uid("al"): OVER,
    }
    assert found[uid("al")].day == date(2026, 5, 1)


def test_who_has_it_again_has_it():
    """The binding of today counts before one that is over."""
    stage = _stage()
    stage.mo("itsystems", "SD", user_key="SD")
    stage.group("G")
    _role(stage, "Løn", uid("admin/group/G"))
    stage.mo("itusers", "ib-sd", person=uid("ib"), itsystem=uid("SD"), user_key="1234")
    _binding(stage, "ib-sd", end=date(2026, 1, 1))
    stage.mo("rolebindings", "again", ituser=uid("ib-sd"), role=uid("Løn"))
    assert stage.world().ask(claimed, _group("G"))[uid("ib")].tense == NOW


def test_everybody_with_an_account_in_a_system():
    """The group of a whole system, by its pattern."""
    stage = _stage(system_pattern="{itsystem}_users")
    stage.mo("itsystems", "SD", user_key="SD")
    stage.group("sd_users")
    stage.mo("itusers", "ib-sd", person=uid("ib"), itsystem=uid("SD"), user_key="1234")
    world = stage.world()
    assert world.ask(systems_of, _group("sd_users")) == (uid("SD"),)
    assert set(world.ask(claimed, _group("sd_users"))) == {uid("ib")}


@pytest.mark.parametrize(
    ("values", "privileged"),
    [
        ({"sid": "S-1-5-21-1-2-3-512"}, True),
        ({"sid": "S-1-5-32-544"}, True),
        ({"sid": "S-1-5-21-1-2-3-513"}, False),
        ({"sid": "S-1-5-32-545"}, False),
        ({"sid": "S-1-5-21-1-2-3-544"}, False),
        ({"sam": "DnsAdmins"}, True),
        ({"sam": "Tier0"}, True),
        ({"sam": "Tier1"}, False),
        ({"admin_count": 1}, True),
    ],
)
def test_which_groups_rule_the_directory(values, privileged):
    """By the SID where there is one, for names are translated; by the settings; by adminCount."""
    stage = _stage(privileged=("Tier0",))
    group = stage.group(**({"sam": "Domæneadministratorer"} | values))
    assert is_privileged(stage.world(), group.key) is privileged
