"""Statistics that a few noisy times bear: medians, their intervals, and lines through them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_DRAWS: Final = 1000
_LOW, _HIGH = 5, 95
_SEED: Final = 9
"""The same measurements give the same intervals."""
_NORMAL: Final = 1.4826
"""What turns a median absolute deviation into a standard deviation, were the noise normal."""
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number, and between which two it lies in nine of ten cases."""

    value: float
    low: float
    high: float

    @property
    def is_above_zero(self) -> bool:
        """Whether noise alone does not explain it."""
        return self.low > 0

    def over(self, other: float) -> Estimate:
        """Return this divided by a number."""
        return Estimate(self.value / other, self.low / other, self.high / other)


@dataclass(frozen=True, slots=True)
class Fit:
    """A line through times: ``start + slope * n``, and the power of n with which they grow.

    ``exponent`` is None where a time is zero or there is one n alone.
    """

    start: float
    slope: Estimate
    exponent: float | None

    def at(self, number: float) -> float:
        """Return the time that the line tells."""
        return max(self.start + self.slope.value * number, 0.0)


def median(values: Sequence[float]) -> float:
    """Return the median, 0 of nothing."""
    return float(np.median(values)) if len(values) else 0.0


def spread(values: Sequence[float]) -> float:
    """Return the median absolute deviation, as a standard deviation."""
    return median([abs(value - median(values)) for value in values]) * _NORMAL


def estimate(values: Sequence[float]) -> Estimate:
    """Return the median with its bootstrap interval; of one value, the value."""
    if len(values) < _FEWEST:
        only = median(values)
        return Estimate(only, only, only)
    low, high = np.percentile(np.median(_drawn(values), axis=1), [_LOW, _HIGH])
    return Estimate(median(values), float(low), float(high))


def ratio(before: Sequence[float], after: Sequence[float]) -> Estimate:
    """Return how many times as long ``after`` takes: the ratio of the medians, with its interval."""
    if not (len(before) and len(after)) or median(before) <= 0:
        return Estimate(1.0, 0.0, float("inf"))
    lower = np.maximum(np.median(_drawn(before), axis=1), 1e-9)
    low, high = np.percentile(np.median(_drawn(after, _SEED + 1), axis=1) / lower, [_LOW, _HIGH])
    return Estimate(median(after) / median(before), float(low), float(high))


def fit(numbers: Sequence[float], times: Sequence[float]) -> Fit:
    """Return the line of least squares through times, with the slope's bootstrap interval.

    Args:
        numbers: of what each time was for.
        times: several of each number.
    """
    at, took = np.asarray(numbers, float), np.asarray(times, float)
    if len(set(numbers)) < _FEWEST:
        none = Estimate(0.0, 0.0, 0.0)
        return Fit(median(times), none, None)
    slope, start = _line(at, took)
    slopes = [
        _line(at[drawn], took[drawn])[0]
        for drawn in _rng().integers(0, len(at), (_DRAWS // 4, len(at)))
        if np.ptp(at[drawn]) > 0
    ]
    low, high = np.percentile(slopes, [_LOW, _HIGH])
    return Fit(start, Estimate(slope, float(low), float(high)), _exponent(at, took))


def _line(at: NDArray[Any], took: NDArray[Any]) -> tuple[float, float]:
    middle = at.mean()
    slope = float(((at - middle) * (took - took.mean())).sum() / ((at - middle) ** 2).sum())
    return slope, float(took.mean() - slope * middle)


def _exponent(at: NDArray[Any], took: NDArray[Any]) -> float | None:
    """Return the power: the slope of the medians' logarithms."""
    different = np.unique(at)
    medians = np.asarray([np.median(took[at == number]) for number in different])
    if (medians <= 0).any() or (different <= 0).any():
        return None
    return _line(np.log(different), np.log(medians))[0]


def drift(times: Sequence[float]) -> float:
    """Return how many times as long the last third takes as the first; 1 of fewer than three."""
    third = len(times) // 3
    if not third:
        return 1.0
    began = median(times[:third])
    return median(times[-third:]) / began if began > 0 else 1.0


def _drawn(values: Sequence[float], seed: int = _SEED) -> NDArray[Any]:
    held = np.asarray(values, float)
    return held[_rng(seed).integers(0, len(held), (_DRAWS, len(held)))]


def _rng(seed: int = _SEED) -> np.random.Generator:
    return np.random.default_rng(seed)
