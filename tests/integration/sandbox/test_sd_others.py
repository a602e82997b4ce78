"""SD-Løn's services about persons, departments, jobs and institutions."""

from __future__ import annotations

import httpx
import pytest
from integration.sandbox.conftest import FULL_SPAN, HISTORY, fault, names, told

from motoolkit.sandbox.municipality import PLANTED

NK, NS = {"InstitutionIdentifier": "NK"}, {"InstitutionIdentifier": "NS"}
TODAY = {"EffectiveDate": "2026-11-23"}
NOW = {"ActivationDate": "2026-11-23", "DeactivationDate": "2026-11-23"}
ALL = dict.fromkeys(
    (
        "ContactInformationIndicator",
        "DepartmentNameIndicator",
        "PostalAddressIndicator",
        "ProductionUnitIndicator",
        "UUIDIndicator",
    ),
    "true",
)
RAVNSNAES = PLANTED["ravnsnaes"].uuid


def person(sd, number, institution="NK", **indicators):
    """Return what an institution says of the person with a number."""
    asked = {"InstitutionIdentifier": institution, "EmploymentIdentifier": number}
    return sd.ask("GetPerson20111201", **asked, **TODAY, **indicators).find("Person")


def department(sd, uuid, institution="NK", **indicators):
    """Return the periods of a department."""
    asked = {"InstitutionIdentifier": institution, "DepartmentUUIDIdentifier": uuid}
    return sd.ask("GetDepartment20111201", **asked, **FULL_SPAN, **indicators).findall("Department")


def uuid_of(root, name):
    """Return the UUID of a department by its name."""
    departments = root.findall("Department")
    [found] = [each for each in departments if each.findtext("DepartmentName") == name]
    return found.findtext("DepartmentUUIDIdentifier")


def test_a_person_with_names_and_numbers(sd):
    """As of a day, with those numbers alone that are active then."""
    hans = person(sd, "04711", "NS")
    assert names(hans) == [
        *("PersonCivilRegistrationIdentifier", "PersonGivenName", "PersonSurnameName", "Employment"),
    ]
    assert (hans.findtext("PersonGivenName"), hans.findtext("PersonSurnameName")) == ("Hans", "Holm")
    cpr = hans.findtext("PersonCivilRegistrationIdentifier")
    root = sd.ask("GetPerson20111201", **NS, **TODAY, PersonCivilRegistrationIdentifier=cpr)
    numbers = [each.text for each in root.iter("EmploymentIdentifier")]
    assert numbers == ["04711", "04712"]


def test_contact_information_with_sds_words_for_none(sd):
    """Two telephones, of which none is 00000000, and Empty@Empty; the employment has its own."""
    oscar = person(sd, "00601", ContactInformationIndicator="true")
    assert told(oscar, "ContactInformation") == [("00000000", "00000000", "Empty@Empty")]
    assert told(oscar, "Employment/ContactInformation") == [
        ("+4500007788", "00000000", "regnskab.post@nordby.example")
    ]


def test_a_protected_address(sd):
    """In the place of the street, and nothing beside it."""
    nanna = person(sd, "00161", PostalAddressIndicator="true")
    address = nanna.find("PostalAddress")
    assert [(child.tag, child.text) for child in address] == [
        ("StandardAddressIdentifier", "**ADRESSEBESKYTTELSE**"),
        ("CountryIdentificationCode", "DK"),
    ]
    assert address.find("CountryIdentificationCode").attrib == {"scheme": "iso3166-alpha2"}
    assert person(sd, "00161").find("PostalAddress") is None


def test_institutions_know_people_each_for_themselves(sd):
    """Trap: another name in N2, where he has only ever resigned since."""
    assert person(sd, "00101").findtext("PersonSurnameName") == "Bæk"
    assert person(sd, "01012", "N2") is None
    assert person(sd, "01012", "N2", StatusPassiveIndicator="true").findtext("PersonSurnameName") == "Beck"


def test_persons_whose_own_data_changed(sd):
    """By registration, in the shape of GetPerson."""
    window = {"ActivationDate": "2026-04-01", "DeactivationDate": "2026-04-01"}
    root = sd.ask("GetPersonChangedAtDate20111201", **NK, **window)
    assert names(root.find("RequestStructure"))[:3] == [
        *("InstitutionIdentifier", "ActivationDate", "DeactivationDate"),
    ]
    married = [each.findtext("PersonSurnameName") for each in root.findall("Person")]
    assert married == ["Åkjær Bjerregaard"]


def test_a_department_in_each_of_its_periods(sd):
    """Trap: the UUID repeats; the first telephone is the department's own, and 0 is no P-number."""
    before, now = department(sd, RAVNSNAES, "NS", **ALL)
    assert names(now) == [
        *("ActivationDate", "DeactivationDate", "DepartmentIdentifier", "DepartmentUUIDIdentifier"),
        *("DepartmentLevelIdentifier", "DepartmentName", "ProductionUnitIdentifier", "PostalAddress"),
        "ContactInformation",
    ]
    assert [child.text for child in before][:7] == [
        *("2007-01-01", "2022-10-31", "N0011", RAVNSNAES, "NY3-niveau", "Ravnsnæs Skole", "0"),
    ]
    assert told(before, "ContactInformation") == [("00000000", "00000000", "Empty@Empty", "Empty@Empty")]
    assert (now.findtext("ActivationDate"), now.findtext("ProductionUnitIdentifier")) == (
        *("2022-11-01", "0000000005"),
    )
    assert told(now, "PostalAddress") == [("Rådhustorvet 5", "9999", "Nordby", "0999")]
    assert told(now, "ContactInformation") == [
        ("+4500000004", "00000000", "ravnsnaes.skole@nordby.example", "Empty@Empty")
    ]


def test_indicators_of_departments(sd):
    """The P-number comes with the address only."""
    bare = ["ActivationDate", "DeactivationDate", "DepartmentIdentifier", "DepartmentLevelIdentifier"]
    assert names(department(sd, RAVNSNAES, "NS")[1]) == bare
    assert names(department(sd, RAVNSNAES, "NS", ProductionUnitIndicator="true")[1]) == bare
    both = department(sd, RAVNSNAES, "NS", ProductionUnitIndicator="true", PostalAddressIndicator="true")
    assert names(both[1]) == [*bare, "ProductionUnitIdentifier", "PostalAddress"]


def test_all_departments_of_an_institution_on_a_day(sd):
    """Without what has closed and what is yet to come; region and institution are told first."""
    root = sd.ask("GetDepartment20111201", **NK, **NOW, **ALL)
    assert names(root)[:5] == [
        *("RequestStructure", "RegionIdentifier", "RegionUUIDIdentifier"),
        *("InstitutionIdentifier", "InstitutionUUIDIdentifier"),
    ]
    found = {each.findtext("DepartmentName") for each in root.findall("Department")}
    assert {"Nordby Kommune", "Parkering og Byrum", "Lønteam Midt"} <= found
    assert found.isdisjoint({"Dokumentcentret", "Legatudvalget", "Klimasekretariatet", "Ravnsnæs Skole"})
    assert found.isdisjoint({"MED-organisationen", "Eksterne", "Projekthuset Delta"})


def test_an_institution_by_its_uuid(sd):
    """Instead of the code."""
    root = sd.ask("GetInstitution20111201", InstitutionIdentifier="NS", UUIDIndicator="true")
    uuid = root.findtext("Region/Institution/InstitutionUUIDIdentifier")
    by_uuid = sd.ask("GetDepartment20111201", InstitutionUUIDIdentifier=uuid, **NOW)
    by_code = sd.ask("GetDepartment20111201", **NS, **NOW)
    assert len(by_uuid.findall("Department")) == len(by_code.findall("Department"))


def test_a_department_that_is_not_there(sd):
    """A fault where it is asked for, 404 where its history is."""
    nobody = "00000000-0000-4000-8000-000000000000"
    asked = {"DepartmentUUIDIdentifier": nobody}
    assert fault(sd.ask("GetDepartment20111201", **NK, **asked, **NOW)) == (
        "DepartmentUUIDIdentifier was not found"
    )
    assert fault(sd.ask("GetDepartmentParent20190701", **asked, **TODAY)) == (
        "DepartmentUUIDIdentifier was not found"
    )
    assert sd.http.get(HISTORY.format(nobody)).status_code == 404


def test_the_parent_on_a_day_and_ever(sd):
    """Trap: moved sixteen months ago, as MO has it."""
    moved = PLANTED["moved_and_renamed"].uuid
    before, now = sd.history(moved)
    assert (before["startDate"], before["endDate"]) == ("2007-01-01", "2025-06-30")
    assert (now["startDate"], now["endDate"]) == ("2025-07-01", "9999-12-31")
    parents = {}
    for day in ("2025-06-30", "2025-07-01", "2006-12-31"):
        asked = {"DepartmentUUIDIdentifier": moved, "EffectiveDate": day}
        root = sd.ask("GetDepartmentParent20190701", **asked)
        parents[day] = root.findtext("DepartmentParent/DepartmentUUIDIdentifier")
    assert parents == {
        "2025-06-30": before["parentUuid"],
        "2025-07-01": now["parentUuid"],
        "2006-12-31": None,
    }


def test_the_top_lies_under_the_institution(sd):
    """Trap: its parent is no department, so it is none."""
    root = sd.ask("GetDepartment20111201", **NK, **NOW, **ALL)
    top = uuid_of(root, "Nordby Kommune")
    assert [each["parentUuid"] for each in sd.history(top)] == [root.findtext("InstitutionUUIDIdentifier")]


def test_the_organisation_from_the_leaves_up(sd):
    """Trap: the inner reference is the parent; only what ends in an Afdelings-niveau is there."""
    root = sd.ask("GetOrganization20111201", **NS, **NOW, UUIDIndicator="true")
    assert names(root) == [
        *("RequestStructure", "RegionIdentifier", "RegionUUIDIdentifier", "InstitutionIdentifier"),
        *("InstitutionUUIDIdentifier", "DepartmentStructureName", "OrganizationStructure", "Organization"),
    ]
    lowest = root.find("OrganizationStructure/DepartmentLevelReference")
    assert lowest.findtext("DepartmentLevelIdentifier") == "Afdelings-niveau"
    levels = [each.text for each in lowest.iter("DepartmentLevelIdentifier")]
    assert levels == ["Afdelings-niveau", *(f"NY{number}-niveau" for number in range(7))]
    organisation = root.find("Organization")
    assert [child.text for child in organisation][:2] == ["2026-11-23", "2026-11-23"]
    leaves = organisation.findall("DepartmentReference")
    assert {each.findtext("DepartmentLevelIdentifier") for each in leaves} == {"Afdelings-niveau"}
    chain = [each.text for each in leaves[0].iter("DepartmentLevelIdentifier")]
    assert chain == ["Afdelings-niveau", "NY3-niveau", "NY4-niveau", "NY5-niveau", "NY6-niveau"]
    listed = {each.text for each in root.iter("DepartmentUUIDIdentifier")}
    everything = sd.ask("GetDepartment20111201", **NS, **NOW, **ALL)
    assert uuid_of(everything, "Børnehaven Ålykken") not in listed


def test_an_organisation_for_each_stretch_of_a_window(sd):
    """The tree of each; they join without a day between."""
    window = {"ActivationDate": "2026-11-01", "DeactivationDate": "2027-04-01"}
    found = sd.ask("GetOrganization20111201", **NK, **window).findall("Organization")
    dates = [(each.findtext("ActivationDate"), each.findtext("DeactivationDate")) for each in found]
    assert dates[0][0] == "2026-11-01"
    assert dates[-1][1] == "2027-04-01"
    assert ("2026-12-01", "2026-12-31") in dates


def test_jobs_in_groups_of_groups(sd):
    """Trap: a code is one of its own only within its level, and names may be empty."""
    root = sd.ask("GetProfession20080201", **NK)
    assert root.attrib == {"creationTime": "2026-11-23T12:00:00"}
    assert names(root.find("RequestKey")) == ["InstitutionIdentifier"]
    leaders = root.find("Profession")
    chain = [leaders, *(leaders.find("/".join(["Profession"] * depth)) for depth in (1, 2, 3))]
    assert [tuple(child.text for child in each)[:3] for each in chain] == [
        ("1000", "Ledelse", "3"),
        ("1010", None, "2"),
        ("1001", "Ledelse", "1"),
        ("1001", "Kommunaldirektør", "0"),
    ]


def test_one_job(sd):
    """With the groups above it."""
    root = sd.ask("GetProfession20080201", **NK, JobPositionIdentifier="3004")
    assert [each.text for each in root.iter("JobPositionName")][-1] == "Skolesekretær"
    assert len(list(root.iter("Profession"))) == 4
    unknown = sd.ask("GetProfession20080201", **NK, JobPositionIdentifier="0")
    assert fault(unknown) == "The stated JobPositionIdentifier '0' does not exist"


def test_the_institutions_of_the_region(sd):
    """All of them, or one."""
    root = sd.ask("GetInstitution20111201", RegionIdentifier="N9")
    assert names(root.find("Region")) == [
        *("RegionIdentifier", "RegionName", "Institution", "Institution", "Institution"),
    ]
    assert told(root, "Region/Institution") == [
        ("NK", "Nordby Kommune"),
        ("NS", "Nordby Skoler og Dagtilbud"),
        ("N2", "Nordby Omsorg"),
    ]
    one = sd.ask("GetInstitution20111201", InstitutionIdentifier="N2")
    assert told(one, "Region/Institution") == [("N2", "Nordby Omsorg")]


@pytest.mark.parametrize(
    "auth", [None, ("SYNORDBY", "wrong"), ("nobody", "loenseddel")], ids=["none", "secret", "name"]
)
def test_nobody_else_is_let_in(sd, auth):
    """401 on XML and on JSON alike."""
    for path in ("/sdws/GetInstitution20111201", HISTORY.format(RAVNSNAES)):
        found = httpx.get(sd.http.base_url.join(path), auth=auth)
        assert found.status_code == 401
        assert found.headers["www-authenticate"] == 'Basic realm="SD"'


def test_a_service_that_there_is_not(sd):
    """Older versions are not served."""
    assert sd.http.get("/sdws/GetEmployment20070401").status_code == 404
