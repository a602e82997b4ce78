"""The timeline algebra over many keys at once, in data frames: hundreds of thousands of intervals a second.

A frame holds one interval a row: a key, ``start`` (missing: without limit), ``end`` (missing: open) and a
value. Dates may be of any datetime dtype without zone, or Python dates. Rows may come in any order; missing
values (None, NaN) are equal to each other. The results are the same as those of ``Timeline``, key by key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motoolkit.errors import InputError
from motoolkit.model.cpr import mask_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from motoolkit.model.sweep import Intervals, Numbers

    Objects = NDArray[np.object_]


def bulk_coalesce(
    frame: pd.DataFrame,
    *,
    key: str = "key",
    start: str = "start",
    end: str = "end",
    values: Sequence[str] = ("value",),
) -> pd.DataFrame:
    """Merge, for each key, rows that touch and are equal in all of ``values``.

    Returns:
        The columns key, start, end and ``values``, sorted by key and start; dates as ``datetime64[s]``,
        NaT for no limit.

    Raises:
        InputError: rows of one key overlap, or a row holds no day or has no key.
    """
    import numpy as np
    import pandas as pd

    from motoolkit.model import sweep

    keys, labels = _codes(frame[key], sort=True)
    columns = [_codes(frame[name])[0] for name in values]
    codes = np.column_stack(columns) if columns else np.zeros((len(frame), 0), np.int64)
    order, intervals = _intervals(frame, keys, codes, labels, start=start, end=end)
    firsts, lasts = sweep.runs(intervals)
    kept = frame.iloc[order[firsts]]
    return pd.DataFrame(
        {
            key: kept[key].to_numpy(),
            start: _dates(intervals.starts[firsts]),
            end: _dates(intervals.ends[lasts]),
            **{name: kept[name].array for name in values},
        }
    )


def bulk_diff(
    left: pd.DataFrame,
    right: pd.DataFrame,
    *,
    key: str = "key",
    start: str = "start",
    end: str = "end",
    value: str = "value",
) -> pd.DataFrame:
    """List, for each key of either frame, the longest periods in which the two say different things.

    Returns:
        The columns key, start, end, ``left``, ``right`` (objects) and ``found_in`` ("left", "right" or
        "both": the sides that have a value at all), sorted by key and start; dates as ``datetime64[s]``,
        NaT for no limit.

    Raises:
        InputError: rows of one key and frame overlap, or a row holds no day or has no key.
    """
    import numpy as np
    import pandas as pd

    from motoolkit.model import sweep

    keys, labels = _codes(_joined(left[key], right[key]), sort=True)
    codes, known = _codes(_joined(left[value], right[value]))
    cut = len(left)
    _, lefts = _intervals(left, keys[:cut], codes[:cut, None], labels, start=start, end=end)
    _, rights = _intervals(right, keys[cut:], codes[cut:, None], labels, start=start, end=end)
    spans = sweep.difference(lefts, rights)
    mine, theirs = spans.codes[:, 0], spans.codes[:, 1]
    absent = (mine == sweep.ABSENT, theirs == sweep.ABSENT)
    return pd.DataFrame(
        {
            key: labels[spans.keys],
            start: _dates(spans.starts),
            end: _dates(spans.ends),
            "left": pd.Series(known[mine], dtype=object),
            "right": pd.Series(known[theirs], dtype=object),
            "found_in": np.select(absent, ("right", "left"), "both"),
        }
    )


def bulk_mask(
    frame: pd.DataFrame, spans: pd.DataFrame, *, key: str = "key", start: str = "start", end: str = "end"
) -> pd.DataFrame:
    """Cut the rows of ``frame`` to the days on which ``spans`` has a row of the same key.

    Rows of either frame may overlap each other; touching spans do not cut.

    Returns:
        The columns of ``frame``, a row for each piece in the order of its rows; dates as ``datetime64[s]``.

    Raises:
        InputError: a row of either holds no day or has no key.
    """
    return _cut(frame, spans, key=key, start=start, end=end, inside=True)


def bulk_subtract(
    frame: pd.DataFrame, spans: pd.DataFrame, *, key: str = "key", start: str = "start", end: str = "end"
) -> pd.DataFrame:
    """Cut the rows of ``frame`` to the days on which ``spans`` has no row of the same key.

    Else as ``bulk_mask``.
    """
    return _cut(frame, spans, key=key, start=start, end=end, inside=False)


def bulk_join(
    frame: pd.DataFrame, spans: pd.DataFrame, *, key: str = "key", start: str = "start", end: str = "end"
) -> pd.DataFrame:
    """Cut the rows of ``frame`` at the rows of ``spans`` with the same key, and put both side by side.

    Rows of ``frame`` may overlap each other, those of ``spans`` not.

    Returns:
        The columns of ``frame``, then those of ``spans`` (no name may be in both, but for the three), a row
        for each piece in the order of its rows; dates as ``datetime64[s]``.

    Raises:
        InputError: a row of either holds no day or has no key, or rows of ``spans`` overlap.
    """
    import numpy as np
    import pandas as pd

    from motoolkit.model import sweep

    keys, labels = _codes(_joined(frame[key], spans[key]), sort=True)
    cut, nothing = len(frame), np.zeros((len(keys), 0), np.int64)
    order, rows = _unchecked(frame, keys[:cut], nothing[:cut], labels, start=start, end=end)
    span_order, held = _intervals(spans, keys[cut:], nothing[cut:], labels, start=start, end=end)
    of, at, pieces = sweep.within(rows, held)
    back = np.lexsort((pieces.starts, order[of]))
    kept = frame.iloc[order[of][back]].reset_index(drop=True)
    beside = spans.drop(columns=[key, start, end]).iloc[span_order[at][back]].reset_index(drop=True)
    dates = {start: _dates(pieces.starts[back]), end: _dates(pieces.ends[back])}
    return pd.concat([kept.assign(**dates), beside], axis=1)


def bulk_untangle(
    frame: pd.DataFrame, *, key: str = "key", start: str = "start", end: str = "end", value: str = "value"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part what is beyond doubt from where a key has several values at a time.

    Returns:
        Twice the columns key, start, end and ``value``, sorted by key and start.  First what holds
        undisputed, equal values merged with the larger end, as ``bulk_coalesce`` would have it; then the
        disputed days, with a row for each value that claims them.

    Raises:
        InputError: a row holds no day or has no key.
    """
    import numpy as np
    import pandas as pd

    from motoolkit.model import sweep

    keys, labels = _codes(frame[key], sort=True)
    codes, known = _codes(frame[value])
    _, rows = _unchecked(frame, keys, codes[:, None], labels, start=start, end=end)
    own = _own_days(rows)
    stretches = sweep.disputed(own)
    results = []
    for spans in (sweep.outside(stretches, np.unique(keys)), stretches):
        *_, pieces = sweep.within(own, spans)
        found = pieces.take(pieces.order())
        results.append(
            pd.DataFrame(
                {
                    key: labels[found.keys],
                    start: _dates(found.starts),
                    end: _dates(found.ends),
                    value: pd.Series(known[found.codes[:, 0]], dtype=object),
                }
            ).astype({key: frame[key].dtype})
        )
    return results[0], results[1]


def _own_days(rows: Intervals) -> Intervals:
    """Return for each key and value the days on which it holds, in order of key and start."""
    import numpy as np

    from motoolkit.model import sweep

    codes = rows.codes[:, 0]
    rows = rows.take(np.lexsort((rows.starts, codes, rows.keys)))
    codes = rows.codes[:, 0]
    changes = (np.diff(rows.keys) != 0) | (np.diff(codes) != 0)
    numbers = np.concatenate([np.zeros(min(len(codes), 1), np.int64), np.cumsum(changes)])
    merged = sweep.union(sweep.Intervals(numbers, rows.starts, rows.ends, np.c_[rows.keys, codes]))
    own = sweep.Intervals(merged.codes[:, 0], merged.starts, merged.ends, merged.codes[:, 1:])
    return own.take(own.order())


def _cut(
    frame: pd.DataFrame, spans: pd.DataFrame, *, key: str, start: str, end: str, inside: bool
) -> pd.DataFrame:
    import numpy as np

    from motoolkit.model import sweep

    if not len(frame):
        return frame.astype({start: "datetime64[s]", end: "datetime64[s]"})
    keys, labels = _codes(_joined(frame[key], spans[key]), sort=True)
    cut, nothing = len(frame), np.zeros((len(keys), 0), np.int64)
    order, rows = _unchecked(frame, keys[:cut], nothing[:cut], labels, start=start, end=end)
    _, held = _unchecked(spans, keys[cut:], nothing[cut:], labels, start=start, end=end)
    held = sweep.union(held)
    if not inside:
        held = sweep.outside(held, np.unique(keys))
    of, _, pieces = sweep.within(rows, held)
    in_frame = order[of]
    back = np.lexsort((pieces.starts, in_frame))
    kept = frame.iloc[in_frame[back]].reset_index(drop=True)
    return kept.assign(**{start: _dates(pieces.starts[back]), end: _dates(pieces.ends[back])})


def _joined(left: pd.Series[Any], right: pd.Series[Any]) -> pd.Series[Any]:
    """Put one column below the other, without changing any value for the sake of a common type."""
    import pandas as pd

    if left.dtype != right.dtype:
        left, right = left.astype(object), right.astype(object)
    return pd.concat([left, right], ignore_index=True)


def _codes(column: pd.Series[Any], *, sort: bool = False) -> tuple[Numbers, Objects]:
    """Number the distinct values from zero; missing ones share the number after the last.

    The second array gives the value for a number, and None for the missing and for -1.
    """
    import numpy as np
    import pandas as pd

    try:
        codes, known = pd.factorize(column, sort=sort)
    except TypeError:
        raise InputError(
            f"The values in column {column.name} can not be compared.",
            remedy="Use texts, numbers or tuples of them.",
        ) from None
    numbers = np.where(codes < 0, len(known), codes).astype(np.int64)
    return numbers, np.append(known.to_numpy(dtype=object), np.array([None, None], dtype=object))


def _intervals(
    frame: pd.DataFrame, keys: Numbers, values: Numbers, labels: Objects, *, start: str, end: str
) -> tuple[Numbers, Intervals]:
    """Return the frame's rows in order of key and start, and which row of the frame each one is."""
    order, intervals = _unchecked(frame, keys, values, labels, start=start, end=end)
    if len(rows := intervals.overlapping()):
        raise _refused(intervals, labels, int(rows[0]), "overlaps the one before it")
    return order, intervals


def _unchecked(
    frame: pd.DataFrame, keys: Numbers, values: Numbers, labels: Objects, *, start: str, end: str
) -> tuple[Numbers, Intervals]:
    """Do as ``_intervals``, but let rows overlap."""
    from motoolkit.model import sweep

    starts = _days(frame[start], sweep.BEFORE_ALL)
    ends = _days(frame[end], sweep.AFTER_ALL)
    unordered = sweep.Intervals(keys, starts, ends, values)
    order = unordered.order()
    intervals = unordered.take(order)
    for rows, complaint in (
        (intervals.keyless(len(labels) - 2), "has no key"),
        (intervals.empty(), "holds no day"),
    ):
        if len(rows):
            raise _refused(intervals, labels, int(rows[0]), complaint)
    return order, intervals


def _refused(intervals: Intervals, labels: Objects, row: int, complaint: str) -> InputError:
    key = mask_all(str(labels[intervals.keys[row]]))
    start, end = (str(_dates(days[row : row + 1])[0])[:10] for days in (intervals.starts, intervals.ends))
    return InputError(
        f"The interval of {key} from {start} to {end} {complaint}.",
        remedy="Mend the data before it is compared: intervals are [start, end), one after another.",
    )


def _days(column: pd.Series[Any], unlimited: int) -> Numbers:
    """Return day numbers since 1970, ``unlimited`` where there is none."""
    import numpy as np
    import pandas as pd

    refusal = InputError(
        f"Column {column.name} holds something else than dates.", remedy="Convert it with as_date() first."
    )
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        raise refusal
    if column.dtype.kind != "M":
        column = column.astype(object).where(column.notna(), None)
    try:
        stamps = column.to_numpy().astype("datetime64[D]")
    except (TypeError, ValueError):
        raise refusal from None
    return np.where(np.isnat(stamps), unlimited, stamps.astype(np.int64))


def _dates(days: Numbers) -> NDArray[np.datetime64]:
    import numpy as np

    from motoolkit.model import sweep

    limited = (days > sweep.BEFORE_ALL) & (days < sweep.AFTER_ALL)
    stamps = np.where(limited, days, 0).astype("datetime64[D]").astype("datetime64[s]")
    return np.where(limited, stamps, np.datetime64("NaT", "s"))
