"""How findings look on a notebook's page, in a terminal, and as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from motoolkit.findings import Acceptance, Finding, Subject
from motoolkit.model import MISSING, Validity


def words(html):
    """Return what a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def test_a_page_tells_counts_then_the_findings_by_root_cause(three):
    """Both values, the period with its last day, and how they differ."""
    page = words(three._repr_html_())
    assert page.startswith("SD og MO 23-11-2026 · NS Critical 1 Error 1 Information 1 Ansættelser: 400")
    assert "Critical Active in MO only 1 Error Wrong unit 1 Information Wrong title 1" in page
    assert (
        "Dates are one month off The engagement is in another unit than SD says. Synchronise the"
        " employment again. Severity Who or what Fact Period SD MO How Error Kaj Kajsen"
        " NS-04711/250284-xxxx Nordby Skole Unit 01-03-2026 – 31-03-2026 Nordby Skole Vig Skole"
        " past, starts on another day"
    ) in page


def test_a_page_works_without_network_and_script_and_in_the_dark(three):
    """JupyterLab's colours with fallbacks, nothing to be fetched."""
    page = three._repr_html_()
    assert not re.search(r"<script|<link|<img|https?://|@import|url\(", page)
    assert re.findall(r"var\(--jp-[a-z0-9-]+\)", page) == []


def test_no_value_and_an_empty_one_are_told_apart(three):
    """SD says nothing of the one, and has an empty title of the other."""
    page = words(three._repr_html_())
    assert "from 01-03-2027 – Yes future" in page
    assert "Title always (empty) Lærer current, undecided" in page


def test_a_clean_run_says_so(make):
    """With how many were looked at."""
    assert words(make()._repr_html_()) == (
        "SD og MO 23-11-2026 · NS ✓ Nothing was found. Ansættelser: 400 · Udeladt: 3"
    )
    assert str(make()) == "SD og MO, 23-11-2026, NS: Nothing was found."


def test_a_page_is_short_whatever_was_found(make, three):
    """The first of each group, and of the groups the gravest; the rest is counted."""
    many = [
        replace(three[1], subject=Subject("employment", f"{group}/{number}", ""), cause=f"Cause {group:02}")
        for group in range(15)
        for number in range(10)
    ]
    page = make(*many)._repr_html_()
    assert words(page).count("… and 5 more") == 10
    assert "… and 50 more in 5 groups; frame() has all." in words(page)
    assert len(page) < 150_000


def test_what_becomes_of_findings_is_shown(make, three):
    """New ones, accepted ones with their reason, and how many are gone."""
    before = make(three[0], three[2], as_of=date(2026, 11, 20))
    accepted = replace(three[2], accepted=Acceptance("Aftalt", date(2027, 1, 1), "KK"))
    page = words(make(three[1], accepted).compared(before)._repr_html_())
    assert "Since 20-11-2026: 1 new, 1 still there, 1 gone · 1 accepted, 1 undecided" in page
    assert "new · past, starts on another day" in page
    assert "Accepted until 01-01-2027: Aftalt (KK)" in page


@pytest.mark.parametrize("value", ["2502841234", "250284-1234", ["250284 1234"], "Kaj, 250284‑1234"])
def test_cpr_numbers_in_values_are_masked_wherever_they_are_shown(make, three, value):
    """Whatever a system holds in its free texts."""
    found = make(replace(three[1], source=value, mo=value))
    for text in (found._repr_html_(), str(found), found.to_json(), found.frame().to_csv()):
        assert "250284-xxxx" in text
        assert not re.search(r"1234(?![0-9])", text)


def test_markup_in_names_is_text(make, three):
    """A name is no HTML."""
    subject = Subject("person", "x", "<b>Bo</b>")
    page = make(replace(three[1], subject=subject, source="<i>", detail="<u>"))._repr_html_()
    assert "&lt;b&gt;Bo" in page
    assert not re.search(r"<i>|<u>", page)


def test_fractions_are_percent_of_full_time(make, three):
    """MO has them in millionths."""
    found = make(Finding(three[1].kind, three[1].subject, "fraction", source=864900, mo=1000000))
    assert found.frame().loc[0, ["source", "mo"]].tolist() == ["86,49 %", "100 %"]


def test_plain_text_has_a_line_a_finding(three):
    """For terminals and logs."""
    lines = three.text(width=140).splitlines()
    assert lines[:6] == [
        "SD og MO, 23-11-2026, NS: Critical: 1, Error: 1, Information: 1",
        "1 undecided",
        "",
        "  Critical     1  Active in MO only",
        "  Error        1  Wrong unit",
        "  Information  1  Wrong title",
    ]
    assert [re.split(r"  +", line.strip()) for line in lines[7:]] == [
        ["Critical", "Bo Bo NS-00012/010160-xxxx", "from 01-03-2027", "Active in MO only"],
        [
            *("Error", "Kaj Kajsen NS-04711/250284-xxxx", "01-03-2026 – 31-03-2026"),
            "Wrong unit: Nordby Skole → Vig Skole, starts on another day",
        ],
        [
            *("Information", "Kaj Kajsen NS-04711/250284-xxxx", "always"),
            "Wrong title: (empty) → Lærer, undecided",
        ],
    ]


def test_plain_text_fits_its_width(make, three):
    """One long value widens nothing; UUIDs are told by their beginnings, and of who it is the key stays."""
    long = "Center for Koordination af Indkøb og Logistik"
    uuids = "0dbf362c-061d-581b-abba-97d7331aebd5, b63abc93-d1a8-537b-9ba9-75b2ee7a13b2"
    named = Subject("person", "040862-xxxx/57bbec99-cb90-5f50-8c2b-2b916002c4d0", f"{long} Enevoldsen")
    found = make(
        three[0], replace(three[1], source=long, mo=long, subject=named), replace(three[2], mo=uuids)
    )
    assert str(found).splitlines()[-3:] == [
        "  Critical     Bo Bo NS-00012/010160-xxxx            from 01-03-2027          Active in MO only",
        (
            "  Error        Center for Ko… 040862-xxxx/57bbec99…  01-03-2026 – 31-03-2026"
            "  Wrong unit: Center for Koordination af In…"
        ),
        (
            "  Information  Kaj Kajsen NS-04711/250284-xxxx       always                 "
            "  Wrong title: (empty) → 0dbf362c…, b63abc9…"
        ),
    ]
    assert max(map(len, str(found).splitlines())) <= 120
    assert max(map(len, found.text(width=200).splitlines())) > 150
    assert len(found.text(rows=None).splitlines()) == len(found.text(rows=1).splitlines()) + 1


def test_a_fact_is_named_where_the_kind_does_not_name_it(make, three):
    """And values where they tell something."""
    overlap = replace(three[1], attribute="parent", source=MISSING, mo=MISSING, patterns=("overlap",))
    lines = str(make(overlap)).splitlines()
    assert lines[-1].endswith("Wrong unit (Parent unit), overlap")


def test_json_is_for_programs(three):
    """Half-open ISO periods, codes instead of words, null for no value."""
    told = json.loads(three.to_json())
    assert (told["version"], told["audit"], told["as_of"]) == (1, "sd", "2026-11-23")
    assert told["severities"] == {"critical": 1, "error": 1, "warning": 0, "info": 1}
    assert told["parameters"][0] == {"label": "Person", "value": "250284-xxxx"}
    assert [(kind["code"], kind["found"]) for kind in told["kinds"]] == [
        ("wrong_unit", 1),
        ("active_extra", 1),
        ("wrong_title", 1),
    ]
    assert told["findings"][1] == {
        "key": "dde89285024eab8d",
        "kind": "wrong_unit",
        "severity": "error",
        "subject": {
            "sort": "employment",
            "key": "NS-04711/250284-xxxx",
            "label": "Kaj Kajsen",
            "uuid": "",
            "unit": "Nordby Skole",
        },
        "attribute": "unit",
        "period": {"start": "2026-03-01", "end": "2026-04-01"},
        "source": "Nordby Skole",
        "mo": "Vig Skole",
        "tense": "past",
        "patterns": ["shifted_start"],
        "undecided": False,
        "detail": "",
        "cause": "Dates are one month off",
        "facts": {"days": "31"},
        "remedy": "Synchronise the employment again.",
        "seen": "",
        "first_seen": None,
        "accepted": None,
    }
    assert [(f["source"], f["mo"], f["period"]) for f in told["findings"][::2]] == [
        (None, "true", {"start": "2027-03-01", "end": None}),
        ("", "Lærer", {"start": None, "end": None}),
    ]


def test_a_finding_without_a_period_has_none(make, three):
    """Two objects for one number are so whenever."""
    found = make(Finding(three[0].kind, three[0].subject, source=MISSING, mo=MISSING))
    assert json.loads(found.to_json())["findings"][0]["period"] is None
    assert found.frame()["start"].isna().all()
    assert Validity() != found[0].validity
