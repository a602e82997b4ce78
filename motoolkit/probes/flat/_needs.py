"""What a document needs of the mirror, collected on the way: columns, why and of when, and links."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.language import tr

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
        whole: whether all of it is needed.
        tops: the filters and limits with which the document itself asks for it.
        follows: the links that name what is needed of it: their collections and columns.
    """

    columns: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, None] = field(default_factory=dict)
    windows: set[Window] = field(default_factory=set)
    whole: bool = False
    tops: list[tuple[dict[str, Any], int | None]] = field(default_factory=list)
    follows: set[tuple[str, str]] = field(default_factory=set)

    @property
    def top(self) -> tuple[dict[str, Any], int | None] | None:
        """The document's own filter and limit, where nothing else is needed."""
        return self.tops[0] if len(self.tops) == 1 and not self.whole and not self.follows else None

    @property
    def named(self) -> bool:
        """Whether links name all that is needed."""
        return bool(self.follows) and not self.whole and not self.tops


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
    def words(self) -> str:
        """The join in words."""
        told = (
            tr("{target} whose {other} is the {column} of {collection}")
            if not self.many
            else tr("{target} whose {other} is in the {column} of {collection}")
            if self.column != "uuid"
            else tr("{target} whose {other} hold the {column} of {collection}")
        )
        return told.format(
            target=self.target, other=self.target_column, collection=self.collection, column=self.column
        )

    @property
    def condition(self) -> str:
        """The condition in SQL, as DuckDB takes it."""
        return self.between(self.collection, self.target if self.target != self.collection else "other")

    def between(self, here: str, there: str) -> str:
        """Return the condition between two tables that are called so."""
        left, right = f"{here}.{self.column}", f"{there}.{self.target_column}"
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

    def read(self, collection: str, path: str, window: Window | None = None, *, whole: bool = False) -> None:
        """Note why a collection is read, of when, and whether all of it is needed."""
        need = self.of(collection)
        need.whole |= whole
        need.reasons.setdefault(path)
        if window is not None:
            need.windows.add(window)

    def follow(self, join: Join) -> None:
        """Note a link that names what is needed of its target."""
        self.of(join.target).follows.add((join.collection, join.column))
        self.join(join)

    def join(self, join: Join) -> None:
        """Note a link that is followed; the first path to follow it names it."""
        self.joins.setdefault((join.collection, join.column, join.target, join.target_column), join)

    def all(self) -> dict[str, Need]:
        """Return the needs in the catalogue's order."""
        return {name: self._found[name] for name in CATALOGUE if name in self._found}
