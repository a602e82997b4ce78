"""A day in words: a tree for terminals, and for those who hear a picture instead of seeing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.identities.picture._marks import marked
from motoolkit.language import tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from motoolkit.identities.picture._marks import Mark, Wrong
    from motoolkit.identities.picture._web import Cell, Web


def tree(web: Web, wrongs: Sequence[Wrong]) -> str:
    """Return what is drawn as lines of text, then what is wrong; CPR numbers are masked."""
    lines = list(_Teller(web, marked(wrongs)).lines())
    lines += [f"⚠ {one.number}. {one.finding.severity.label}: {one.told}" for one in wrongs]
    return mask_all("\n".join(lines))


class _Teller:
    """Tells of a web from the left to the right; what several have is told whole once."""

    def __init__(self, web: Web, marks: Mapping[str, Mark]) -> None:
        self.web = web
        self.marks = marks
        self.cells = {cell.key: cell for cell in (web.owner, *web.cells)}
        self.below: dict[str, list[str]] = {}
        place = {key: number for number, key in enumerate(self.cells)}
        for edge in sorted(web.edges, key=lambda edge: place[edge.other]):
            self.below.setdefault(edge.one, []).append(edge.other)
        self.told: set[str] = set()

    def lines(self) -> Iterator[str]:
        linked = {edge.other for edge in self.web.edges}
        owner = self.web.owner.key
        first = [cell.key for cell in self.web.cells if cell.key not in linked]
        yield from self._branches(owner, [*self.below.get(owner, ()), *first], "")

    def _branches(self, above: str, keys: Sequence[str], before: str) -> Iterator[str]:
        for key in keys:
            last = key == keys[-1]
            again = key in self.told
            self.told.add(key)
            cell = self.cells[key]
            yield f"{before}{'└─ ' if last else '├─ '}{self._line(above, cell)}{' ↑' if again else ''}"
            deeper = f"{before}{'   ' if last else '│  '}"
            if not again:
                yield from (f"{deeper}◆ {one}" for one in cell.within)
                yield from self._branches(key, self.below.get(key, ()), deeper)

    def _line(self, above: str, cell: Cell) -> str:
        name = f"{tr('Not in MO')}: {cell.key}" if cell.sort == "broken" else cell.label
        detail = f" ({cell.detail})" if cell.detail and cell.sort != "broken" else ""
        keys = (cell.key, *cell.keys, f"{above}/{cell.key}")
        numbers = sorted({one.number for key in keys if key in self.marks for one in self.marks[key].wrongs})
        signs = f"  ⚠ {', '.join(map(str, numbers))}" if numbers else ""
        return f"{name}{detail}{signs}"
