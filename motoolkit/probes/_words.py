"""Times, shares and counts as people read them, in the language in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.language import language, tr

if TYPE_CHECKING:
    from motoolkit.probes.robust import Estimate

_MINUTE: Final = 100.0
_WHOLE: Final = 10.0
_SMALL: Final = 0.9995


def number(value: float, digits: int = 1) -> str:
    """Return a number with a decimal comma in Danish, and without needless digits."""
    shown = f"{value:,.{0 if abs(value) >= _WHOLE else digits}f}"
    return shown if language() == "en" else shown.translate(str.maketrans(",.", ".,"))


def seconds(value: float) -> str:
    """Return a time: milliseconds, seconds or minutes."""
    if abs(value) < _SMALL:
        return f"{round(value * 1000)} ms"
    if value < _MINUTE:
        return f"{number(value)} s"
    return tr("{number} min", number=number(value / 60))


def percent(share: float) -> str:
    """Return a share."""
    return f"{round(share * 100)} %"


def times(factor: float) -> str:
    """Return how many times as fast something is."""
    return tr("{number} times", number=number(factor))


def between(estimate: Estimate) -> str:
    """Return the interval of a share."""
    return f"{round(estimate.low * 100)}–{percent(estimate.high)}"


def count(value: int, *, estimated: bool = False) -> str:
    """Return a number of objects, with a mark where it is estimated."""
    shown = f"{value:,}" if language() == "en" else f"{value:,}".replace(",", ".")
    return f"≈ {shown}" if estimated else shown
