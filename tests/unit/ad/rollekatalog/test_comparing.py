"""Who has which role by MO, by OS2rollekatalog and by AD."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from ad_stage import Stage, uid

from motoolkit.ad.rollekatalog import Assignment, RoleExport, compare_roles
from motoolkit.findings import Severity
from motoolkit.profile.ad import AdSettings

FK = "0f0f0f0f-0c1b-4e57-8f0e-1d2c3b4a5f60"


@pytest.fixture
def stage():
    """Two roles of SD, the first with a group; Bo and Ib with accounts."""
    stage = Stage(AdSettings(name="admin"), AdSettings(name="skole", itsystem="SKOLE"))
    stage.mo("facets", "role", user_key="role")
    stage.mo("itsystems", "SD", user_key="SD", name="SD-Løn")
    stage.mo("itsystems", "FK", user_key="FK")
    stage.mo("itsystems", "FAG", user_key="FAG", name="Fagsystem")
    for name, key, system in (
        ("Løn", uid("admin/group/G"), "SD"),
        ("Leder", "leder", "SD"),
        ("Lærer", "laerer", "FAG"),
    ):
        stage.mo("classes", name, user_key=key, name=name, facet=uid("role"), it_system=uid(system))
    for name in ("bo", "ib"):
        stage.mo("persons", name, given_name=name.title(), surname="Holm")
        ids = {"user_key": name, "external_id": uid(f"admin/{name}"), "itsystem": uid("AD")}
        stage.mo("itusers", f"{name}-ad", person=uid(name), **ids)
        stage.account(name)
    return stage


def _gives(stage, name, role="Løn", **period):
    stage.mo("rolebindings", f"{name}/{role}", ituser=uid(f"{name}-ad"), role=uid(role), **period)


def _compared(stage, *assignments):
    made = [Assignment(itsystem="SD-Løn", line=str(n), **each) for n, each in enumerate(assignments, 2)]
    return compare_roles(stage.world(), RoleExport(Path("roller.csv"), tuple(made)))


def _codes(comparison):
    return [(found.kind.code, found.subject.label) for found in comparison.findings]


def test_all_three_agree(stage):
    """By name, whatever the case; nothing is found."""
    stage.group("G", members=(uid("admin/bo"),))
    _gives(stage, "bo")
    comparison = _compared(stage, {"user": "BO", "role": "løn"})
    (row,) = comparison.rows
    assert (row.name, row.username, row.role, row.itsystem) == ("Bo Holm", "bo", "Løn", "SD")
    assert (row.in_mo, row.in_rollekatalog, row.in_ad) == (True, True, True)
    assert comparison.differing() == ()
    assert not comparison.findings


def test_who_has_a_role_in_one_of_three(stage):
    """A row each, and a finding where MO and OS2rollekatalog differ."""
    stage.group("G", members=(stage.account("ko").guid,))
    stage.mo("persons", "ko", given_name="Ko", surname="Holm")
    stage.mo("itusers", "ko-ad", person=uid("ko"), user_key="ko", itsystem=uid("AD"))
    _gives(stage, "bo")
    comparison = _compared(stage, {"user": "ib", "role": "Løn"})
    assert {row.username: (row.in_mo, row.in_rollekatalog, row.in_ad) for row in comparison.differing()} == {
        "bo": (True, False, False),
        "ib": (False, True, False),
        "ko": (False, False, True),
    }
    assert _codes(comparison) == [("RK-EXTRA", "Ib Holm: Løn"), ("RK-MISSING", "Bo Holm: Løn")]
    assert comparison.findings[0].severity is Severity.ERROR
    assert list(comparison.frame().columns)[-3:] == ["in_mo", "in_rollekatalog", "in_ad"]


def test_a_role_without_group_is_no_disagreement(stage):
    """AD has no say in it."""
    _gives(stage, "bo", "Leder")
    comparison = _compared(stage, {"user": "bo", "role": "Leder"})
    assert [row.in_ad for row in comparison.rows] == [None]
    assert comparison.differing() == ()


def test_a_role_that_has_ended_in_mo(stage):
    """OS2rollekatalog was not told; the day is."""
    _gives(stage, "bo", end=date(2026, 6, 1))
    (found,) = _compared(stage, {"user": "bo", "role": "Løn"}).findings
    assert found.kind.code == "RK-EXTRA"
    assert "01-06-2026" in found.detail


def test_an_assignment_that_is_over_is_none(stage):
    """As is one of an inactive user."""
    _gives(stage, "bo")
    comparison = _compared(stage, {"user": "bo", "role": "Løn", "end": date(2026, 6, 1)})
    assert _codes(comparison) == [("RK-MISSING", "Bo Holm: Løn")]


def test_only_it_systems_of_the_export_are_compared(stage):
    """Roles of others are not missing from it."""
    _gives(stage, "bo", "Lærer")
    _gives(stage, "bo")
    assert _codes(_compared(stage, {"user": "bo", "role": "Løn"})) == []


def test_a_user_whom_mo_does_not_know(stage):
    """Told once, however many roles; nothing else is told of that user."""
    comparison = _compared(
        stage, {"user": "xx", "role": "Løn", "name": "Xenia"}, {"user": "XX", "role": "Leder"}
    )
    assert _codes(comparison) == [("RK-UNKNOWN-USER", "xx (Xenia)")]


def test_a_user_who_is_known_by_the_uuid(stage):
    """MO's integration sends FK Organisation's."""
    stage.mo("itusers", "bo-fk", person=uid("bo"), itsystem=uid("FK"), user_key="x", external_id=FK)
    _gives(stage, "bo")
    assert _codes(_compared(stage, {"user": "former", "role": "Løn", "uuid": FK})) == []


def test_a_username_of_two_persons_in_two_directories(stage):
    """The UUID decides between them; without it nobody is taken for the other."""
    stage.mo("persons", "bodil", given_name="Bodil", surname="Vig")
    stage.mo("itsystems", "SKOLE", user_key="SKOLE")
    account = stage.account("bo", ad="skole")
    ids = {"user_key": "bo", "external_id": account.guid, "itsystem": uid("SKOLE")}
    stage.mo("itusers", "bodil-skole", person=uid("bodil"), **ids)
    stage.mo("itusers", "bodil-fk", person=uid("bodil"), itsystem=uid("FK"), user_key="x", external_id=FK)
    assert _codes(_compared(stage, {"user": "bo", "role": "Løn"})) == [("RK-UNKNOWN-USER", "bo")]
    decided = _compared(stage, {"user": "bo", "role": "Løn", "uuid": FK})
    assert _codes(decided) == [("RK-EXTRA", "Bodil Vig: Løn")]


def test_a_role_that_mo_does_not_have(stage):
    """One of another IT system is another role."""
    comparison = _compared(stage, {"user": "bo", "role": "Lærer"}, {"user": "ib", "role": "Lærer"})
    assert _codes(comparison) == [("RK-UNKNOWN-ROLE", "Lærer (SD-Løn)")]
    assert "2" in comparison.findings[0].detail


@pytest.mark.parametrize(
    "told",
    [
        {"role": "Something", "identifier": "leder"},
        {"role": "LEDER"},
        {"role": "Something", "groups": ("G-Leder",)},
    ],
)
def test_a_role_by_its_identifier_its_name_or_its_group(stage, told):
    """What OS2rollekatalog calls a system role of an AD is the group's name."""
    if "groups" in told:
        stage.group("G-Leder", guid=uid("leder group"))
        stage.mo("classes", "Leder", user_key=uid("leder group"), facet=uid("role"), it_system=uid("SD"))
        stage.rows["classes"][uid("Leder")] = stage.rows["classes"][uid("Leder")][-1:]
    comparison = _compared(stage, {"user": "bo", **told})
    assert [found.kind.code for found in comparison.findings] == ["RK-EXTRA"]
