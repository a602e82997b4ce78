"""What the concurrency probe found, in words, as JSON and as a picture."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - from_json reads the annotations
from pathlib import Path
from typing import TYPE_CHECKING, Final

from motoolkit.drawing import BAD, GOOD, QUIET, WARN, card, safe, span, table
from motoolkit.files import replace_file
from motoolkit.language import tr
from motoolkit.probes._json import built, plain
from motoolkit.probes._words import number, seconds
from motoolkit.probes.robust import Estimate, median, ratio, typical

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT: Final = 1
_HELPS: Final = 1.3
"""How many times as fast it must be to be worth pressing MO."""


@dataclass(frozen=True, slots=True)
class Level:
    """So many requests at a time.

    Attributes:
        parallel: how many.
        walls: seconds until all pages were there, each round.
        latencies: seconds of each answer.
        wrong: how many answers differed from those given alone.
    """

    parallel: int
    walls: tuple[float, ...] = ()
    latencies: tuple[float, ...] = ()
    wrong: int = 0

    def with_round(self, wall: float, latencies: Sequence[float], wrong: int) -> Level:
        """Return the level with one more round."""
        return Level(self.parallel, (*self.walls, wall), (*self.latencies, *latencies), self.wrong + wrong)


@dataclass(frozen=True, slots=True)
class ConcurrencyRun:
    """Whether parallel requests help.

    Attributes:
        mo: its address.
        started: when.
        limit: how many requests at a time the profile allows.
        page_size, pages, rounds: what was asked for.
        levels: what was found.
        stopped: why it ended early; blank when it did not.
        changed: answers that differed because somebody changed MO.
    """

    mo: str
    started: datetime
    limit: int
    page_size: int = 0
    pages: int = 0
    rounds: int = 0
    levels: tuple[Level, ...] = ()
    stopped: str = ""
    changed: int = 0

    @property
    def wrong(self) -> int:
        """How many answers were wrong under load."""
        return sum(level.wrong for level in self.levels)

    @property
    def partial(self) -> bool:
        """Whether it ended early."""
        return bool(self.stopped)

    def faster(self, level: Level) -> Estimate:
        """Return how many times as fast all pages came as one at a time."""
        return ratio(level.walls, self.levels[0].walls)

    @property
    def best(self) -> Level | None:
        """The level at which parallel requests help most; None where they do not."""
        helping = [
            level
            for level in self.levels[1:]
            if level.walls and self.faster(level).value >= _HELPS and self.faster(level).low > 1
        ]
        return max(helping, key=lambda level: self.faster(level).value, default=None)

    @property
    def verdict(self) -> str:
        """The answer in a sentence, in the language in use."""
        if not any(level.walls for level in self.levels[1:]):
            if self.stopped:
                return tr("It can not be told whether parallel requests help.")
            return tr("The profile allows one request at a time: nothing to compare.")
        if (best := self.best) is None:
            return tr("Parallel requests do not help: MO answers one at a time.")
        return tr(
            "Parallel requests help: {number} at a time are {times} times as fast.",
            number=best.parallel,
            times=number(self.faster(best).value),
        )

    @property
    def rightness(self) -> str:
        """Whether answers stay right, in a sentence."""
        if self.wrong:
            return tr("{number} answers were wrong under load.", number=self.wrong)
        return tr("All answers were the same as one at a time.")

    def to_json(self) -> str:
        """Return the run as JSON."""
        found = {"version": FORMAT, "kind": "concurrency", **plain(self)}
        return json.dumps(found, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> ConcurrencyRun:
        """Return a run that ``to_json`` wrote."""
        return built(cls, json.loads(text))

    def save(self, path: str | Path) -> Path:
        """Write the run as JSON, for its owner only."""
        file = Path(path).expanduser()
        replace_file(file, self.to_json().encode())
        return file

    def rows(self) -> list[tuple[str, ...]]:
        """Return the levels as rows of texts."""
        return [
            (
                str(level.parallel),
                seconds(typical(level.walls)),
                number(self.faster(level).value, 2),
                seconds(median(level.latencies)),
                number(self.pages / typical(level.walls)),
                str(level.wrong),
            )
            for level in self.levels
            if level.walls
        ]

    @property
    def headings(self) -> tuple[str, ...]:
        """What the rows hold."""
        return (
            tr("At a time"),
            tr("All pages"),
            tr("Times as fast"),
            tr("An answer"),
            tr("Answers a second"),
            tr("Wrong"),
        )

    def __str__(self) -> str:
        widths = [max(len(row[at]) for row in (self.headings, *self.rows())) for at in range(6)]
        lines = (
            "  ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)).rstrip()
            for row in (self.headings, *self.rows())
        )
        told = [self.verdict, self.rightness, *([f"! {self.stopped}"] if self.stopped else [])]
        return "\n".join([*told, "", *lines])

    def _repr_html_(self) -> str:
        from motoolkit.probes.picture import Bar, Block, Piece, image

        ink = GOOD if self.best else QUIET
        told = [f'<div style="color: {WARN}">! {safe(self.stopped)}</div>'] if self.stopped else []
        told.append(f"<div>{span(self.verdict, f'color: {ink}; font-weight: 600')}</div>")
        told.append(f"<div>{span(self.rightness, f'color: {BAD if self.wrong else QUIET}')}</div>")
        bars = tuple(
            Bar(
                tr("{number} at a time", number=level.parallel),
                (Piece(seconds(typical(level.walls)), typical(level.walls), "#5b8fc0"),),
                seconds(typical(level.walls)),
            )
            for level in self.levels
            if level.walls
        )
        heading = tr("{number} pages of {size} objects", number=self.pages, size=self.page_size)
        drawn = image([Block(heading, bars)], alt=heading) if bars else ""
        cells = [[safe(cell) for cell in row] for row in self.rows()]
        quiet = f"{self.mo} · {self.started:%d-%m-%Y %H:%M} UTC"
        return card(tr("Parallel requests"), f"{''.join(told)}{drawn}{table(self.headings, cells)}", quiet)
