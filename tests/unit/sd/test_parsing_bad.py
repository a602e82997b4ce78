"""Answers that are none, attacks, and faults that come with HTTP 200."""

from __future__ import annotations

import traceback

import pytest
from sd_answers import NORA, changed, document, employment, person, status

from motoolkit.errors import (
    SdClosedError,
    SdFaultError,
    SdNotFoundError,
    SdUnreadableError,
)
from motoolkit.sd.parsing import read_employments, read_parent_history, read_persons

WHOLE = changed(person(employment(status("2019-08-01", "9999-12-31", "1"))))


def fault(text: str, detail: str = "") -> bytes:
    """Return a fault as SD sends it with HTTP 200."""
    return (
        "<Envelope><Body><Fault><faultcode>soapenv:soapenvClient.ParameterError</faultcode>"
        f"<faultstring>{text}</faultstring>"
        "<faultactor>dk.eg.sd.loen.webservices.GetEmploymentChanged20111201BO</faultactor>"
        f"<detail><string>{detail}</string></detail></Fault></Body></Envelope>"
    ).encode()


def test_truncated_xml():
    """Cut off anywhere, it is never taken for less data."""
    for cut in (len(WHOLE) - 1, len(WHOLE) - 40, len(WHOLE) // 2, 60):
        with pytest.raises(SdUnreadableError, match="cut off or is no XML"):
            read_employments(WHOLE[:cut])


def test_html_instead_of_xml():
    """A login page is named by its title."""
    page = b"<!DOCTYPE html><html><head><title>Log ind</title></head><body>Velkommen</body></html>"
    with pytest.raises(SdUnreadableError, match=r"web page \('Log ind'\) instead of data"):
        read_employments(page)


@pytest.mark.parametrize("nothing", [b"", b"  \n", b"\xef\xbb\xbf"])
def test_no_answer_at_all(nothing):
    """Empty is not the same as an answer without persons."""
    with pytest.raises(SdUnreadableError, match="empty answer"):
        read_employments(nothing)


@pytest.mark.parametrize(
    "attack",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>',
        b'<!-- hi --><!DOCTYPE a SYSTEM "http://example.org/evil.dtd"><a/>',
        b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b"<!--" + b"x" * 70_000 + b'--><!DOCTYPE a [<!ENTITY b "b">]><a/>',
        b" " * 70_000 + b'<!DOCTYPE a [<!ENTITY b "b">]><a/>',
    ],
    ids=["billion laughs", "outer DTD", "outer entity", "behind a long comment", "behind blanks"],
)
def test_document_types_are_refused(attack):
    """Entities are never expanded, files and networks never asked: a DOCTYPE ends the reading."""
    with pytest.raises(SdUnreadableError, match=r"declares a document type|empty answer"):
        read_employments(attack)


@pytest.mark.parametrize(
    "attack",
    [
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a><a/>',
    ],
    ids=["UTF-16", "UTF-7"],
)
def test_document_types_can_not_hide_in_another_encoding(attack):
    """SD writes UTF-8."""
    with pytest.raises(SdUnreadableError, match=r"encoding that SD-Løn does not use|is no XML"):
        read_employments(attack)


def test_entities_without_a_document_type_are_no_xml():
    """Undeclared ones are a fault of the document."""
    with pytest.raises(SdUnreadableError, match="no XML"):
        read_employments(WHOLE.replace(b"04711", b"&evil;"))


def test_an_answer_that_does_not_end():
    """The limit counts what is read, whatever the server said."""

    class Endless:
        def read(self, size=-1):
            return b"<a>" + b"x" * (size - 3)

    with pytest.raises(SdUnreadableError, match="larger than 200,000 bytes"):
        read_employments(Endless(), limit=200_000)


def test_one_endless_text_and_bottomless_nesting():
    """libxml2's own limits hold."""
    with pytest.raises(SdUnreadableError):
        read_employments(document("GetEmploymentChanged20111201", "<Person>", "x" * 11_000_000, "</Person>"))
    with pytest.raises(SdUnreadableError):
        read_employments(document("GetEmploymentChanged20111201", "<a>" * 5000, "</a>" * 5000))


def test_another_services_answer():
    """A department where a person was asked."""
    with pytest.raises(SdUnreadableError, match="'GetDepartment20111201' where GetEmployment was asked"):
        read_employments(document("GetDepartment20111201"))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The stated EmploymentIdentifier '04711' does not exist", "employment"),
        (f"The stated PersonCivilRegistrationIdentifier '{NORA}'\n does not exist.", "person"),
        ('"DepartmentUUIDIdentifier was not found"', "department"),
        ("The stated DepartmentIdentifier 'B7Q' does not exist", "department"),
    ],
)
def test_not_found_is_told_from_other_faults(text, what):
    """By its words, however they are wrapped; CPR numbers in them are masked."""
    with pytest.raises(SdNotFoundError) as caught:
        read_employments(fault(text))
    assert caught.value.what == what
    assert NORA not in str(caught.value)


def test_not_found_may_stand_in_the_detail_only():
    """The fault's own string is sometimes general."""
    detail = "Missing or invalid parameter: \"The stated EmploymentIdentifier '1' does not exist\""
    with pytest.raises(SdNotFoundError, match="Parameter error"):
        read_employments(fault("Parameter error", detail))


def test_an_unknown_institution_is_no_missing_person():
    """Nobody is gone because sd_institutions is wrong."""
    with pytest.raises(SdFaultError, match="InstitutionIdentifier 'QQ' does not exist") as caught:
        read_employments(fault("The stated InstitutionIdentifier 'QQ' does not exist"))
    assert not isinstance(caught.value, SdNotFoundError)


@pytest.mark.parametrize(
    "answer",
    [
        b"The webservice has failed",
        b"<html><body>The webservice has failed</body></html>",
        fault("The webservice has failed"),
        fault("Something", "The webservice has failed due to maintenance"),
    ],
    ids=["plain", "page", "fault", "detail"],
)
def test_closed_is_told_from_faults(answer):
    """With HTTP 200, in whatever it comes."""
    with pytest.raises(SdClosedError, match="closed"):
        read_employments(answer)


def test_errors_hold_nothing_of_the_answer():
    """Neither a traceback nor its causes show a CPR number."""
    broken = changed(person(employment(), cpr=NORA)).replace(b"</Person>", b"</Persona>")
    with pytest.raises(SdUnreadableError) as caught:
        read_persons(broken)
    assert NORA not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("answer", [b"{}", b'[{"startDate": "2015-01-01"}]', b"[1]", b"oops", b'"x"'])
def test_a_parent_history_that_is_none(answer):
    """JSON of another shape is refused in one sentence."""
    with pytest.raises(SdUnreadableError, match="no parent history"):
        read_parent_history(answer, "5c0a7a52-0000-4a00-8a00-00000000b7a1")


def test_a_parent_history_with_a_wrong_date():
    """It names the department and the period."""
    answer = b'[{"startDate":"2015-02-30","endDate":"9999-12-31","parentUuid":null}]'
    with pytest.raises(SdUnreadableError, match="from '2015-02-30' to '9999-12-31'"):
        read_parent_history(answer, "5c0a7a52-0000-4a00-8a00-00000000b7a1")
