"""How an organisation looks: branches that fold in a notebook, drawn lines in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.drawing import PAGE, QUIET, WARN, safe
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from motoolkit.model import OrgTree

MOST: Final = 400
"""Units that a person scrolls through; a notebook of more is slow to open."""
_MOST_LINES: Final = 60
_OPEN_LEVELS: Final = 2
_MOST_PROBLEMS: Final = 5


class Cap:
    """How many more units there is room for."""

    def __init__(self, room: int) -> None:
        self.room = room


def html(tree: OrgTree) -> str:
    """Return a tree whose branches fold; what there is no room for is counted."""
    problems = "".join(
        f'<div style="color: {WARN}">{safe(problem.message)}</div>'
        for problem in tree.problems[:_MOST_PROBLEMS]
    )
    return (
        f'<div style="{PAGE}"><b>{_headline(tree)}</b>{problems}'
        f"{branches(tree, tree.roots, {})}{_problems_left(tree)}</div>"
    )


def branches(tree: OrgTree, roots: Sequence[str], notes: Mapping[str, str]) -> str:
    """Return branches as HTML; the notes, by UUID, stand beside the names."""
    cap = Cap(MOST)
    total = sum(len(tree.subtree(root)) for root in roots)
    shown = _branches(tree, roots, notes, cap, level=1)
    left = total - (MOST - cap.room)
    return shown + (f'<div style="color: {QUIET}">… og {left} enheder til</div>' if left > 0 else "")


def _branches(tree: OrgTree, uuids: Sequence[str], notes: Mapping[str, str], cap: Cap, level: int) -> str:
    parts = []
    for uuid in uuids:
        if cap.room <= 0:
            break
        cap.room -= 1
        parts.append(_branch(tree, uuid, notes, cap, level))
    return f'<div style="margin-left: {0 if level == 1 else 18}px">{"".join(parts)}</div>'


def _branch(tree: OrgTree, uuid: str, notes: Mapping[str, str], cap: Cap, level: int) -> str:
    below = len(tree.subtree(uuid)) - 1
    told = [*([f"{below} under"] if below else ()), *([notes[uuid]] if notes.get(uuid) else ())]
    quiet = f' <span style="color: {QUIET}">{safe(" · ".join(told))}</span>' if told else ""
    name = f'<span title="{safe(uuid)}">{safe(tree.name(uuid))}</span>{quiet}'
    if not below:
        return f'<div style="padding-left: 17px">{name}</div>'
    unfolded = " open" if level < _OPEN_LEVELS else ""
    inside = _branches(tree, tree.children(uuid), notes, cap, level + 1)
    return f'<details{unfolded}><summary style="cursor: pointer">{name}</summary>{inside}</details>'


def _headline(tree: OrgTree) -> str:
    return f"{_units(len(tree))}, {tree.depth} {'niveau' if tree.depth == 1 else 'niveauer'}"


def _units(count: int) -> str:
    return f"{count} {'enhed' if count == 1 else 'enheder'}"


def _problems_left(tree: OrgTree) -> str:
    left = len(tree.problems) - _MOST_PROBLEMS
    return f'<div style="color: {WARN}">… og {left} fejl til</div>' if left > 0 else ""


def text(tree: OrgTree) -> str:
    """Return a tree as plain text."""
    problems = [problem.message for problem in tree.problems[:_MOST_PROBLEMS]]
    return mask_all("\n".join([_headline(tree), *problems, *branch_lines(tree, tree.roots, {})]))


def branch_lines(tree: OrgTree, roots: Sequence[str], notes: Mapping[str, str]) -> list[str]:
    """Return branches as lines of text, the upper levels first if there is no room for all."""
    shown = _uppermost(tree, roots)
    lines: list[str] = []
    told = 0
    stack = [(root, "", "") for root in reversed(roots) if root in shown]
    while stack:
        uuid, before, below = stack.pop()
        note = f"  ({notes[uuid]})" if notes.get(uuid) else ""
        children = [child for child in tree.children(uuid) if child in shown]
        hidden = len(tree.subtree(uuid)) - 1 if not children else 0
        more = f"  … {hidden} under" if hidden else ""
        told += hidden
        lines.append(f"{before}{tree.name(uuid)}{note}{more}")
        stack += [
            (child, f"{below}{'└─ ' if last else '├─ '}", f"{below}{'   ' if last else '│  '}")
            for last, child in zip([True] + [False] * len(children), reversed(children), strict=False)
        ]
    left = sum(len(tree.subtree(root)) for root in roots) - len(lines) - told
    return [*lines, *([f"… og {_units(left)} til"] if left else ())]


def _uppermost(tree: OrgTree, roots: Sequence[str]) -> set[str]:
    """Return the units that there is room for, level by level, and families whole."""
    shown: set[str] = set(roots[:_MOST_LINES])
    level = list(roots[:_MOST_LINES])
    while level:
        below: list[str] = []
        for uuid in level:
            children = tree.children(uuid)
            if len(shown) + len(children) > _MOST_LINES:
                continue
            shown.update(children)
            below += children
        level = below
    return shown
