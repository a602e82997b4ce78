"""How many events came when, as bars."""

from __future__ import annotations

from collections import Counter
from typing import Final

from motoolkit.errors import InputError

BARS: Final = 60
_HEIGHT: Final = 40
_GAP: Final = 0.15
_MINUTE: Final = 60


class Rate:
    """Counts events by the second, as far back as ``minutes``.

    Raises:
        InputError: ``minutes`` is not above 0.
    """

    def __init__(self, minutes: float) -> None:
        if not minutes > 0:
            raise InputError(
                f"minutes={minutes} can not be.", remedy="Choose how far back to look: minutes=10."
            )
        self.minutes = minutes
        self._width = max(1, round(minutes * _MINUTE / BARS))
        self._seconds: Counter[int] = Counter()

    def add(self, second: float) -> None:
        """Count an event of a moment."""
        self._seconds[int(second)] += 1

    def last_minute(self, now: float) -> int:
        """Return how many came in the last 60 seconds."""
        return sum(count for second, count in self._seconds.items() if second > now - _MINUTE)

    def bars(self, now: float) -> list[int]:
        """Return how many came in each part of the time, the oldest first; forget what is older."""
        last = int(now) // self._width
        first = last - BARS + 1
        sums: Counter[int] = Counter()
        for second, count in list(self._seconds.items()):
            if second // self._width < first:
                del self._seconds[second]
            sums[second // self._width] += count
        return [sums[part] for part in range(first, last + 1)]


def picture(bars: list[int], colour: str) -> str:
    """Return bars as SVG that fills the width it is given; ``colour`` is any that CSS knows."""
    most = max(*bars, 1)
    rects = "".join(_rect(place, count * _HEIGHT / most) for place, count in enumerate(bars) if count)
    style = f"display:block;width:100%;height:56px;fill:{colour}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(bars)} {_HEIGHT}" '
        f'preserveAspectRatio="none" style="{style}" aria-hidden="true">{rects}</svg>'
    )


def _rect(place: int, height: float) -> str:
    top = _HEIGHT - height
    return f'<rect x="{place + _GAP / 2:.3f}" y="{top:.2f}" width="{1 - _GAP:.2f}" height="{height:.2f}"/>'
