"""What only one may have: usernames, GUIDs, mail addresses, CPR numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ad_stage import TODAY, Stage, uid

from motoolkit.profile.ad import AdSettings, Discriminator


def _stage(**settings):
    stage = Stage(
        AdSettings(name="admin", link_itsystem="ADGUID", **settings),
        AdSettings(name="skole", itsystem="SKOLE-AD"),
    )
    for system in ("ADGUID", "SKOLE-AD", "FK"):
        stage.mo("itsystems", system, user_key=system, name=system)
    for name, cpr in (("hans", "0101901233"), ("bo", "0202801233")):
        stage.mo("persons", name, cpr=cpr, given_name=name.title(), surname="Holm")
    return stage


def _ituser(stage, name, person, user_key, guid="", system="AD", **values):
    made = {"user_key": user_key, "external_id": guid, "itsystem": uid(system), "person": uid(person)}
    stage.mo("itusers", name, **(made | values))


# DUP-SAM


def test_a_username_of_two_persons_in_one_system():
    """In any case: AD has no two that differ by it."""
    stage = _stage()
    _ituser(stage, "1", "hans", "hh01")
    _ituser(stage, "2", "bo", "HH01")
    (found,) = stage.found("DUP-SAM")
    assert (found.subject.key, found.mo) == ("admin/hh01", "Bo Holm, Hans Holm")


@pytest.mark.parametrize(
    "other",
    [
        {"system": "SKOLE-AD"},
        {"end": TODAY},
        {"person": "hans"},
    ],
)
def test_a_username_twice_that_is_in_order(other):
    """In another directory's system, of before, or of the same person and account."""
    stage = _stage()
    _ituser(stage, "1", "hans", "hh01")
    _ituser(stage, "2", **({"person": "bo", "user_key": "hh01"} | other))
    assert not stage.found("DUP-SAM")


# DUP-GUID


def test_a_guid_on_two_it_users():
    """Even of one person: the integration stops."""
    stage = _stage()
    _ituser(stage, "1", "hans", "hh01", uid("x"))
    _ituser(stage, "2", "hans", "hh02", uid("x").upper())
    (found,) = stage.found("DUP-GUID")
    assert found.subject.key == f"admin/{uid('x')}"


def test_a_guid_on_two_it_users_of_the_old_convention():
    """There it is the user_key."""
    stage = _stage()
    _ituser(stage, "1", "hans", uid("x"), system="ADGUID")
    _ituser(stage, "2", "bo", uid("x"), system="ADGUID")
    assert len(stage.found("DUP-GUID")) == 1


def test_a_guid_in_both_conventions_or_paired_with_another_system_is_in_order():
    """FK Organisation's IT users have it as their user_key."""
    stage = _stage()
    _ituser(stage, "1", "hans", "hh01", uid("x"))
    _ituser(stage, "2", "hans", uid("x"), system="ADGUID")
    _ituser(stage, "3", "hans", uid("x"), uid("fk"), system="FK")
    assert not stage.found("DUP-GUID")


def test_a_guid_of_two_persons_in_both_conventions():
    """The pair must be one person's."""
    stage = _stage()
    _ituser(stage, "1", "hans", "hh01", uid("x"))
    _ituser(stage, "2", "bo", uid("x"), system="ADGUID")
    assert len(stage.found("DUP-GUID")) == 1


# DUP-UPN, DUP-MAIL, DUP-PROXY


def test_a_upn_on_two_accounts_of_one_directory():
    """Two directories may have the same one."""
    stage = _stage()
    stage.account("a", upn="hans@nordby.example")
    stage.account("c", "skole", upn="hans@nordby.example")
    assert not stage.found("DUP-UPN")
    stage.account("b", upn="Hans@nordby.example")
    (found,) = stage.found("DUP-UPN")
    assert (found.subject.key, found.source) == ("admin/hans@nordby.example", "admin: a, admin: b")


def test_a_mail_address_of_two_persons_in_two_directories():
    """The near miss: one person's accounts share it."""
    stage = _stage()
    stage.account("a", mail="hans@nordby.example", cpr="0101901233")
    stage.account("c", "skole", mail="hans@nordby.example", cpr="0101901233")
    assert not stage.found("DUP-MAIL")
    stage.account("d", "skole", mail="Hans@Nordby.example", cpr="0202801233")
    assert len(stage.found("DUP-MAIL")) == 1


def test_an_administrators_account_may_carry_the_same_address():
    """By kind, not by name."""
    from motoolkit.profile.ad import KindRule

    stage = _stage(kinds=(KindRule(kind="admin", sam="adm-.*"),))
    stage.account("a", mail="hans@nordby.example")
    stage.account("adm-a", mail="hans@nordby.example")
    assert not stage.found("DUP-MAIL")


def test_a_proxy_address_that_another_account_has():
    """Its own mail among the proxy addresses is as it should be."""
    stage = _stage()
    proxies = ("SMTP:a@nordby.example", "smtp:old@nordby.example", "x500:/o=nordby")
    stage.account("a", mail="a@nordby.example", proxy_addresses=proxies)
    stage.account("b", mail="b@nordby.example", proxy_addresses=("SMTP:b@nordby.example", "x500:/o=nordby"))
    assert not stage.found("DUP-PROXY")
    stage.account("c", mail="OLD@nordby.example")
    (found,) = stage.found("DUP-PROXY")
    assert (found.subject.key, found.source) == ("old@nordby.example", "admin: a, admin: c")
    assert not stage.found("DUP-MAIL")


# DUP-CPR


def _two_accounts(**settings):
    stage = _stage(cpr_attribute="employeeID", **settings)
    for sam in ("hh01", "hh02"):
        stage.account(sam, cpr="0101901233", attributes={"samaccountname": (sam,)})
    return stage


def test_several_accounts_with_one_cpr_number_and_nothing_to_tell_them_apart():
    """The key says nothing of the number."""
    (found,) = _two_accounts().found("DUP-CPR")
    assert found.subject.key == f"admin/{uid('hans')}"
    assert "0101901233" not in repr(found)


def test_several_accounts_of_which_a_rule_takes_one():
    """And those of which it takes both are told."""
    rule = Discriminator(fields=("sAMAccountName",), values=("{{ value == 'hh01' }}",))
    assert not _two_accounts(discriminator=rule).found("DUP-CPR")
    rule = Discriminator(fields=("sAMAccountName",), values=("{{ value.startswith('hh') }}",))
    assert _two_accounts(discriminator=rule).found("DUP-CPR")


@pytest.mark.parametrize(("second", "found"), [("two", False), ("one", True)])
def test_several_accounts_each_for_an_engagement_of_its_own(second, found):
    """Two for one engagement are not told apart."""
    stage = _two_accounts()
    for sam, engagement in (("hh01", "one"), ("hh02", second)):
        stage.mo("engagements", engagement, person=uid("hans"))
        _ituser(stage, sam, "hans", sam, uid(f"admin/{sam}"), engagements=(uid(engagement),))
    assert bool(stage.found("DUP-CPR")) is found


def test_one_account_in_each_directory_is_no_double():
    """That is another rule's."""
    stage = _stage()
    stage.account("a", cpr="0101901233")
    stage.account("a", "skole", cpr="0101901233")
    assert not stage.found("DUP-CPR")


# SAM-CROSS-AD


def test_a_username_of_two_persons_in_two_directories():
    """The near misses: one person's, and one of which nobody knows whose it is."""
    stage = _stage()
    stage.account("hh01", cpr="0101901233")
    stage.account("HH01", "skole", cpr="0202801233")
    stage.account("xx01", cpr="0101901233")
    stage.account("xx01", "skole", cpr="0101901233")
    stage.account("yy01", cpr="0101901233")
    stage.account("yy01", "skole")
    (found,) = stage.found("SAM-CROSS-AD")
    assert (found.source, found.mo) == ("hh01", "admin: Hans Holm; skole: Bo Holm")


def test_yesterdays_it_user_is_none():
    """The end is exclusive: what ends today was of yesterday."""
    stage = _stage()
    _ituser(stage, "1", "hans", "hh01", uid("x"), end=TODAY)
    _ituser(stage, "2", "bo", "hh01", uid("x"), end=TODAY + timedelta(days=1))
    assert not stage.found("DUP-GUID")
