"""One person's picture: which lanes there are, what is shaded, what is told."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from sd_sides import CPR, A, B, Writer

from motoolkit.drawing import Bar
from motoolkit.model import Validity
from motoolkit.sd import Mapping, SdAudit
from motoolkit.sd.diff import compare
from motoolkit.sd.picture import PersonPicture

TODAY = date(2026, 11, 23)
MAPPING = Mapping(name="test", prefix=True, title="extension_1", unit_code="extension_4", units=False)
NAMES = {A: "Vig Skole", B: "Jobcenter", "1003": "Centerchef"}
SINCE = ("2024-01-01", None)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Read the texts as they stand in the code."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def picture(sd, mo, **options):
    """Compare two sides and return the picture of the person."""
    sd, mo = sd.side(), mo.side()
    findings = compare(sd, mo, MAPPING, as_of=TODAY, names=NAMES)
    return PersonPicture(sd, mo, findings, names=NAMES, **options)


def moved(*, in_mo):
    """Return a side with somebody who moves in December; MO does not know."""
    units = [(*SINCE, A)] if in_mo else [("2024-01-01", "2026-12-01", A), ("2026-12-01", None, B)]
    writer = Writer(in_mo=in_mo).person()
    spans = {"unit": units, "job_function": [(*SINCE, "1003")], "fraction": [(*SINCE, 864900)]}
    return writer.employment(active=[SINCE], **spans)


def labels(html):
    """Return what is written in the drawings, in order."""
    return re.findall(r"<text [^>]*>([^<]*)</text>", unquote(html))


def titles(html):
    """Return what the mouse is told, in order."""
    return re.findall(r'<div title="([^"]*)"', html)


def test_each_attribute_is_a_pair_of_lanes_under_its_name():
    """In one order, whatever the sides hold; attributes that neither has are left out."""
    written = labels(picture(moved(in_mo=False), moved(in_mo=True))._repr_html_())
    groups = [text for text in written if text in {"Employed", "Unit", "Job function", "Title", "Fraction"}]
    assert groups == ["Employed", "Unit", "Job function", "Fraction"]
    assert written.count("SD") == written.count("MO") == 4


def test_values_are_words_not_keys():
    """Names of units and jobs, percent, masked CPR numbers."""
    html = picture(moved(in_mo=False), moved(in_mo=True))._repr_html_()
    told = titles(html)
    assert "Unit, SD: Vig Skole, 01-01-2024 – 30-11-2026" in told
    assert "Job function, MO: 1003 Centerchef, from 01-01-2024" in told
    assert "Fraction, SD: 86,49 %, from 01-01-2024" in told
    assert CPR not in unquote(html)
    assert "250284-xxxx" in html
    assert A not in unquote(html)


def test_what_differs_is_shaded_and_told():
    """Where it differs, and in a list below."""
    shown = picture(moved(in_mo=False), moved(in_mo=True))
    told = "Wrong unit: SD Jobcenter, MO Vig Skole, from 01-12-2026, future, not loaded yet"
    assert titles(shown._repr_html_())[0] == told
    assert repr(shown).splitlines() == ["Nora Prøvesen", "  NS-04711", f"    {told}"]


def test_agreement_is_said():
    """In the picture and in a terminal."""
    sides = [Writer(in_mo=in_mo).person().employment(active=[SINCE]) for in_mo in (False, True)]
    shown = picture(*sides)
    assert "SD and MO agree." in shown._repr_html_()
    assert repr(shown).splitlines()[-1] == "    SD and MO agree."


def test_statuses_of_sd_stand_above_the_rest():
    """The raw code, with its word."""
    key = f"{CPR}/NS-4711"
    bars = {key: [Bar(Validity(date(2024, 1, 1)), "1 on the payroll")]}
    html = picture(moved(in_mo=False), moved(in_mo=True), statuses=bars)._repr_html_()
    # The marked day is written last, above.
    assert labels(html).index("Status") < labels(html).index("Employed")
    assert "Status, SD: 1 on the payroll, from 01-01-2024" in titles(html)


def test_what_the_finding_speaks_for_is_shaded_too():
    """A job that differs with its title is one finding and two shades."""
    sides = [
        Writer(in_mo=in_mo)
        .person()
        .employment(active=[SINCE], job_function=[(*SINCE, job)], title=[(*SINCE, title)])
        for in_mo, job, title in ((False, "1003", "Chef"), (True, "2005", "Konsulent"))
    ]
    html = picture(*sides)._repr_html_()
    assert sum(title.startswith("Wrong job function") for title in titles(html)) == 2


def test_a_person_who_is_missing_is_told_of_the_person_and_shaded():
    """The finding is the person's, not the employment's."""
    shown = picture(moved(in_mo=False), Writer(in_mo=True))
    assert repr(shown).splitlines()[1].startswith("  Person missing in MO, from 01-01-2024")
    assert sum("Person missing in MO" in title for title in titles(shown._repr_html_())) == 1


def test_a_number_that_is_written_otherwise_in_mo_is_one_employment():
    """Trap: the two have different pairs."""
    ours = Writer().person().employment(active=[SINCE])
    theirs = Writer(in_mo=True).person().employment(active=[SINCE], institution="", pair=f"{CPR}/4711")
    shown = picture(ours, theirs)
    assert repr(shown).count("NS-04711") == 1
    assert "Number written differently" in repr(shown)


def test_findings_about_somebody_else_with_the_number_are_not_told():
    """Trap: a number is given to another person once it is deleted."""
    sd, mo = moved(in_mo=False), moved(in_mo=True)
    other = "1303769995"
    for writer, unit in ((sd, A), (mo, B)):
        writer.person(other, "Ole Anden").employment(cpr=other, active=[SINCE], unit=[(*SINCE, unit)])
    sides = sd.side(), mo.side()
    findings = compare(*sides, MAPPING, as_of=TODAY, names=NAMES)
    hers = [side.only(side.subjects["cpr"] == CPR) for side in sides]
    lines = repr(PersonPicture(*hers, findings, names=NAMES)).splitlines()
    assert sum("Wrong unit" in line for line in lines) == 1


def test_a_person_without_employments_says_so():
    """Rather than an empty frame."""
    assert "Neither SD nor MO knows" in picture(Writer().person(), Writer(in_mo=True).person())._repr_html_()


def test_a_title_that_looks_like_a_job_code_is_no_name():
    """Trap: names are looked up by user_key, and a title is free text."""
    sides = [
        Writer(in_mo=in_mo).person().employment(active=[SINCE], title=[(*SINCE, "1003")])
        for in_mo in (False, True)
    ]
    assert "Title, SD: 1003, from 01-01-2024" in titles(picture(*sides)._repr_html_())


def test_a_unit_that_mo_lacks_is_told_by_the_name_of_sd():
    """Trap: MO's names are those of its own units."""
    sd = moved(in_mo=False).unit(B, "Lønteam Midt", active=[SINCE]).side()
    mo = moved(in_mo=True).side()
    findings = compare(sd, mo, MAPPING, as_of=TODAY, names={A: "Vig Skole"})
    read = SimpleNamespace(statuses=lambda _cpr, _mapping: {})
    found = SdAudit(findings, MAPPING, sd, mo, read, {A: "Vig Skole"})
    assert "Unit, SD: Lønteam Midt, from 01-12-2026" in titles(found.picture()._repr_html_())
