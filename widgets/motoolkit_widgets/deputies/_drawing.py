"""Who is the deputy when, before and after, drawn as a small timeline for each seat."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from motoolkit.drawing import Bar, Lane, timeline_svg
from motoolkit.language import tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from motoolkit.forms.deputies import SeatLanes, Stretch

_MOST: Final = 12


def drawing(seats: Sequence[SeatLanes], as_of: date) -> str:
    """Return the seats before and after as HTML; some of them, where there are many."""
    drawn = [_drawn(seat, as_of) for seat in seats[:_MOST]]
    left = len(seats) - _MOST
    more = tr("… and {left} seats more.", left=left) if left > 0 else ""
    return "".join([*drawn, f'<p class="mo-lead">{escape(more)}</p>' if more else ""])


def _drawn(seat: SeatLanes, as_of: date) -> str:
    lanes = [Lane(tr("Before"), _bars(seat.before)), Lane(tr("After"), _bars(seat.after))]
    return (
        f'<div style="margin: 8px 0 0; font-weight: 600">{escape(mask_all(seat.seat))}</div>'
        f"{timeline_svg(lanes, as_of)}"
    )


def _bars(stretches: Sequence[Stretch]) -> tuple[Bar, ...]:
    return tuple(Bar(each.period, each.text, faint=each.vacant) for each in stretches)
