"""How high each cell stands: near those it is linked with, in order, and clear of its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from motoolkit.identities.picture._order import Pair, Slots

_SWEEPS: Final = 8


def placed(slots: Slots, heights: Mapping[str, float], gap: float) -> dict[str, float]:
    """Return the middle of each slot; the topmost begins at 0.

    Args:
        slots: in order.
        heights: of the cells; of others, which only a link goes through, none.
        gap: between neighbours.
    """
    middles: dict[str, float] = {}
    for keys in slots.columns.values():
        middles |= zip(keys, _apart([0.0] * len(keys), keys, heights, gap), strict=True)
    columns = list(slots.columns.values())
    for sweep in range(_SWEEPS):
        back = bool(sweep % 2)
        near = _near(slots.pairs, back=None if sweep >= _SWEEPS - 2 else back)
        for keys in reversed(columns) if back else columns:
            wanted = [_wanted(key, near, middles) for key in keys]
            middles |= zip(keys, _apart(wanted, keys, heights, gap), strict=True)
    top = min((middle - heights.get(key, 0) / 2 for key, middle in middles.items()), default=0)
    return {key: middle - top for key, middle in middles.items()}


def _near(pairs: Sequence[Pair], *, back: bool | None) -> dict[str, list[str]]:
    """Return whom each is linked with: to the left, to the right, or on both sides."""
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        if back is not True:
            found.setdefault(other, []).append(one)
        if back is not False:
            found.setdefault(one, []).append(other)
    return found


def _wanted(key: str, near: Mapping[str, Sequence[str]], middles: Mapping[str, float]) -> float:
    others = near.get(key, ())
    return sum(middles[other] for other in others) / len(others) if others else middles[key]


def _apart(
    wanted: Sequence[float], keys: Sequence[str], heights: Mapping[str, float], gap: float
) -> list[float]:
    """Return middles in order, as near as can be to those that are wanted, with room between them.

    Least squares under an order is what pooling adjacent violators gives.
    """
    offsets, at = [], 0.0
    for key in keys:
        half = heights.get(key, 0) / 2
        offsets.append(at + half)
        at += 2 * half + gap
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        pools.append((want - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (low, few), (high, many) = pools.pop(), pools.pop()
            pools.append(((low * few + high * many) / (few + many), few + many))
    shifts = [shift for shift, number in pools for _ in range(number)]
    return [offset + shift for offset, shift in zip(offsets, shifts, strict=True)]
