"""SD-Løn's services about employments: what they tell, in which elements, and what of it was asked for."""

from __future__ import annotations

from integration.sandbox.conftest import CONTENT, FULL_SPAN, fault, names, told

from motoolkit.sandbox.municipality import PLANTED

HANS = {"InstitutionIdentifier": "NS", "EmploymentIdentifier": "04711"}
TODAY = {"EffectiveDate": "2026-11-23"}


def test_a_snapshot_has_each_section_once(sd):
    """The nesting and elements of sd.md's sample; dates are inclusive, and 9999-12-31 is no end."""
    root = sd.ask("GetEmployment20111201", **HANS, **TODAY, **CONTENT)
    assert (root.tag, root.attrib) == (
        "GetEmployment20111201",
        {"creationDateTime": "2026-11-23T12:00:00"},
    )
    assert names(root) == ["RequestStructure", "Person"]
    assert names(root.find("Person")) == ["PersonCivilRegistrationIdentifier", "Employment"]
    employment = root.find("Person/Employment")
    assert names(employment) == [
        *("EmploymentIdentifier", "EmploymentDate", "AnniversaryDate"),
        *("EmploymentDepartment", "Profession", "EmploymentStatus", "WorkingTime"),
    ]
    ravnsnaes = PLANTED["ravnsnaes"].uuid
    assert told(employment, "EmploymentDepartment") == [("2021-01-01", "9999-12-31", "N0011", ravnsnaes)]
    assert told(employment, "Profession") == [("2021-01-01", "9999-12-31", "3001", "0")]
    assert told(employment, "EmploymentStatus") == [("2021-01-01", "9999-12-31", "1")]
    assert told(employment, "WorkingTime") == [
        ("2021-01-01", "9999-12-31", "0.6000", "0.6000", "true", "false")
    ]


def test_the_request_is_echoed_in_iso_dates_and_lower_case(sd):
    """Whatever way it was written; what was not asked for is false, and active is the default."""
    asked = {"EffectiveDate": "23.11.2026", "ProfessionIndicator": "TRUE"}
    echo = sd.ask("GetEmployment20111201", **HANS, **asked).find("RequestStructure")
    assert {child.tag: child.text for child in echo} == {
        "InstitutionIdentifier": "NS",
        "EmploymentIdentifier": "04711",
        "EffectiveDate": "2026-11-23",
        "StatusActiveIndicator": "true",
        "StatusPassiveIndicator": "false",
        "DepartmentIndicator": "false",
        "EmploymentStatusIndicator": "false",
        "ProfessionIndicator": "true",
        "SalaryAgreementIndicator": "false",
        "SalaryCodeGroupIndicator": "false",
        "WorkingTimeIndicator": "false",
        "UUIDIndicator": "false",
    }


def test_an_answer_is_xml_in_utf_8_with_a_declaration(sd):
    """The content type that SD sends."""
    found = sd.http.get("/sdws/GetEmployment20111201", params=HANS | TODAY)
    assert found.headers["content-type"] == "text/xml;charset=UTF-8"
    assert found.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')


def test_get_and_post_tell_the_same(sd):
    """POST keeps the CPR number out of the logs of whoever logs addresses of GET requests."""
    by_get = sd.text("GetEmployment20111201", **HANS, **TODAY)
    assert sd.text("GetEmployment20111201", "POST", **HANS, **TODAY) == by_get


def test_indicators_switch_sections_and_uuids(sd):
    """Without any there are only numbers and dates."""
    bare = sd.ask("GetEmployment20111201", **HANS, **TODAY).find("Person/Employment")
    assert names(bare) == ["EmploymentIdentifier", "EmploymentDate", "AnniversaryDate"]
    unit = sd.ask("GetEmployment20111201", **HANS, **TODAY, DepartmentIndicator="true")
    assert names(unit.find("Person/Employment/EmploymentDepartment")) == [
        *("ActivationDate", "DeactivationDate", "DepartmentIdentifier"),
    ]


def test_those_who_resigned_are_left_out_unless_asked_for(sd):
    """200 and nobody: an empty answer that is no mistake; their department goes on."""
    gone = {"InstitutionIdentifier": "NK", "EmploymentIdentifier": "00241"}
    assert sd.ask("GetEmployment20111201", **gone, **TODAY).find("Person") is None
    found = sd.ask("GetEmployment20111201", **gone, **TODAY, **CONTENT, StatusPassiveIndicator="true")
    assert told(found, "Person/Employment/EmploymentStatus") == [("2026-09-01", "9999-12-31", "8")]
    assert told(found, "Person/Employment/EmploymentDepartment")[0][:2] == ("2021-11-01", "9999-12-31")
    assert found.find("Person/Employment/WorkingTime") is None


def test_a_snapshot_tells_neither_past_nor_future(sd):
    """Somebody who starts next month is not there yet; the full span has them."""
    new = {"InstitutionIdentifier": "NK", "EmploymentIdentifier": "00301"}
    assert sd.ask("GetEmployment20111201", **new, **TODAY).find("Person") is None
    assert told(sd.employment("00301"), "EmploymentStatus") == [("2026-12-01", "9999-12-31", "1")]


def test_the_full_span_has_history_and_future_in_order(sd):
    """A leave splits the status and nothing else: the four series have borders of their own."""
    employment = sd.employment("00811")
    assert told(employment, "EmploymentStatus") == [
        ("2021-11-01", "2026-08-31", "1"),
        ("2026-09-01", "2027-02-28", "3"),
        ("2027-03-01", "9999-12-31", "1"),
    ]
    assert len(employment.findall("EmploymentDepartment")) == 1


def test_a_rehire_goes_from_1_to_8_and_back(sd):
    """The same number again; what the section says fills the interruption, working time does not."""
    employment = sd.employment("00641")
    assert told(employment, "EmploymentStatus") == [
        ("2020-03-01", "2023-06-30", "1"),
        ("2023-07-01", "2024-09-30", "8"),
        ("2024-10-01", "9999-12-31", "1"),
    ]
    assert told(employment, "Profession") == [("2020-03-01", "9999-12-31", "2005", "0")]
    assert [row[:2] for row in told(employment, "WorkingTime")] == [
        ("2020-03-01", "2023-06-30"),
        ("2024-10-01", "9999-12-31"),
    ]


def test_a_window_chooses_sections_by_their_first_day_and_cuts_none(sd):
    """Trap: a part of the span is no timeline."""
    who = {"InstitutionIdentifier": "NK", "EmploymentIdentifier": "00671"}
    window = {"ActivationDate": "2026-01-01", "DeactivationDate": "2026-11-30"}
    employment = sd.ask("GetEmploymentChanged20111201", **who, **window, **CONTENT).find("Person/Employment")
    assert told(employment, "Profession") == [("2026-01-01", "2026-11-30", "2005", "It-supporter", "0")]
    assert [child.tag for child in employment if child.tag == "WorkingTime"] == []


def test_the_fraction_is_a_rate_of_four_digits(sd):
    """0.5405 of full time is MO's 540,500; a job paid by the hour has the rate zero."""
    rates = [row[2] for row in told(sd.employment("00671"), "WorkingTime")]
    assert rates == ["0.5405", "1.0000"]
    assert told(sd.employment("T0791"), "WorkingTime") == [
        ("2021-11-01", "9999-12-31", "0.0000", "0.0000", "false")
    ]


def test_a_whole_institution_at_once(sd):
    """Everybody who is or was employed there."""
    root = sd.ask("GetEmploymentChanged20111201", InstitutionIdentifier="NS", **FULL_SPAN, **CONTENT)
    assert len(root.findall("Person")) == 79
    numbers = [each.findtext("EmploymentIdentifier") for each in root.iter("Employment")]
    assert {"04711", "04712", "04713"} <= set(numbers)


def test_one_department_or_level_only(sd):
    """As a filter on where somebody works on the day."""
    codes = {"InstitutionIdentifier": "NS", "DepartmentIdentifier": "N0011"}
    root = sd.ask("GetEmployment20111201", **codes, **TODAY, **CONTENT)
    assert {each.text for each in root.iter("DepartmentIdentifier")} == {"N0011"}
    levels = {"InstitutionIdentifier": "NK", "DepartmentLevelIdentifier": "NY6-niveau"}
    numbers = [
        each.text for each in sd.ask("GetEmployment20111201", **levels, **TODAY).iter("EmploymentIdentifier")
    ]
    assert "00001" in numbers
    assert "00031" not in numbers


def test_the_delta_tells_what_was_registered_and_who_was_deleted(sd):
    """Status S comes here and nowhere else; sections carry the day of their registration."""
    window = {"ActivationDate": "18.11.2026", "DeactivationDate": "23.11.2026", "DeactivationTime": "12:00"}
    root = sd.ask("GetEmploymentChangedAtDate20111201", InstitutionIdentifier="NK", **window, **CONTENT)
    employments = {
        (each.findtext("EmploymentIdentifier"), tuple(names(each)[1:])) for each in root.iter("Employment")
    }
    deleted = ("EmploymentStatus",)
    newcomer = ("EmploymentDepartment", "Profession", "EmploymentStatus", "WorkingTime")
    assert {("00251", deleted), ("00251", newcomer), ("00592", deleted), ("00311", deleted)} <= employments
    [last] = [each for each in root.iter("Employment") if each.findtext("EmploymentIdentifier") == "00592"]
    assert told(last, "EmploymentStatus") == [("2026-11-18", "9999-12-31", "S")]
    assert last.find("EmploymentStatus").attrib == {"changedAtDate": "2026-11-18"}


def test_the_delta_tells_of_the_future_when_asked(sd):
    """A resignation in two months was registered the day before yesterday."""
    window = {"ActivationDate": "2026-11-21", "DeactivationDate": "2026-11-21"}
    who = {"InstitutionIdentifier": "NK", "EmploymentIdentifier": "00321"}
    asked = who | window | CONTENT
    assert sd.ask("GetEmploymentChangedAtDate20111201", **asked).find("Person") is None
    root = sd.ask("GetEmploymentChangedAtDate20111201", **asked, FutureInformationIndicator="true")
    assert told(root, "Person/Employment/EmploymentStatus") == [("2027-01-01", "9999-12-31", "8")]


def test_an_hour_of_a_delta(sd):
    """Windows may begin and end at any time of a day."""
    who = {"InstitutionIdentifier": "NK", "EmploymentIdentifier": "00592"}
    day = {"ActivationDate": "2026-11-18", "DeactivationDate": "2026-11-18"}

    def found(first, last):
        root = sd.ask(
            "GetEmploymentChangedAtDate20111201",
            **(who | day | CONTENT),
            ActivationTime=first,
            DeactivationTime=last,
        )
        return root.find("Person") is not None

    assert found("08:30:00", "09:30:00")
    assert not found("09:30", "10:30")


def test_what_is_not_there_is_a_fault_with_http_200(sd):
    """In SD's own words, without namespaces."""
    person = {"InstitutionIdentifier": "NK", "PersonCivilRegistrationIdentifier": "0101010101"}
    assert fault(sd.ask("GetEmployment20111201", **person, **TODAY)) == (
        "The stated PersonCivilRegistrationIdentifier '0101010101' does not exist"
    )
    number = {"InstitutionIdentifier": "NK", "EmploymentIdentifier": "99999"}
    root = sd.ask("GetEmploymentChanged20111201", **number, **FULL_SPAN)
    assert fault(root) == "The stated EmploymentIdentifier '99999' does not exist"
    assert root.findtext("Body/Fault/faultcode") == "soapenv:soapenvClient.ParameterError"
    assert root.findtext("Body/Fault/faultactor") == (
        "dk.eg.sd.loen.webservices.web.sdws.BusinessHandler.qm.GetEmploymentChanged20111201BO"
    )
    assert root.findtext("Body/Fault/detail/string") == (
        "Missing or invalid parameter from client: \"The stated EmploymentIdentifier '99999' does not exist\""
    )


def test_a_deleted_number_is_not_there_any_more(sd):
    """Of one that was given on, the newcomer is told."""
    gone = {"InstitutionIdentifier": "NK", "EmploymentIdentifier": "00592"}
    assert fault(sd.ask("GetEmployment20111201", **gone, **TODAY)).endswith("'00592' does not exist")
    assert told(sd.employment("00251"), "EmploymentStatus") == [("2026-11-21", "9999-12-31", "1")]


def test_what_can_not_be_read_is_a_fault_too(sd):
    """Trap: years before 1000 lose their zeros in some languages, and SD wants four digits."""
    who = {"InstitutionIdentifier": "NK"}
    odd = sd.ask(
        "GetEmploymentChanged20111201", **who, ActivationDate="01.01.1", DeactivationDate="31.12.9999"
    )
    assert fault(odd) == "The stated ActivationDate '01.01.1' is not valid"
    assert fault(sd.ask("GetEmployment20111201", **who)) == "The parameter EffectiveDate is missing"
    assert fault(sd.ask("GetEmployment20111201", **TODAY)) == "The parameter InstitutionIdentifier is missing"
    other = sd.ask("GetEmployment20111201", InstitutionIdentifier="XY", **TODAY)
    assert fault(other) == "The stated InstitutionIdentifier 'XY' does not exist"
    flag = sd.ask("GetEmployment20111201", **who, **TODAY, UUIDIndicator="ja")
    assert fault(flag) == "The stated UUIDIndicator 'ja' is not valid"
    turned = {"ActivationDate": "2026-02-01", "DeactivationDate": "2026-01-01"}
    assert fault(sd.ask("GetEmploymentChanged20111201", **who, **turned)).startswith(
        "The stated ActivationDate is later"
    )
