"""What the readers of both sides remark in one word, as a sentence."""

from __future__ import annotations

from typing import Final

from motoolkit.language import N_, tr

NO_NUMBER: Final = "no_number"
NOT_THERE: Final = "unit_not_there"

_DETAILS: Final = {
    "fictive_cpr": N_("The CPR number ends in 0000: a fictive person."),
    "no_date_cpr": N_("The CPR number holds no date of birth."),
    "no_cpr": N_("The person has no CPR number in MO."),
    "several_persons": N_("Several persons in MO have the CPR number."),
    "not_sd_type": N_("The engagement's type is none of SD's."),
    "mixed_types": N_("The engagement's type is none of SD's in the period."),
    NO_NUMBER: N_("The engagement has no number."),
    "uuid_number": N_("The engagement's user_key is a UUID, not a number."),
    "foreign_number": N_("The engagement's user_key is no number of SD's."),
    "clamp": N_("It is before the first day that is compared."),
    NOT_THERE: N_("MO does not have the unit then, so the rule of placement gives the one for the unknown."),
    "unit_name": N_("The unit's name is one of those to leave out."),
    "dar_address": N_("MO keeps the address as a reference; what it says is not compared."),
    "parents": N_("SD's history of parents has a hole, or several parents at a time."),
    "profession": N_("The profession is missing."),
    "department": N_("The department is missing."),
    "working_time": N_("The working time is missing."),
    "unknown_status": N_("The status code is unknown."),
    "reversed": N_("A section ends before it begins."),
    "unreadable": N_("A value can not be read."),
    "negative": N_("The occupation rate is negative."),
    "above_one": N_("The occupation rate is above full time, which MO refuses."),
    "outside_engagement": N_("The leave is outside of its engagement."),
    "association": N_("The association's number does not tell which of the engagements it belongs to."),
}
_EMPTY: Final = "sd_empty_answer"
_ANSWERS: Final = {
    "not_found": N_("SD denied to know whom it had just named."),
    "empty": N_("SD's answer was empty."),
    "unreadable": N_("SD's answer could not be read, or was an error."),
}
"""Why there is no timeline, in the words of ``Population.silent``; several where institutions differ."""


def sentence(detail: str, kind: str = "") -> str:
    """Return the sentence for a remark; what is no known word is one already."""
    if kind == _EMPTY:
        return " ".join(tr(_ANSWERS.get(word, word)) for word in detail.split())
    return tr(_DETAILS.get(detail, detail))


def code(detail: str, kind: str = "") -> str:
    """Return the word itself, for programs, or nothing when it is none."""
    known = kind == _EMPTY or detail in _DETAILS
    return detail if known else ""
