"""Settings that can not be right: a planted case and a near miss for each rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ad_stage import NOW, Stage, uid

from motoolkit.ad._judging import Judging
from motoolkit.ad.records import Header
from motoolkit.profile.ad import AdSettings, Externals, FieldRule, GroupRules, KindRule

RIGHT = AdSettings(name="admin", itsystem="AD")


def _found(stage, code):
    return [finding for finding in Judging(stage.world()).findings() if finding.kind.code == code]


def _codes(stage):
    codes = {finding.kind.code for finding in Judging(stage.world()).findings()}
    return {code for code in codes if code.startswith("CFG-")}


def test_settings_that_are_right():
    """Nothing is found, also where little is set."""
    stage = Stage(RIGHT)
    stage.account("bo")
    assert _codes(stage) == set()


@pytest.mark.parametrize("name", ["itsystem", "link_itsystem"])
def test_an_it_system_that_mo_does_not_have(name):
    """One that is spelt otherwise is told; case matters to MO."""
    stage = Stage(replace(RIGHT, **{name: "ad"}))
    (found,) = _found(stage, "CFG-IT-SYSTEM")
    assert (found.source, found.attribute) == ("ad", name)
    assert "AD" in found.detail


def test_a_read_that_did_not_come_to_its_end():
    """One that did is none."""
    stage = Stage(RIGHT)
    stage.incomplete()
    assert _codes(stage) == {"CFG-TRUNCATED"}


@pytest.mark.parametrize(
    ("setting", "values"),
    [
        ("search_bases", {"search_bases": ("OU=Tom,DC=ad1",)}),
        ("ou_root", {"ou_root": "OU=Væk,DC=ad1"}),
        ("ou_parking", {"ou_parking": "OU=Væk,DC=ad1"}),
        ("base_dn", {"base_dn": "DC=ad2"}),
        ("groups.below", {"groups": GroupRules(below=("OU=Væk,DC=ad1",))}),
        ("externals.units", {"externals": Externals(units=(("OU=Væk,DC=ad1", "nordby"),))}),
        ("kinds", {"kinds": (KindRule(kind="service", below="OU=Væk,DC=ad1"),)}),
    ],
)
def test_a_dn_in_the_settings_where_nothing_is(setting, values):
    """An OU without accounts is as good as none where accounts are looked for."""
    stage = Stage(replace(RIGHT, **values))
    stage.mo("org_units", "nordby", user_key="nordby")
    stage.ou("Tom")
    stage.ou("Nordby")
    stage.account("bo", dn="CN=Bo,OU=Nordby,DC=ad1")
    assert [found.attribute for found in _found(stage, "CFG-OUS")] == [setting]


def test_a_dn_in_the_settings_where_something_is():
    """At whatever depth, in a container that is no OU, or an OU that may be empty."""
    settings = AdSettings(
        name="admin",
        base_dn="DC=ad1",
        search_bases=("OU=Nordby,DC=ad1", "CN=Inner,OU=Nordby,DC=ad1", "OU=Tom,DC=ad1"),
        ou_root="OU=Nordby,DC=ad1",
        ou_parking="OU=Tom,DC=ad1",
        groups=GroupRules(below=("OU=Grupper,DC=ad1",)),
        kinds=(KindRule(kind="service", below="CN=Managed Service Accounts,DC=ad1"),),
    )
    stage = Stage(settings)
    for name in ("Tom", "Nordby"):
        stage.ou(name)
    stage.account("bo", dn="CN=Bo,CN=Deep,CN=Inner,OU=Nordby,DC=ad1")
    stage.group("G")
    assert not _found(stage, "CFG-OUS")


def _noticed(notice, **values):
    stage = Stage(replace(RIGHT, **values))
    stage.header["admin"] = Header(ad="admin", read_at=NOW, notices=(notice,))
    return stage


def test_an_attribute_that_the_directory_does_not_have():
    """The read says so of one that the settings name; part of a name is another."""
    values = {
        "engagement_attribute": "extensionAttribute1",
        "fields": (FieldRule(attribute="extensionAttribute12", mo="unit.name"),),
    }
    stage = _noticed("extensionattribute12 is on none of 40 accounts: it is misspelt.", **values)
    (found,) = _found(stage, "CFG-ATTRIBUTE")
    assert (found.source, found.facts["setting"]) == ("extensionAttribute12", "fields")


def test_an_attribute_that_the_settings_do_not_name_is_no_trouble():
    """The near miss; the CPR attribute has a rule of its own."""
    notice = "employeeID is on none of 40 accounts: it is misspelt."
    assert (
        _codes(_noticed(notice, cpr_attribute="employeeID", engagement_attribute="employeeNumber")) == set()
    )


@pytest.mark.parametrize(
    ("notice", "codes"),
    [
        ("Referrals to other servers were not followed: ldaps://b.example/DC=b.", {"CFG-REFERRAL"}),
        ("Udtrækket henviser til andre servere; det, der ligger dér, er ikke læst.", {"CFG-REFERRAL"}),
        ("Deleted objects could not be read.", set()),
    ],
)
def test_parts_of_a_directory_on_another_server(notice, codes):
    """Other notices are none."""
    assert _codes(_noticed(notice)) == codes


def test_two_directories_with_one_it_system():
    """Told once; an IT system each is right."""
    stage = Stage(RIGHT, replace(RIGHT, name="skole"))
    (found,) = _found(stage, "CFG-NAMESPACE")
    assert (found.subject.key, found.attribute) == ("admin/skole", "itsystem")
    stage = Stage(RIGHT, replace(RIGHT, name="skole", itsystem="SKOLE"))
    stage.mo("itsystems", "SKOLE", user_key="SKOLE")
    assert _codes(stage) == set()


def test_two_directories_with_one_base():
    """Two domains of one server are two."""
    other = replace(RIGHT, name="skole", itsystem="SKOLE", url="ldaps://dc1")
    first = replace(RIGHT, url="ldaps://dc1", base_dn="DC=ad1")
    for base, count in (("dc=AD1", 1), ("DC=ad2", 0)):
        assert len(_found(Stage(first, replace(other, base_dn=base)), "CFG-NAMESPACE")) == count


def test_units_and_classes_that_mo_does_not_have():
    """By user_key or UUID; one that MO had is none today."""
    settings = replace(
        RIGHT, scope_units=("nordby", uid("skole"), "skloe"), scope_engagement_types=("fast", "fats")
    )
    stage = Stage(settings)
    stage.mo("org_units", "nordby", user_key="nordby")
    stage.mo("org_units", "skole", user_key="skole")
    stage.mo("classes", "fast", user_key="fast")
    assert {found.source for found in _found(stage, "CFG-SCOPE")} == {"skloe", "fats"}
