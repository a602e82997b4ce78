"""The committees as a tree, to choose one with all below it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import anywidget
import traitlets as t

from motoolkit.language import tr
from motoolkit.model import danish_key, mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.forms.deputies import Named, Seat

_HERE: Final = Path(__file__).parent


class UnitTree(anywidget.AnyWidget):
    """A tree of units, walked with the arrow keys; Enter chooses one, and again takes it back.

    Attributes:
        value: the UUID of the unit that is chosen, "" for none.
    """

    _esm = _HERE / "tree.js"
    _css = _HERE / "tree.css"

    label = t.Unicode().tag(sync=True)
    nodes = t.List(t.Dict()).tag(sync=True)
    value = t.Unicode().tag(sync=True)

    def __init__(self, label: str = "") -> None:
        super().__init__(label=label or tr("Committees"))

    def show(self, seats: Iterable[Seat]) -> None:
        """Show the committees of seats and the units above them, each with how many seats it has."""
        self.nodes = nodes(seats)


def nodes(seats: Iterable[Seat]) -> list[dict[str, Any]]:
    """Return units as the tree has them, siblings in Danish order; ``parent`` is "" at the top."""
    counts: Counter[str] = Counter()
    found: dict[str, tuple[Named, str]] = {}
    for seat in seats:
        counts[seat.unit.uuid] += 1
        parent = ""
        for unit in (*seat.above, seat.unit):
            found[unit.uuid] = (unit, parent)
            parent = unit.uuid
    ordered = sorted(found.values(), key=lambda pair: danish_key(pair[0].name))
    return [
        {
            "value": unit.uuid,
            "label": mask_all(unit.name),
            "note": str(counts[unit.uuid] or ""),
            "parent": parent,
        }
        for unit, parent in ordered
    ]
