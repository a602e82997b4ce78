"""Groups for their own sake: a planted case and a near miss for each rule."""

from __future__ import annotations

import pytest
from ad_stage import Stage, uid

from motoolkit.ad._judging import Judging
from motoolkit.findings import Severity
from motoolkit.language import tr
from motoolkit.profile.ad import AdSettings, GroupRules, KindRule

ADMINS = "S-1-5-21-1-2-3-512"


def _stage():
    kinds = (KindRule(kind="admin", sam="adm-.*"), KindRule(kind="service", sam="svc-.*"))
    return Stage(AdSettings(name="admin", kinds=kinds, groups=GroupRules(deepest=2)))


def _found(stage, code):
    return [finding for finding in Judging(stage.world()).findings() if finding.kind.code == code]


def test_an_everyday_account_that_rules_the_directory():
    """Directly, or through a group; disabled it is less grave."""
    stage = _stage()
    inner = stage.group("Drift", members=(stage.account("ib", uac=514).guid,))
    members = (stage.account("bo").guid, inner.guid)
    stage.group("Domain Admins", sid=ADMINS, critical=True, members=members)
    found = {each.source: (each.severity, each.facts) for each in _found(stage, "GRP-PRIV")}
    cause = tr("Members through {via}", via="Drift")
    assert found == {
        "bo": (Severity.CRITICAL, {}),
        "ib": (Severity.ERROR, {"via": "Drift", "cause": cause}),
    }


def test_administrators_accounts_of_their_own_are_right():
    """AD's own account, a service, a machine, and a person's account for it."""
    stage = _stage()
    stage.mo("persons", "bo")
    ids = {"user_key": "adm-bo", "external_id": uid("admin/adm-bo"), "itsystem": uid("AD")}
    stage.mo("itusers", "adm-bo", person=uid("bo"), **ids)
    accounts = [
        stage.account("Administrator", sid="S-1-5-21-1-2-3-500", critical=True),
        stage.account("svc-backup"),
        stage.account("DC1$", object_class="computer"),
        stage.account("adm-bo"),
    ]
    stage.group("Domain Admins", sid=ADMINS, members=tuple(each.guid for each in accounts))
    assert not _found(stage, "GRP-PRIV")


def test_an_administrators_account_that_is_nobodys():
    """Nobody answers for what is done with it."""
    stage = _stage()
    stage.group("Domain Admins", sid=ADMINS, members=(stage.account("adm-x").guid,))
    assert [found.source for found in _found(stage, "GRP-PRIV")] == ["adm-x"]


def test_who_has_a_privileged_group_as_primary_one():
    """It is in no list of members; that is what makes it a hiding place."""
    stage = _stage()
    stage.account("bo", primary_group=512)
    stage.account("ib", primary_group=513)
    stage.group("Domain Admins", sid=ADMINS)
    stage.group("Domain Users", sid="S-1-5-21-1-2-3-513", critical=True)
    (found,) = _found(stage, "GRP-PRIV")
    assert (found.source, found.detail) == (
        "bo",
        tr("It is the account's primary group, so it is in no list of members."),
    )


def test_one_of_domain_admins_is_not_told_again_of_administrators():
    """The one group is in the other, in every domain."""
    stage = _stage()
    admins = stage.group("Domain Admins", sid=ADMINS, members=(stage.account("bo").guid,))
    stage.group("Administrators", sid="S-1-5-32-544", members=(admins.guid,))
    assert [found.subject.label for found in _found(stage, "GRP-PRIV")] == ["Domain Admins: bo"]


def test_an_ordinary_group_may_have_ordinary_accounts():
    """The near miss."""
    stage = _stage()
    stage.group("Users", sid="S-1-5-32-545", members=(stage.account("bo").guid,))
    assert not _found(stage, "GRP-PRIV")


def _chain(stage, length):
    """Make groups in groups, A at the top."""
    inner = ()
    for name in reversed("ABCDE"[:length]):
        inner = (stage.group(name, members=inner).guid,)


def test_groups_in_groups_deeper_than_agreed():
    """It is told through which; two between are agreed."""
    stage = _stage()
    _chain(stage, 4)
    (found,) = _found(stage, "GRP-NESTED")
    assert (found.subject.label, found.source, found.mo, found.facts["via"]) == ("A", "3", "2", "B > C > D")


def test_groups_in_groups_as_deep_as_agreed():
    """The near miss."""
    stage = _stage()
    _chain(stage, 3)
    assert not _found(stage, "GRP-NESTED")


def test_groups_in_each_other_are_one_finding():
    """A group of itself is a ring too; a group in two others is none."""
    stage = _stage()
    for name, members in (("A", "B"), ("B", "C"), ("C", "A"), ("D", "D"), ("E", "A"), ("F", "AE")):
        stage.group(name, members=tuple(uid(f"admin/group/{each}") for each in members))
    assert {frozenset(found.source.split(", ")) for found in _found(stage, "GRP-CYCLE")} == {
        frozenset("ABC"),
        frozenset("D"),
    }


def test_an_empty_group():
    """One with a member is none, nor one that is somebody's primary group, nor AD's own."""
    stage = _stage()
    stage.account("bo", primary_group=1200)
    stage.group("Tom", sid="S-1-5-21-1-2-3-1100")
    stage.group("Fuld", members=(uid("somebody"),))
    stage.group("Primær", sid="S-1-5-21-1-2-3-1200")
    stage.group("Guests", sid="S-1-5-32-546")
    assert [found.subject.label for found in _found(stage, "GRP-EMPTY")] == ["Tom"]


def test_the_group_of_a_role_that_nobody_has_is_rightly_empty():
    """The near miss."""
    stage = _stage()
    stage.mo("facets", "role", user_key="role")
    stage.mo("classes", "Løn", user_key=uid("admin/group/Tom"), facet=uid("role"))
    stage.group("Tom")
    assert not _found(stage, "GRP-EMPTY")


@pytest.mark.parametrize(("uac", "owned", "count"), [(512, True, 0), (514, True, 1), (512, False, 1)])
def test_a_group_that_nobody_owns(uac, owned, count):
    """An owner who can not log on is none."""
    stage = _stage()
    owner = stage.account("bo", uac=uac).guid
    stage.group("G", managed_by=owner if owned else "")
    assert len(_found(stage, "GRP-NO-OWNER")) == count


def test_an_owner_in_another_directory_is_believed():
    """It can not be seen from here; AD's own groups need none."""
    stage = _stage()
    stage.group("G", managed_by=uid("elsewhere"))
    stage.group("Domain Admins", sid=ADMINS, critical=True)
    assert not _found(stage, "GRP-NO-OWNER")
