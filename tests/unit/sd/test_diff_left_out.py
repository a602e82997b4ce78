"""Whom a comparison did not look at: what was found about them before is not gone."""

from __future__ import annotations

from datetime import date

import pytest
from sd_sides import CPR, OTHER_CPR, A, Writer

from motoolkit.sd import Mapping
from motoolkit.sd.diff import compare

AS_OF = date(2026, 11, 23)
MAPPING = Mapping.read("sdtool-plus-municipality", prefix=True)
TWIN = "2502849880"
"""Born on the same day."""
Y20, Y22 = "2020-01-01", "2022-01-01"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Read texts as they are written here."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def run(sd, mo, **options):
    """Compare two sides."""
    return compare(sd.side(), mo.side(), MAPPING, as_of=AS_OF, **options)


def resigned(*cprs, in_mo=False, end=Y22):
    """Persons whose first number has ended; in MO it goes on."""
    writer = Writer(in_mo=in_mo)
    for at, cpr in enumerate(cprs):
        writer.person(cpr).employment(
            f"0471{at}", cpr=cpr, active=[(Y20, None if in_mo else end)], label="Nora"
        )
    return writer


def codes(findings):
    """Return kinds and whom they are about."""
    return sorted((one.kind.code, one.subject.key) for one in findings)


class TestSilent:
    """SD gave no timeline."""

    @pytest.fixture
    def before(self):
        """Two persons of one birthday resigned; the first has a number that MO lacks, too."""
        sd, mo = resigned(CPR, TWIN), resigned(CPR, TWIN, in_mo=True)
        sd.employment("09999", cpr=CPR, active=[(Y20, None)])
        found = run(sd, mo)
        assert codes(found) == [
            ("active_extra", "NS-04710/250284-xxxx"),
            ("active_extra", "NS-04711/250284-xxxx"),
            ("engagement_missing_in_mo", "NS-09999/250284-xxxx"),
        ]
        return found

    def test_nothing_about_them_is_gone(self, before):
        """Trap: neither what both have, nor the number that only SD told of; and nothing of others stays."""
        sd = Writer().person().person(TWIN).employment("04711", cpr=TWIN, active=[(Y20, None)])
        now = run(sd, resigned(CPR, TWIN, in_mo=True), unanswered={CPR: "empty"}).compared(before)
        assert codes(now) == [("sd_empty_answer", "250284-xxxx/p-250284")]
        assert codes(now.unseen) == [
            ("active_extra", "NS-04710/250284-xxxx"),
            ("engagement_missing_in_mo", "NS-09999/250284-xxxx"),
        ]
        assert codes(now.gone) == [("active_extra", "NS-04711/250284-xxxx")]

    def test_who_may_not_belong_to_it_is_left_out_but_not_told(self, before):
        """In the run of a unit: it is SD's timeline that tells who was there."""
        now = run(Writer(), Writer(in_mo=True), unheard={CPR}).compared(before)
        assert (len(now), len(now.gone), len(now.unseen)) == (0, 0, 3)

    def test_another_institution_answered(self):
        """What it tells of was looked at."""
        sd, mo = resigned(CPR), resigned(CPR, in_mo=True)
        before = run(sd, mo)
        now = run(resigned(CPR, end=None), mo, unanswered={CPR: "empty"}).compared(before)
        assert codes(now.gone) == [("active_extra", "NS-04710/250284-xxxx")]
        assert now.unseen == ()

    def test_who_is_missing_in_mo_stays_so(self):
        """SD names the person, and tells of no employment."""
        sd = resigned(CPR)
        before = run(sd, Writer(in_mo=True))
        assert codes(before) == [("person_missing_in_mo", "250284-xxxx/NS-04710")]
        now = run(Writer().person(), Writer(in_mo=True), unanswered={CPR: "empty"}).compared(before)
        assert codes(now.unseen) == codes(before)

    def test_once_answered_all_is_as_ever(self, before):
        """It is gone when it was looked at."""
        silent = run(Writer(), resigned(CPR, TWIN, in_mo=True), unanswered={CPR: "empty", TWIN: "empty"})
        middle = silent.compared(before)
        assert (len(middle.gone), len(middle.unseen)) == (0, 3)
        after = run(resigned(CPR, TWIN, end=None), resigned(CPR, TWIN, in_mo=True)).compared(middle)
        assert codes(after.gone) == sorted([*codes(before), *codes(middle)])
        assert after.unseen == ()


class TestBlocked:
    """A side has no certain subject."""

    @pytest.mark.parametrize(
        "kind", ["duplicate_in_mo", "ignored_by_rule"], ids=["duplicate", "left out by a rule"]
    )
    def test_what_is_not_compared_is_not_gone(self, kind):
        """The finding of the subject that was, is."""
        sd, mo = resigned(CPR, OTHER_CPR), resigned(CPR, OTHER_CPR, in_mo=True)
        before = run(sd, mo)
        now = run(sd, mo.odd(kind), unanswered=()).compared(before)
        assert codes(now.unseen) == [("active_extra", "NS-04711/130376-xxxx")]
        assert [one.seen for one in now if one.kind.code == "active_extra"] == ["still"]
        assert now.gone == ()

    def test_what_neither_side_has_any_more_is_gone(self):
        """Both were asked."""
        sd, mo = Writer().unit(A, "Vig", active=[(Y20, None)]), Writer(in_mo=True)
        assert codes(run(Writer(), mo).compared(run(sd, mo)).gone) == [("unit_missing", A)]


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("not_found", "SD denied to know whom it had just named."),
        ("empty", "SD's answer was empty."),
        ("unreadable", "SD's answer could not be read, or was an error."),
        ("empty not_found", "SD's answer was empty. SD denied to know whom it had just named."),
    ],
)
def test_why_there_is_no_timeline_is_told(why, sentence):
    """Trap: the three are one kind, and mean very different things."""
    (finding,) = run(Writer(), Writer(in_mo=True).person(), unanswered={CPR: why})
    assert (finding.kind.code, finding.detail) == ("sd_empty_answer", sentence)
    assert (finding.facts["why"], finding.undecided) == (why, True)
