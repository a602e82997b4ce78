"""The algebra of values over time, object by object."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motoolkit.errors import InputError
from motoolkit.model import MISSING, Difference, Timeline, Validity

D1, D2, D3, D4, D5 = (date(2020 + year, 1, 1) for year in range(5))
EPOCH = date(2020, 1, 1)
DAYS = [EPOCH + timedelta(days=number) for number in range(-2, 16)]


@st.composite
def timelines(draw: st.DrawFn) -> Timeline[str | None]:
    """Timelines in a fortnight, with gaps, neighbours that touch, and now and then no limit at either end."""
    cuts = sorted(draw(st.sets(st.integers(0, 13), max_size=8)))
    borders = [EPOCH + timedelta(days=cut) for cut in cuts]
    ends = [
        draw(st.sampled_from([None, *borders[:1]])),
        *borders[1:-1],
        draw(st.sampled_from([None, *borders[-1:]])),
    ]
    values = st.sampled_from(["a", "b", None, MISSING])
    spans = []
    for index in range(len(ends) - 1):
        if (value := draw(values)) is not MISSING and (index == 0 or ends[index] is not None):
            start, end = ends[index], ends[index + 1]
            if start is None or end is None or start < end:
                spans.append((Validity(start, end), value))
    return Timeline(spans)


def by_day(timeline):
    """What a timeline says on each day: the meaning that every law is about."""
    return [timeline.at(day, MISSING) for day in DAYS]


class TestMaking:
    """From spans to a timeline."""

    def test_spans_are_put_in_order(self):
        """The input may come in any order."""
        timeline = Timeline([(Validity(D2, D3), "b"), (Validity(D1, D2), "a")])
        assert list(timeline) == [(Validity(D1, D2), "a"), (Validity(D2, D3), "b")]
        assert timeline[0].value == "a"
        assert len(timeline) == 2

    def test_overlaps_are_refused_by_name(self):
        """Two values on one day is an error in the data, and the message tells where."""
        with pytest.raises(InputError, match=r"\[2020-01-01, 2022-01-01\) and \[2021-01-01, …\) overlap"):
            Timeline([(Validity(D1, D3), "a"), (Validity(D2, None), "b")])

    def test_the_last_one_wins_when_asked(self):
        """Later spans of the input lie on top of earlier ones."""
        timeline = Timeline([(Validity(D1, None), "a"), (Validity(D2, D3), "b")], last_wins=True)
        assert list(timeline) == [(Validity(D1, D2), "a"), (Validity(D2, D3), "b"), (Validity(D3, None), "a")]

    def test_equal_timelines_are_equal_and_hash_alike(self):
        """They can be compared and be keys."""
        left, right = Timeline([(Validity(D1), "a")]), Timeline([(Validity(D1), "a")])
        assert left == right
        assert hash(left) == hash(right)
        assert left != Timeline([(Validity(D2), "a")])

    def test_repr_reads_as_a_row_of_periods(self):
        """Short enough to read in a failing test."""
        assert repr(Timeline([(Validity(D1, D2), "a")])) == "Timeline([2020-01-01, 2021-01-01): 'a')"


class TestReading:
    """Asking for a day or a window."""

    def test_the_value_of_a_day(self):
        """The end is exclusive; in a gap nothing holds."""
        timeline = Timeline([(Validity(None, D1), "a"), (Validity(D2, D3), "b")])
        assert timeline.at(D1 - timedelta(days=1)) == "a"
        assert timeline.at(D1) is None
        assert timeline.at(D2) == "b"
        assert timeline.at(D3, MISSING) is MISSING

    def test_none_is_a_value(self):
        """A vacant manager is not the same as no manager role."""
        assert Timeline([(Validity(D1, D2), None)]).at(D1, MISSING) is None

    def test_window_cuts_at_both_ends(self):
        """What reaches out of the window is clipped to it."""
        timeline = Timeline([(Validity(D1, D3), "a"), (Validity(D3, None), "b")])
        assert list(timeline.window(D2, D4)) == [(Validity(D2, D3), "a"), (Validity(D3, D4), "b")]
        assert timeline.window() == timeline
        with pytest.raises(InputError, match="holds no day"):
            timeline.window(D2, D2)


class TestCoalesce:
    """Merging equal neighbours."""

    def test_equal_neighbours_become_one(self):
        """MO cuts slices at every change of the object, also of fields that were not asked for."""
        timeline = Timeline([(Validity(D1, D2), "a"), (Validity(D2, D3), "a"), (Validity(D3, None), "b")])
        assert list(timeline.coalesce()) == [(Validity(D1, D3), "a"), (Validity(D3, None), "b")]

    def test_equal_values_around_a_gap_stay_two(self):
        """Hired twice is not hired once."""
        timeline = Timeline([(Validity(D1, D2), "a"), (Validity(D3, D4), "a")])
        assert timeline.coalesce() == timeline

    def test_values_can_be_rows_and_not_a_number(self):
        """Whole rows are compared by their fields, and a NaN is the same as itself."""
        unknown = float("nan")
        timeline = Timeline(
            [
                (Validity(D1, D2), {"name": "A"}),
                (Validity(D2, D3), {"name": "A"}),
                (Validity(D3, D4), unknown),
                (Validity(D4, D5), unknown),
            ]
        )
        assert list(timeline.coalesce()) == [(Validity(D1, D3), {"name": "A"}), (Validity(D3, D5), unknown)]
        assert timeline.diff(timeline) == []

    @given(timelines())
    def test_coalescing_changes_nothing_on_any_day_and_only_once(self, timeline):
        """Same meaning, no equal neighbours left, idempotent."""
        merged = timeline.coalesce()
        assert by_day(merged) == by_day(timeline)
        assert merged.coalesce() == merged
        assert not any(
            first.validity.meets(second.validity) and first.value == second.value
            for first, second in pairwise(merged)
        )


class TestMaskAndOverlay:
    """Combining two timelines."""

    def test_mask_keeps_what_is_active(self):
        """A manager role counts only while the unit exists."""
        role = Timeline([(Validity(D1, None), "Leder")])
        unit = Timeline([(Validity(D2, D3), "A"), (Validity(D3, D4), "B")])
        assert list(role.mask(unit)) == [(Validity(D2, D4), "Leder")]

    def test_overlay_wins_where_it_has_something(self):
        """The lower value comes back after the upper one ends."""
        lower, upper = Timeline([(Validity(D1, None), "a")]), Timeline([(Validity(D2, D3), "b")])
        assert list(lower.overlay(upper)) == [
            (Validity(D1, D2), "a"),
            (Validity(D2, D3), "b"),
            (Validity(D3, None), "a"),
        ]

    @given(timelines(), timelines())
    def test_mask_day_by_day(self, left, right):
        """The left value where the right has any, else nothing."""
        expected = [
            mine if theirs is not MISSING else MISSING
            for mine, theirs in zip(by_day(left), by_day(right), strict=True)
        ]
        assert by_day(left.mask(right)) == expected

    @given(timelines(), timelines())
    def test_overlay_day_by_day(self, left, right):
        """The right value where there is one, else the left."""
        expected = [
            mine if theirs is MISSING else theirs
            for mine, theirs in zip(by_day(left), by_day(right), strict=True)
        ]
        assert by_day(left.overlay(right)) == expected

    @given(timelines(), timelines(), timelines())
    def test_laws(self, one, two, three):
        """Overlay is associative with the empty timeline as unit; both are idempotent; masking shrinks."""
        empty = Timeline()
        assert one.overlay(two).overlay(three) == one.overlay(two.overlay(three))
        assert one.overlay(empty) == empty.overlay(one) == one.coalesce()
        assert one.overlay(one) == one.mask(one) == one.coalesce()
        assert one.mask(empty) == empty.mask(one) == empty
        assert one.mask(two).mask(three) == one.mask(two.mask(three))
        assert one.overlay(two).mask(two) == two.coalesce()
        assert one.mask(one.overlay(two)) == one.coalesce()

    @given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from("abc")), max_size=6))
    def test_last_wins_is_painting_over(self, strokes):
        """Day by day the last stroke of the input that covers the day."""
        spans = [
            (Validity(EPOCH + timedelta(days=at), EPOCH + timedelta(days=at + length)), value)
            for at, length, value in strokes
        ]
        timeline = Timeline(spans, last_wins=True)
        for day in DAYS:
            covering = [value for validity, value in spans if validity.contains(day)]
            assert timeline.at(day) == (covering[-1] if covering else None)


class TestDiff:
    """Comparing two timelines."""

    def test_a_difference_is_as_long_as_it_can_be(self):
        """Both values with their period; a missing side says so, and is not None."""
        left = Timeline([(Validity(D1, D2), "a"), (Validity(D2, D4), "b"), (Validity(D4, None), None)])
        right = Timeline([(Validity(D1, D3), "a"), (Validity(D3, D4), "a")])
        assert left.diff(right) == [
            Difference(Validity(D2, D4), "b", "a"),
            Difference(Validity(D4, None), None, MISSING),
        ]

    def test_different_slicing_is_no_difference(self):
        """Where the slices are cut does not matter."""
        whole = Timeline([(Validity(None, None), "a")])
        parts = Timeline([(Validity(None, D1), "a"), (Validity(D1, None), "a")])
        assert whole.diff(parts) == []

    @given(timelines(), timelines())
    def test_empty_exactly_when_equal(self, left, right):
        """No difference means the same coalesced timeline, and the other way round."""
        assert left.diff(left) == []
        assert (left.diff(right) == []) == (left.coalesce() == right.coalesce())

    @given(timelines(), timelines())
    def test_differences_are_the_differing_days(self, left, right):
        """Every differing day is in exactly one difference, which tells both values; no other day is."""
        differences = left.diff(right)
        for day, mine, theirs in zip(DAYS, by_day(left), by_day(right), strict=True):
            found = [(entry.left, entry.right) for entry in differences if entry.validity.contains(day)]
            assert found == ([] if mine == theirs else [(mine, theirs)])

    @given(timelines(), timelines())
    def test_the_other_way_round_is_the_mirror_image(self, left, right):
        """Same periods, sides swapped."""
        swapped = [Difference(validity, mine, theirs) for validity, theirs, mine in right.diff(left)]
        assert left.diff(right) == swapped

    @given(timelines(), timelines())
    def test_repairing_the_differences_makes_them_equal(self, left, right):
        """The right side's differing values over the left, without what the right lacks, is the right."""
        patch = Timeline(
            (entry.validity, entry.right) for entry in left.diff(right) if entry.right is not MISSING
        )
        assert left.overlay(patch).mask(right) == right.coalesce()
