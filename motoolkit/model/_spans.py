"""Values with periods, and the two passes that all of the timeline algebra is made of."""

from __future__ import annotations

from datetime import date
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, NamedTuple, TypeAlias, TypeVar

from motoolkit.model.validity import Validity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

T = TypeVar("T")
U = TypeVar("U")


class _Missing(Enum):
    MISSING = "missing"

    def __repr__(self) -> str:
        return "MISSING"


#: Nothing holds on these days. ``None`` is a value like any other.
MISSING: Final = _Missing.MISSING
MissingType: TypeAlias = Literal[_Missing.MISSING]


class Span(NamedTuple, Generic[T]):
    """A value and the period in which it holds."""

    validity: Validity
    value: T


def merged(spans: Iterable[Span[T]]) -> list[Span[T]]:
    """Merge neighbours that touch and have equal values; ``spans`` are in order of time."""
    result: list[Span[T]] = []
    for span in spans:
        if result and result[-1].validity.meets(span.validity) and same(result[-1].value, span.value):
            result[-1] = Span(Validity(result[-1].validity.start, span.validity.end), result[-1].value)
        else:
            result.append(span)
    return result


def same(left: Any, right: Any) -> bool:
    """Compare as containers do: a value that is not equal to itself (NaN) is the same all the same."""
    return left is right or bool(left == right)


def aligned(
    left: Sequence[Span[T]], right: Sequence[Span[U]]
) -> Iterator[tuple[Validity, T | MissingType, U | MissingType]]:
    """Cut both at each other's borders: each stretch where either has a value, with what both say."""
    left_borders, right_borders = _borders(left), _borders(right)
    cuts = sorted({cut for period in (*left_borders, *right_borders) for cut in period})
    lefts, rights = _values(left, left_borders, cuts), _values(right, right_borders, cuts)
    for (start, end), mine, theirs in zip(pairwise(cuts), lefts, rights, strict=True):
        if mine is not MISSING or theirs is not MISSING:
            yield _validity(start, end), mine, theirs


def _values(
    spans: Sequence[Span[T]], borders: list[tuple[int, int]], cuts: list[int]
) -> Iterator[T | MissingType]:
    """Yield what holds from each cut to the next."""
    index = 0
    for cut in cuts[:-1]:
        if index < len(spans) and borders[index][1] <= cut:
            index += 1
        yield spans[index].value if index < len(spans) and borders[index][0] <= cut else MISSING


# As day numbers, the limitless start and the open end are plain numbers too.
_BEFORE_ALL = date.min.toordinal() - 1
_AFTER_ALL = date.max.toordinal() + 1


def _borders(spans: Sequence[Span[Any]]) -> list[tuple[int, int]]:
    return [
        (
            _BEFORE_ALL if period.start is None else period.start.toordinal(),
            _AFTER_ALL if period.end is None else period.end.toordinal(),
        )
        for period, _ in spans
    ]


def _validity(start: int, end: int) -> Validity:
    return Validity(
        None if start == _BEFORE_ALL else date.fromordinal(start),
        None if end == _AFTER_ALL else date.fromordinal(end),
    )
