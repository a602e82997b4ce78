"""What a finding is, and what can be asked of many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from motoolkit.errors import InputError
from motoolkit.findings import Acceptance, Finding, Findings, Kind, Severity, Subject
from motoolkit.model import MISSING, Validity

UNIT = Kind("wrong_unit", Severity.ERROR, "Wrong unit", "Units differ.", "Sync it again.")
EXTRA = Kind("active_extra", Severity.CRITICAL, "Active in MO only")
TITLE = Kind("wrong_title", Severity.INFO, "Wrong title")
KAJ = Subject("employment", "NS-04711/250284-xxxx", "Kaj Kajsen", unit="Nordby Skole")
BO = Subject("employment", "NS-00012/010160-xxxx", "Bo Bo", uuid="b0b0b0b0-0000-4000-8000-000000000000")
MARCH = Validity(date(2026, 3, 1), date(2026, 4, 1))


def found(*items):
    """Return findings of a small comparison."""
    return Findings("sd", "SD og MO", items, kinds=(UNIT, EXTRA, TITLE), as_of=date(2026, 11, 23))


def test_the_key_is_the_same_whatever_the_values_and_texts():
    """A run recognises what the run before had, also when a value has changed since."""
    finding = Finding(UNIT, KAJ, "unit", MARCH, source="A", mo="B")
    assert finding.key == "dde89285024eab8d"
    assert replace(finding, source="C", detail="More.", severity=Severity.INFO).key == "dde89285024eab8d"


@pytest.mark.parametrize(
    "other",
    [{"kind": TITLE}, {"subject": BO}, {"attribute": "title"}, {"validity": Validity(date(2026, 3, 2))}],
)
def test_the_key_tells_kind_subject_attribute_and_first_day_apart(other):
    """Each of them makes it another finding."""
    finding = Finding(UNIT, KAJ, "unit", MARCH)
    assert replace(finding, **other).key != finding.key


def test_cpr_numbers_are_masked_as_soon_as_a_finding_is_made():
    """In the subject and in every text, so that nothing that is made of it can show one."""
    subject = Subject("person", "2502841234", "Kaj 250284-1234")
    finding = Finding(UNIT, subject, detail="as 2502841234", cause="2502841234", facts={"a": "2502841234"})
    assert (subject.key, subject.label) == ("250284-xxxx", "Kaj 250284-xxxx")
    assert (finding.detail, finding.cause) == ("as 250284-xxxx", "250284-xxxx")
    assert finding.facts == {"a": "250284-xxxx"}


def test_a_severity_of_its_own_goes_before_the_kinds():
    """Fractions that an integration does not write are notes only."""
    assert Finding(UNIT, KAJ).severity is Severity.ERROR
    assert Finding(UNIT, KAJ, severity=Severity.INFO).severity is Severity.INFO


def test_they_stand_with_the_gravest_first_then_by_subject_and_day():
    """Whatever the order in which they were found."""
    later = Validity(date(2026, 5, 1))
    items = [
        Finding(TITLE, BO),
        Finding(UNIT, KAJ, "unit", later),
        Finding(UNIT, KAJ, "unit", MARCH),
        Finding(UNIT, BO, "unit", later),
        Finding(EXTRA, KAJ),
    ]
    assert [(f.kind.code, f.subject.label, f.validity) for f in found(*items)] == [
        ("active_extra", "Kaj Kajsen", None),
        ("wrong_unit", "Bo Bo", later),
        ("wrong_unit", "Kaj Kajsen", MARCH),
        ("wrong_unit", "Kaj Kajsen", later),
        ("wrong_title", "Bo Bo", None),
    ]


def test_they_are_counted_by_kind_and_by_severity():
    """Severities without any are told too."""
    findings = found(Finding(TITLE, BO), Finding(UNIT, KAJ), Finding(UNIT, BO))
    assert findings.counts() == {"wrong_unit": 2, "wrong_title": 1}
    assert findings.severities() == {
        Severity.CRITICAL: 0,
        Severity.ERROR: 2,
        Severity.WARNING: 0,
        Severity.INFO: 1,
    }
    assert repr(findings) == "<Findings sd 2026-11-23: 2 error, 1 info>"


def test_a_root_cause_is_one_group_and_the_rest_go_by_kind():
    """Hundreds of lines become one; the gravest groups come first, then the largest."""
    cause = "Nordby Skole is missing in MO"
    findings = found(
        *(Finding(UNIT, Subject("employment", str(n), ""), cause=cause) for n in range(3)),
        Finding(TITLE, KAJ, cause=cause),
        *(Finding(UNIT, Subject("employment", str(n), "")) for n in range(7, 9)),
        Finding(EXTRA, BO),
    )
    assert [(g.title, g.cause, len(g.findings), g.severity) for g in findings.grouped()] == [
        ("Active in MO only", "", 1, Severity.CRITICAL),
        (cause, cause, 4, Severity.ERROR),
        ("Wrong unit", "", 2, Severity.ERROR),
    ]


@pytest.mark.parametrize(
    ("asked", "labels"),
    [
        ({"kind": "wrong_unit"}, ["Kaj Kajsen"]),
        ({"kind": ["wrong_unit", "wrong_title"]}, ["Kaj Kajsen", "Bo Bo"]),
        ({"severity": Severity.ERROR}, ["Kaj Kajsen"]),
        ({"subject": "NS-00012/*"}, ["Bo Bo"]),
        ({"subject": "b0b0b0b0-0000-4000-8000-000000000000"}, ["Bo Bo"]),
        ({"tense": "future"}, ["Kaj Kajsen"]),
        ({"pattern": "shifted_end"}, ["Bo Bo"]),
        ({"sort": "unit"}, []),
        ({"undecided": True, "attribute": "title"}, ["Bo Bo"]),
    ],
)
def test_those_that_fit_can_be_asked_for(asked, labels):
    """By what one would filter on in Excel."""
    findings = found(
        Finding(UNIT, KAJ, "unit", tense="future"),
        Finding(TITLE, BO, "title", tense="past", patterns=("shifted_end", "off_by_one"), undecided=True),
    )
    assert [finding.subject.label for finding in findings.only(**asked)] == labels


def test_a_kind_that_the_comparison_does_not_have_is_refused_with_the_nearest():
    """A misspelt filter must not look like nothing wrong."""
    with pytest.raises(InputError, match=r"'wrong_units'\. Did you mean wrong_unit or wrong_title\?"):
        found().only(kind="wrong_units")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, 1),
        ({"severity": Severity.WARNING}, 0),
        ({"accepted": Acceptance("Known.", date(2027, 1, 1))}, 0),
        ({"undecided": True}, 0),
    ],
)
def test_the_exit_code_tells_whether_something_is_wrong(change, code):
    """Accepted and undecided findings are told, and fail nothing."""
    assert found(replace(Finding(UNIT, KAJ), **change)).exit_code() == code


def test_the_grade_that_fails_can_be_chosen():
    """A schedule can fail on warnings, or on nothing but what is critical."""
    findings = found(Finding(UNIT, KAJ))
    assert findings.exit_code(fail_on=Severity.WARNING) == 1
    assert findings.exit_code(fail_on=Severity.CRITICAL) == 0


def test_a_frame_has_a_row_a_finding_with_dates_as_dates():
    """Both values as people read them; no value and an empty one are told apart."""
    frame = found(
        Finding(UNIT, KAJ, "unit", MARCH, source=MISSING, mo=""),
        Finding(TITLE, KAJ, "title", Validity(), source="Leder 2502841234", mo=True),
    ).frame()
    assert frame["source"].tolist() == ["–", "Leder 250284-xxxx"]
    assert frame["mo"].tolist() == ["(empty)", "Yes"]
    assert str(frame["start"].dtype) == "datetime64[s]"
    assert frame["end"].tolist()[0].date() == date(2026, 4, 1)
    assert frame["start"].isna().tolist() == [False, True]


def test_a_frame_of_nothing_has_the_same_columns():
    """Cells of a notebook that filter it do not fail on a good day."""
    assert found().frame().dtypes.equals(found(Finding(UNIT, KAJ, "unit", MARCH)).frame().iloc[:0].dtypes)


def test_p_numbers_are_shown_whole():
    """Their ten digits look like a CPR number, and are what the difference is about."""
    finding = Finding(UNIT, KAJ, "p_number", MARCH, source="1003456789", mo="1003456790")
    assert found(finding).frame().loc[0, ["source", "mo"]].tolist() == ["1003456789", "1003456790"]
