"""What AD has for somebody against what MO has."""

from __future__ import annotations

import pytest
from ad_stage import Stage, uid

from motoolkit.findings import Severity
from motoolkit.model import MISSING
from motoolkit.profile.ad import AdSettings, FieldRule


def _stage(*fields, **person):
    """Hans works in a school below a centre below the top, with an account that MO links by GUID."""
    rules = tuple(FieldRule(attribute=attribute, mo=mo) for attribute, mo in fields)
    stage = Stage(AdSettings(name="admin", itsystem="AD", fields=rules))
    stage.mo("persons", "hans", **({"given_name": "Hans Peter", "surname": "Holm"} | person))
    names = (
        ("top", "Nordby Kommune", ""),
        ("centre", "Center for Skole", "top"),
        ("school", "Nordskolen", "centre"),
    )
    for thing, name, parent in names:
        stage.mo(
            "org_units", thing, name=name, user_key=thing[:2].upper(), parent=uid(parent) if parent else ""
        )
    stage.mo("classes", "teacher", user_key="1234", name="Lærer")
    stage.mo(
        "engagements",
        "e1",
        person=uid("hans"),
        org_unit=uid("school"),
        job_function=uid("teacher"),
        user_key="0001",
    )
    _ituser(stage, "hans01", engagements=(uid("e1"),))
    types = (
        ("mail", "EmailEmployee", "EMAIL"),
        ("tel", "PhoneEmployee", "PHONE"),
        ("mobil", "Mobil", "PHONE"),
    )
    for thing, key, scope in (
        *types,
        ("post", "AdressePostUnit", "DAR"),
        ("lokale", "LocationEmployee", "TEXT"),
    ):
        stage.mo("classes", thing, user_key=key, name=key, scope=scope)
    stage.mo("classes", "secret", user_key="Hemmelig", scope="SECRET")
    return stage


def _ituser(stage, sam, **values):
    made = {"user_key": sam, "external_id": uid(f"admin/{sam}"), "itsystem": uid("AD"), "person": uid("hans")}
    stage.mo("itusers", sam, **(made | values))


def _address(stage, kind, value, **values):
    stage.mo(
        "addresses", value, **({"value": value, "address_type": uid(kind), "person": uid("hans")} | values)
    )


def _hans(stage, **attributes):
    stage.account("hans01", attributes={name.lower(): (value,) for name, value in attributes.items()})


@pytest.mark.parametrize(
    ("code", "attribute", "mo", "wrong", "right"),
    [
        ("ATTR-NAME", "givenName", "person.given_name", "Bo", "hans  peter"),
        ("ATTR-NAME", "sn", "person.surname", "Hansen", "HOLM"),
        ("ATTR-DISPLAY", "displayName", "person.name", "Bo Holm", "Hans Peter Holm (hans01)"),
        ("ATTR-CN", "cn", "person.name", "Bo Holm", "Hans Peter Holm_2"),
        ("ATTR-TITLE", "title", "job_function.name", "Pedel", "LÆRER"),
        ("ATTR-DEPT", "department", "unit.name", "Sydskolen", "Nordskolen"),
        ("ATTR-DEPT", "department", "unit.user_key", "SY", "sc"),
        ("ATTR-DEPT", "extensionAttribute7", "unit.level.3", "Center for Skole", "Nordskolen"),
        ("ATTR-COMPANY", "company", "company", "Nordby Kommune", "Center for Skole"),
        (
            "ATTR-UNITPATH",
            "extensionAttribute2",
            "unit.path",
            r"Nordby Kommune\Nordskolen",
            r"Nordby Kommune\Center for Skole\Nordskolen",
        ),
        ("ATTR-TITLE", "employeeType", "engagement.user_key", "0002", "0001"),
    ],
)
def test_an_attribute_that_differs_and_one_that_does_not(code, attribute, mo, wrong, right):
    """What is written otherwise is no difference."""
    stage = _stage((attribute, mo))
    _hans(stage, **{attribute: wrong})
    (found,) = stage.found(code)
    assert (found.attribute, found.source, found.severity) == (attribute, wrong, Severity.WARNING)
    assert found.facts["authority"] == "MO"
    stage = _stage((attribute, mo))
    _hans(stage, **{attribute: right})
    assert not stage.found(code)


@pytest.mark.parametrize(
    ("code", "attribute", "kind", "mo", "value", "wrong", "right"),
    [
        (
            "ATTR-MAIL",
            "mail",
            "mail",
            "mail",
            "hans@nordby.example",
            "bo@nordby.example",
            "Hans@Nordby.example",
        ),
        ("ATTR-PHONE", "telephoneNumber", "tel", "phone", "+4588884321", "88 88 43 22", "88 88 43 21"),
        ("ATTR-PHONE", "mobile", "mobil", "mobile", "20202020", "30303030", "+45 2020 2020"),
        ("ATTR-OFFICE", "physicalDeliveryOfficeName", "lokale", "office", "A 12", "B 12", "a 12"),
        ("ATTR-OFFICE", "roomNumber", "lokale", "address.LocationEmployee", "A 12", "B 12", "a 12"),
    ],
)
def test_an_address_that_differs_and_one_that_does_not(code, attribute, kind, mo, value, wrong, right):
    """Each purpose has its types of addresses."""
    for shown, expected in ((wrong, [value]), (right, [])):
        stage = _stage((attribute, mo))
        _address(stage, kind, value)
        _hans(stage, **{attribute: shown})
        assert [found.mo for found in stage.found(code)] == expected


def test_the_postal_address_is_compared_in_its_parts():
    """MO has it in one line, AD in three attributes."""
    fields = (("streetAddress", "unit.street"), ("postalCode", "unit.postal_code"), ("l", "unit.city"))
    stage = _stage(*fields)
    stage.mo("classes", "posttext", user_key="PostUnit", name="Postadresse", scope="TEXT")
    _address(stage, "posttext", "Skolevej 1, 9999, Nordby", person="", org_unit=uid("centre"))
    _hans(stage, streetAddress="skolevej 1", postalCode="9999", l="Sydby")
    (found,) = stage.found("ATTR-ADDRESS")
    assert (found.attribute, found.source, found.mo) == ("l", "Sydby", "Nordby")


def test_an_address_that_mo_has_by_reference_only_is_not_judged():
    """DAR's UUID is no address to compare."""
    stage = _stage(("streetAddress", "unit.street"))
    _address(stage, "post", uid("dar"), person="", org_unit=uid("school"))
    _hans(stage, streetAddress="Skolevej 1")
    assert not stage.found("ATTR-ADDRESS")


def test_the_mail_of_another_account_is_not_this_ones():
    """Two accounts, each with its own address: the trap of several accounts a person."""
    stage = _stage(("mail", "mail"))
    _ituser(stage, "hans02")
    _address(stage, "mail", "one@nordby.example", ituser=uid("hans01"))
    _address(stage, "mail", "two@nordby.example", ituser=uid("hans02"))
    _hans(stage, mail="two@nordby.example")
    stage.account("hans02", mail="two@nordby.example")
    (found,) = stage.found("ATTR-MAIL")
    assert (found.subject.label, found.mo) == ("hans01", "one@nordby.example")


def test_a_secret_number_in_ad_is_told_without_the_number():
    """Whatever its type is called, and on a disabled account too."""
    stage = _stage(("telephoneNumber", "phone"))
    _address(stage, "mobil", "+4520202020", visibility=uid("secret"))
    stage.account("hans01", uac=514, attributes={"telephonenumber": ("20 20 20 20",)})
    (found,) = stage.found("ATTR-PHONE")
    assert found.severity is Severity.ERROR
    assert "20" not in f"{found.source}{found.mo}{found.detail}"


def test_a_secret_number_that_ad_has_not_is_kept():
    """It is no missing value either; and what is shown elsewhere is not secret."""
    stage = _stage(("telephoneNumber", "phone"), ("mobile", "mobile"))
    _address(stage, "tel", "20202020", visibility=uid("secret"))
    _address(stage, "mobil", "30303030", visibility=uid("secret"))
    stage.mo("addresses", "public", value="30303030", address_type=uid("mobil"), person=uid("hans"))
    _hans(stage, mobile="30303030")
    assert not stage.found("ATTR-PHONE")


@pytest.mark.parametrize("shown", ["Hans Holm", "Hans P. Holm", "Holm, Hans Peter", "Putte Holm"])
def test_a_name_that_differs_softly(shown):
    """A middle name left out, an initial, another order, the nickname."""
    stage = _stage(("displayName", "person.name"), nickname_given_name="Putte", nickname_surname="Holm")
    _hans(stage, displayName=shown)
    (found,) = stage.found("ATTR-DISPLAY")
    assert found.severity is Severity.INFO


def test_the_nickname_where_it_is_meant():
    """Who has none is called by the official name."""
    stage = _stage(("displayName", "person.nickname"), nickname_given_name="Putte", nickname_surname="Holm")
    _hans(stage, displayName="Putte Holm")
    assert not stage.found("ATTR-DISPLAY")
    stage = _stage(("displayName", "person.nickname"))
    _hans(stage, displayName="Hans Peter Holm")
    assert not stage.found("ATTR-DISPLAY")


def test_a_department_that_is_cut_to_the_room_of_ad():
    """AD has 64 characters for it."""
    stage = _stage(("department", "unit.name"))
    stage.rows["org_units"].pop(uid("school"))
    name = "Nordskolens afdeling for elever med behov for særlig støtte i indskolingen"
    stage.mo("org_units", "school", name=name, parent=uid("centre"))
    _hans(stage, department=name[:64])
    assert not stage.found("ATTR-DEPT")


def test_the_primary_of_proxy_addresses():
    """Aliases are no difference."""
    stage = _stage(("proxyAddresses", "mail"))
    _address(stage, "mail", "hans@nordby.example")
    stage.account("hans01", proxy_addresses=("smtp:old@nordby.example", "SMTP:hans@nordby.example"))
    assert not stage.found("ATTR-MAIL")


def test_a_value_that_one_side_lacks():
    """Both ways; where both lack it there is nothing."""
    stage = _stage(("telephoneNumber", "phone"), ("mobile", "mobile"), ("pager", "unit.phone"))
    _address(stage, "tel", "88884321")
    _hans(stage, mobile="20202020")
    assert [(f.attribute, f.source, f.mo) for f in stage.found("ATTR-PHONE")] == [
        ("telephoneNumber", MISSING, "88884321"),
        ("mobile", "20202020", MISSING),
    ]


def test_whose_value_is_right_decides_on_what_to_do():
    """AD owns the title here."""
    stage = _stage()
    fields = (FieldRule(attribute="title", mo="job_function.name", authority="ad", soft=True),)
    stage.settings = (AdSettings(name="admin", itsystem="AD", fields=fields),)
    _hans(stage, title="Pedel")
    (found,) = stage.found("ATTR-TITLE")
    assert (found.facts["authority"], found.severity) == ("AD", Severity.INFO)
    assert "/Inspect/ldap2mo/" in found.remedy


def test_the_engagement_of_the_link_decides_not_the_primary_one():
    """Two engagements, and the account is for the lesser."""
    stage = _stage(("department", "unit.name"))
    stage.mo("classes", "primary", user_key="primary")
    stage.mo("org_units", "south", name="Sydskolen")
    stage.mo(
        "engagements", "e2", person=uid("hans"), org_unit=uid("south"), primary=uid("primary"), user_key="2"
    )
    _hans(stage, department="Nordskolen")
    assert not stage.found("ATTR-DEPT")


def test_who_is_not_judged():
    """Nobody's account, a disabled one, and one that is no person's; and what the settings do not name."""
    stage = _stage(("displayName", "person.name"))
    stage.account("nobody", display_name="Bo")
    stage.account("hans01", display_name="Bo", uac=514)
    stage.account("box", display_name="Bo", recipient_type=4)
    assert not stage.found("ATTR-DISPLAY")
    assert not stage.found("ATTR-NAME")
