"""Members against roles in MO: a planted case and a near miss for each rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from ad_stage import Stage, uid

from motoolkit.ad._judging import Judging
from motoolkit.ad.rules.groups import CONTACT, LEFT, OUTSIDE
from motoolkit.findings import Severity
from motoolkit.language import tr
from motoolkit.profile.ad import AdSettings, Externals, GroupRules

LISTS = "OU=Lister,DC=ad1"
ENDED = date(2026, 6, 1)


def _stage(*, effective=True):
    """A group of the role Løn, which nobody has and nobody is in."""
    rules = GroupRules(below=("OU=Grupper,DC=ad1",), distribution_below=(LISTS,), effective=effective)
    outside = Externals(units=(("OU=Eksterne,DC=ad1", "nordby"),))
    stage = Stage(AdSettings(name="admin", groups=rules, externals=outside))
    stage.mo("facets", "role", user_key="role")
    stage.mo("itsystems", "SD", user_key="SD")
    _role(stage, "Løn", uid("admin/group/G"))
    return stage


def _role(stage, name, user_key, system="SD"):
    stage.mo("classes", name, user_key=user_key, name=name, facet=uid("role"), it_system=uid(system))


def _person(stage, name, *, account=True, **values):
    """Somebody with an account in the directory and one in SD."""
    stage.mo("persons", name, given_name=name.title(), surname="Holm")
    stage.mo("itusers", f"{name}-sd", person=uid(name), itsystem=uid("SD"), user_key=f"nr-{name}")
    if account:
        ids = {"user_key": name, "external_id": uid(f"admin/{name}"), "itsystem": uid("AD")}
        stage.mo("itusers", f"{name}-ad", person=uid(name), **ids)
        return stage.account(name, **values).guid
    return ""


def _gives(stage, ituser, **period):
    stage.mo("rolebindings", f"{ituser}/Løn", ituser=uid(ituser), role=uid("Løn"), **period)


def _found(stage, code):
    return [finding for finding in Judging(stage.world()).findings() if finding.kind.code == code]


def _codes(stage):
    codes = {finding.kind.code for finding in Judging(stage.world()).findings()}
    return codes & {"GRP-EXTRA", "GRP-MISSING", "GRP-BIND-ENDED", "GRP-TYPE", "GRP-NO-ROLE", "ROLE-NO-GROUP"}


def test_a_member_whom_mo_gives_nothing():
    """The group, the member and the role are told; the key is of both."""
    stage = _stage()
    stage.group("G", members=(_person(stage, "bo"),))
    (found,) = _found(stage, "GRP-EXTRA")
    assert found.subject.key == f"admin/{uid('admin/group/G')}/{uid('admin/bo')}"
    assert (found.source, found.facts, found.severity) == ("bo", {"role": "Løn"}, Severity.ERROR)


@pytest.mark.parametrize("ituser", ["bo-ad", "bo-sd"])
def test_a_member_with_the_role_is_right(ituser):
    """On the account itself, or on any IT user of the person."""
    stage = _stage()
    stage.group("G", members=(_person(stage, "bo"),))
    _gives(stage, ituser)
    assert _codes(stage) == set()


def test_an_account_beside_the_one_with_the_role():
    """Rights are one account's where MO gives them to one."""
    stage = _stage()
    bo = _person(stage, "bo")
    ids = {"user_key": "bo2", "external_id": uid("admin/bo2"), "itsystem": uid("AD")}
    stage.mo("itusers", "bo2-ad", person=uid("bo"), **ids)
    stage.group("G", members=(bo, stage.account("bo2").guid))
    _gives(stage, "bo-ad")
    assert [found.source for found in _found(stage, "GRP-EXTRA")] == ["bo2"]


def test_a_service_account_has_its_rights_from_elsewhere():
    """The near miss."""
    stage = _stage()
    stage.group("G", members=(stage.account("svc", object_class="msDS-GroupManagedServiceAccount").guid,))
    assert _codes(stage) == set()


def test_a_member_through_another_group_counts_by_the_settings():
    """It is told through which."""
    for effective, sources in ((True, ["bo"]), (False, [])):
        stage = _stage(effective=effective)
        inner = stage.group("Inner", dn="CN=Inner,OU=Andet,DC=ad1", members=(_person(stage, "bo"),))
        stage.group("G", members=(inner.guid,))
        found = _found(stage, "GRP-EXTRA")
        assert [each.source for each in found] == sources
        assert [each.facts["via"] for each in found] == ["Inner"] * len(sources)


def test_a_role_that_begins_later_is_a_slighter_thing():
    """The member is there too early."""
    stage = _stage()
    stage.group("G", members=(_person(stage, "bo"),))
    _gives(stage, "bo-ad", start=date(2027, 1, 1))
    (found,) = _found(stage, "GRP-EXTRA")
    assert (found.severity, found.detail) == (
        Severity.WARNING,
        tr("The role begins {day}.", day="01-01-2027"),
    )


def test_a_role_without_membership():
    """None of the person's accounts is in the group."""
    stage = _stage()
    stage.group("G")
    _person(stage, "bo")
    _gives(stage, "bo-sd")
    (found,) = _found(stage, "GRP-MISSING")
    assert (found.mo, found.severity, found.subject.key[-36:]) == ("bo", Severity.WARNING, uid("bo"))


def test_a_disabled_account_needs_no_membership():
    """It can do nothing anyhow, and who has left should have none."""
    stage = _stage()
    stage.group("G")
    _person(stage, "bo", uac=514)
    _gives(stage, "bo-ad")
    assert not _found(stage, "GRP-MISSING")


def test_a_role_of_who_has_no_account_or_of_a_unit_lacks_no_membership():
    """The integration skips a binding on an IT user without person."""
    stage = _stage()
    stage.group("G")
    _person(stage, "ib", account=False)
    _gives(stage, "ib-sd")
    stage.mo("itusers", "unit-sd", org_unit=uid("skole"), itsystem=uid("SD"), user_key="skole")
    _gives(stage, "unit-sd")
    assert _codes(stage) == set()


def test_direct_membership_only():
    """Where members through other groups do not count, who is a member so lacks the membership."""
    stage = _stage(effective=False)
    inner = stage.group("Inner", dn="CN=Inner,OU=Andet,DC=ad1", members=(_person(stage, "bo"),))
    stage.group("G", members=(inner.guid,))
    _gives(stage, "bo-ad")
    assert _codes(stage) == {"GRP-MISSING"}


@pytest.mark.parametrize("ended", ["binding", "account"])
def test_a_member_whose_binding_or_it_user_has_ended(ended):
    """It is told once, and since when."""
    stage = _stage()
    bo = _person(stage, "bo")
    stage.group("G", members=(bo,))
    period = {"end": ENDED}
    ids = {"user_key": "old", "external_id": bo, "itsystem": uid("AD")}
    stage.mo("itusers", "old-ad", person=uid("bo"), **ids, **(period if ended == "account" else {}))
    _gives(stage, "old-ad", **(period if ended == "binding" else {}))
    (found,) = _found(stage, "GRP-BIND-ENDED")
    assert found.mo == tr("ended {day}", day="01-06-2026")
    assert not _found(stage, "GRP-EXTRA")


def test_a_role_that_was_given_again_has_not_ended():
    """The near miss."""
    stage = _stage()
    stage.group("G", members=(_person(stage, "bo"),))
    _gives(stage, "bo-ad", end=ENDED)
    stage.mo("rolebindings", "again", ituser=uid("bo-ad"), role=uid("Løn"), start=date(2026, 9, 1))
    assert _codes(stage) == set()


def test_a_group_without_role_where_each_should_have_one():
    """Elsewhere groups need none, nor do AD's own."""
    stage = _stage()
    stage.group("G")
    stage.group("Hjemløs")
    stage.group("Printere", dn="CN=Printere,OU=Andet,DC=ad1")
    stage.group("DnsAdmins", sid="S-1-5-21-1-2-3-1101")
    assert [found.subject.label for found in _found(stage, "GRP-NO-ROLE")] == ["Hjemløs"]


def test_a_roles_group_may_be_in_the_part_that_was_not_read():
    """Then nothing is said of roles."""
    stage = _stage()
    stage.group("G")
    _role(stage, "Gone", uid("no group"))
    stage.incomplete()
    assert not _found(stage, "ROLE-NO-GROUP")


def test_a_role_without_group():
    """Its user_key is the GUID of nothing, or its system works through groups and it has none."""
    stage = _stage()
    stage.group("G")
    _role(stage, "Gone", uid("no group"))
    _role(stage, "Sister", "laes")
    assert {found.subject.label for found in _found(stage, "ROLE-NO-GROUP")} == {"Gone", "Sister"}
    assert {found.subject.key for found in _found(stage, "ROLE-NO-GROUP")} == {
        f"admin/{uid(name)}" for name in ("Gone", "Sister")
    }


def test_a_role_of_a_system_without_groups_needs_none():
    """The near miss: rights that are given in the system itself."""
    stage = _stage()
    stage.group("G")
    stage.mo("itsystems", "FAG", user_key="FAG")
    _role(stage, "Lærer", "laerer", system="FAG")
    assert not _found(stage, "ROLE-NO-GROUP")


def test_a_role_on_which_no_right_can_hang():
    """A distribution group gives none; the same of a list is right."""
    stage = _stage()
    stage.group("G", group_type=2)
    stage.group("Alle", dn=f"CN=Alle,{LISTS}", group_type=8)
    (found,) = _found(stage, "GRP-TYPE")
    assert found.subject.label == "G"


def test_a_security_group_that_is_only_a_list():
    """By where it lies, or by the IT system of its role."""
    stage = _stage()
    stage.group("G")
    stage.group("Alle", dn=f"CN=Alle,{LISTS}")
    stage.mo("itsystems", "lists", user_key="distributionlists")
    _role(stage, "Nyt", uid("admin/group/Nyt"), system="lists")
    stage.group("Nyt")
    assert {found.subject.label for found in _found(stage, "GRP-TYPE")} == {"Alle", "Nyt"}


def _list(stage):
    """Put four on a list: staff, one who left, one from outside, and a contact."""
    members = []
    for name, period in (("bo", {}), ("ib", {"end": ENDED}), ("ny", {"start": date(2027, 1, 1)})):
        members.append(_person(stage, name))
        stage.mo("engagements", f"{name}-eng", person=uid(name), org_unit=uid("skole"), **period)
    members.append(_person(stage, "ko", dn="CN=ko,OU=Eksterne,DC=ad1"))
    members.append(stage.account("firma", object_class="contact").guid)
    return tuple(members)


def test_who_is_not_current_staff_on_a_list():
    """Who left, who is from outside, and a contact; who is to come is let be."""
    stage = _stage()
    stage.group("Alle", dn=f"CN=Alle,{LISTS}", group_type=2, members=_list(stage))
    assert {found.source: found.detail for found in _found(stage, "DL-STALE")} == {
        "ib": tr(LEFT),
        "ko": tr(OUTSIDE),
        "firma": tr(CONTACT),
    }


def test_a_list_elsewhere_may_have_anybody():
    """The near miss."""
    stage = _stage()
    stage.group("Alle", dn="CN=Alle,OU=Andet,DC=ad1", group_type=2, members=_list(stage))
    assert not _found(stage, "DL-STALE")


def test_after_each_change_the_same_is_found_as_in_a_run_anew():
    """A binding ends, a group's name and members change, a role goes, an account becomes another's."""
    stage = _stage()
    bo, ib = _person(stage, "bo"), _person(stage, "ib")
    inner = stage.group("Inner", members=(ib,))
    group = stage.group("G", members=(bo, inner.guid))
    _gives(stage, "bo-ad")
    world = stage.world(tracking=True)
    judging = Judging(world)
    (binding,) = world.rolebindings.by("role", uid("Løn"))
    (account,) = world.itusers.of(uid("ib-ad"))
    (role,) = world.classes.of(uid("Løn"))
    changes = (
        ("rolebindings", binding.uuid, replace(binding, end=ENDED)),
        ("rolebindings", "new", replace(binding, uuid="new", ituser=uid("ib-ad"))),
        ("groups", inner.key, replace(inner, members=(bo, group.guid))),
        ("itusers", account.uuid, replace(account, external_id=uid("admin/bo"))),
        ("classes", role.uuid, replace(role, user_key="laes")),
        ("groups", group.key, replace(group, sam="SD_Laes")),
        ("classes", role.uuid, None),
    )
    seen = set()
    for number, (table, key, row) in enumerate(changes, 1):
        judging.update(world.table(table).put(key, (row,) if row else ()))
        anew = stage.world()
        for other, its_key, its_row in changes[:number]:
            anew.table(other).put(its_key, (its_row,) if its_row else ())
        assert _told(judging) == _told(Judging(anew))
        seen |= {found.kind.code for found in judging.findings()}
    assert {"GRP-EXTRA", "GRP-MISSING", "GRP-BIND-ENDED", "GRP-CYCLE", "GRP-NO-ROLE"} <= seen


def _told(judging):
    return [(found.key, found.severity, found.facts) for found in judging.findings()]
