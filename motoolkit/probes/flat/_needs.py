"""What a document needs of the mirror, collected on the way: columns, why, of when, and the links followed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from motoolkit.catalogue import CATALOGUE

if TYPE_CHECKING:
    from motoolkit.probes.flat._windows import Window

FIRST_COLUMN: Final = 3
"""A row begins with its UUID, first day and first day after."""


@dataclass(slots=True)
class Need:
    """What is needed of one collection.

    Attributes:
        columns: the mirror's columns, each with its place in a row.
        reasons: the paths in the document for which it is read.
        windows: the windows that are looked at.
    """

    columns: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, None] = field(default_factory=dict)
    windows: set[Window] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Join:
    """A link that is followed locally.

    Attributes:
        path: the field of the document.
        collection: where it starts.
        column: the column that is compared there.
        target: the collection that it leads to.
        target_column: the column that is compared there.
        many: whether the column that is no ``uuid`` holds several.
        several: whether one row can find several.
    """

    path: str
    collection: str
    column: str
    target: str
    target_column: str
    many: bool = False
    several: bool = False

    @property
    def condition(self) -> str:
        """The condition in SQL, as DuckDB takes it."""
        left, right = f"{self.collection}.{self.column}", f"{self.target}.{self.target_column}"
        if self.collection == self.target:
            right = f"other.{self.target_column}"
        if not self.many:
            return f"{left} = {right}"
        return (
            f"list_contains({right}, {left})" if self.column == "uuid" else f"list_contains({left}, {right})"
        )


class Needs:
    """All that one document needs, by collection in the catalogue's order."""

    def __init__(self) -> None:
        self._found: dict[str, Need] = {}
        self.joins: dict[tuple[str, ...], Join] = {}

    def column(self, collection: str, name: str) -> int:
        """Need a column, and return its place in a row."""
        columns = self.of(collection).columns
        return columns.setdefault(name, FIRST_COLUMN + len(columns))

    def of(self, collection: str) -> Need:
        """Return what is needed of a collection, which is now one of those."""
        return self._found.setdefault(collection, Need())

    def read(self, collection: str, path: str, window: Window | None = None) -> None:
        """Note why a collection is read, and of when."""
        need = self.of(collection)
        need.reasons.setdefault(path)
        if window is not None:
            need.windows.add(window)

    def join(self, join: Join) -> None:
        """Note a link that is followed; the first path to follow it names it."""
        self.joins.setdefault((join.collection, join.column, join.target, join.target_column), join)

    def all(self) -> dict[str, Need]:
        """Return the needs in the catalogue's order."""
        return {name: self._found[name] for name in CATALOGUE if name in self._found}
