"""IT users of FK Organisation and the AD accounts that they pair with."""

from __future__ import annotations

import pytest
from ad_stage import TODAY, Stage, uid

from motoolkit.profile.ad import AdSettings

GUID = uid("admin/hans01")


def _stage(fk="FK", **settings):
    stage = Stage(AdSettings(name="admin", itsystem="AD", fk_itsystem=fk, **settings))
    stage.mo("itsystems", "FK", user_key="FK")
    stage.mo("persons", "hans", given_name="Hans")
    stage.mo("engagements", "e", person=uid("hans"))
    stage.account("hans01")
    return stage


def _ad(stage, **values):
    made = {"user_key": "hans01", "external_id": GUID, "itsystem": uid("AD"), "person": uid("hans")}
    stage.mo("itusers", "ad", **(made | values))


def _fk(stage, thing="fk", **values):
    made = {"user_key": GUID, "external_id": uid("fk-user"), "itsystem": uid("FK"), "person": uid("hans")}
    stage.mo("itusers", thing, **(made | values))


def test_an_ad_account_without_its_pair():
    """The role catalogue leaves it out and tells nobody; a pair that has ended is none."""
    stage = _stage()
    _ad(stage)
    _fk(stage, end=TODAY)
    (found,) = stage.found("FK-PAIR-MISSING")
    assert (found.subject.key, found.source) == (f"admin/{uid('ad')}", GUID)


@pytest.mark.parametrize("written", [GUID, GUID.upper(), f"{{{GUID}}}"])
def test_a_pair(written):
    """However the GUID is written."""
    stage = _stage()
    _ad(stage)
    _fk(stage, user_key=written)
    assert not stage.found("FK-PAIR-MISSING")
    assert not stage.found("FK-PAIR-STALE")
    assert not stage.found("FK-PAIR-MULTI")


def test_the_older_convention_pairs_too():
    """The GUID is the name of the linking system's IT user; the one with the username needs no pair."""
    stage = _stage(link_itsystem="ADGUID")
    stage.mo("itsystems", "ADGUID", user_key="ADGUID")
    _ad(stage, external_id="")
    stage.mo("itusers", "link", user_key=GUID, itsystem=uid("ADGUID"), person=uid("hans"))
    assert [found.subject.uuid for found in stage.found("FK-PAIR-MISSING")] == [uid("link")]
    _fk(stage)
    assert not stage.found("FK-PAIR-MISSING")
    assert not stage.found("FK-PAIR-STALE")


@pytest.mark.parametrize("values", [{"user_key": uid("before")}, {"user_key": "hans01"}])
def test_a_pair_with_an_account_that_is_not_there(values):
    """Created anew it has another GUID; a username is no GUID."""
    stage = _stage()
    _ad(stage)
    _fk(stage, **values)
    (found,) = stage.found("FK-PAIR-STALE")
    assert (found.subject.key, found.mo) == (f"admin/{uid('fk')}", values["user_key"])


def test_a_pair_with_another_persons_account():
    """That is told."""
    stage = _stage()
    _ad(stage)
    _fk(stage, person=uid("bo"))
    (found,) = stage.found("FK-PAIR-STALE")
    assert found.detail
    assert stage.found("FK-PAIR-MISSING")


@pytest.mark.parametrize(
    ("values", "attribute"),
    [({"user_key": uid("other")}, "external_id"), ({"external_id": uid("other")}, "user_key")],
)
def test_two_it_users_for_one(values, attribute):
    """Two AD accounts on one user of FK, and one account on two."""
    stage = _stage()
    _ad(stage)
    _fk(stage)
    _fk(stage, "fk2", **values)
    found = stage.found("FK-PAIR-MULTI")
    assert {(f.subject.uuid, f.attribute) for f in found} == {(uid("fk"), attribute), (uid("fk2"), attribute)}


def test_nothing_is_judged_where_the_settings_name_no_system():
    """Many have none."""
    stage = _stage(fk="")
    _ad(stage)
    _fk(stage, user_key="hans01")
    for code in ("FK-PAIR-MISSING", "FK-PAIR-STALE", "FK-PAIR-MULTI"):
        assert not stage.found(code)
