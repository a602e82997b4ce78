"""One owner's identities as a picture: for notebooks, terminals and files."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motoolkit.drawing import card, heading, page
from motoolkit.errors import InputError, ReportError
from motoolkit.files import replace_file
from motoolkit.identities.picture import _html, _svg
from motoolkit.identities.picture._days import days_of
from motoolkit.identities.picture._draw import drawn
from motoolkit.identities.picture._lanes import lanes_html
from motoolkit.identities.picture._layout import laid_out
from motoolkit.identities.picture._marks import marked, wrongs_on
from motoolkit.identities.picture._text import tree
from motoolkit.identities.picture._web import OWNER, web_of
from motoolkit.language import tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from motoolkit.findings import Finding
    from motoolkit.identities.graph import Identity
    from motoolkit.identities.picture._days import Days
    from motoolkit.identities.picture._marks import Wrong
    from motoolkit.identities.picture._scene import Scene
    from motoolkit.identities.picture._web import Web

_MOST_TOLD: Final = 3
_NO_MARKS: Final[dict[str, tuple[str, ...]]] = {}


class IdentityPicture:
    """Engagements, accounts and addresses of one owner, what is linked with what, and what is wrong.

    A notebook shows the day of the identity with a slider for others, and all of it through time; a terminal
    shows a tree.  CPR numbers are masked.  It needs no network, and stays in exported HTML.
    """

    def __init__(
        self,
        identity: Identity,
        findings: Iterable[Finding] = (),
        marks: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Draw an identity.

        Args:
            identity: of a person or a unit, through time.
            findings: of any number of owners; those that are not of this one are left out.
            marks: by a finding's key the UUIDs of nodes, and "one/other" of links, that it is seen at.
        """
        self.identity = identity
        self._marks = _NO_MARKS if marks is None else marks
        own = {identity.uuid, *(node.uuid for node in identity.nodes)}
        self.findings = tuple(finding for finding in findings if self._is_of(finding, own))

    def _is_of(self, finding: Finding, own: set[str]) -> bool:
        places = {part for where in self._marks.get(finding.key, ()) for part in where.split("/")}
        return finding.subject.uuid in own or bool(places & own)

    @property
    def as_of(self) -> date:
        """The day that it shows first."""
        return self.identity.as_of

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which something begins or ends, and its own; merged where they are very many."""
        return self._days.shown

    @property
    def title(self) -> str:
        """Whose it is."""
        return mask_all(self.identity.name)

    def svg(self, day: date | None = None) -> str:
        """Return a day as an SVG document; its own day without ``day``."""
        return _svg.svg(self.scene(day), f"{self.title}, {_written(day or self.as_of)}")

    def png(self, day: date | None = None) -> bytes:
        """Return a day as a PNG on white; its own day without ``day``.

        Raises:
            ReportError: matplotlib is not installed.
        """
        from motoolkit.identities.picture._png import png

        return png(self.scene(day))

    def text(self, day: date | None = None) -> str:
        """Return a day as a tree in words; its own day without ``day``."""
        chosen = day or self.as_of
        web, wrongs = self._web(chosen), self._wrongs(chosen)
        head = f"{self.title} · {_written(chosen)}"
        said = "" if web.cells else self._nothing(chosen)
        return "\n".join(filter(None, [head, said, tree(web, wrongs), *self._notes(web)]))

    def html(self) -> str:
        """Return what a notebook shows."""
        days, frames = self._days, [self._frame(day) for day in self._days.shown]
        at = days.shown.index(self.as_of)
        body = frames[at]
        if len(frames) > 1:
            data = {
                "label": tr("Day"),
                "days": [_written(day) for day in days.shown],
                "frames": frames,
                "at": at,
            }
            body = _html.with_slider(body, data)
        return card(self.title, body + _html.lines([days.note]) + self.through_time())

    def frame(self, day: date | None = None) -> str:
        """Return a day as HTML, without the slider and the lanes; its own day without ``day``."""
        return self._frame(day or self.as_of)

    def to_json(self) -> str:
        """Return all of it through time, and what is wrong, as JSON (``version`` 1), for programs."""
        from motoolkit.identities.picture._json import to_json

        return to_json(self.identity, self.findings, self._marks)

    def through_time(self) -> str:
        """Return all of it through time as HTML, a lane for each thing; "" where there is nothing."""
        lanes = lanes_html(self.identity, self.findings, self._marks)
        return heading(tr("Through time")) + lanes if lanes else ""

    def save(self, path: str | Path, day: date | None = None) -> Path:
        """Write it to a file that only its owner may read; whole or not at all.

        Args:
            path: ends in ``.html`` (with slider and lanes), ``.svg`` or ``.png`` (one day).
            day: of an SVG or PNG; its own day without.

        Raises:
            InputError: the file's name has another ending.
            ReportError: it can not be written, or drawn.
        """
        target = Path(path).expanduser()
        makers = {
            ".html": lambda: page(self.html(), self.title).encode(),
            ".svg": lambda: self.svg(day).encode(),
            ".png": lambda: self.png(day),
        }
        if (make := makers.get(target.suffix.lower())) is None:
            raise InputError(
                f"A picture is not saved as {target.name!r}.", remedy="End the name in .html, .svg or .png."
            )
        content = make()
        try:
            replace_file(target, content)
        except OSError as error:
            raise ReportError(
                f"{target.name} can not be written to {target.parent} ({error.strerror}).",
                remedy="Choose another file, or make room and check who may write there.",
            ) from None
        return target

    def scene(self, day: date | None = None) -> Scene:
        """Return what is drawn of a day."""
        chosen = day or self.as_of
        layout = laid_out(self._web(chosen), self._columns)
        return drawn(layout, marked(self._wrongs(chosen)), dashed=self.identity.sort == "org_unit")

    def __repr__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": self.text(), "text/html": self.html()}

    def _repr_html_(self) -> str:
        return self.html()

    @cached_property
    def _days(self) -> Days:
        return days_of(self.identity)

    @cached_property
    def _columns(self) -> tuple[int, ...]:
        """The columns of all days, so that nothing moves sideways."""
        columns = {cell.column for day in self._days.shown for cell in self._web(day).cells}
        return tuple(sorted(columns - {OWNER}))

    def _web(self, day: date) -> Web:
        return web_of(self.identity.on(day))

    def _wrongs(self, day: date) -> tuple[Wrong, ...]:
        return wrongs_on(day, self.findings, self._marks)

    def _frame(self, day: date) -> str:
        web, wrongs = self._web(day), self._wrongs(day)
        shown = heading(_written(day), self._changes.get(day, ""))
        if web.cells:
            title = f"{self.title}, {_written(day)}"
            shown += _svg.image(self.scene(day), title, self.text(day))
        else:
            shown += _html.lines([self._nothing(day)])
        return shown + _html.wrongs_list(wrongs) + _html.lines(self._notes(web))

    def _nothing(self, day: date) -> str:
        if not self.identity.nodes:
            return tr("{name} has never had an engagement, an account or an address.", name=self.title)
        return tr(
            "{name} has no engagement, no account and no address on {day}.",
            name=self.title,
            day=_written(day),
        )

    def _notes(self, web: Web) -> list[str]:
        """Return what MO links to, has not, and is not drawn as a broken link."""
        drawn_ones = {cell.key for cell in web.cells}
        left = [uuid for uuid in self.identity.dangling if uuid not in drawn_ones]
        return [tr("MO refers to what it does not have: {uuids}.", uuids=", ".join(left))] if left else []

    @cached_property
    def _changes(self) -> dict[date, str]:
        """What begins and what has ended on each day of the slider since the one before it."""
        told: dict[date, str] = {}
        before: dict[str, str] = {}
        for day in self._days.shown:
            there = {node.uuid: node.label for node in self.identity.on(day).nodes}
            gone = {uuid: label for uuid, label in before.items() if uuid not in there}
            new = {uuid: label for uuid, label in there.items() if uuid not in before}
            told[day] = mask_all(" ".join(filter(None, (_listed("+", new), _listed("−", gone)))))
            before = there
        return told


def _listed(sign: str, labels: Mapping[str, str]) -> str:
    shown = list(labels.values())[:_MOST_TOLD]
    more = len(labels) - len(shown)
    return f"{sign} {', '.join(shown)}{f' +{more}' if more else ''}" if shown else ""


def _written(day: date) -> str:
    return f"{day:%d-%m-%Y}"
