"""What quick looks are made of: facts, tables, drawings and branches, in HTML and in plain text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Protocol

from motoolkit.drawing import BAD, QUIET, card, facts_table, heading, safe, span, table, timeline_svg
from motoolkit.kernel.display._timeline import lanes_text
from motoolkit.kernel.display._tree import branch_lines, branches
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from motoolkit.drawing import Lane
    from motoolkit.model import OrgTree

State = Literal["now", "future", "past"]

_MOST_ROWS: Final = 60
_WIDEST: Final = 44
_MARKS: Final = {"now": "", "future": "kommende", "past": "ophørt"}
_GREY: Final = f"color: {QUIET}"


class Part(Protocol):
    """A part of a look."""

    def html(self) -> str:
        """Return it for a notebook; nothing when there is nothing to see."""

    def text(self) -> str:
        """Return it for a terminal."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table.

    Attributes:
        cells: as many texts as the table has headings.
        state: how it is on the day; what is no longer or not yet so is grey.
        uuid: of the object that it is about.
        warning: a word that must not be overlooked.
    """

    cells: tuple[str, ...]
    state: State = "now"
    uuid: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A table with a heading; columns in which nothing stands are left out.

    Attributes:
        title: the heading.
        headings: of the columns.
        rows: the lines.
        note: beside the heading; None for the number of lines.
        inks: the colours of columns, by heading.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str | None = None
    inks: Mapping[str, str] = field(default_factory=dict)

    def _kept(self) -> list[int]:
        return [at for at in range(len(self.headings)) if any(row.cells[at] for row in self.rows)]

    def _count(self) -> str:
        if self.note is not None:
            return self.note
        ended = sum(row.state == "past" for row in self.rows)
        return f"{len(self.rows)}, heraf {ended} ophørt" if ended else str(len(self.rows))

    def _more(self) -> str:
        left = len(self.rows) - _MOST_ROWS
        return f"… og {left} til" if left > 0 else ""

    def html(self) -> str:
        """Return the table."""
        if not self.rows:
            return ""
        kept, shown = self._kept(), self.rows[:_MOST_ROWS]
        drawn = table(
            [self.headings[at] for at in kept],
            [self._cells(row, kept) for row in shown],
            ["" if row.state == "now" else _GREY for row in shown],
        )
        more = f'<div style="{_GREY}">{self._more()}</div>' if self._more() else ""
        return f"{heading(self.title, self._count())}{drawn}{more}"

    def _cells(self, row: Row, kept: Sequence[int]) -> list[str]:
        marks = [span(_MARKS[row.state], _GREY)] if _MARKS[row.state] else []
        marks += [span(row.warning, f"color: {BAD}; font-weight: 600")] if row.warning else []
        first, *rest = kept
        told = span(row.cells[first], hint=row.uuid) + "".join(f" · {mark}" for mark in marks)
        return [told, *(self._inked(at, row.cells[at]) for at in rest)]

    def _inked(self, at: int, text: str) -> str:
        ink = self.inks.get(self.headings[at])
        return span(text, f"color: {ink}") if ink else safe(text)

    def text(self) -> str:
        """Return the table with its columns below each other."""
        if not self.rows:
            return ""
        kept = self._kept()
        lines = [[self.headings[at] for at in kept]]
        for row in self.rows[:_MOST_ROWS]:
            marks = [mark for mark in (_MARKS[row.state], row.warning.upper()) if mark]
            told = [_short(row.cells[at]) for at in kept]
            lines.append([*told, f"({', '.join(marks)})"] if marks else told)
        more = [f"  {self._more()}"] if self._more() else []
        beside = f" ({self._count()})" if self._count() else ""
        return "\n".join([f"{self.title}{beside}", *_aligned(lines), *more])


def _short(cell: str) -> str:
    masked = mask_all(cell)
    return masked if len(masked) <= _WIDEST else f"{masked[: _WIDEST - 1]}…"


def _aligned(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    for line in lines:
        padded = [cell.ljust(width) for cell, width in zip(line, widths, strict=False)]
        yield f"  {'  '.join([*padded, *line[len(widths) :]])}".rstrip()


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lanes of time."""

    title: str
    lanes: tuple[Lane, ...]
    as_of: date | None

    def html(self) -> str:
        """Return the drawing."""
        drawn = timeline_svg(self.lanes, self.as_of)
        return f"{heading(self.title)}{drawn}" if drawn else ""

    def text(self) -> str:
        """Return the bars as blocks."""
        drawn = lanes_text(self.lanes, self.as_of)
        return f"{self.title}\n{drawn}" if drawn else ""


@dataclass(frozen=True, slots=True)
class Branches:
    """A branch of the organisation; ``notes`` stand beside the names, by UUID."""

    title: str
    tree: OrgTree
    roots: tuple[str, ...]
    notes: Mapping[str, str] = field(default_factory=dict)
    quiet: str = ""

    def html(self) -> str:
        """Return branches that fold."""
        if not self.roots:
            return ""
        return f"{heading(self.title, self.quiet)}{branches(self.tree, self.roots, self.notes)}"

    def text(self) -> str:
        """Return drawn lines."""
        if not self.roots:
            return ""
        lines = (f"  {line}" for line in branch_lines(self.tree, self.roots, self.notes))
        return "\n".join([f"{self.title}{f' ({self.quiet})' if self.quiet else ''}", *lines])


@dataclass(frozen=True, repr=False)
class Look:
    """A quick look: a card in a notebook, text in a terminal; CPR numbers are masked in both.

    Attributes:
        title: what it is called.
        quiet: a word about it.
        facts: names and texts.
        parts: in order.
    """

    title: str
    quiet: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]

    def _repr_html_(self) -> str:
        shown = facts_table(self.facts) if self.facts else ""
        return card(self.title, shown + "".join(part.html() for part in self.parts), self.quiet)

    def __repr__(self) -> str:
        head = f"{self.title} · {self.quiet}" if self.quiet else self.title
        width = max((len(name) for name, _ in self.facts), default=0)
        facts = [f"  {name:<{width}}  {text}" for name, text in self.facts]
        told = [text for part in self.parts if (text := part.text())]
        return mask_all("\n\n".join(["\n".join([head, *facts]), *told]))

    def rows(self, title: str) -> tuple[Row, ...]:
        """Return the lines of a table by its heading, none where there is no such table."""
        found = (part.rows for part in self.parts if isinstance(part, Section) and part.title == title)
        return next(found, ())
