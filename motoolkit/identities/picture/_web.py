"""What is drawn of an owner on one day: cells in columns, edges between them, bands of what hangs together.

Roles stand in the cell of their account and manager's posts in that of their engagement.  A link to what MO
does not have ends in a broken cell.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from motoolkit.language import N_, tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.identities.graph import Identity, Node
    from motoolkit.model import Validity

OWNER, ENGAGEMENT, ACCOUNT, ADDRESS = range(4)
COLUMNS: Final = ("", N_("Engagements"), N_("IT accounts"), N_("Addresses"))
_COLUMN: Final = {
    "engagement": ENGAGEMENT,
    "manager": ENGAGEMENT,
    "ituser": ACCOUNT,
    "rolebinding": ACCOUNT,
    "address": ADDRESS,
}
_HOSTS: Final = {"rolebinding": ("ituser",), "manager": ("engagement",)}
"""In whose cells something is told, where it is linked to one."""

CellSort = Literal["owner", "engagement", "manager", "ituser", "rolebinding", "address", "broken"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A box.

    Attributes:
        key: the UUID of what it is.
        sort: what it is.
        column: in which it stands.
        label: what it is called.
        detail: what tells more.
        validity: when it is so; None where that is not known.
        within: what is told in it: roles, posts.
        keys: of what is told in it.
    """

    key: str
    sort: CellSort
    column: int
    label: str
    detail: str = ""
    validity: Validity | None = None
    within: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between cells, from the left to the right."""

    one: str
    other: str
    validity: Validity


@dataclass(frozen=True, slots=True)
class Web:
    """All that is drawn of a day.

    Attributes:
        owner: the cell of the owner.
        bands: cells that belong together, in order; the last may be of what serves no engagement.
        edges: between all of them.
        alone: whether the last band is of what serves no engagement.
    """

    owner: Cell
    bands: tuple[tuple[Cell, ...], ...]
    edges: tuple[Edge, ...]
    alone: bool = False

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All but the owner's."""
        return tuple(cell for band in self.bands for cell in band)


def web_of(identity: Identity) -> Web:
    """Return what is drawn of an owner; ``identity`` is what holds on one day (``Identity.on``)."""
    return _Weaver(identity).web()


class _Weaver:
    """A web while it is made."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.nodes: dict[str, Node] = {}
        for node in identity.nodes:
            self.nodes.setdefault(node.uuid, node)
        self.hosts = dict(self._hosted())
        self.cells: dict[str, Cell] = {}

    def web(self) -> Web:
        owner = Cell(self.identity.uuid, "owner", OWNER, mask_all(self.identity.name))
        within: dict[str, list[Node]] = defaultdict(list)
        for uuid, host in self.hosts.items():
            within[host].append(self.nodes[uuid])
        for node in self.nodes.values():
            if node.uuid not in self.hosts:
                self.cells[node.uuid] = _cell(node, tuple(within[node.uuid]))
        self.cells[owner.key] = owner
        self._break()
        edges = tuple(self._edges())
        del self.cells[owner.key]
        bands, alone = self._bands(edges)
        return Web(owner, bands, edges, alone)

    def _hosted(self) -> Iterator[tuple[str, str]]:
        """Yield what is told in the cell of something else, and of what."""
        told: set[str] = set()
        for link in self.identity.links:
            inner, host = self.nodes.get(link.other), self.nodes.get(link.one)
            if inner and host and inner.uuid not in told and host.sort in _HOSTS.get(inner.sort, ()):
                told.add(inner.uuid)
                yield inner.uuid, host.uuid

    def _edges(self) -> Iterator[Edge]:
        drawn: set[tuple[str, str]] = set()
        for link in self.identity.links:
            if link.other in self.hosts or link.one in self.hosts:
                continue
            one, other = self.cells.get(link.one), self.cells.get(link.other)
            if one is None or other is None or one.column == other.column:
                continue
            if one.column > other.column:
                one, other = other, one
            if (one.key, other.key) not in drawn:
                drawn.add((one.key, other.key))
                yield Edge(one.key, other.key, link.validity)

    def _break(self) -> None:
        """Make cells for what is not there: before all that link to it, else behind."""
        beside: dict[str, set[int]] = defaultdict(set)
        for link in self.identity.links:
            for gone, cell in (
                (link.one, self.cells.get(link.other)),
                (link.other, self.cells.get(link.one)),
            ):
                if cell and gone not in self.nodes and gone in self.identity.dangling:
                    beside[gone].add(cell.column)
        for gone, columns in beside.items():
            before = max(min(columns) - 1, ENGAGEMENT)
            free = (column for column in (before, ACCOUNT, ADDRESS) if column not in columns)
            self.cells[gone] = Cell(gone, "broken", next(free, ADDRESS), tr("Not in MO"), gone)

    def _bands(self, edges: Iterable[Edge]) -> tuple[tuple[tuple[Cell, ...], ...], bool]:
        """Return what belongs together, by its first cell; all that serves no engagement is one, the last."""
        bands: dict[str, list[Cell]] = defaultdict(list)
        top = _roots(self.cells, edges)
        for key, cell in self.cells.items():
            bands[top[key]].append(cell)
        serving = [band for band in bands.values() if any(cell.column == ENGAGEMENT for cell in band)]
        serving.sort(key=lambda band: min(cell.column for cell in band))
        rest = [cell for band in bands.values() if band not in serving for cell in band]
        return tuple(map(tuple, [*serving, *([rest] if rest else [])])), bool(rest)


def _cell(node: Node, within: tuple[Node, ...]) -> Cell:
    column = _COLUMN[node.sort]
    label, detail = mask_all(node.label), mask_all(node.detail)
    told = tuple(mask_all(", ".join(filter(None, (one.label, one.detail)))) for one in within)
    keys = tuple(one.uuid for one in within)
    return Cell(node.uuid, node.sort, column, label, detail, node.validity, told, keys)


def _roots(keys: Iterable[str], edges: Iterable[Edge]) -> dict[str, str]:
    """Return for each key one that all have in common that hang together."""
    above = {key: key for key in keys}

    def root(key: str) -> str:
        while above[key] != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    for edge in edges:
        if edge.one in above and edge.other in above:
            above[root(edge.other)] = root(edge.one)
    return {key: root(key) for key in above}
