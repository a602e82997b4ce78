"""After a change just what looked at it is judged again."""

from __future__ import annotations

from dataclasses import replace

from ad_stage import NOW, Stage, uid

from motoolkit.ad._judging import Judging
from motoolkit.ad.records import Delta


def _two_persons():
    stage = Stage()
    for name, cpr in (("hans", "0101901233"), ("bo", "0202801233")):
        stage.mo("persons", name, cpr=cpr, given_name=name.title(), surname="Holm")
    account = {"user_key": "hans01", "external_id": uid("admin/hans01"), "itsystem": uid("AD")}
    stage.mo("itusers", "hans-ad", person=uid("hans"), **account)
    return stage


def _conflicts(judging):
    return [f for f in judging.findings() if f.kind.code == "ACC-CPR-GUID-CONFLICT"]


def test_a_cpr_number_and_a_guid_of_two_persons():
    """Both names are told."""
    stage = _two_persons()
    stage.account("hans01", cpr="0202801233")
    (found,) = _conflicts(Judging(stage.world()))
    assert (found.source, found.mo) == ("Bo Holm", "Hans Holm")
    assert found.subject.key == f"admin/{uid('admin/hans01')}"


def test_both_of_one_person_are_no_conflict():
    """The near miss."""
    stage = _two_persons()
    stage.account("hans01", cpr="0101901233")
    assert not _conflicts(Judging(stage.world()))


def test_a_change_is_judged_where_it_was_looked_at_and_nowhere_else():
    """It comes, and it goes with the account."""
    stage = _two_persons()
    hans = stage.account("hans01", cpr="0101901233")
    stage.account("bo01", cpr="0202801233")
    world = stage.world(tracking=True)
    judging = Judging(world)
    changed = replace(hans, cpr="0202801233")
    facts = world.change_ad(Delta(ad="admin", cookie="", read_at=NOW, accounts=(changed,)))
    assert judging.update(facts).judged == 1
    assert len(_conflicts(judging)) == 1
    facts = world.change_ad(Delta(ad="admin", cookie="", read_at=NOW, gone=(hans.guid,)))
    judging.update(facts)
    assert not _conflicts(judging)
