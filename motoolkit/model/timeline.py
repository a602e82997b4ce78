"""What holds when: values over non-overlapping periods, and the algebra on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast, overload

from motoolkit.errors import InputError
from motoolkit.model._spans import MISSING, MissingType, Span, aligned, merged, same
from motoolkit.model.validity import Validity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")
U = TypeVar("U")


class Difference(NamedTuple, Generic[T, U]):
    """A period in which two timelines differ; a side without a value is ``MISSING``."""

    validity: Validity
    left: T | MissingType
    right: U | MissingType


class Timeline(Sequence[Span[T]]):
    """Values over periods that do not overlap, in order of time; gaps are allowed. Immutable.

    The results of ``coalesce``, ``mask``, ``overlay`` and ``window`` are coalesced: equal values that
    touch are one span. Two timelines are equal when their spans are, so coalesce before comparing, or
    ask for the ``diff``.
    """

    __slots__ = ("_spans",)

    _spans: tuple[Span[T], ...]

    def __init__(self, spans: Iterable[tuple[Validity, T]] = (), *, last_wins: bool = False) -> None:
        """Put the spans in order.

        With ``last_wins`` each span of the input is laid over the ones before it.

        Raises:
            InputError: spans overlap, without ``last_wins``.
        """
        if last_wins:
            layered: Timeline[T] = Timeline()
            for span in spans:
                layered = layered.overlay(Timeline([span]))
            self._spans = tuple(layered)
        else:
            self._spans = tuple(sorted((Span(*pair) for pair in spans), key=lambda span: span.validity))
            _check_overlaps(self._spans)

    @classmethod
    def _of(cls, spans: Iterable[Span[T]]) -> Timeline[T]:
        """Make a coalesced timeline of spans that are known to be in order."""
        timeline = cls()
        timeline._spans = tuple(merged(spans))
        return timeline

    @overload
    def __getitem__(self, index: int) -> Span[T]: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Span[T], ...]: ...
    def __getitem__(self, index: int | slice) -> Span[T] | tuple[Span[T], ...]:
        return self._spans[index]

    def __iter__(self) -> Iterator[Span[T]]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)

    def __eq__(self, other: object) -> bool:
        return self._spans == other._spans if isinstance(other, Timeline) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._spans)

    def __repr__(self) -> str:
        return f"Timeline({', '.join(f'{validity}: {value!r}' for validity, value in self)})"

    @overload
    def at(self, day: date) -> T | None: ...
    @overload
    def at(self, day: date, default: U) -> T | U: ...
    def at(self, day: date, default: Any = None) -> Any:
        """Return the value that holds on ``day``, else ``default``."""
        index = bisect_right(self._spans, day, key=lambda span: span.validity.start or date.min) - 1
        if index >= 0 and self._spans[index].validity.contains(day):
            return self._spans[index].value
        return default

    def coalesce(self) -> Timeline[T]:
        """Merge equal values that touch, as MO's slices often are."""
        return Timeline._of(self._spans)

    def window(self, start: date | None = None, end: date | None = None) -> Timeline[T]:
        """Keep what holds in ``[start, end)``, cut to it; None does not limit."""
        return self.mask(Timeline([(Validity(start, end), None)]))

    def mask(self, other: Timeline[Any]) -> Timeline[T]:
        """Keep the values only on the days on which ``other`` has one too."""
        return Timeline._of(
            Span(validity, mine)
            for validity, mine, theirs in aligned(self._spans, other._spans)
            if mine is not MISSING and theirs is not MISSING
        )

    def overlay(self, other: Timeline[U]) -> Timeline[T | U]:
        """Lay ``other`` on top: it wins wherever it has a value."""
        return Timeline._of(
            Span(validity, cast("T | U", mine if theirs is MISSING else theirs))
            for validity, mine, theirs in aligned(self._spans, other._spans)
        )

    def diff(self, other: Timeline[U]) -> list[Difference[T, U]]:
        """List the longest periods in which the two say different things, in order of time.

        Empty exactly when the coalesced timelines are equal.
        """
        differing = (
            Span(validity, (mine, theirs))
            for validity, mine, theirs in aligned(self._spans, other._spans)
            if not same(mine, theirs)
        )
        return [Difference(validity, *sides) for validity, sides in merged(differing)]


def _check_overlaps(spans: Sequence[Span[Any]]) -> None:
    for (earlier, _), (later, _) in pairwise(spans):
        if earlier.overlaps(later):
            raise InputError(
                f"The periods {earlier} and {later} overlap.",
                remedy="Mend the data, or let the last one win with last_wins=True.",
            )
