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

    from motoolkit.model._sweep import Intervals, Numbers

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

    from motoolkit.model import _sweep

    keys, labels = _codes(frame[key], sort=True)
    columns = [_codes(frame[name])[0] for name in values]
    codes = np.column_stack(columns) if columns else np.zeros((len(frame), 0), np.int64)
    order, intervals = _intervals(frame, keys, codes, labels, start=start, end=end)
    firsts, lasts = _sweep.runs(intervals)
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

    from motoolkit.model import _sweep

    keys, labels = _codes(_joined(left[key], right[key]), sort=True)
    codes, known = _codes(_joined(left[value], right[value]))
    cut = len(left)
    _, lefts = _intervals(left, keys[:cut], codes[:cut, None], labels, start=start, end=end)
    _, rights = _intervals(right, keys[cut:], codes[cut:, None], labels, start=start, end=end)
    spans = _sweep.difference(lefts, rights)
    mine, theirs = spans.codes[:, 0], spans.codes[:, 1]
    absent = (mine == _sweep.ABSENT, theirs == _sweep.ABSENT)
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
    from motoolkit.model import _sweep

    starts = _days(frame[start], _sweep.BEFORE_ALL)
    ends = _days(frame[end], _sweep.AFTER_ALL)
    unordered = _sweep.Intervals(keys, starts, ends, values)
    order = unordered.order()
    intervals = unordered.take(order)
    for rows, complaint in (
        (intervals.keyless(len(labels) - 2), "has no key"),
        (intervals.empty(), "holds no day"),
        (intervals.overlapping(), "overlaps the one before it"),
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

    from motoolkit.model import _sweep

    limited = (days > _sweep.BEFORE_ALL) & (days < _sweep.AFTER_ALL)
    stamps = np.where(limited, days, 0).astype("datetime64[D]").astype("datetime64[s]")
    return np.where(limited, stamps, np.datetime64("NaT", "s"))
