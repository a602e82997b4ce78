"""Statistics that a few noisy times bear: what is typical, between what it lies, and lines through it.

Others who use the same MO make requests slower and never faster, so what a request takes by itself is told
by the lowest tenth: most of the times may be disturbed, and it stays.
"""

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
_TENTH: Final = 10
_NORMAL: Final = 1.4826
"""What turns a median absolute deviation into a standard deviation, were the noise normal."""
_FEWEST: Final = 2
_MUCH, _SURE = 1.5, 1.2
_NOISY: Final = 0.15


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


def typical(values: Sequence[float]) -> float:
    """Return what a request takes when nobody is in its way: the lowest tenth, 0 of nothing."""
    return float(np.percentile(values, _TENTH)) if len(values) else 0.0


def spread(values: Sequence[float]) -> float:
    """Return the median absolute deviation, as a standard deviation."""
    return median([abs(value - median(values)) for value in values]) * _NORMAL


def is_noisy(values: Sequence[float]) -> bool:
    """Tell whether times scatter so much that more of them are needed."""
    return spread(values) > _NOISY * median(values)


def estimate(values: Sequence[float]) -> Estimate:
    """Return what is typical, with its bootstrap interval."""
    return _between(typical(values), _drawn(values))


def difference(one: Sequence[float], other: Sequence[float]) -> Estimate:
    """Return by how much one typically takes longer than the other, with the bootstrap interval."""
    return _between(typical(one) - typical(other), _drawn(one) - _drawn(other, _SEED + 1))


def ratio(before: Sequence[float], after: Sequence[float]) -> Estimate:
    """Return how many times as long ``after`` takes, with the bootstrap interval."""
    if not (len(before) and len(after)) or typical(before) <= 0:
        return Estimate(1.0, 0.0, float("inf"))
    drawn = _drawn(after, _SEED + 1) / np.maximum(_drawn(before), 1e-9)
    return _between(typical(after) / typical(before), drawn)


def fit(costs: Sequence[tuple[float, Sequence[float], Sequence[float]]]) -> Fit:
    """Return the line of least squares through costs, with the slope's bootstrap interval.

    Args:
        costs: for each number of parents, the times with what costs and those without it.
    """
    at = np.asarray([number for number, _, _ in costs], float)
    cost = np.asarray([typical(one) - typical(other) for _, one, other in costs])
    if len(np.unique(at)) < _FEWEST:
        none = Estimate(0.0, 0.0, 0.0)
        return Fit(float(cost.mean()) if len(cost) else 0.0, none, None)
    drawn = np.stack(
        [_drawn(one, _SEED + n) - _drawn(other, -n - 1) for n, (_, one, other) in enumerate(costs)]
    )
    slopes, starts = _lines(at, np.column_stack([cost, drawn]))
    return Fit(float(starts[0]), _between(float(slopes[0]), slopes[1:]), _exponent(at, cost))


def _lines(at: NDArray[Any], costs: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return slope and start of the line through each column."""
    away = at - at.mean()
    slopes = (away[:, None] * (costs - costs.mean(axis=0))).sum(axis=0) / (away**2).sum()
    return slopes, costs.mean(axis=0) - slopes * at.mean()


def _exponent(at: NDArray[Any], cost: NDArray[Any]) -> float | None:
    """Return the power: the slope of the logarithms."""
    if (cost <= 0).any() or (at <= 0).any():
        return None
    slopes, _ = _lines(np.log(at), np.log(cost)[:, None])
    return float(slopes[0])


def drift(times: Sequence[float]) -> Estimate:
    """Return how many times as long the second half takes as the first; 1 of fewer than four."""
    half = len(times) // 2
    return ratio(times[:half], times[half:]) if half >= _FEWEST else Estimate(1.0, 1.0, 1.0)


def is_drift(change: Estimate) -> bool:
    """Tell whether the same request changed so much, and so surely, that other times mean little."""
    slower = change.value > _MUCH and change.low > _SURE
    return slower or (change.value < 1 / _MUCH and change.high < 1 / _SURE)


def _between(value: float, drawn: NDArray[Any]) -> Estimate:
    low, high = np.percentile(drawn, [_LOW, _HIGH]) if len(drawn) else (value, value)
    return Estimate(value, float(low), float(high))


def _drawn(values: Sequence[float], seed: int = _SEED) -> NDArray[Any]:
    """Return what is typical of many samples with replacement."""
    held = np.asarray(values, float)
    if not len(held):
        return held
    picked = np.random.default_rng(abs(seed)).integers(0, len(held), (_DRAWS, len(held)))
    return np.asarray(np.percentile(held[picked], _TENTH, axis=1))
