"""The planted cases of SD-Løn: all are there, nothing else deviates, and the documentation lists them."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from motoolkit.sandbox.municipality import edited_by_hand, municipality, odd_for_sd, uid
from motoolkit.sandbox.sd import INSTITUTIONS, SD_PLANTED, Payroll, When
from motoolkit.sandbox.sd.when import day, month

TODAY = date(2026, 11, 23)
DEMO_CASES = {
    *("clean", "start_0_then_1", "leave", "conflict", "future_start", "future_move", "future_resignation"),
    *("rehire_same_number", "rehire_new_number", "number_reused", "two_institutions", "letters_in_number"),
    *("fraction_change", "one_day", "dst_sundays", "start_1929", "missing_profession"),
    *("missing_department_uuid", "changing_parents", "overlapping_parents", "unit_renamed_and_recoded"),
    *("unit_shorter_than_engagement", "protected_address", "phone_00000000", "email_empty", "cpr_0000"),
    "duplicate_name",
}
KINDS = {
    *("person_missing_in_mo", "person_missing_in_sd", "engagement_missing_in_mo", "engagement_missing_in_sd"),
    *("sd_empty_answer", "duplicate_in_mo", "key_format", "key_reused", "active_missing", "active_extra"),
    *("gap_in_sd_attr", "overlap_in_sd", "overlap_in_mo", "wrong_unit", "unit_is_unknown", "wrong_unit_code"),
    *("wrong_job_function", "job_function_unknown", "wrong_title", "wrong_engagement_type", "wrong_fraction"),
    *("wrong_leave", "wrong_name", "wrong_parent", "wrong_level", "unit_missing", "unit_extra"),
    *("unit_shorter_than_engagement", "wrong_address", "ignored_by_rule"),
}
PATTERNS = {
    *("shifted_start", "shifted_end", "off_by_one", "future_not_loaded", "future_only_in_mo", "gap"),
    *("overlap", "manual_mo_edit"),
}


@pytest.fixture(scope="module")
def records():
    """MO's objects."""
    return municipality(today=TODAY)


@pytest.fixture(scope="module")
def clean(records):
    """SD as it agrees with MO."""
    return Payroll(records, TODAY, "clean")


@pytest.fixture(scope="module")
def planted(records):
    """SD as it deviates."""
    return Payroll(records, TODAY, "planted")


def employments(payroll):
    """Return all employments by institution, CPR number and number."""
    return {
        (each.code, cpr, employment.number): employment
        for each in INSTITUTIONS
        for cpr in payroll.people(each.code)
        for employment in payroll.employments(each.code, cpr)
    }


def test_every_demo_case_is_planted():
    """The list of sd.md, section 8."""
    assert set(SD_PLANTED) >= DEMO_CASES


def test_every_kind_of_mismatch_and_every_pattern_is_planted():
    """The table of sd.md, section 7; no two cases show the same in the same way."""
    expected = [finding for case in SD_PLANTED.values() for finding in case.findings]
    assert {finding.kind for finding in expected} == KINDS
    assert {pattern for finding in expected for pattern in finding.patterns} == PATTERNS
    seen = Counter((f.kind, f.sort, f.attribute, f.patterns) for f in expected)
    assert [what for what, count in seen.items() if count > 1] == []


def test_each_case_is_about_something_of_its_own():
    """No number and no unit serves two, so that each can be looked at alone."""
    numbers = Counter((case.institution, number) for case in SD_PLANTED.values() for number in case.numbers)
    units = Counter(case.unit for case in SD_PLANTED.values() if case.unit)
    assert {*numbers.values(), *units.values()} == {1}


def test_only_what_is_planted_deviates(clean, planted):
    """Of all employments and departments; each deviation belongs to a case."""
    agreeing, deviating = employments(clean), employments(planted)
    different = {
        key
        for key in agreeing.keys() | deviating.keys()
        if agreeing.get(key) != deviating.get(key) or planted.is_silent(key[0], key[2])
    }
    named = {(case.institution, number) for case in SD_PLANTED.values() for number in case.numbers}
    assert {(institution, number) for institution, _, number in different} == {
        *(("N2", "00912"), ("N2", "01012"), ("NK", "00031"), ("NK", "00041"), ("NK", "00071")),
        *(("NK", "00081"), ("NK", "00121"), ("NK", "00141"), ("NK", "00221"), ("NK", "00231")),
        *(("NK", "00242"), ("NK", "00251"), ("NK", "00311"), ("NK", "00321"), ("NK", "00341")),
        *(("NK", "00361"), ("NK", "00371"), ("NK", "00411"), ("NK", "00451"), ("NK", "00592")),
        *(("NK", "00601"), ("NK", "00621"), ("NK", "00761")),
    }
    assert {(institution, number) for institution, _, number in different} <= named
    units = clean.departments.keys() | planted.departments.keys()
    assert {u for u in units if clean.departments.get(u) != planted.departments.get(u)} == {
        case.unit for case in SD_PLANTED.values() if case.unit and case.findings and not case.needs_mo
    }


def test_only_the_planted_names_deviate(clean, planted):
    """One of them is only another name in another institution."""
    people = [(each.code, cpr) for each in INSTITUTIONS for cpr in clean.people(each.code)]
    different = {
        (institution, clean.person(institution, cpr).surname, planted.person(institution, cpr).surname)
        for institution, cpr in people
        if clean.person(institution, cpr) != planted.person(institution, cpr)
    }
    assert different == {("NK", "Winther", "Vinther"), ("NK", "Skov", "Skov")}


def test_a_clean_sd_says_what_mo_says(records, clean):
    """Day by day around every border: who is employed, where, as what, and how much."""
    by_key = {(i, number): employment for (i, _, number), employment in employments(clean).items()}
    classes = {record.uuid: record.slices[-1].values["user_key"] for record in records}
    compared = 0
    for record in (each for each in records if each.collection == "engagements"):
        institution, _, number = record.slices[0].values["user_key"].partition("-")
        employment = by_key.get((institution, number))
        if employment is None:
            continue
        compared += 1
        borders = {d for each in record.slices for d in (each.start, each.end) if d}
        for when in sorted({d + timedelta(days=n) for d in borders for n in (-1, 0)}):
            values = next(
                (s.values for s in record.slices if s.start <= when and (s.end is None or when < s.end)), None
            )
            assert (employment.code(when) in {"1", "3"}) == (values is not None)
            if values is not None:
                assert said(employment, when) == (
                    values["org_unit"],
                    classes[values["job_function"]],
                    values["extension_1"] or None,
                    values["fraction"] or 0,
                    classes[values["engagement_type"]],
                )
    assert compared == len(by_key) > 300


def said(employment, when):
    """Return what SD says on a day, in MO's words."""
    [department] = [s for s in employment.department if s.holds(when)]
    [profession] = [s for s in employment.profession if s.holds(when)]
    [working] = [s for s in employment.working_time if s.holds(when)]
    return (
        department.text("DepartmentUUIDIdentifier"),
        profession.text("JobPositionIdentifier"),
        profession.text("EmploymentName"),
        round(float(working.text("OccupationRate")) * 1_000_000),
        {"true": "maanedsloen", "false": "timeloen"}[working.text("SalariedIndicator")],
    )


def test_who_is_not_in_sd(clean):
    """Nobody without a CPR number or with a made-up one, and no key of another form."""
    numbers = {(institution, number) for institution, _, number in employments(clean)}
    assert numbers.isdisjoint({("NK", "00441"), ("NK", "00451"), ("NK", "00781")})
    assert all(len(number) == 5 for _, number in numbers)
    assert not any(cpr.endswith("0000") for _, cpr, _ in employments(clean))


def test_numbers_are_one_persons(clean):
    """Also in a large municipality: SD has no two holders of a number at once."""
    large = Payroll(municipality(persons=3000, today=TODAY), TODAY, "clean")
    for payroll in (clean, large):
        numbers = Counter((institution, number) for institution, _, number in employments(payroll))
        assert set(numbers.values()) == {1}


def test_the_newcomer_is_not_in_mo(records, planted):
    """The number belongs to nobody, and MO knows nobody by it."""
    known = {r.slices[-1].values["cpr_number"] for r in records if r.collection == "persons"}
    holders = {cpr for i, cpr, number in employments(planted) if (i, number) == ("NK", "00251")}
    [newcomer] = holders - known
    weights = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    assert sum(int(digit) * weight for digit, weight in zip(newcomer, weights, strict=True)) % 11 != 0


def test_what_mo_gets_for_everything(records):
    """Few objects, all of them written by their names; the edit by hand changes a title."""
    extra = odd_for_sd(TODAY)
    assert Counter(record.collection for record in extra) == {
        "classes": 1,
        "org_units": 1,
        "engagements": 4,
        "addresses": 1,
    }
    assert not {record.uuid for record in extra} & {record.uuid for record in records}
    [edited] = edited_by_hand(records)
    assert edited.slices[0].values["extension_1"] == "Ledende landinspektør"
    everything = employments(Payroll([*records, *extra], TODAY, "everything"))
    numbers = {number for _, _, number in everything}
    assert {"04812", "04813", "04814"} <= numbers
    [unplaced] = [e for (_, _, number), e in everything.items() if number == "04813"]
    assert [s.text("DepartmentUUIDIdentifier") for s in unplaced.department] == [
        uid("org_units", "Vig Skole")
    ]


def test_the_owners_are_who_the_cases_say(planted, records):
    """Each person is the one whose number it is."""
    people = {r.uuid: r.slices[-1].values["cpr_number"] for r in records if r.collection == "persons"}
    found = employments(planted)
    for name, case in SD_PLANTED.items():
        for number in case.numbers if case.person and not case.needs_mo else ():
            assert (case.institution, people[case.person], number) in found, name


def test_days_around_today():
    """Months from the first, days from today, and the Sundays on which the clocks change."""
    assert month(-2).on(TODAY) == date(2026, 9, 1)
    assert month(2).on(TODAY) == date(2027, 1, 1)
    assert day(-2).on(date(2024, 3, 1)) == date(2024, 2, 28)
    assert When(clocks=3).on(TODAY) == date(2025, 3, 30)
    assert When(clocks=10).on(TODAY) == date(2025, 10, 26)


def test_the_documentation_lists_the_cases():
    """``tools/sd_cases.py`` writes the table."""
    tool = Path(__file__).parents[3] / "tools/sd_cases.py"
    checked = subprocess.run([sys.executable, tool, "--check"], check=False)
    assert checked.returncode == 0
