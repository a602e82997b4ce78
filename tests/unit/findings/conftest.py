"""A small comparison of SD with MO, as findings."""

from __future__ import annotations

from datetime import date

import pytest

from motoolkit.findings import Finding, Findings, Kind, Severity, Subject
from motoolkit.model import MISSING, Validity

UNIT = Kind(
    "wrong_unit",
    Severity.ERROR,
    "Wrong unit",
    "The engagement is in another unit than SD says.",
    "Synchronise the employment again.",
)
EXTRA = Kind("active_extra", Severity.CRITICAL, "Active in MO only", "MO goes on where SD has ended.")
TITLE = Kind("wrong_title", Severity.INFO, "Wrong title", "Titles differ.", "Nothing, mostly.")
KINDS = (UNIT, EXTRA, TITLE)
KAJ = Subject("employment", "NS-04711/250284-xxxx", "Kaj Kajsen", unit="Nordby Skole")
BO = Subject("employment", "NS-00012/010160-xxxx", "Bo Bo", uuid="b0b0b0b0-0000-4000-8000-000000000000")
TODAY = date(2026, 11, 23)
UNIT_FINDING = Finding(
    UNIT,
    KAJ,
    "unit",
    Validity(date(2026, 3, 1), date(2026, 4, 1)),
    source="Nordby Skole",
    mo="Vig Skole",
    tense="past",
    patterns=("shifted_start",),
    cause="Dates are one month off",
    facts={"days": "31"},
)
EXTRA_FINDING = Finding(
    EXTRA, BO, validity=Validity(date(2027, 3, 1)), source=MISSING, mo=True, tense="future"
)
TITLE_FINDING = Finding(
    TITLE, KAJ, "title", Validity(None, None), source=None, mo="Lærer", tense="current", undecided=True
)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Say it in English; the kinds of this comparison have no Danish texts."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


@pytest.fixture
def make():
    """Return what makes findings of the comparison."""

    def found(*items, as_of=TODAY, scope="NS"):
        return Findings(
            "sd",
            "SD og MO",
            items,
            kinds=KINDS,
            as_of=as_of,
            scope=scope,
            source=[("SD-Løn", "NS"), ("OS2mo", "https://mo.nordby.example")],
            counts={"Ansættelser": 400, "Udeladt": 3},
            parameters=[("Person", "250284-1234"), ("Mapping", "sdlon")],
        )

    return found


@pytest.fixture
def three(make):
    """Return one finding of each kind."""
    return make(UNIT_FINDING, EXTRA_FINDING, TITLE_FINDING)
