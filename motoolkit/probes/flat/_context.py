"""What is known while one document is looked through, and what its lists leave in MO's loader."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.language import tr
from motoolkit.probes.flat._filters import Filters
from motoolkit.probes.flat._needs import Join
from motoolkit.probes.flat._refused import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from motoolkit.probes.flat._needs import Needs
    from motoolkit.probes.flat._windows import Window

_NULL_PARENT: Final = 28
"""From here top units have no parent; before, they name the root organisation (measured)."""


@dataclass(slots=True)
class Loader:
    """What MO's loader holds of a collection: the slices of one window, if it can be told which."""

    window: Window


@dataclass(slots=True)
class Loads:
    """Where a document reads what was loaded, and the windows of the lists that may have loaded it.

    MO fills its loader with the first list that gives an object, else with the present, so that a ``current``
    without ``at`` depends on the rest of the request (measured: domain 4).
    """

    loader: Loader
    windows: set[Window] = field(default_factory=set)
    paths: list[str] = field(default_factory=list)
    through_links: bool = False


class Context:
    """One request of a document, being looked through.

    Args:
        needs: where to note what is needed.
        today: MO's day.
        version: the GraphQL version that is spoken.
    """

    def __init__(self, needs: Needs, today: date, version: int) -> None:
        self.needs = needs
        self.today = today
        self.version = version
        self.filters = Filters(needs, today, version)
        self._loads: dict[str, Loads] = defaultdict(lambda: Loads(Loader(self.present)))

    @property
    def present(self) -> Window:
        """The window of what says nothing of time."""
        return self.filters.present

    def listed(self, collection: str, window: Window) -> None:
        """Note that a list gives Responses."""
        self._loads[collection].windows.add(window)

    def loader(self, collection: str, path: str, *, through_link: bool) -> Loader:
        """Note that what was loaded is read, and return what will tell of when that is."""
        loads = self._loads[collection]
        loads.paths.append(path)
        loads.through_links |= through_link
        return loads.loader

    def doubtful(self) -> Mapping[str, str]:
        """Return the paths whose answer depends on the rest of the request, with why; settle the others."""
        found = {}
        for collection, loads in self._loads.items():
            windows = loads.windows | ({self.present} if loads.through_links else set())
            if not loads.paths:
                continue
            if len(windows) > 1:
                why = tr("what MO answers depends on the rest of the request: write of when it is to be")
                found.update(dict.fromkeys(loads.paths, why))
            else:
                (loads.loader.window,) = windows
                self.needs.of(collection).windows |= windows
        return found

    def check_parent(self, collection: str, column: str) -> None:
        """Refuse the UUID of a parent where MO gives one that the mirror does not keep."""
        if (collection, column) == ("org_units", "parent_uuid") and self.version < _NULL_PARENT:
            raise Refused(tr("up to v27 MO names the root organisation as the parent of top units"))

    def join(self, path: str, collection: str, name: str, *, backwards: str = "") -> Join:
        """Return the join of a reference ``name``, or ``backwards`` from the collection that it leads to."""
        reference = CATALOGUE[backwards or collection].reference(name)
        if backwards:
            return Join(path, collection, "uuid", backwards, reference.column, reference.many, several=True)
        return Join(
            path, collection, reference.column, reference.target, "uuid", reference.many, reference.many
        )


def cut(given: Mapping[str, Any]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Return what keeps the page that ``limit`` asks for: MO's order is that of the UUIDs.

    Raises:
        Refused: a cursor, which is MO's own.
    """
    if given.get("cursor") is not None:
        raise Refused(tr("a cursor is MO's own"))
    if given.get("limit") is None:
        return lambda found: found
    most = max(int(given["limit"]), 0)
    return lambda found: found[:most]
