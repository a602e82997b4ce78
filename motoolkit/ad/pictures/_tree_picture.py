"""Both trees side by side, as a table with colours and words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.ad.pictures._tree import (
    ALIKE,
    DOUBLE,
    ENDED,
    EXTRA,
    MISSING,
    MOVED,
    RENAMED,
    UNTOLD,
    Node,
    tree,
)
from motoolkit.drawing import BAD, GOOD, QUIET, WARN, card, safe, span, table
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.ad.world import World
    from motoolkit.findings import Finding

_STATES: Final = {
    ALIKE: (N_("alike"), GOOD),
    MISSING: (N_("missing in AD"), BAD),
    EXTRA: (N_("in AD only"), BAD),
    MOVED: (N_("lies elsewhere"), WARN),
    RENAMED: (N_("other name"), WARN),
    DOUBLE: (N_("not one to one"), WARN),
    ENDED: (N_("of an ended unit"), WARN),
    UNTOLD: (N_("not known"), QUIET),
}
_INDENT: Final = "\u2003"
"""A blank that is as wide as high: it stays where a page drops styles."""
_NONE: Final = "–"
_ROWS: Final = 60


class _Line(NamedTuple):
    depth: int
    unit: str
    ou: str
    states: tuple[str, ...]
    where: str = ""


class TreePicture:
    """MO's units beside a directory's OUs, with what is wrong; branches that are alike are only counted.

    Args:
        world: both sides.
        findings: of the audit.
        ad: the directory.
        rows: so many lines at most.
        whole: show also what is alike.
    """

    def __init__(
        self, world: World, findings: Iterable[Finding], ad: str, *, rows: int = _ROWS, whole: bool = False
    ) -> None:
        self._ad = ad
        nodes = tree(world, ad, findings)
        self._counts = Counter(state for node in _all(nodes) for state in node.states)
        lines = list(_lines(nodes, 0, whole=whole))
        self._lines, self._more = lines[:rows], max(len(lines) - rows, 0)

    def __repr__(self) -> str:
        if not self._lines:
            return self._nothing()
        told = [f"{self._ad}: {', '.join(f'{n} {tr(_STATES[s][0])}' for s, n in self._counted())}"]
        told += ["  ".join(filter(None, (*_names(line), _words(line)))) for line in self._lines]
        return "\n".join([*told, *([self._left()] if self._more else [])])

    def _repr_html_(self) -> str:
        if not self._lines:
            return card(self._ad, f"<p>{safe(self._nothing())}</p>")
        counted = " · ".join(
            span(f"{number} {tr(_STATES[state][0])}", f"color: {_STATES[state][1]}; font-weight: 600")
            for state, number in self._counted()
        )
        body = table(("MO", "AD", ""), [_cells(line) for line in self._lines])
        left = f"<p>{safe(self._left())}</p>" if self._more else ""
        title = tr("Units and OUs in {ad}", ad=self._ad)
        return card(title, f'<div style="margin: 6px 0">{counted}</div>{body}{left}')

    def _counted(self) -> list[tuple[str, int]]:
        return [(state, self._counts[state]) for state in _STATES if self._counts[state]]

    def _left(self) -> str:
        return tr("… and {number} more", number=self._more)

    def _nothing(self) -> str:
        return tr("{ad}: the settings name no ou_root, so its OUs are not compared.", ad=self._ad)


def _all(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.below)


def _lines(nodes: Iterable[Node], depth: int, *, whole: bool) -> Iterator[_Line]:
    alike = 0
    for node in nodes:
        if node.as_it_should and depth and not whole:
            alike += node.size()
            continue
        yield _Line(depth, node.unit, node.ou, node.states, node.where)
        yield from _lines(node.below, depth + 1, whole=whole)
    if alike:
        yield _Line(depth, tr("… {number} alike", number=alike), "", ())


def _names(line: _Line) -> tuple[str, str]:
    indent = _INDENT * line.depth
    return f"{indent}{line.unit or _NONE}", f"{indent}{line.ou or _NONE}" if line.states else ""


def _words(line: _Line) -> str:
    told = ", ".join(tr(_STATES[state][0]) for state in line.states)
    return f"{told}: {line.where}" if line.where else told


def _cells(line: _Line) -> list[str]:
    unit, ou = _names(line)
    if not line.states:
        return [span(unit, f"color: {QUIET}"), "", ""]
    ink = _STATES[line.states[0]][1]
    look = f"color: {ink}" if line.states != (ALIKE,) else ""
    return [span(unit, look), span(ou, look), span(_words(line), f"color: {ink}")]
