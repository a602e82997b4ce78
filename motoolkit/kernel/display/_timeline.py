"""How a timeline looks: drawn in a notebook, as blocks in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from motoolkit.drawing import MOST_LANES, PAGE, Bar, Lane, axis_of, safe, timeline_svg
from motoolkit.model import MISSING, Timeline, mask_all
from motoolkit.plan.danish import period, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

_BLOCKS: Final = 30
_PERIOD: Final = 26
_NOTHING: Final = "Tom tidslinje."
_EMPTY: Final[tuple[Any, ...]] = (None, "", (), [])


def html(timeline: Timeline[Any]) -> str:
    """Return a timeline as a drawing."""
    lanes = lanes_of(timeline)
    drawn = timeline_svg(lanes) or safe(_NOTHING)
    return f'<div style="{PAGE}">{drawn}</div>'


def text(timeline: Timeline[Any]) -> str:
    """Return a timeline as plain text."""
    return lanes_text(lanes_of(timeline)) or _NOTHING


def lanes_of(timeline: Timeline[Any]) -> list[Lane]:
    """Return a lane for each key of the values, or one for values that are no mappings."""
    keys: dict[Any, None] = {}
    for _, value in timeline:
        keys.update(dict.fromkeys(value) if isinstance(value, Mapping) else {None: None})
    lanes = (Lane("" if key is None else str(key), tuple(_bars(timeline, key))) for key in keys)
    return [lane for lane in lanes if lane.bars]


def _bars(timeline: Timeline[Any], key: Any) -> Iterator[Bar]:
    """Yield what a key has when; where it is empty there is a gap."""
    values = Timeline((validity, _value(value, key)) for validity, value in timeline)
    for validity, value in values.coalesce():
        if value is not MISSING and (key is None or value not in _EMPTY):
            yield Bar(validity, _said(value))


def _value(value: Any, key: Any) -> Any:
    if isinstance(value, Mapping):
        return MISSING if key is None else value.get(key)
    return value if key is None else MISSING


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple | set | frozenset):
        return mask_all(", ".join(map(scalar, value)))
    return mask_all(scalar(value))


def lanes_text(lanes: Sequence[Lane], as_of: date | None = None) -> str:
    """Return lanes as blocks, a line for each bar; an arrow is an open end."""
    drawn = [lane for lane in lanes if lane.bars]
    if not drawn:
        return ""
    shown = drawn[:MOST_LANES]
    axis = axis_of([bar.validity for lane in shown for bar in lane.bars], as_of, 0, _BLOCKS)
    lines = []
    for lane in shown:
        lines += [mask_all(lane.name)] if lane.name else []
        for bar in lane.bars:
            start, end = axis.place(bar.validity)
            lines.append(
                f"  {period(bar.validity):<{_PERIOD}} {_blocks(bar, start, end)} {bar.text}".rstrip()
            )
    left = len(drawn) - len(shown)
    return mask_all("\n".join([*lines, *([f"… og {left} til"] if left else ())]))


def _blocks(bar: Bar, start: float, end: float) -> str:
    first = min(int(start), _BLOCKS - 1)
    last = max(first + 1, round(end))
    drawn = list(" " * first + "█" * (last - first) + " " * (_BLOCKS - last))
    if bar.validity.start is None:
        drawn[0] = "◀"
    if bar.validity.end is None:
        drawn[_BLOCKS - 1] = "▶"
    return "".join(drawn)
