"""How the two sides differ: borders that are shifted, gaps, what is to come; and when."""

from __future__ import annotations

from datetime import date

import pytest
from sd_sides import A, B, Writer

from motoolkit.model import Validity
from motoolkit.sd.diff import compare
from motoolkit.sd.mapping import Mapping

AS_OF = date(2026, 11, 23)
MAPPING = Mapping.read("sdtool-plus-municipality", prefix=True)
ALL = [("2020-01-01", None)]


def _found(sd, mo, as_of=AS_OF, **options):
    sides = Writer().employment(**sd).side(), Writer(in_mo=True).employment(**mo).side()
    return list(compare(*sides, MAPPING, as_of=as_of, **options))


def _one(sd, mo, **options):
    (finding,) = _found(sd, mo, **options)
    return finding


def _title(*spans):
    return {"active": ALL, "title": list(spans)}


MOVED = _title(("2020-01-01", "2022-01-01", "A"), ("2022-01-01", None, "B"))


class TestShifts:
    """The same value on both sides, with another border."""

    @pytest.mark.parametrize(
        ("border", "days", "patterns", "value"),
        [
            ("2022-01-31", "30", ("shifted_start",), "B"),
            ("2021-12-02", "-30", ("shifted_start",), "B"),
            ("2022-01-02", "1", ("shifted_start", "off_by_one"), "B"),
            ("2021-12-31", "-1", ("shifted_start", "off_by_one"), "B"),
        ],
    )
    def test_border_between_two_values(self, border, days, patterns, value):
        """It is a start of the later value alone; days count from SD's to MO's."""
        mo = _title(("2020-01-01", border, "A"), (border, None, "B"))
        finding = _one(MOVED, mo)
        assert (finding.patterns, finding.facts["days"], finding.facts["value"]) == (patterns, days, value)

    @pytest.mark.parametrize(("end", "days"), [("2022-01-11", "10"), ("2021-12-22", "-10")])
    def test_end_after_which_there_is_nothing(self, end, days):
        """An end is told where no value begins."""
        finding = _one(_title(("2020-01-01", "2022-01-01", "A")), _title(("2020-01-01", end, "A")))
        assert (finding.patterns, finding.facts["days"]) == (("shifted_end",), days)

    def test_other_value_for_ever_is_no_shift(self):
        """MO never got the new value."""
        assert _one(MOVED, _title(("2020-01-01", None, "A"))).patterns == ()

    def test_old_value_until_the_resignation_is_no_shift(self):
        """That both end with the employment is no border of the value."""
        active = [("2020-01-01", "2025-01-01")]
        sd = {"active": active, "leave": [("2020-01-01", "2021-01-01")]}
        mo = {"active": active, "leave": [("2020-01-01", "2025-01-01")]}
        assert _one(sd, mo).patterns == ()

    def test_other_value_in_the_midst_is_no_shift(self):
        """Both borders are MO's alone."""
        mo = _title(
            ("2020-01-01", "2021-01-01", "A"), ("2021-01-01", "2021-06-01", "C"), ("2021-06-01", None, "A")
        )
        assert _one(_title(("2020-01-01", None, "A")), mo).patterns == ()

    @pytest.mark.parametrize(
        ("active", "kind", "pattern", "days"),
        [
            (("2020-02-01", None), "active_missing", "shifted_start", "31"),
            (("2019-12-01", None), "active_extra", "shifted_start", "-31"),
        ],
    )
    def test_start_of_the_employment(self, active, kind, pattern, days):
        """Existence has borders too."""
        finding = _one({"active": ALL}, {"active": [active]})
        assert (finding.kind.code, finding.patterns, finding.facts["days"]) == (kind, (pattern,), days)

    def test_end_that_the_other_side_leaves_open_is_no_shift(self):
        """There are no days to count."""
        finding = _one({"active": [("2020-01-01", "2024-01-01")]}, {"active": ALL})
        assert (finding.patterns, "days" in finding.facts) == ((), False)

    def test_one_day_employment_a_day_late(self):
        """It begins late and ends late: two findings, each a day off."""
        sd = {"active": [("2024-05-01", "2024-05-02")]}
        mo = {"active": [("2024-05-02", "2024-05-03")]}
        assert {one.kind.code: one.patterns for one in _found(sd, mo)} == {
            "active_missing": ("shifted_start", "off_by_one"),
            "active_extra": ("shifted_end", "off_by_one"),
        }

    def test_clocks_do_not_shift_borders(self):
        """Days on which the clocks change are days like others."""
        sd = _title(("2024-03-31", "2024-10-27", "A"))
        assert _found(sd, _title(("2024-03-31", "2024-10-27", "A"))) == []
        assert _one(sd, _title(("2024-03-31", "2024-10-28", "A"))).facts["days"] == "1"


class TestGaps:
    """One side has nothing in the midst of the very value of the other."""

    def test_gap_in_mo(self):
        """MO interrupts the engagement."""
        mo = {"active": [("2020-01-01", "2022-01-01"), ("2022-02-01", None)]}
        finding = _one({"active": ALL}, mo)
        assert (finding.kind.code, finding.patterns) == ("active_missing", ("gap",))
        assert (finding.facts["gap_in"], finding.facts["days"]) == ("mo", "31")

    def test_gap_of_a_day_in_mo_is_off_by_one(self):
        """Slices that end a day early leave such holes."""
        mo = {"active": [("2020-01-01", "2022-01-01"), ("2022-01-02", None)]}
        assert _one({"active": ALL}, mo).patterns == ("gap", "off_by_one")

    def test_resigned_and_hired_again_on_the_same_number(self):
        """Status 1, 8, 1: MO lacks the hole."""
        sd = {"active": [("2020-01-01", "2022-01-01"), ("2023-01-01", None)]}
        finding = _one(sd, {"active": ALL})
        assert (finding.kind.code, finding.patterns) == ("active_extra", ("gap",))
        assert finding.validity == Validity(date(2022, 1, 1), date(2023, 1, 1))

    def test_no_gap_beside_another_value(self):
        """The title is missing after another one."""
        sd = _title(("2020-01-01", "2021-01-01", "A"), ("2021-01-01", None, "B"))
        mo = _title(("2020-01-01", "2021-01-01", "A"), ("2022-01-01", None, "B"))
        assert _one(sd, mo).patterns == ("shifted_start",)


class TestFuture:
    """What is to come on one side only."""

    def test_new_hire(self):
        """SD has somebody who begins after the day of the run."""
        sides = (
            Writer().person().employment(active=[("2027-01-01", None)]).side(),
            Writer(in_mo=True).person().side(),
        )
        (finding,) = compare(*sides, MAPPING, as_of=AS_OF)
        assert (finding.kind.code, finding.patterns) == ("engagement_missing_in_mo", ("future_not_loaded",))
        assert finding.tense == "future"

    def test_move_to_come(self):
        """SD changes, MO does not."""
        sd = {"active": ALL, "unit": [("2020-01-01", "2027-01-01", A), ("2027-01-01", None, B)]}
        mo = {"active": ALL, "unit": [("2020-01-01", None, A)]}
        assert _one(sd, mo).patterns == ("future_not_loaded",)

    def test_change_in_mo_only(self):
        """SD took its change back, or MO was planned by hand."""
        sd = {"active": ALL, "unit": [("2020-01-01", None, A)]}
        mo = {"active": ALL, "unit": [("2020-01-01", "2027-01-01", A), ("2027-01-01", None, B)]}
        assert _one(sd, mo).patterns == ("future_only_in_mo",)

    def test_end_in_mo_only(self):
        """SD knows of no resignation."""
        finding = _one({"active": ALL}, {"active": [("2020-01-01", "2027-01-01")]})
        assert (finding.kind.code, finding.patterns) == ("active_missing", ("future_only_in_mo",))

    def test_moved_day_is_a_shift(self):
        """MO has the move, on another day: it is loaded, but not rightly."""
        sd = {"active": ALL, "unit": [("2020-01-01", "2027-01-01", A), ("2027-01-01", None, B)]}
        mo = {"active": ALL, "unit": [("2020-01-01", "2027-02-01", A), ("2027-02-01", None, B)]}
        assert _one(sd, mo).patterns == ("shifted_start",)

    def test_today_is_not_the_future(self):
        """What changes on the day of the run is there."""
        sd = {"active": ALL, "unit": [("2020-01-01", "2026-11-23", A), ("2026-11-23", None, B)]}
        mo = {"active": ALL, "unit": [("2020-01-01", None, A)]}
        assert (_one(sd, mo).patterns, _one(sd, mo).tense) == ((), "current")
        assert _one(sd, mo, as_of=date(2026, 11, 22)).patterns == ("future_not_loaded",)


class TestTime:
    """Past, current and future; windows; keys."""

    @pytest.mark.parametrize(
        ("as_of", "tense"),
        [
            ("2021-12-31", "future"),
            ("2022-01-01", "current"),
            ("2022-01-30", "current"),
            ("2022-01-31", "past"),
        ],
    )
    def test_tense(self, as_of, tense):
        """A period that holds the day is current; its end is no part of it."""
        mo = _title(("2020-01-01", "2022-01-31", "A"), ("2022-01-31", None, "B"))
        assert _one(MOVED, mo, as_of=date.fromisoformat(as_of)).tense == tense

    @pytest.mark.parametrize(
        ("window", "found"),
        [
            (Validity(date(2022, 1, 30)), 1),
            (Validity(date(2022, 1, 31)), 0),
            (Validity(None, date(2022, 1, 2)), 1),
            (Validity(None, date(2022, 1, 1)), 0),
            (Validity(), 1),
        ],
    )
    def test_window(self, window, found):
        """Findings with a day in the window, uncut."""
        mo = _title(("2020-01-01", "2022-01-31", "A"), ("2022-01-31", None, "B"))
        told = _found(MOVED, mo, window=window)
        assert [one.validity for one in told] == [Validity(date(2022, 1, 1), date(2022, 1, 31))] * found

    def test_window_keeps_what_has_no_period(self):
        """A number that is written otherwise is so at any time."""
        sides = (
            Writer().employment("4711", active=ALL).side(),
            Writer(in_mo=True).employment("04711", active=ALL).side(),
        )
        found = compare(*sides, MAPPING, as_of=AS_OF, window=Validity(date(2030, 1, 1)))
        assert [one.kind.code for one in found] == ["key_format"]

    def test_key_is_the_same_with_another_value_day_and_window(self):
        """So that runs can be compared and findings accepted."""
        first = _one(MOVED, _title(("2020-01-01", None, "A")))
        second = _one(
            MOVED,
            _title(("2020-01-01", "2022-01-01", "A"), ("2022-01-01", None, "C")),
            as_of=date(2020, 1, 1),
            window=Validity(date(2024, 1, 1)),
        )
        assert first.key == second.key
