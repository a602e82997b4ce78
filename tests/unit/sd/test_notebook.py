"""What the notebooks about SD-Løn show: who is asked for, the worst, causes, counts, the two files."""

from __future__ import annotations

import json
import stat
from datetime import date
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from sd_sides import CPR, OTHER_CPR, A, B, Writer

from motoolkit.errors import InputError, ReportError
from motoolkit.findings import (
    AcceptList,
    Findings,
    KindsPicture,
    causes_shown,
    write_json,
    write_workbook,
)
from motoolkit.sd import PRESETS, Guess, Mapping
from motoolkit.sd.diff import compare
from motoolkit.sd.notebook import mapping_shown, no_cpr_numbers, worst

TODAY = date(2026, 11, 23)
MAPPING = Mapping(name="test", prefix=True, title="extension_1")
SINCE = ("2024-01-01", None)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Read the texts as they stand in the code."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


@pytest.fixture
def found():
    """Compare two persons: Nora has another title and fraction in MO, Ole is missing there."""
    sd, mo = Writer(), Writer(in_mo=True)
    for writer, title in ((sd, "Chef"), (mo, "Konsulent")):
        writer.person().employment(active=[SINCE], title=[(*SINCE, title)])
    sd.person(OTHER_CPR, "Ole Anden").employment("00815", cpr=OTHER_CPR, label="Ole Anden", active=[SINCE])
    sd.unit(B, "Jobcenter", active=[SINCE])
    sides = sd.side(), mo.side()
    findings = compare(*sides, MAPPING, as_of=TODAY, names={A: "Vig Skole"})
    return SimpleNamespace(findings=findings, sd=sides[0], mo=sides[1], picture=lambda cpr: cpr)


def nothing():
    """Return the findings of a comparison that found nothing."""
    return Findings("sd", "SD-Løn", [], kinds=[], as_of=TODAY)


@pytest.mark.parametrize("text", ["2502849996", "250284-9996", "250284 9996"])
def test_a_cpr_number_is_refused_and_masked(text):
    """Parameters are kept in the executed notebook."""
    with pytest.raises(InputError) as caught:
        no_cpr_numbers(["NS-04711", text])
    assert str(caught.value).startswith("A person is asked for by CPR number (250284-xxxx).")


def test_other_names_of_persons_are_taken():
    """MO's UUIDs, numbers and usernames."""
    assert no_cpr_numbers([A, "NS-04711", "karpro"]) == (A, "NS-04711", "karpro")


def test_the_worst_are_those_with_the_gravest_findings(found):
    """An error before a remark; also somebody whom only SD has."""
    assert worst(found, found.findings) == [OTHER_CPR, CPR]
    assert worst(found, found.findings, 1) == [OTHER_CPR]


def test_nobody_is_worst_for_what_is_accepted(found, tmp_path):
    """An accept list says that it does not count."""
    title = next(finding for finding in found.findings if finding.kind.code == "wrong_title")
    accepts = AcceptList(path=tmp_path / "accept.toml").add(title, reason="Aftalt", until=TODAY, who="KK")
    assert worst(found, accepts.apply(found.findings)) == [OTHER_CPR]


def test_causes_are_told_with_whom_they_are_about(found):
    """And that there are none, where there are none."""
    assert repr(causes_shown(found.findings)) == "MO has no unit Jobcenter.  1  Jobcenter"
    assert "comes from a cause" not in repr(causes_shown(nothing()))
    assert repr(causes_shown(nothing())).startswith("Nothing was found to come from a cause")


def test_a_guess_shows_what_speaks_for_it_and_what_is_in_doubt():
    """A mark before each sentence; a chosen mapping says that it was chosen."""
    guess = Guess(PRESETS["sdlon"], ("Numbers are filled up.",), ("There are no leaves.",))
    html = mapping_shown(guess)._repr_html_()
    assert (
        html.index("✓") < html.index("Numbers are filled up.") < html.index(">?<") < html.index("no leaves")
    )
    assert repr(mapping_shown(PRESETS["sdlon"])) == "sdlon: Chosen, not guessed."


def test_kinds_are_counted_in_an_image(found):
    """The gravest first, with the same in words."""
    shown = KindsPicture(found.findings)
    assert repr(shown).splitlines() == [
        "Person missing in MO: 1 Error",
        "Unit missing in MO: 1 Error",
        "Wrong title: 1 Information",
    ]
    assert "Unit missing in MO" in unquote(shown._repr_html_())
    assert KindsPicture(nothing())._repr_html_() == "<p>Nothing was found.</p>"


def test_both_files_are_for_their_owner_only(found, tmp_path):
    """A workbook for people, JSON for programs; a second run replaces them."""
    for _ in range(2):
        paths = [write(found.findings, tmp_path) for write in (write_workbook, write_json)]
    assert [path.name for path in paths] == ["sd_fund.xlsx", "sd_fund.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert len(json.loads(paths[1].read_text())["findings"]) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sd_fund.json", "sd_fund.xlsx"]


def test_a_folder_that_can_not_be_written_is_one_sentence(found, tmp_path):
    """Here the name of the JSON file is taken by a folder."""
    (tmp_path / "sd_fund.json").mkdir()
    with pytest.raises(ReportError, match=r"sd_fund\.json can not be written to"):
        write_json(found.findings, tmp_path)
