"""Persons, departments, their parents, the organisation, job positions and institutions."""

from __future__ import annotations

import pandas as pd
import pytest
from sd_answers import NORA, changed, document, employment, person, status

from motoolkit.sd import Departments, Persons
from motoolkit.sd.parsing import (
    read_departments,
    read_institutions,
    read_organisation,
    read_parent,
    read_parent_history,
    read_persons,
    read_professions,
)

UNIT = "5c0a7a52-0000-4a00-8a00-00000000b7a1"
OLD = "5c0a7a52-0000-4a00-8a00-0000000000a2"
NEW = "5c0a7a52-0000-4a00-8a00-0000000000a3"


def plain(frame):
    """Return a frame's rows; dates as text, nothing for NaT."""
    return [
        tuple(_plain(value) for value in row)
        for row in frame.astype(object).itertuples(index=False, name=None)
    ]


def _plain(value):
    if value is pd.NaT:
        return ""
    return str(value.date()) if isinstance(value, pd.Timestamp) else value


def named(given, surname, address="Ankerplads 3"):
    """Return what a person is called, and where the person lives."""
    return (
        f"<PersonGivenName>{given}</PersonGivenName><PersonSurnameName>{surname}</PersonSurnameName>"
        f"<PostalAddress><StandardAddressIdentifier>{address}</StandardAddressIdentifier></PostalAddress>"
    )


def test_persons_and_their_numbers():
    """A name that is left out is None; the employments' numbers come with them."""
    answer = document(
        "GetPerson20111201",
        person(named("Nora", "Prøvesen"), employment(), employment(number="04712")),
        person("<PersonSurnameName/>", cpr="1111111118"),
    )
    found = read_persons(answer, "XY")
    assert plain(found.persons) == [
        ("XY", NORA, "Nora", "Prøvesen", False),
        ("XY", "1111111118", None, None, False),
    ]
    assert plain(found.employments) == [("XY", NORA, "04711"), ("XY", NORA, "04712")]


def test_a_protected_address_is_known_and_never_read():
    """Only that it is protected."""
    answer = document("GetPerson20111201", person(named("Nora", "P", "**ADRESSEBESKYTTELSE**")))
    found = read_persons(answer)
    assert found.persons["protected"].tolist() == [True]
    assert not any("Anker" in str(value) for value in found.persons.to_numpy().ravel())


def test_no_person_is_no_fault():
    """Passive persons are left out unless asked for: the answer is then empty."""
    found = read_persons(document("GetPerson20111201"), "XY")
    assert len(found.persons) == 0
    assert found.persons["protected"].dtype == bool


def test_who_changed_is_read_from_a_delta():
    """Answers about employments name the same persons."""
    found = read_persons(changed(person(employment(status("2025-05-01", "9999-12-31", "S")))))
    assert found.persons["cpr"].tolist() == [NORA]
    assert found.employments["number"].tolist() == ["04711"]


def department(start, end, *, name="Havnekontoret", contact="", more=""):
    """Return one period of a department."""
    return (
        f"<Department><ActivationDate>{start}</ActivationDate><DeactivationDate>{end}</DeactivationDate>"
        "<DepartmentIdentifier>B7Q</DepartmentIdentifier>"
        f"<DepartmentUUIDIdentifier>{UNIT.upper()}</DepartmentUUIDIdentifier>"
        "<DepartmentLevelIdentifier>Afdelings-niveau</DepartmentLevelIdentifier>"
        f"<DepartmentName>{name}</DepartmentName>{more}"
        f"<ContactInformation>{contact}</ContactInformation></Department>"
    )


def phone(number):
    """Return a telephone number."""
    return f"<TelephoneNumberIdentifier>{number}</TelephoneNumberIdentifier>"


def email(address):
    """Return an e-mail address."""
    return f"<EmailAddressIdentifier>{address}</EmailAddressIdentifier>"


def postal(street):
    """Return a postal address."""
    return (
        f"<PostalAddress><StandardAddressIdentifier>{street}</StandardAddressIdentifier>"
        "<PostalCode>9999</PostalCode><DistrictName>Prøveby</DistrictName></PostalAddress>"
    )


def test_a_department_has_a_row_a_period():
    """The first number is the department's own; an address is written as MO has it."""
    more = f"<ProductionUnitIdentifier>1000000042</ProductionUnitIdentifier>{postal('Molen 1')}"
    contact = phone("99887766") + phone("00000000") + email("havn@xy.example") + email("Empty@Empty")
    answer = document(
        "GetDepartment20111201",
        "<RegionIdentifier>9Z</RegionIdentifier><InstitutionIdentifier>XY</InstitutionIdentifier>",
        department("2015-01-01", "2024-06-30", contact=contact, more=more),
        department("2024-07-01", "9999-12-31", name="Havnen"),
    )
    found = read_departments(answer, "XY")
    ours = ("B7Q", "Afdelings-niveau")
    assert plain(found.departments) == [
        (
            "XY",
            UNIT,
            "2015-01-01",
            "2024-07-01",
            *ours,
            "Havnekontoret",
            "1000000042",
            "99887766",
            "havn@xy.example",
            "Molen 1, 9999, Prøveby",
        ),
        ("XY", UNIT, "2024-07-01", "", *ours, "Havnen", None, None, None, None),
    ]


def test_what_sd_calls_not_set_is_not_set():
    """00000000, Empty@Empty, a P-number of zeros, and a protected address."""
    contact = phone("00000000") + email("Empty@Empty")
    more = (
        f"<ProductionUnitIdentifier>0000000000</ProductionUnitIdentifier>{postal('**ADRESSEBESKYTTELSE**')}"
    )
    answer = document(
        "GetDepartment20111201", department("2015-01-01", "9999-12-31", contact=contact, more=more)
    )
    [row] = read_departments(answer).departments.itertuples()
    assert (row.p_number, row.phone, row.email, row.postal) == (None, None, None, None)


def test_a_department_with_wrong_dates_is_odd():
    """It is left out and told of."""
    answer = document(
        "GetDepartment20111201",
        department("2015-02-30", "9999-12-31"),
        department("2020-01-01", "2019-01-01"),
        department("2021-01-01", "9999-12-31"),
    )
    found = read_departments(answer)
    assert len(found.departments) == 1
    assert found.oddities[["uuid", "value", "what"]].to_numpy().tolist() == [
        [UNIT, "2015-02-30 - 9999-12-31", "unreadable"],
        [UNIT, "2020-01-01 - 2019-01-01", "reversed"],
    ]


def test_no_departments():
    """An empty answer is an empty frame."""
    assert len(read_departments(document("GetDepartment20111201")).departments) == 0


def test_the_parent_on_a_day():
    """None where SD names none that day."""
    uuid = f"<DepartmentUUIDIdentifier>{OLD.upper()}</DepartmentUUIDIdentifier>"
    told = f"<DepartmentParent>{uuid}</DepartmentParent>"
    assert read_parent(document("GetDepartmentParent20190701", told)) == OLD
    assert read_parent(document("GetDepartmentParent20190701")) is None


def history(*periods):
    """Return a parent history."""
    told = [f'{{"startDate":"{a}","endDate":"{b}","parentUuid":"{p}"}}' for a, b, p in periods]
    return f"[{','.join(told)}]".encode()


def test_a_parent_history_keeps_overlaps_and_leaves_itself_out():
    """Two parents at once are SD's to mend; a unit as its own parent means nothing."""
    answer = history(
        ("2015-01-01", "2022-12-31", OLD),
        ("2022-12-01", "9999-12-31", NEW.upper()),
        ("2015-01-01", "9999-12-31", UNIT.upper()),
    )
    assert plain(read_parent_history(answer, UNIT)) == [
        (UNIT, "2015-01-01", "2023-01-01", OLD, "history"),
        (UNIT, "2022-12-01", "", NEW, "history"),
    ]


def test_an_empty_parent_history():
    """``[]`` is a history that says nothing."""
    assert len(read_parent_history(b"[]", UNIT)) == 0


def test_the_organisation_is_nested_child_over_parent():
    """The outermost reference is the leaf, the one inside it its parent; shared parents come once."""

    def reference(uuid, code, level, inner=""):
        return (
            f"<DepartmentReference><DepartmentIdentifier>{code}</DepartmentIdentifier>"
            f"<DepartmentUUIDIdentifier>{uuid}</DepartmentUUIDIdentifier>"
            f"<DepartmentLevelIdentifier>{level}</DepartmentLevelIdentifier>{inner}</DepartmentReference>"
        )

    top = reference(NEW, "TEK", "NY1-niveau")
    answer = document(
        "GetOrganization20111201",
        "<OrganizationStructure><DepartmentLevelReference>"
        "<DepartmentLevelIdentifier>Afdelings-niveau</DepartmentLevelIdentifier>"
        "<DepartmentLevelReference><DepartmentLevelIdentifier>NY0-niveau</DepartmentLevelIdentifier>"
        "</DepartmentLevelReference></DepartmentLevelReference></OrganizationStructure>",
        "<Organization><ActivationDate>2025-05-01</ActivationDate><DeactivationDate>2025-05-02</DeactivationDate>",
        reference(UNIT, "B7Q", "Afdelings-niveau", top),
        reference(OLD, "B8Q", "Afdelings-niveau", top),
        "</Organization>",
    )
    found = read_organisation(answer, "XY")
    assert found.levels == ("Afdelings-niveau", "NY0-niveau")
    assert [(r.uuid, r.parent) for r in found.references.itertuples()] == [
        (UNIT, NEW),
        (NEW, None),
        (OLD, NEW),
    ]
    assert plain(found.references[["start", "end"]])[0] == ("2025-05-01", "2025-05-03")


def test_job_positions_are_unique_within_their_level_only():
    """GetProfession writes ``creationTime`` and ``RequestKey``, nests the levels, and leaves names empty."""
    answer = (
        '<GetProfession20080201 creationTime="2025-05-02T09:20:00"><RequestKey>'
        "<InstitutionIdentifier>XY</InstitutionIdentifier></RequestKey>"
        "<Profession><JobPositionIdentifier>3120</JobPositionIdentifier><JobPositionName/>"
        "<JobPositionLevelCode>1</JobPositionLevelCode>"
        "<Profession><JobPositionIdentifier>3120</JobPositionIdentifier>"
        "<JobPositionName>Havneassistent</JobPositionName><JobPositionLevelCode>0</JobPositionLevelCode>"
        "</Profession></Profession></GetProfession20080201>"
    )
    assert plain(read_professions(answer.encode())) == [
        ("XY", "3120", "1", None, None),
        ("XY", "3120", "0", "Havneassistent", "3120"),
    ]


def test_institutions_of_a_region():
    """One row each, with the region's own names."""
    institutions = "".join(
        f"<Institution><InstitutionIdentifier>{code}</InstitutionIdentifier>"
        f"<InstitutionUUIDIdentifier>{uuid}</InstitutionUUIDIdentifier>"
        f"<InstitutionName>{name}</InstitutionName></Institution>"
        for code, uuid, name in (("XY", OLD, "Prøve Kommune"), ("XZ", NEW, "Prøve Havn"))
    )
    region = "<RegionIdentifier>9Z</RegionIdentifier><RegionName>Prøveregion</RegionName>"
    answer = document("GetInstitution20111201", f"<Region>{region}{institutions}</Region>")
    assert plain(read_institutions(answer)) == [
        ("9Z", None, "Prøveregion", "XY", OLD, "Prøve Kommune"),
        ("9Z", None, "Prøveregion", "XZ", NEW, "Prøve Havn"),
    ]


@pytest.mark.parametrize("shape", [Departments, Persons])
def test_empty_shapes_have_their_columns(shape):
    """Nothing read is the same frames without rows."""
    nothing = shape.empty()
    assert all(len(frame) == 0 and len(frame.columns) for frame in vars(nothing).values())
