"""One person with one number in two institutions of SD, where MO's numbers tell the institution or do not."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from sd_sides import CPR, A, B, Writer
from unit.sd.said import CPR as HIS
from unit.sd.said import EMPLOYED, FULL, employments, odd

from motoolkit.findings import Severity
from motoolkit.sd import Mapping
from motoolkit.sd._keys import pairs, pairs_in_sd
from motoolkit.sd._person import employments as employments_of
from motoolkit.sd.diff import compare
from motoolkit.sd.mo import select_units
from motoolkit.sd.timelines import employment_side

AS_OF = date(2026, 11, 23)
Y20, Y22, Y24 = "2020-01-01", "2022-01-01", "2024-01-01"
PLAIN = Mapping.read("sdtool-plus-municipality")
PREFIXED = Mapping.read(PLAIN, prefix=True)
ALIVE = {"active": [(Y20, None)]}


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Read texts as they are written here."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def two_in_sd(**spans):
    """SD with the number in NS and in ZZ, in other units and with other titles."""
    sd = Writer().person().person(institution="ZZ")
    for institution, unit, title in (("NS", A, "Lærer"), ("ZZ", B, "Pedel")):
        own = {**ALIVE, "unit": [(Y20, None, unit)], "title": [(Y20, None, title)], **spans}
        sd.employment(institution=institution, pair=f"{CPR}/{institution}-4711", **own)
    return sd


def in_mo(*written, **spans):
    """MO with engagements of the person, by what stands in their user_key."""
    mo = Writer(in_mo=True).person()
    for at, key in enumerate(written):
        institution = key[:2] if "-" in key else ""
        number = key.rpartition("-")[2]
        pair = f"{CPR}/{institution}-{number.lstrip('0')}".replace("/-", "/")
        mo._add("employment", pair, institution, key, CPR, "Nora Prøvesen", f"e{at}", "p-250284")
        mo._spans({**ALIVE, "unit": [(Y20, None, A)], "title": [(Y20, None, "Lærer")], **spans})
    return mo


def found(sd, mo, mapping=PLAIN):
    """Compare, and return the findings."""
    return list(compare(sd.side(), mo.side(), mapping, as_of=AS_OF))


class TestKeys:
    """What employments are joined on."""

    @pytest.mark.parametrize("times", [1, 100], ids=["a person", "many"])
    def test_a_number_of_several_institutions_has_its_institution(self, times):
        """Though the mapping writes none; one of a single institution has none, however often it is told."""
        rows = [("NS", CPR, "04711"), ("ZZ", CPR, "4711"), ("NS", CPR, "04712"), ("NS", CPR, "4712")] * times
        institution, cpr, number = (pd.Series(column) for column in zip(*rows, strict=True))
        plain = pairs_in_sd(cpr, institution, number, PLAIN)
        assert list(plain[:4]) == [f"{CPR}/NS-4711", f"{CPR}/ZZ-4711", f"{CPR}/4712", f"{CPR}/4712"]
        whole = pairs_in_sd(cpr, institution, number, PREFIXED)
        assert list(whole) == list(pairs(cpr, institution, number))
        assert whole[2] == f"{CPR}/NS-4712"

    def test_two_institutions_are_no_overlap(self):
        """Trap: one subject of two institutions contradicts itself on every day."""
        other = [(field, "9999" if field == "job_position" else value, *days) for field, value, *days in FULL]
        who = (("NS", HIS, "04711"), ("ZZ", HIS, "04711"))
        side = employment_side(employments([*FULL, *EMPLOYED], [*other, *EMPLOYED], who=who), PLAIN).check()
        assert list(side.subjects["institution"]) == ["NS", "ZZ"]
        assert odd(side, kind="overlap_in_sd") == []

    def test_one_institution_that_tells_a_number_twice_is_one_subject(self):
        """It is SD that contradicts itself then."""
        other = [(field, "9999" if field == "job_position" else value, *days) for field, value, *days in FULL]
        who = (("NS", HIS, "04711"), ("NS", HIS, "04711"))
        side = employment_side(employments([*FULL, *EMPLOYED], [*other, *EMPLOYED], who=who), PLAIN).check()
        assert len(side.subjects) == 1
        assert [told[1] for told in odd(side, kind="overlap_in_sd")] == ["job_function"]


class TestAmbiguous:
    """Two of SD's that compete for one of MO's."""

    def test_it_is_told_once_with_both_institutions(self):
        """Undecided; nothing is compared, and nothing is missing."""
        (finding,) = found(two_in_sd(), in_mo("04711"))
        assert (finding.kind.code, finding.subject.key) == ("key_ambiguous", "04711/250284-xxxx")
        assert (finding.source, finding.mo) == (("NS-04711", "ZZ-04711"), "04711")
        assert (finding.undecided, finding.severity, finding.validity) == (True, Severity.WARNING, None)

    def test_two_in_mo_are_no_duplicate(self):
        """Trap: one would be terminated, though each institution may have its own; nor do they overlap."""
        mo = in_mo("04711").odd("duplicate_in_mo", value="e0, e1").odd("overlap_in_mo", "unit", Y20, None, A)
        assert [one.kind.code for one in found(two_in_sd(), mo)] == ["key_ambiguous"]

    def test_what_mo_lacks_is_missing(self):
        """Both of them."""
        codes = [one.kind.code for one in found(two_in_sd(), in_mo())]
        assert codes == ["engagement_missing_in_mo"] * 2

    def test_where_mo_tells_the_institution_they_are_joined_by_it(self):
        """Though the mapping has no prefix: each is compared with its own."""
        told = found(two_in_sd(), in_mo("NS-04711", "ZZ-04711"))
        assert sorted((one.kind.code, one.subject.key[:8], one.source) for one in told) == [
            ("key_format", "NS-04711", "04711"),
            ("key_format", "ZZ-04711", "04711"),
            ("wrong_title", "ZZ-04711", "Pedel"),
            ("wrong_unit", "ZZ-04711", B),
        ]

    def test_where_mo_tells_it_of_one_the_other_is_the_rest(self):
        """A number without an institution fits the one that is left."""
        told = found(two_in_sd(), in_mo("04711", "ZZ-04711"))
        assert {(one.kind.code, one.subject.key[:2]) for one in told} == {
            ("key_format", "ZZ"),
            ("wrong_title", "ZZ"),
            ("wrong_unit", "ZZ"),
        }

    def test_another_institution_in_mo_is_another_engagement(self):
        """Both sides know it, so they are not joined."""
        sd = Writer().person().employment(pair=f"{CPR}/4711", **ALIVE)
        assert [one.kind.code for one in found(sd, in_mo("ZZ-04711"))] == [
            "engagement_missing_in_mo",
            "engagement_missing_in_sd",
        ]

    def test_one_institution_is_joined_without_it(self):
        """As nearly all are."""
        sd = Writer().person().employment(pair=f"{CPR}/4711", active=[(Y20, Y22)])
        sd._spans({"title": [(Y20, Y22, "Lærer")], "unit": [(Y20, Y22, A)]})
        (finding,) = found(sd, in_mo("04711"))
        assert (finding.kind.code, finding.subject.key) == ("active_extra", "NS-04711/250284-xxxx")

    def test_whom_a_rule_leaves_out_is_not_told(self):
        """Neither as ambiguous, nor as missing in MO, which has it."""
        sd, mo = two_in_sd(), in_mo("04711").odd("ignored_by_rule", detail="not_sd_type")
        assert found(sd, mo) == []

    def test_the_picture_has_all_three(self):
        """Nobody can say which belong together."""
        told = employments_of(two_in_sd().side(), in_mo("04711").side())
        assert [(one.called, len(one.sd), len(one.mo)) for one in told] == [
            ("04711", 0, 1),
            ("NS-04711", 1, 0),
            ("ZZ-04711", 1, 0),
        ]

    def test_a_unit_has_all_that_compete(self):
        """Trap: in the run of a unit MO's engagement would be missing in SD, which has it elsewhere."""
        sd, mo = select_units(two_in_sd().side(), in_mo("04711", unit=[(Y20, None, "C")]).side(), ["C"])
        assert list(sd.subjects["institution"][sd.subjects["sort"] == "employment"]) == ["NS", "ZZ"]
        assert [one.kind.code for one in compare(sd, mo, PLAIN, as_of=AS_OF)] == ["key_ambiguous"]

    def test_a_unit_has_what_is_written_otherwise_in_mo(self):
        """It is one employment, wherever SD has it."""
        sd = Writer().person().employment(unit=[(Y20, None, B)], **ALIVE)
        left, right = select_units(sd.side(), in_mo("4711").side(), [A])
        codes = [one.kind.code for one in compare(left, right, PREFIXED, as_of=AS_OF)]
        assert codes == ["wrong_unit", "key_format", "wrong_title"]
