"""Days as lists of ``(start, end)``, half-open, in order, none touching the next, and their algebra."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

Span = tuple["date", "date"]
Spans = list[Span]


def union(spans: Iterable[Span]) -> Spans:
    """Return the days that any of them holds; they come in any order."""
    ordered = sorted(spans)
    found: Spans = []
    for start, end in ordered:
        if found and start <= found[-1][1]:
            if end > found[-1][1]:
                found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def common(one: Spans, other: Spans) -> Spans:
    """Return the days that both hold."""
    found: Spans = []
    at = 0
    for start, end in one:
        while at < len(other) and other[at][1] <= start:
            at += 1
        look = at
        while look < len(other) and other[look][0] < end:
            found.append((max(start, other[look][0]), min(end, other[look][1])))
            look += 1
    return found


def without(one: Spans, other: Spans) -> Spans:
    """Return the days that the first holds and the second does not."""
    found: Spans = []
    for start, end in one:
        begin = start
        for first, last in other:
            if last <= begin or first >= end:
                continue
            if first > begin:
                found.append((begin, first))
            begin = max(begin, last)
        if begin < end:
            found.append((begin, end))
    return found


def several(spans: Iterable[Span], number: int = 2) -> Spans:
    """Return the days that at least so many of them hold."""
    held = list(spans)
    steps = sorted([(start, 1) for start, _ in held] + [(end, -1) for _, end in held])
    found: Spans = []
    depth = 0
    begin: date | None = None
    for day, step in steps:
        depth += step
        if depth >= number and begin is None:
            begin = day
        elif depth < number and begin is not None:
            found.append((begin, day))
            begin = None
    return union(span for span in found if span[0] < span[1])
