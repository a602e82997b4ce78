"""How seats and remarks about them look: in a notebook, in a terminal."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING, Final

from motoolkit.language import N_, tr
from motoolkit.model import mask_all
from motoolkit.plan.danish import period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Group, RenderableType

    from motoolkit.forms.deputies._review import Review
    from motoolkit.forms.deputies._seats import Seat, Seats

HEADINGS: Final = (
    N_("Committee"),
    N_("Role"),
    N_("Member"),
    N_("Deputy"),
    N_("Trade union"),
    N_("Period"),
)
_REMARKS: Final = (N_("Committee"), N_("Role"), N_("Member"), N_("Deputy"), N_("What was noticed"))
_UP_TO_DEPUTY: Final = 4
NONE: Final = "–"
_MOST_ROWS: Final = 200
_PLAIN_WIDTH: Final = 140
_CELL: Final = "text-align: left; vertical-align: top; white-space: normal"


def cells(seat: Seat) -> tuple[str, ...]:
    """Return what a seat's row shows, under ``HEADINGS``."""
    references = (seat.role, seat.member, seat.deputy, seat.union)
    named = (each.name if each else NONE for each in references)
    return tuple(map(mask_all, (seat.unit.name, *named, period(seat.period))))


def headline(seats: Seats) -> str:
    """Return seats in one line."""
    found = {seat.uuid for seat in seats}
    if not found:
        return tr("No seats.")
    held = {seat.uuid for seat in seats if seat.deputy}
    return tr("{count} seats, {held} with a deputy.", count=len(found), held=len(held))


def _more(rows: Sequence[object]) -> str:
    left = len(rows) - _MOST_ROWS
    return tr("… and {left} more; frame() has them all.", left=left) if left > 0 else ""


def text(seats: Seats | Review) -> str:
    """Return seats or remarks as plain text."""
    from rich.console import Console

    page = io.StringIO()
    # In a notebook rich would show it instead of writing it.
    plain = Console(file=page, width=_PLAIN_WIDTH, color_system=None, highlight=False, force_jupyter=False)
    plain.print(seats.__rich__())
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines())


def html(seats: Seats) -> str:
    """Return seats as HTML, the paths where the mouse rests."""
    rows = [(" › ".join(seat.path), cells(seat)) for seat in seats.slices[:_MOST_ROWS]]
    return _page(headline(seats), HEADINGS, rows, (seats.note, _more(seats.slices)))


def rich(seats: Seats) -> Group:
    """Return seats as rich shows them."""
    rows = [cells(seat) for seat in seats.slices[:_MOST_ROWS]]
    return _group(headline(seats), HEADINGS, rows, (seats.note, _more(seats.slices)))


def _remarked(review: Review) -> list[tuple[str, ...]]:
    return [
        (*cells(remark.seat)[:_UP_TO_DEPUTY], mask_all(remark.what)) for remark in review.remarks[:_MOST_ROWS]
    ]


def review_html(review: Review) -> str:
    """Return remarks as HTML."""
    rows = [(remark.sentence, row) for remark, row in zip(review, _remarked(review), strict=False)]
    return _page(review.headline, _REMARKS, rows, (review.note, _more(review.remarks)))


def review_rich(review: Review) -> Group:
    """Return remarks as rich shows them."""
    return _group(review.headline, _REMARKS, _remarked(review), (review.note, _more(review.remarks)))


def _page(
    head: str, headings: Sequence[str], rows: Sequence[tuple[str, tuple[str, ...]]], notes: Iterable[str]
) -> str:
    parts = [f"<p><b>{escape(head)}</b></p>"]
    if rows:
        heads = "".join(f'<th style="text-align: left">{escape(tr(each))}</th>' for each in headings)
        body = "\n".join(_line(mask_all(hint), row) for hint, row in rows)
        parts.append(
            f'<table style="font-size: 13px"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
        )
    parts += [f"<p>{escape(note)}</p>" for note in notes if note]
    return "\n".join(parts)


def _line(hint: str, row: tuple[str, ...]) -> str:
    drawn = "".join(f'<td style="{_CELL}">{escape(cell)}</td>' for cell in row)
    return f'<tr title="{escape(hint)}">{drawn}</tr>'


def _group(
    head: str, headings: Sequence[str], rows: Sequence[tuple[str, ...]], notes: Iterable[str]
) -> Group:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    parts: list[RenderableType] = [Text(head, style="bold")]
    if rows:
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
        for each in headings:
            table.add_column(tr(each), overflow="fold")
        for row in rows:
            table.add_row(*map(Text, row))
        parts.append(table)
    parts += [Text(note, style="dim") for note in notes if note]
    return Group(*parts)
