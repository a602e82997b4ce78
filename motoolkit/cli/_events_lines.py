"""How an event is printed: lines for people, colours on a terminal only; JSON for programs."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console
    from rich.table import Table

    from motoolkit.events._story import Line, Story

_EMPTY: Final = "–"
_COLOURS: Final = {"created": "green", "changed": "yellow", "deleted": "red", "unchanged": "dim"}
_INDENT, _TIME, _KEY, _WHAT, _FIELD, _PERIOD = 10, 8, 12, 9, 16, 24


def printer(form: str) -> Callable[[Story], None]:
    """Return what prints an event as ``table`` or ``json``."""
    if form == "json":
        return lambda story: click.echo(json.dumps(record(story), ensure_ascii=False))
    if not sys.stdout.isatty():
        return lambda story: click.echo("\n".join(plain(story)))
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    return lambda story: show(story, console)


def record(story: Story) -> dict[str, Any]:
    """Return an event as JSON has it; ``what``, ``name`` and ``changes`` are null where no mirror knows."""
    event = story.event
    return {
        "received": event.received.isoformat(),
        "routing_key": event.routing_key,
        "subject": story.subject,
        "priority": event.priority,
        "namespace": event.namespace,
        "name": story.name or None,
        "what": story.what,
        "changes": None if story.what is None else [_change(line) for line in story.lines],
    }


def _change(line: Line) -> dict[str, Any]:
    period = {"from": _day(line.validity.start), "to": _day(line.validity.end)}
    return {"field": line.field, **period, "old": line.old or None, "new": line.new or None}


def _day(value: Any) -> str | None:
    return None if value is None else str(value)


def plain(story: Story) -> list[str]:
    """Return an event as lines of any width."""
    lines = [" ".join(f"{cell:<{width}}" for cell, width in _heading(story)).rstrip()]
    lines += [
        f"{'':<{_INDENT}}{line.field:<{_FIELD}} {line.validity!s:<{_PERIOD}} "
        f"{line.old or _EMPTY} → {line.new or _EMPTY}"
        for line in story.lines
    ]
    return lines


def _heading(story: Story) -> list[tuple[str, int]]:
    event = story.event
    what = [(story.what, _WHAT)] if story.what else []
    urgent = f" (priority {event.priority})" if event.priority != _ORDINARY else ""
    called = f"{story.name or story.subject}{urgent}"
    return [(f"{event.received:%H:%M:%S}", _TIME), (event.routing_key, _KEY), *what, (called, 0)]


_ORDINARY: Final = 10_000


def show(story: Story, console: Console) -> None:
    """Print an event on a terminal, as wide as it is."""
    from rich.text import Text

    styles = ("dim", "cyan", *((_COLOURS[story.what],) if story.what else ()), "bold")
    cells = _heading(story)
    heading = _grid([width for _, width in cells[:-1]])
    heading.add_row(*(Text(cell, style) for (cell, _), style in zip(cells, styles, strict=True)))
    console.print(heading)
    if not story.lines:
        return
    table = _grid([_INDENT - 1, _FIELD, _PERIOD])
    for line in story.lines:
        sides = Text.assemble((line.old or _EMPTY, "red"), " → ", (line.new or _EMPTY, "green"))
        table.add_row("", line.field, Text(str(line.validity), "dim"), sides)
    console.print(table)


def _grid(widths: list[int]) -> Table:
    """Return a grid whose last column takes what is left."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    for width in widths:
        grid.add_column(width=width, no_wrap=True, overflow="ellipsis")
    grid.add_column(ratio=1, overflow="fold")
    return grid
