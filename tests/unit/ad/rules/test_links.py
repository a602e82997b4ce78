"""GUIDs in MO that mean no account, another one, or are written wrongly."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from ad_stage import TODAY, Stage, uid

from motoolkit.model import MISSING
from motoolkit.profile.ad import AdSettings

GUID = uid("admin/hh01")
SWAPPED = str(UUID(bytes=UUID(GUID).bytes_le))


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def _stage(**settings):
    stage = Stage(
        AdSettings(name="admin", link_itsystem="ADGUID", **settings),
        AdSettings(name="skole", itsystem="SKOLE-AD"),
    )
    for system in ("ADGUID", "SKOLE-AD", "FK"):
        stage.mo("itsystems", system, user_key=system, name=system)
    stage.mo("persons", "hans", cpr="0101901233", given_name="Hans", surname="Holm")
    return stage


def _ituser(stage, user_key="hh01", external_id="", system="AD", name="1", **values):
    made = {"user_key": user_key, "external_id": external_id, "itsystem": uid(system), "person": uid("hans")}
    stage.mo("itusers", name, **(made | values))


# GUID-STALE


@pytest.mark.parametrize(
    "values",
    [{"external_id": GUID}, {"user_key": GUID, "system": "ADGUID"}, {"user_key": GUID}],
)
def test_a_guid_of_no_account_in_each_field_that_has_one(values):
    """external_id, the old convention, and both in one system."""
    stage = _stage()
    _ituser(stage, **values)
    (found,) = stage.found("GUID-STALE")
    assert (found.subject.key, found.mo) == (f"admin/{uid('1')}", GUID)
    assert "not among the deleted" in found.detail


@pytest.mark.parametrize(
    "values",
    [{"external_id": GUID, "system": "FK"}, {"external_id": GUID, "end": TODAY}, {"external_id": ""}],
)
def test_a_guid_that_need_not_be_an_accounts(values):
    """Another system's, one of before, and none."""
    stage = _stage()
    _ituser(stage, **values)
    assert not stage.found("GUID-STALE")


def test_a_guid_of_a_deleted_account_and_the_one_made_anew():
    """Same name, another GUID: the classic."""
    stage = _stage()
    stage.tombstone("hh01", guid=GUID, deleted=datetime(2026, 11, 1, 23, 30, tzinfo=UTC))
    stage.account("HH01", guid=uid("new"))
    _ituser(stage, external_id=GUID)
    (found,) = stage.found("GUID-STALE")
    assert "deleted 02-11-2026" in found.detail
    assert "admin: HH01" in found.detail
    assert found.facts["account of the same name"] == uid("new")


def test_a_units_guid_is_an_ous():
    """Units have IT users too."""
    stage = _stage()
    ou = stage.ou("Skole")
    _ituser(stage, external_id=ou.guid, person="", org_unit=uid("skole"))
    assert not stage.found("GUID-STALE")


# GUID-SWAPPED


def test_a_guid_with_swapped_bytes_is_told_as_such_and_not_as_stale():
    """The right one is told."""
    stage = _stage()
    stage.account("hh01")
    _ituser(stage, external_id=SWAPPED)
    (found,) = stage.found("GUID-SWAPPED")
    assert (found.source, found.mo) == (GUID, SWAPPED)
    assert not stage.found("GUID-STALE")


def test_a_guid_that_is_found_is_not_swapped():
    """Though another account had the swapped one."""
    stage = _stage()
    stage.account("hh01")
    stage.account("other", guid=SWAPPED)
    _ituser(stage, external_id=GUID)
    assert not stage.found("GUID-SWAPPED")


# GUID-BAD-FORMAT


@pytest.mark.parametrize(
    ("values", "means"),
    [
        ({"external_id": "{" + GUID + "}"}, GUID),
        ({"external_id": GUID.upper()}, GUID),
        ({"external_id": GUID.replace("-", "")}, GUID),
        ({"external_id": " " + GUID}, GUID),
        ({"external_id": "hh01"}, MISSING),
        ({"user_key": "hh01", "system": "ADGUID"}, MISSING),
    ],
)
def test_a_guid_that_is_written_wrongly(values, means):
    """What it means is told where it means one."""
    stage = _stage()
    stage.account("hh01")
    _ituser(stage, **values)
    (found,) = stage.found("GUID-BAD-FORMAT")
    assert found.source == means
    assert not stage.found("GUID-STALE")


@pytest.mark.parametrize(
    "values", [{"external_id": GUID}, {"external_id": ""}, {"external_id": "x", "system": "FK"}]
)
def test_a_guid_that_is_written_rightly_or_not_at_all(values):
    """And other systems' identifiers are their own."""
    stage = _stage()
    stage.account("hh01")
    _ituser(stage, **values)
    assert not stage.found("GUID-BAD-FORMAT")


# GUID-CONVENTION


@pytest.mark.parametrize(("guid_in", "codes"), [("external_id", 1), ("user_key", 0)])
def test_a_person_of_the_old_convention_among_those_of_the_new(guid_in, codes):
    """Or the other way round, as the settings say."""
    stage = _stage(guid_in=guid_in)
    stage.account("hh01")
    _ituser(stage, user_key=GUID, system="ADGUID")
    assert len(stage.found("GUID-CONVENTION")) == codes


def test_a_person_of_both_conventions():
    """Both kinds of program find the GUID."""
    stage = _stage()
    stage.account("hh01")
    _ituser(stage, user_key=GUID, system="ADGUID")
    _ituser(stage, external_id=GUID, name="2")
    assert not stage.found("GUID-CONVENTION")


# LINK-DUP-AD


def test_an_it_user_of_one_directory_with_a_guid_of_another():
    """It is not stale: the account is there."""
    stage = _stage()
    account = stage.account("hh01", "skole")
    _ituser(stage, external_id=account.guid)
    (found,) = stage.found("LINK-DUP-AD")
    assert (found.source, found.subject.key) == ("skole: hh01", f"admin/{uid('1')}")
    assert not stage.found("GUID-STALE")


def test_an_it_user_of_the_right_directory():
    """The near miss."""
    stage = _stage()
    account = stage.account("hh01", "skole")
    _ituser(stage, external_id=account.guid, system="SKOLE-AD")
    assert not stage.found("LINK-DUP-AD")
