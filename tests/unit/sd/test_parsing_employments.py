"""Employments out of SD's answers: dates, series, what is odd, and what must not be lost."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from sd_answers import NORA, changed, document, employment, person, section, status

from motoolkit.errors import SdUnreadableError
from motoolkit.sd.parsing import read_employments

A = "5C0A7A52-0000-4A00-8A00-00000000B7A1"


def rows(found, field):
    """Return the sections of a field as texts: start, end, value."""
    chosen = found.sections[found.sections["field"] == field]
    return [(day(r.start), day(r.end), r.value) for r in chosen.itertuples()]


def day(stamp):
    """Return a date as text, nothing for NaT."""
    return "" if pd.isna(stamp) else str(stamp.date())


def read(*sections, **told):
    """Read one person's employment."""
    return read_employments(changed(person(employment(*sections, **told))), "XY")


def test_last_days_become_the_days_after():
    """SD's DeactivationDate is in force; ours is the first day that is not."""
    found = read(status("2019-08-01", "2024-01-31", "1"), status("2024-02-01", "2024-10-26", "3"))
    assert rows(found, "status") == [("2019-08-01", "2024-02-01", "1"), ("2024-02-01", "2024-10-27", "3")]


@pytest.mark.parametrize("end", ["9999-12-29", "9999-12-30", "9999-12-31", "9999-01-01"])
def test_the_year_9999_is_open(end):
    """A day after 9999-12-31 would overflow; importers also wrote days shortly before it."""
    assert rows(read(status("2019-08-01", end, "1")), "status") == [("2019-08-01", "", "1")]


def test_the_year_1_is_since_ever():
    """SD writes 0001-01-01 where it does not know a beginning."""
    assert rows(read(status("0001-01-01", "2020-12-31", "1")), "status") == [("", "2021-01-01", "1")]


def test_days_long_ago_and_one_day_periods_and_summer_time_borders():
    """1929, a single day, and the Sunday on which clocks change are plain dates."""
    found = read(
        status("1929-04-01", "1929-04-01", "1"),
        status("2024-03-31", "2024-03-31", "3"),
        status("2024-02-28", "2024-02-29", "1"),
    )
    assert rows(found, "status") == [
        ("1929-04-01", "1929-04-02", "1"),
        ("2024-03-31", "2024-04-01", "3"),
        ("2024-02-28", "2024-03-01", "1"),
    ]


def test_every_field_of_every_section():
    """UUIDs in lower case, codes and rates as SD wrote them, flags as true and false."""
    found = read(
        section(
            "EmploymentDepartment",
            "2023-01-01",
            "9999-12-31",
            DepartmentIdentifier="B7Q",
            DepartmentUUIDIdentifier=A,
        ),
        section(
            "Profession",
            "2019-08-01",
            "9999-12-31",
            JobPositionIdentifier="0312",
            EmploymentName="Havneassistent",
        ),
        section(
            "WorkingTime",
            "2022-04-01",
            "9999-12-31",
            OccupationRate="0.8649",
            SalariedIndicator="True",
            FullTimeIndicator="false",
        ),
        status("2019-08-01", "9999-12-31", "1"),
    )
    told = dict(zip(found.sections["field"], found.sections["value"], strict=True))
    assert told == {
        "status": "1",
        "department": A.lower(),
        "department_code": "B7Q",
        "job_position": "0312",
        "title": "Havneassistent",
        "rate": "0.8649",
        "salaried": "true",
        "full_time": "false",
    }
    assert list(found.employments.itertuples(index=False, name=None)) == [
        ("XY", NORA, "04711", pd.Timestamp("2019-08-01"))
    ]


def test_absent_and_empty_are_two_things():
    """Without EmploymentName there is no title; an empty one is a title that is None."""
    found = read(
        section("Profession", "2019-08-01", "2019-12-31", JobPositionIdentifier="3120"),
        section("Profession", "2020-01-01", "9999-12-31", JobPositionIdentifier="3120", EmploymentName=" "),
    )
    assert rows(found, "title") == [("2020-01-01", "", None)]
    assert len(rows(found, "job_position")) == 2


def test_full_time_that_is_left_out_is_false():
    """SD leaves FullTimeIndicator out; of SalariedIndicator nothing is known then."""
    found = read(section("WorkingTime", "2022-04-01", "9999-12-31", OccupationRate="1.0000"))
    assert rows(found, "full_time") == [("2022-04-01", "", "false")]
    assert rows(found, "salaried") == []


def test_order_and_white_space_do_not_matter():
    """Elements in any order, text with line breaks around it, the CPR number after the employment."""
    jumbled = (
        "<Person><Employment><EmploymentStatus><EmploymentStatusCode>\n 1 </EmploymentStatusCode>"
        "<DeactivationDate>\n2024-01-31 </DeactivationDate><ActivationDate> 2019-08-01</ActivationDate>"
        "</EmploymentStatus><EmploymentIdentifier> 04711\n</EmploymentIdentifier></Employment>"
        "<PersonCivilRegistrationIdentifier> 251248-4916 </PersonCivilRegistrationIdentifier></Person>"
    )
    found = read_employments(changed(jumbled))
    assert rows(found, "status") == [("2019-08-01", "2024-02-01", "1")]
    assert found.employments[["institution", "cpr", "number"]].to_numpy().tolist() == [["XY", NORA, "04711"]]


def test_one_and_many_persons_employments_and_sections():
    """Where one is, many may be; each section knows its employment."""
    answer = changed(
        person(employment(status("2019-08-01", "2020-01-31", "1"), number="1"), employment(number="00002")),
        person(employment(status("2021-01-01", "9999-12-31", "0"), number="A12"), cpr="1111111118"),
        person(cpr="0101010101"),
    )
    found = read_employments(answer)
    assert found.employments["number"].tolist() == ["1", "00002", "A12"]
    assert found.employments["cpr"].tolist() == [NORA, NORA, "1111111118"]
    assert found.sections["employment"].tolist() == [0, 2]


def test_soap_envelopes_namespaces_and_comments():
    """The same facts in SOAP's clothes."""
    inside = person(employment("<!-- moved -->", status("2019-08-01", "9999-12-31", "1<!-- on payroll -->")))
    answer = (
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>'
        '<sd:GetEmploymentChanged20111201 xmlns:sd="urn:sd" xmlns="urn:oio">'
        f"{inside}</sd:GetEmploymentChanged20111201></soapenv:Body></soapenv:Envelope>"
    )
    found = read_employments(answer.encode(), "XY")
    assert rows(found, "status") == [("2019-08-01", "", "1")]


def test_the_services_of_2007_call_a_section_department():
    """``Department`` is read as ``EmploymentDepartment``."""
    answer = document(
        "GetEmployment20070401",
        person(employment(section("Department", "2019-08-01", "9999-12-31", DepartmentIdentifier="B7Q"))),
    )
    assert rows(read_employments(answer), "department_code") == [("2019-08-01", "", "B7Q")]


def test_letters_and_attributes_and_bytes():
    """Danish letters in SD's bytes, a byte order mark, and sections that carry ``changedAtDate``."""
    told = status("2025-05-01", "9999-12-31", "S").replace(
        "<EmploymentStatus>", '<EmploymentStatus changedAtDate="2025-05-02">'
    )
    name = section("Profession", "2019-08-01", "9999-12-31", EmploymentName="Ærø &amp; Åsmund")
    answer = document("GetEmploymentChangedAtDate20111201", person(employment(told, name)))
    found = read_employments(b"\xef\xbb\xbf" + answer)
    assert rows(found, "title") == [("2019-08-01", "", "Ærø & Åsmund")]
    assert rows(found, "status") == [("2025-05-01", "", "S")]
    assert found.oddities.empty


def test_an_empty_answer_is_empty_and_no_fault():
    """200 without Person: nothing follows from it about who exists."""
    found = read_employments(changed())
    assert (len(found.employments), len(found.sections), len(found.oddities)) == (0, 0, 0)
    assert str(found.sections["start"].dtype) == "datetime64[s]"


def test_an_unknown_status_is_flagged_and_kept():
    """What SD may invent next is not dropped in silence."""
    found = read(status("2019-08-01", "9999-12-31", "5"))
    assert rows(found, "status") == [("2019-08-01", "", "5")]
    assert found.oddities[["field", "value", "what"]].to_numpy().tolist() == [
        ["status", "5", "unknown_status"]
    ]


def test_a_start_after_its_end_is_flagged_and_left_out():
    """Such a period holds no day."""
    found = read(status("2024-02-01", "2024-01-31", "1"), status("2024-03-01", "9999-12-31", "1"))
    assert rows(found, "status") == [("2024-03-01", "", "1")]
    [odd] = found.oddities.itertuples()
    assert (odd.what, odd.field, day(odd.start), day(odd.end), odd.value) == (
        "reversed",
        "status",
        "2024-02-01",
        "2024-02-01",
        "1",
    )


@pytest.mark.parametrize("wrong", ["2024-02-30", "31.01.2024", "0000-00-00", "today", "2024", ""])
def test_a_date_that_is_none_is_flagged_and_left_out(wrong):
    """The section is no period; what SD wrote is kept for people to look at."""
    found = read(status(wrong, "9999-12-31", "1"))
    assert rows(found, "status") == []
    assert found.oddities[["what", "value"]].to_numpy().tolist() == [
        ["unreadable", f"1 ({wrong} - 9999-12-31)"]
    ]


def test_the_columns_have_their_kinds():
    """As the contract with the timelines says."""
    found = read(status("2019-08-01", "9999-12-31", "1"))
    kinds = {name: str(kind) for name, kind in found.sections.dtypes.items()}
    assert kinds == {
        "employment": "int64",
        "field": "category",
        "start": "datetime64[s]",
        "end": "datetime64[s]",
        "value": "object",
    }
    assert found.sections["end"].tolist() == [pd.NaT]


def test_what_is_shown_holds_no_cpr_number():
    """The result shows its sizes."""
    assert repr(read(status("2019-08-01", "9999-12-31", "1"))) == (
        "<Employments: 1 employments, 1 sections, 0 oddities>"
    )


def test_a_stream_is_read_bit_by_bit():
    """Never more than a piece at a time."""
    sizes = []

    class Stream(io.BytesIO):
        def read(self, size=-1):
            sizes.append(size)
            return super().read(size)

    answer = changed(*(person(employment(status("2019-08-01", "9999-12-31", "1"))) for _ in range(2000)))
    found = read_employments(Stream(answer))
    assert len(found.employments) == 2000
    assert min(sizes) > 0
    assert max(sizes) <= 65536


def test_an_answer_about_another_institution_is_refused():
    """A cache or a proxy in between may mix answers up."""
    with pytest.raises(SdUnreadableError, match="institution 'ZZ' where 'XY' was asked"):
        read_employments(changed(institution="ZZ"), "XY")
