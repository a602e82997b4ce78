"""What an audit does not believe: half reads, mass disappearance, what is on its way, grave things once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from ad_stage import NOW, TODAY, Stage, uid

from motoolkit.ad._audit import AdAudit, audit
from motoolkit.ad.records import Delta, Header
from motoolkit.errors import InputError
from motoolkit.profile.ad import AdSettings, FieldRule


class Directory:
    """A directory that says what a stage holds, and something else when it is asked again."""

    def __init__(self, stage, *, rereads=True, later=()):
        self.settings, self.rereads, self._stage, self._later = stage.settings[0], rereads, stage, later

    def snapshot(self):
        """Return what the stage holds."""
        return self._stage.snapshots()[0]

    def read(self, guids):
        """Return what these objects are now."""
        now = {each.guid: each for each in (*self._stage.records["accounts"], *self._later)}
        return Delta(
            ad="admin", cookie="", read_at=NOW, accounts=tuple(now[guid] for guid in guids if guid in now)
        )


class NoMirror:
    """A mirror of which only the head is told."""

    mo_url, read_at = "https://mo.nordby.example", NOW


def _stage(**account):
    """Put Bo on the stage, with an account that has somebody else's CPR number."""
    stage = Stage()
    for name, cpr in (("hans", "0101901233"), ("bo", "0202801233")):
        stage.mo("persons", name, cpr=cpr, given_name=name.title(), surname="Holm")
    stage.mo("itusers", "i", user_key="u1", external_id=uid("admin/u1"), itsystem=uid("AD"), person=uid("bo"))
    account = {"cpr": "0101901233", "created": NOW - timedelta(days=99)} | account
    return stage, stage.account("u1", **account)


def _audit(stage, directory=None, previous=()):
    sources = {} if directory is None else {"admin": directory}
    return AdAudit(stage.world(), NoMirror(), dict(previous), sources)


def _conflict(findings):
    return next((f for f in findings if f.kind.code == "ACC-CPR-GUID-CONFLICT"), None)


def test_something_grave_that_one_read_says_is_undecided_until_a_second_says_it_too():
    """It then counts."""
    stage, _ = _stage()
    found = _audit(stage, Directory(stage))
    assert _conflict(found.findings).undecided
    assert not _conflict(found.confirm()).undecided


def test_what_the_second_read_does_not_say_is_no_finding():
    """The account was corrected in between."""
    stage, account = _stage()
    found = _audit(stage, Directory(stage, later=[replace(account, cpr="0202801233")]))
    assert _conflict(found.findings)
    assert _conflict(found.confirm()) is None


def test_a_file_that_is_read_twice_is_one_read():
    """It would say the same for ever."""
    stage, _ = _stage()
    assert _conflict(_audit(stage, Directory(stage, rereads=False)).confirm()).undecided


def test_what_was_changed_a_moment_ago_may_be_on_its_way():
    """The age is told; a quarter of an hour is long enough."""
    stage, _ = _stage(changed=NOW - timedelta(minutes=5))
    young = _conflict(_audit(stage, Directory(stage)).confirm())
    assert young.undecided
    assert "5" in young.detail
    old, _ = _stage(changed=NOW - timedelta(minutes=16))
    assert not _conflict(_audit(old, Directory(old)).confirm()).undecided


def _lacking():
    """Put somebody at work without an account on the stage."""
    stage, _ = _stage()
    stage.mo("engagements", "e", person=uid("hans"), user_key="1", org_unit=uid("unit"))
    return stage


def _codes(found):
    return {finding.kind.code for finding in found.findings}


def test_what_a_half_read_directory_lacks_is_not_told():
    """That it was not read whole is; nothing of it is gone."""
    stage = _lacking()
    assert "PER-NO-ACC" in _codes(_audit(stage))
    stage.incomplete()
    found = _audit(stage)
    assert "PER-NO-ACC" not in _codes(found)
    assert any("admin" in notice for notice in found.findings.notices)
    assert found.findings.left_out.names == {"admin"}
    assert found.believed_headers() == []


@pytest.mark.parametrize(
    ("before", "now", "believed"), [(1000, 940, False), (1000, 960, True), (30, 11, True)]
)
def test_of_a_directory_that_shrank_too_much_it_is_not_told_what_it_lacks(before, now, believed):
    """More than five per cent; a score may always go."""
    stage = _lacking()
    header = Header(ad="admin", read_at=NOW)
    stage.header["admin"] = replace(header, counts={"accounts": now})
    previous = {"admin": replace(header, counts={"accounts": before})}
    assert ("PER-NO-ACC" in _codes(_audit(stage, previous=previous.items()))) == believed


def test_the_same_two_values_in_many_accounts_have_one_cause():
    """A unit that was renamed; two are no pattern."""
    fields = (FieldRule(attribute="department", mo="unit.name"),)
    stage = Stage(AdSettings(name="admin", itsystem="AD", fields=fields))
    stage.mo("org_units", "unit", name="Nyt navn")
    stage.mo("org_units", "other", name="Andet")
    for number in range(5):
        key, unit = f"p{number}", "unit" if number < 3 else "other"
        stage.mo("persons", key, given_name="Bo", surname=str(number))
        stage.mo("engagements", f"e{key}", person=uid(key), org_unit=uid(unit), user_key=key)
        stage.account(key, attributes={"department": ("Gammelt",)}, created=NOW - timedelta(days=99))
        linked = {"person": uid(key), "engagements": (uid(f"e{key}"),), "itsystem": uid("AD")}
        stage.mo("itusers", f"i{key}", user_key=key, external_id=uid(f"admin/{key}"), **linked)
    departments = _audit(stage).findings.only(kind="ATTR-DEPT")
    assert sorted(bool(finding.cause) for finding in departments) == [False, False, True, True, True]


def test_a_field_that_is_compared_with_what_mo_does_not_have():
    """Told before anything is read, with what there is."""
    stage = Stage(AdSettings(name="admin", fields=(FieldRule(attribute="title", mo="job.name"),)))
    with pytest.raises(InputError, match=r"job\.name"):
        audit([Directory(stage)], NoMirror(), as_of=TODAY, now=NOW)
