"""The planted cases of SD-Løn by name: what is odd, where it is found, and what a comparison with MO finds.

Where nothing is expected SD and MO agree, however odd SD's way of saying it is.  ``needs_mo`` are the cases
for which MO must be odd too: they are there with ``--sd everything`` only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from motoolkit.sandbox.municipality import uid, unit_uuid
from motoolkit.sandbox.sd.when import When, day, month


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that a comparison with MO has to come to.

    Attributes:
        kind: the code of the mismatch.
        sort: what it is about: employment, unit or person.
        attribute: which attribute differs, blank for the whole thing.
        start: the first day, None for none.
        end: the day after the last, None for none.
        dated: whether it has a period at all.
        patterns: the patterns that it shows.
        shown: whether it is a finding without being asked for; what a rule ignores is only counted.
    """

    kind: str
    sort: str = "employment"
    attribute: str = ""
    start: When | None = None
    end: When | None = None
    dated: bool = True
    patterns: tuple[str, ...] = ()
    shown: bool = True


@dataclass(frozen=True, slots=True)
class SdCase:
    """A planted case.

    Attributes:
        sentence: what it is.
        institution: the institution of its employments, blank for a unit's case.
        numbers: their numbers as SD writes them.
        person: the UUID of their owner in MO, blank where there is none.
        unit: the UUID of the department.
        findings: what a comparison with MO finds, exactly.
        needs_mo: whether MO has to be odd as well.
        unit_name: what MO calls the department, or SD where MO lacks it.
    """

    sentence: str
    institution: str = ""
    numbers: tuple[str, ...] = ()
    person: str = ""
    unit: str = ""
    findings: tuple[Expected, ...] = ()
    needs_mo: bool = False
    unit_name: str = ""


def _employment(
    person: str,
    number: str,
    sentence: str,
    *findings: Expected,
    institution: str = "NK",
    needs_mo: bool = False,
) -> SdCase:
    owner = uid("persons", person)
    return SdCase(sentence, institution, (number,), owner, findings=findings, needs_mo=needs_mo)


def _unit(name: str, sentence: str, *findings: Expected, needs_mo: bool = False) -> SdCase:
    return SdCase(sentence, unit=unit_uuid(name), findings=findings, needs_mo=needs_mo, unit_name=name)


def _found(kind: str, attribute: str, start: When, end: When | None = None, *patterns: str) -> Expected:
    return Expected(kind, "employment", attribute, start, end, patterns=patterns)


def _unit_found(kind: str, attribute: str, start: When, end: When | None = None, *patterns: str) -> Expected:
    return Expected(kind, "unit", attribute, start, end, patterns=patterns)


UNIT_OF_SD: Final = uid("sd", "Lønteam Midt")
"""A department that MO does not have."""

_AGREEING: Final = {
    "clean": _employment("chief", "00001", "Nothing is odd."),
    "start_0_then_1": _employment("borgmester", "00031", "Was employed a month before the payroll began."),
    "leave": _employment("on-leave", "00811", "Is on leave: status 3."),
    "conflict": _employment("boern", "00041", "Was locked out for a month ten months ago: status 4."),
    "future_start": _employment("sundhed-new", "00301", "Starts on the first of next month."),
    "future_move": _employment("moving", "00681", "Moves to another department next month."),
    "future_resignation": _employment("sundhed-old", "00291", "Resigns on the first of next month."),
    "rehire_same_number": _employment("came-back", "00641", "Came back on the same number: 1, 8, 1."),
    "two_institutions": SdCase(
        "Was employed in N2 long ago, of which SD only tells the resignation.",
        "N2",
        ("00912",),
        uid("persons", "two-a"),
    ),
    "duplicate_name": SdCase(
        "Has another name in N2, where he once was, than in NK and MO.",
        "N2",
        ("01012",),
        uid("persons", "two-b"),
    ),
    "letters_in_number": _employment("hourly", "T0791", "Paid by the hour, on a number with a letter."),
    "fraction_change": _employment(
        "promoted", "00671", "Went from 0.5405 to full time, and from job to job."
    ),
    "one_day": _employment("school-closed", "00651", "Was employed for one day."),
    "start_1929": _employment(
        "century-18", "00411", "A start date of 1929, in department and profession too; employed much later."
    ),
    "missing_department_uuid": _employment(
        "it",
        "00081",
        "His department has a code and no UUID; only the list of departments tells which it is.",
    ),
    "protected_address": _employment("Ravnsnæs Skole/2", "00161", "Has a protected address."),
    "phone_00000000": _unit("Center for Skole", "Has no telephone, which SD writes as 00000000."),
    "email_empty": _unit("Center for Dagtilbud", "Has no mail address, which SD writes as Empty@Empty."),
    "cpr_0000": _employment(
        "fictive",
        "00451",
        "A made-up person, whose number ends in 0000.",
        Expected("ignored_by_rule", dated=False, shown=False),
    ),
}
_EMPLOYMENTS: Final = {
    "rehire_new_number": _employment(
        "soegaarden",
        "00242",
        "Resigned two months ago and came back a month later on a new number, which MO lacks.",
        _found("engagement_missing_in_mo", "", month(-1)),
    ),
    "number_reused": SdCase(
        "The number was deleted (S) three days ago, and given to a newcomer the day after.",
        "NK",
        ("00251",),
        uid("persons", "aabrinken"),
        findings=(
            Expected("person_missing_in_sd", "person", start=month(-60), end=month(-1)),
            Expected("person_missing_in_mo", "person", start=day(-2)),
            Expected("key_reused", dated=False),
        ),
    ),
    "engagement_missing_in_sd": _employment(
        "bound-mail",
        "00592",
        "One of two employments was deleted (S).",
        _found("engagement_missing_in_sd", "", month(-20)),
    ),
    "sd_empty_answer": _employment(
        "Ravnsnæs Skole/0",
        "00141",
        "SD lists her, and answers nothing about her employment: a fault of SD, no deletion.",
        Expected("sd_empty_answer", "person", dated=False),
    ),
    "active_missing": _employment(
        "engagement-mail",
        "00601",
        "Starts two months earlier in SD.",
        _found("active_missing", "active", month(-62), month(-60), "shifted_start"),
    ),
    "active_extra": _employment(
        "misbrug-old",
        "00311",
        "Resigned last month, and MO lets the engagement go on.",
        _found("active_extra", "active", month(-1)),
    ),
    "off_by_one": _employment(
        "ended-yesterday",
        "00621",
        "Ended one day earlier in SD.",
        _found("active_extra", "active", day(-1), day(0), "off_by_one", "shifted_end"),
    ),
    "future_not_loaded": _employment(
        "misbrug-new",
        "00321",
        "Resigns in two months, which MO does not know yet.",
        _found("active_extra", "active", month(2), None, "future_not_loaded"),
    ),
    "missing_profession": _employment(
        "kultur",
        "00071",
        "Has no profession for a month.",
        _found("gap_in_sd_attr", "job_function", month(-7), month(-6), "gap"),
    ),
    "wrong_unit": _employment(
        "borgerservice",
        "00361",
        "Moves to Jobcenter Nordby next month, which MO does not know yet.",
        _found("wrong_unit", "unit", month(1), None, "future_not_loaded"),
    ),
    "wrong_job_function": _employment(
        "museum",
        "00371",
        "Has had another job code in SD for a year.",
        _found("wrong_job_function", "job_function", month(-12)),
    ),
    "wrong_title": _employment(
        "title",
        "00761",
        "Has a title without oddities in SD.",
        _found("wrong_title", "title", month(-60)),
    ),
    "wrong_engagement_type": _employment(
        "tutor",
        "00221",
        "Has been paid by the hour in SD for four months.",
        _found("wrong_engagement_type", "engagement_type", month(-4)),
    ),
    "wrong_fraction": _employment(
        "tudsen-deputy",
        "00231",
        "Went down to 0.8649 in SD half a year ago.",
        _found("wrong_fraction", "fraction", month(-6)),
    ),
    "dst_sundays": _employment(
        "Æblehaveskolen/0",
        "00121",
        "Was on leave from one change of the clocks to the next, of which MO knows nothing.",
        _found("wrong_leave", "leave", When(clocks=3), When(clocks=10)),
    ),
    "wrong_name": _employment(
        "Åvangskolen/1",
        "00181",
        "Is spelled with a V in SD.",
        Expected("wrong_name", "person", "name", dated=False),
    ),
}
_UNITS: Final = {
    "changing_parents": _unit(
        "Servicedesk",
        "Has lain under Data og Integration in SD for eight months.",
        _unit_found("wrong_parent", "parent", month(-8)),
    ),
    "overlapping_parents": _unit(
        "Energi og Indeklima",
        "Has two parents for a month.",
        _unit_found("overlap_in_sd", "parent", month(-14), month(-13), "overlap"),
    ),
    "unit_renamed_and_recoded": _unit(
        "Parkering",
        "Got another name and code in SD five months ago.",
        _unit_found("wrong_name", "name", month(-5)),
        _unit_found("wrong_unit_code", "unit_code", month(-5)),
    ),
    "unit_shorter_than_engagement": SdCase(
        "Worked three months in a department that MO lets begin after them.",
        "NK",
        ("00341",),
        uid("persons", "born-raad"),
        unit_uuid("Valgsekretariatet"),
        (
            _unit_found("unit_shorter_than_engagement", "active", month(-6), month(-3), "shifted_start"),
            _found("wrong_unit", "unit", month(-6), month(-3)),
        ),
        unit_name="Valgsekretariatet",
    ),
    "wrong_level": _unit(
        "Rengøring",
        "Has had another level in SD for nine months.",
        _unit_found("wrong_level", "level", month(-9)),
    ),
    "unit_missing": SdCase(
        "A department that MO does not have.",
        unit=UNIT_OF_SD,
        findings=(_unit_found("unit_missing", "", month(-11)),),
        unit_name="Lønteam Midt",
    ),
    "unit_extra": _unit(
        "Klimasekretariatet",
        "A unit that begins in three months, and that SD does not have.",
        _unit_found("unit_extra", "", month(3), None, "future_only_in_mo"),
    ),
    "wrong_address": _unit(
        "Ungeindsatsen",
        "Has had another telephone in SD for two months.",
        _unit_found("wrong_address", "phone", month(-2)),
    ),
}
_NEEDING_MO: Final = {
    "duplicate_in_mo": _employment(
        "oekonomi",
        "00331",
        "MO has two engagements with the number.",
        Expected("duplicate_in_mo", dated=False),
        needs_mo=True,
    ),
    "key_format": _employment(
        "vagt",
        "04812",
        "MO has the number without its zero.",
        Expected("key_format", dated=False),
        needs_mo=True,
    ),
    "unit_is_unknown": _employment(
        "Æblehaveskolen/1",
        "04813",
        "MO has put the engagement in the unit for what can not be placed.",
        _found("unit_is_unknown", "unit", month(-15)),
        needs_mo=True,
    ),
    "job_function_unknown": _employment(
        "Ravnsnæs Skole/1",
        "04814",
        "Has a job code that no class of MO has.",
        _found("job_function_unknown", "job_function", month(-15)),
        needs_mo=True,
    ),
    "manual_mo_edit": _employment(
        "leap-day",
        "00431",
        "Somebody gave her a title in MO by hand.",
        _found("wrong_title", "title", month(-9), None, "manual_mo_edit"),
        needs_mo=True,
    ),
    "overlap_in_mo": _unit(
        "Sygeplejen",
        "MO has had two telephones of one kind for seven months.",
        _unit_found("overlap_in_mo", "phone", month(-7), None, "overlap"),
        needs_mo=True,
    ),
}

SD_PLANTED: Final[dict[str, SdCase]] = {**_AGREEING, **_EMPLOYMENTS, **_UNITS, **_NEEDING_MO}
"""Every planted case by name; the numbers and UUIDs are the same in every municipality."""

LONG_AGO: Final = When(fixed=date(1929, 10, 1))
