"""How a live view looks: numbers, a picture of the rate and a table of the newest events, in Danish."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from motoolkit.events._rate import picture
from motoolkit.plan.danish import COLLECTIONS, field_label, period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motoolkit.events._stats import State
    from motoolkit.events._story import Line, Story, What

_MOST_LINES: Final = 4
_QUIET: Final = "var(--jp-ui-font-color2, #616161)"
_STATES: Final[dict[State, tuple[str, str]]] = {
    "new": ("Begynder", _QUIET),
    "declaring": ("Begynder", _QUIET),
    "listening": ("Lytter", "var(--jp-success-color1, #1a7f37)"),
    "paused": ("På pause", "var(--jp-warn-color1, #b06f00)"),
    "ill": ("MO svarer ikke", "var(--jp-error-color1, #b00020)"),
    "stopping": ("Stopper", _QUIET),
    "stopped": ("Stoppet", _QUIET),
}
_WHATS: Final[dict[What, tuple[str, str]]] = {
    "created": ("ny", "var(--jp-success-color0, #1a7f37)"),
    "changed": ("ændret", "var(--jp-warn-color0, #8a5a00)"),
    "deleted": ("slettet", "var(--jp-error-color0, #b00020)"),
    "unchanged": ("uændret", _QUIET),
}
_OLD: Final = "var(--jp-error-color0, #b00020)"
_NEW: Final = "var(--jp-success-color0, #1a7f37)"
_BAR: Final = "var(--jp-brand-color1, #1976d2)"
_BAR_ANYWHERE: Final = "#4a90d9"
"""Seen on white and on black, for pictures that know no theme."""
_RULE: Final = "1px solid var(--jp-border-color2, #e0e0e0)"
_CELL: Final = (
    f"text-align:left;vertical-align:top;white-space:normal;padding:4px 12px 4px 0;border-top:{_RULE};"
    "line-height:1.4"
)
_PAGE: Final = "font-size:13px;color:var(--jp-ui-font-color1, #212121)"
_NOTHING: Final = "Ingen hændelser endnu. MO melder en ændring 5-90 sekunder efter, at den er sket."
_GONE: Final = (
    "Her var en levende visning af MO's hændelser. Den findes kun, mens notebooken kører. "
    "Tryk Stop, før notebooken gemmes, så bliver tabellen i den."
)


@dataclass(frozen=True, slots=True)
class Shot:
    """A live view at one moment."""

    place: str
    state: State
    problem: str | None
    seen: int
    a_minute: int
    waiting: int
    minutes: float
    bars: list[int]
    stories: Sequence[Story]
    knows_changes: bool
    since: str


def head(shot: Shot) -> str:
    """Return the state and the numbers."""
    word, colour = _STATES[shot.state]
    numbers = [(shot.seen, "set")]
    if shot.state != "stopped":
        numbers += [(shot.a_minute, "i det seneste minut"), (shot.waiting, "venter")]
    told = "".join(
        f'<span style="margin-left:20px;white-space:nowrap"><b style="font-size:17px">{number}</b> '
        f'<span style="color:{_QUIET}">{name}</span></span>'
        for number, name in numbers
    )
    problem = f'<div style="color:{_OLD}">{escape(shot.problem)}</div>' if shot.problem else ""
    return (
        f'<div style="{_PAGE};line-height:1.5"><span style="color:{colour};font-weight:600">● {word}</span>'
        f"{told}{problem}</div>"
    )


def rate(shot: Shot, *, alone: bool = False) -> str:
    """Return the picture with its axes; ``alone`` makes it an image, which untrusted notebooks show."""
    svg = picture(shot.bars, _BAR_ANYWHERE if alone else _BAR)
    if alone:
        source = f"data:image/svg+xml;charset=utf-8,{quote(svg)}"
        svg = f'<img alt="" src="{source}" style="display:block;width:100%;height:56px">'
    seconds = shot.minutes * 60 / len(shot.bars)
    most = f"højst {max(shot.bars)} på {seconds:g} s" if any(shot.bars) else "ingen"
    back = f"for {shot.minutes:g} {'minut' if shot.minutes == 1 else 'minutter'} siden"
    axis = "".join(f"<span>{word}</span>" for word in (back, most, "nu"))
    apart = f"display:flex;justify-content:space-between;font-size:11px;color:{_QUIET}"
    return (
        f'<div style="{_PAGE};max-width:900px"><div style="border-bottom:{_RULE}">{svg}</div>'
        f'<div style="{apart}">{axis}</div></div>'
    )


def table(shot: Shot) -> str:
    """Return the newest events, the newest first."""
    if not shot.stories:
        return f'<div style="{_PAGE};color:{_QUIET}">{_NOTHING}</div>'
    headings = ("Tid", "Type", "Objekt", *(("Hændelse", "Ændringer") if shot.knows_changes else ()))
    top = "".join(f'<th style="{_CELL};border-top:0;color:{_QUIET}">{each}</th>' for each in headings)
    rows = "\n".join(_row(story, with_changes=shot.knows_changes) for story in shot.stories)
    return (
        f'<table style="{_PAGE};border-collapse:collapse;table-layout:auto"><thead><tr>{top}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(story: Story, *, with_changes: bool) -> str:
    event = story.event
    kind = COLLECTIONS[event.collection.name] if event.collection else event.routing_key
    name = escape(story.name) or f'<code style="font-size:12px">{escape(story.subject)}</code>'
    cells = [
        (f"{event.received:%H:%M:%S}", "white-space:nowrap;font-variant-numeric:tabular-nums"),
        (escape(kind), "white-space:nowrap"),
        (f'<span title="{escape(story.subject)}">{name}</span>', ""),
    ]
    if with_changes:
        word, colour = _WHATS[story.what] if story.what else ("", _QUIET)
        cells += [(word, f"color:{colour};white-space:nowrap"), (_changes(story), "")]
    row = "".join(f'<td style="{_CELL};{style}">{cell}</td>' for cell, style in cells)
    return f"<tr>{row}</tr>"


def _changes(story: Story) -> str:
    collection = story.event.collection
    if collection is None:
        return ""
    lines = [_line(collection.name, line) for line in story.lines[:_MOST_LINES]]
    left = len(story.lines) - _MOST_LINES
    if left > 0:
        lines.append(f'<span style="color:{_QUIET}">… og {left} til</span>')
    return "<br>".join(lines)


def _line(collection: str, line: Line) -> str:
    old, new = (escape(side) or "–" for side in (line.old, line.new))
    return (
        f'{escape(field_label(collection, line.field))}: <span style="color:{_OLD}">{old}</span> → '
        f'<span style="color:{_NEW}">{new}</span> <span style="color:{_QUIET}">{period(line.validity)}</span>'
    )


def still(shot: Shot) -> str:
    """Return a view that no longer lives, for the saved notebook."""
    said = f'<div style="{_PAGE};color:{_QUIET}">{escape(shot.place)}, begyndt {shot.since}</div>'
    return f"{head(shot)}{said}{rate(shot, alone=True)}<br>{table(shot)}"


def instead(shot: Shot) -> str:
    """Return what a saved notebook shows of a view that was never stopped."""
    return f'<div style="{_PAGE};color:{_QUIET}">{_GONE}<br>{escape(shot.place)}, begyndt {shot.since}</div>'


def words(shot: Shot) -> str:
    """Return a view as text."""
    return f"{_STATES[shot.state][0]}: {shot.seen} set ({shot.place}, begyndt {shot.since})"
