"""The timeline algebra on frames, held to the algebra on objects."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby, pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motoolkit.errors import InputError
from motoolkit.model import (
    MISSING,
    Timeline,
    Validity,
    bulk_coalesce,
    bulk_diff,
    bulk_join,
    bulk_mask,
    bulk_subtract,
    bulk_untangle,
)

D1, D2, D3, D4 = (date(2020 + year, 1, 1) for year in range(4))
EPOCH = date(1899, 12, 28)
COLUMNS = ["key", "start", "end", "value"]


@st.composite
def frames(draw, values=("a", "b", None)):
    """Rows of a few keys, in any order, with gaps and open ends; no overlaps."""
    rows = []
    for key in draw(st.lists(st.sampled_from(["k1", "k2", "k3"]), unique=True)):
        cuts = [EPOCH + timedelta(days=cut) for cut in sorted(draw(st.sets(st.integers(0, 9), min_size=2)))]
        cuts[0] = draw(st.sampled_from([None, cuts[0]]))
        cuts[-1] = draw(st.sampled_from([None, cuts[-1]]))
        for start, end in pairwise(cuts):
            if draw(st.booleans()):
                rows.append((key, start, end, draw(st.sampled_from(values))))
    frame = pd.DataFrame(draw(st.permutations(rows)), columns=COLUMNS, dtype=object)
    return frame if draw(st.booleans()) else _with_datetimes(frame)


def _with_datetimes(frame):
    return frame.assign(**{name: frame[name].astype("datetime64[us]") for name in ("start", "end")})


def _rows(frame):
    """The rows with Python dates and None, as literal expectations are written."""
    return [
        tuple(None if pd.isna(cell) else _day(cell) for cell in row) for row in frame.itertuples(index=False)
    ]


def _day(cell):
    return cell.date() if isinstance(cell, pd.Timestamp) else cell


def _timelines(frame):
    rows = sorted(_rows(frame), key=lambda row: row[0])
    return {
        key: Timeline((Validity(start, end), value) for _, start, end, value in group)
        for key, group in groupby(rows, key=lambda row: row[0])
    }


class TestCoalesce:
    """``bulk_coalesce``."""

    def test_merges_within_a_key_and_sorts(self):
        """Rows that touch with equal values become one; other keys and gaps stay apart."""
        frame = pd.DataFrame(
            [("b", D1, None, "x"), ("a", D2, D3, "x"), ("a", D1, D2, "x"), ("a", D3, None, "y")],
            columns=COLUMNS,
        )
        result = bulk_coalesce(frame)
        assert _rows(result) == [("a", D1, D3, "x"), ("a", D3, None, "y"), ("b", D1, None, "x")]
        assert str(result["start"].dtype) == str(result["end"].dtype) == "datetime64[s]"

    def test_several_values_must_all_be_equal(self):
        """The columns can have any names and types, and keep their types."""
        frame = pd.DataFrame(
            {
                "uuid": ["u", "u", "u"],
                "from": [D1, D2, D3],
                "to": [D2, D3, None],
                "name": ["A", "A", "A"],
                "fraction": [1, 1, 2],
                "ignored": [1, 2, 3],
            }
        )
        result = bulk_coalesce(frame, key="uuid", start="from", end="to", values=("name", "fraction"))
        assert _rows(result) == [("u", D1, D3, "A", 1), ("u", D3, None, "A", 2)]
        assert result["fraction"].dtype == frame["fraction"].dtype

    def test_missing_values_are_equal(self):
        """None and NaN both mean that there is no value."""
        frame = pd.DataFrame(
            [("a", D1, D2, None), ("a", D2, D3, float("nan"))], columns=COLUMNS, dtype=object
        )
        assert _rows(bulk_coalesce(frame)) == [("a", D1, D3, None)]

    def test_old_dates_are_kept(self):
        """Years that do not fit in nanoseconds, and no limits at all."""
        frame = pd.DataFrame(
            [("a", None, date(1759, 12, 31), "x"), ("a", date(1759, 12, 31), None, "y")], columns=COLUMNS
        )
        assert _rows(bulk_coalesce(frame)) == [
            ("a", None, date(1759, 12, 31), "x"),
            ("a", date(1759, 12, 31), None, "y"),
        ]

    @given(frames())
    def test_same_as_the_objects(self, frame):
        """Key by key what ``Timeline.coalesce`` gives."""
        expected = [
            (key, validity.start, validity.end, value)
            for key, timeline in _timelines(frame).items()
            for validity, value in timeline.coalesce()
        ]
        assert _rows(bulk_coalesce(frame)) == expected


class TestDiff:
    """``bulk_diff``."""

    def test_tells_both_values_and_who_has_one(self):
        """Like the object form's MISSING, ``found_in`` tells no value from the value None."""
        left = pd.DataFrame([("a", D1, D3, "x"), ("b", D1, None, None)], columns=COLUMNS)
        right = pd.DataFrame([("a", D1, D2, "x"), ("a", D2, D4, "y"), ("c", D1, D2, "z")], columns=COLUMNS)
        result = bulk_diff(left, right)
        assert list(result.columns) == ["key", "start", "end", "left", "right", "found_in"]
        assert _rows(result) == [
            ("a", D2, D3, "x", "y", "both"),
            ("a", D3, D4, None, "y", "right"),
            ("b", D1, None, None, None, "left"),
            ("c", D1, D2, None, "z", "right"),
        ]

    def test_numbers_stay_numbers(self):
        """A side without a value does not turn the other side's integers into floats."""
        left = pd.DataFrame([("a", D1, D2, 1)], columns=COLUMNS)
        right = pd.DataFrame([("a", D2, D3, 2)], columns=COLUMNS)
        result = bulk_diff(left, right)
        assert [repr(value) for value in (*result["left"], *result["right"])] == ["1", "None", "None", "2"]

    def test_columns_of_different_types_keep_their_values(self):
        """Integers stay integers when the other frame holds floats or texts; 1 equals 1.0."""
        left = pd.DataFrame([("a", D1, D2, 1), ("a", D2, D3, 2)], columns=COLUMNS)
        right = pd.DataFrame([("a", D1, D2, 1.0), ("a", D2, D3, 2.5)], columns=COLUMNS)
        (row,) = _rows(bulk_diff(left, right))
        assert repr(row[3:]) == "(2, 2.5, 'both')"

    def test_nothing_against_nothing(self):
        """Two empty frames have the columns of a result and no row."""
        empty = pd.DataFrame(columns=COLUMNS)
        assert list(bulk_diff(empty, empty).columns) == ["key", "start", "end", "left", "right", "found_in"]
        assert len(bulk_diff(empty, empty)) == len(bulk_coalesce(empty)) == 0

    @given(frames(), frames())
    def test_same_as_the_objects(self, left, right):
        """Key by key what ``Timeline.diff`` gives."""
        lefts, rights = _timelines(left), _timelines(right)
        expected = [
            (
                key,
                entry.validity.start,
                entry.validity.end,
                None if entry.left is MISSING else entry.left,
                None if entry.right is MISSING else entry.right,
                {entry.left: "right", entry.right: "left"}.get(MISSING, "both"),
            )
            for key in sorted(lefts.keys() | rights.keys())
            for entry in lefts.get(key, Timeline()).diff(rights.get(key, Timeline()))
        ]
        assert _rows(bulk_diff(left, right)) == expected


@st.composite
def tangles(draw):
    """Rows of two keys that may overlap and repeat each other."""
    rows = []
    for _ in range(draw(st.integers(0, 8))):
        start, end = sorted(draw(st.tuples(st.integers(0, 9), st.integers(10, 12) | st.integers(1, 9))))
        begin = draw(st.sampled_from([None, EPOCH + timedelta(days=start)])) if start == 0 else start
        rows.append(
            (
                draw(st.sampled_from(["k1", "k2"])),
                EPOCH + timedelta(days=begin) if isinstance(begin, int) else begin,
                None if end == 12 else EPOCH + timedelta(days=max(end, start + 1)),
                draw(st.sampled_from(["a", "b", None])),
            )
        )
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


DAYS = [EPOCH + timedelta(days=day) for day in range(-1, 14)]


def _claims(frame):
    """What each day is said to be, by key and day: all the values, doubles once."""
    claims = {(key, day): set() for key in ("k1", "k2") for day in DAYS}
    for key, start, end, value in _rows(frame):
        for day in DAYS:
            if Validity(start, end).contains(day):
                claims[key, day].add(value)
    return claims


class TestMask:
    """``bulk_mask`` and its reverse, ``bulk_subtract``."""

    def test_cuts_each_row_to_the_spans_of_its_key(self):
        """Every other column comes along; touching spans do not cut."""
        frame = pd.DataFrame(
            [("a", D1, None, "x", 7), ("b", D1, D2, "y", 8), ("c", D1, D2, "z", 9)],
            columns=[*COLUMNS, "more"],
        )
        spans = pd.DataFrame(
            [("a", D2, D3, 1), ("a", D3, D4, 2), ("a", None, D1, 3), ("b", None, None, 4)], columns=COLUMNS
        )
        assert _rows(bulk_mask(frame, spans)) == [("a", D2, D4, "x", 7), ("b", D1, D2, "y", 8)]
        assert _rows(bulk_subtract(frame, spans)) == [
            ("a", D1, D2, "x", 7),
            ("a", D4, None, "x", 7),
            ("c", D1, D2, "z", 9),
        ]

    def test_rows_that_overlap_are_each_cut(self):
        """And stay in their order."""
        frame = pd.DataFrame([("a", D2, D4, "y"), ("a", D1, D3, "x")], columns=COLUMNS)
        spans = pd.DataFrame([("a", D2, D3, None)], columns=COLUMNS)
        assert _rows(bulk_mask(frame, spans)) == [("a", D2, D3, "y"), ("a", D2, D3, "x")]

    def test_nothing_masks_everything(self):
        """An empty frame of spans leaves no row, or every one."""
        frame = pd.DataFrame([("a", D1, D2, "x")], columns=COLUMNS)
        empty = frame.iloc[:0]
        assert _rows(bulk_mask(frame, empty)) == _rows(bulk_mask(empty, frame)) == []
        assert _rows(bulk_subtract(frame, empty)) == [("a", D1, D2, "x")]

    @settings(max_examples=40)
    @given(frames(), frames())
    def test_same_as_the_objects(self, frame, spans):
        """Key by key what ``Timeline.mask`` gives, once coalesced."""
        masks = _timelines(spans)
        expected = [
            (key, validity.start, validity.end, value)
            for key, timeline in _timelines(frame).items()
            for validity, value in timeline.mask(masks.get(key, Timeline()))
        ]
        assert _rows(bulk_coalesce(bulk_mask(frame, spans))) == expected

    @settings(max_examples=40)
    @given(frames(), frames())
    def test_what_is_inside_and_what_is_outside_make_the_whole(self, frame, spans):
        """No day is lost or doubled."""
        parts = [bulk_mask(frame, spans), bulk_subtract(frame, spans)]
        whole = pd.concat([part.astype(object) for part in parts], ignore_index=True)
        assert _rows(bulk_coalesce(whole)) == _rows(bulk_coalesce(frame))
        assert len(bulk_mask(parts[1], spans)) == 0

    @settings(max_examples=40)
    @given(tangles(), tangles())
    def test_overlapping_spans_are_their_union(self, frame, spans):
        """Day by day."""
        held = _claims(spans)
        expected = {at: values if held[at] else set() for at, values in _claims(frame).items()}
        assert _claims(bulk_mask(frame, spans)) == expected


class TestJoin:
    """``bulk_join``."""

    def test_each_piece_has_what_its_span_says(self):
        """Days without a span are left out."""
        frame = pd.DataFrame([("a", D1, None, "x"), ("b", D1, D2, "y")], columns=COLUMNS)
        spans = pd.DataFrame(
            [("a", D2, D3, 1), ("a", D3, D4, 2), ("c", D1, D2, 3)], columns=["key", "start", "end", "said"]
        )
        assert _rows(bulk_join(frame, spans)) == [("a", D2, D3, "x", 1), ("a", D3, D4, "x", 2)]

    def test_spans_that_overlap_are_refused(self):
        """Which of them holds can not be told here."""
        spans = pd.DataFrame([("a", D1, D3, 1), ("a", D2, D4, 2)], columns=["key", "start", "end", "said"])
        with pytest.raises(InputError, match="overlaps the one before it"):
            bulk_join(pd.DataFrame([("a", D1, D2, "x")], columns=COLUMNS), spans)

    @settings(max_examples=40)
    @given(frames(), frames())
    def test_same_as_the_objects(self, frame, spans):
        """Of each side what ``Timeline.mask`` leaves of it."""
        joined = bulk_join(frame, spans.rename(columns={"value": "said"}))
        assert _rows(bulk_coalesce(joined)) == _rows(bulk_coalesce(bulk_mask(frame, spans)))
        said = joined.drop(columns="value").rename(columns={"said": "value"})
        assert _rows(bulk_coalesce(said)) == _rows(bulk_coalesce(bulk_mask(spans, frame)))


class TestUntangle:
    """``bulk_untangle``."""

    def test_equal_values_merge_with_the_larger_end(self):
        """An interval nested inside another does not shorten it."""
        frame = pd.DataFrame(
            [("a", D1, D4, "x"), ("a", D2, D3, "x"), ("a", D4, None, "x"), ("b", D1, D2, "x")],
            columns=COLUMNS,
        )
        clean, disputed = bulk_untangle(frame)
        assert _rows(clean) == [("a", D1, None, "x"), ("b", D1, D2, "x")]
        assert _rows(disputed) == []

    def test_different_values_are_disputed_where_they_overlap(self):
        """What lies around is beyond doubt; None is a value that can be disputed too."""
        frame = pd.DataFrame(
            [("a", D1, D3, "x"), ("a", D2, D4, "y"), ("b", D1, D2, None), ("b", D1, None, "z")],
            columns=COLUMNS,
        )
        clean, disputed = bulk_untangle(frame)
        assert _rows(clean) == [("a", D1, D2, "x"), ("a", D3, D4, "y"), ("b", D2, None, "z")]
        assert sorted(_rows(disputed), key=str) == [
            ("a", D2, D3, "x"),
            ("a", D2, D3, "y"),
            ("b", D1, D2, "z"),
            ("b", D1, D2, None),
        ]

    def test_keys_keep_their_type(self):
        """Numbers come back as numbers, of no rows too."""
        frame = pd.DataFrame([(7, D1, D2, "x")], columns=COLUMNS)
        assert [str(part["key"].dtype) for part in bulk_untangle(frame)] == ["int64", "int64"]

    @settings(max_examples=40)
    @given(tangles())
    def test_every_day_is_either_clear_or_disputed(self, frame):
        """Day by day, and what is clear is coalesced."""
        clean, disputed = bulk_untangle(frame)
        claims = _claims(frame)
        assert _claims(clean) == {at: v if len(v) == 1 else set() for at, v in claims.items()}
        assert _claims(disputed) == {at: v if len(v) > 1 else set() for at, v in claims.items()}
        assert _rows(bulk_coalesce(clean)) == _rows(clean)


class TestBadInput:
    """Data that no answer could be right for."""

    @pytest.mark.parametrize(
        ("rows", "complaint"),
        [
            (
                [("a", D1, D3, "x"), ("a", D2, D4, "y")],
                "of a from 2021-01-01 to 2023-01-01 overlaps the one before it",
            ),
            ([("a", D1, None, "x"), ("a", D2, D4, "y")], "of a from 2021-01-01 to 2023-01-01 overlaps"),
            ([("a", D1, D1, "x")], "of a from 2020-01-01 to 2020-01-01 holds no day"),
            ([(None, D1, D2, "x")], "of None from 2020-01-01 to 2021-01-01 has no key"),
            ([("010190-1234", D2, D1, "x")], "of 010190-xxxx from 2021-01-01 to 2020-01-01 holds no day"),
            ([("a", "i morgen", D1, "x")], "Column start holds something else than dates"),
            ([("a", D1, D2, ["x"])], "The values in column value can not be compared"),
        ],
    )
    def test_is_refused_with_the_row_named(self, rows, complaint):
        """Key and period, the key masked when it is a CPR number."""
        frame = pd.DataFrame(rows, columns=COLUMNS, dtype=object)
        with pytest.raises(InputError, match=complaint):
            bulk_coalesce(frame)
        with pytest.raises(InputError, match=complaint):
            bulk_diff(frame, frame)

    def test_moments_with_a_zone_are_refused(self):
        """Which day a moment is on depends on the zone: that is decided before."""
        frame = pd.DataFrame([("a", pd.Timestamp("2020-01-01", tz="UTC"), pd.NaT, "x")], columns=COLUMNS)
        with pytest.raises(InputError, match="Column start holds something else than dates"):
            bulk_coalesce(frame)
