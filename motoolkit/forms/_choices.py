"""What can be chosen in one MO: units, classes, systems, roles, persons, as its own front-end offers them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from motoolkit.forms._options import Option
from motoolkit.model import OrgTree, danish_key
from motoolkit.plan import read, state_of_mirror

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.forms._options import Source
    from motoolkit.forms._search import Index
    from motoolkit.mirror import Mirror
    from motoolkit.plan import Key, Span

COLLECTIONS: Final = ("facets", "classes", "itsystems", "org_units")
_BETWEEN: Final = " › "

Spans = tuple["Span", ...]


@dataclass(frozen=True, slots=True)
class Known:
    """One object on one day: its UUID and its values by the catalogue's names."""

    uuid: str
    values: dict[str, Any]
    start: date | None
    end: date | None


class Choices:
    """What can be chosen in one MO, read once.

    Args:
        client: the MO.
        state: its facets, classes, systems and units, every slice of them.
        mirror: a mirror with all persons, to search them in; without it MO is asked at each search.
    """

    def __init__(self, client: Client, state: dict[Key, Spans], mirror: Mirror | None = None) -> None:
        self.client = client
        self.state = state
        self.mirror = mirror
        self._units: dict[date, list[Option]] = {}
        self._indexes: dict[date, Index] = {}
        self._persons: dict[date, Source] = {}
        self._trees: dict[date, OrgTree] = {}

    @classmethod
    def of(cls, client: Client, mirror: Mirror | None = None) -> Choices:
        """Read what can be chosen from MO (some 3 ms an object), or from a mirror of it.

        Raises:
            MoError: MO did not answer, or not as it should.
        """
        if mirror is not None:
            return cls(client, _mirrored(mirror), mirror)
        state: dict[Key, Spans] = {}
        for collection in COLLECTIONS:
            state |= read(client, collection, {})
        return cls(client, state)

    def again(self) -> Choices:
        """Return what can be chosen now: read from MO, which knows more than a mirror of before."""
        return Choices(self.client, Choices.of(self.client).state, self.mirror)

    def known(self, collection: str, on: date) -> Iterator[Known]:
        """Yield the objects of a collection that live on a day."""
        for uuid, spans in self._by_collection[collection]:
            for span in spans:
                if span.validity.contains(on):
                    yield Known(uuid, span.values, spans[0].start, spans[-1].end)

    @cached_property
    def _by_collection(self) -> dict[str, list[tuple[str, Spans]]]:
        found: dict[str, list[tuple[str, Spans]]] = defaultdict(list)
        for (collection, uuid), spans in self.state.items():
            found[collection].append((uuid, spans))
        return found

    def tree(self, on: date) -> OrgTree:
        """Return the organisation as it is on a day."""
        if on not in self._trees:
            self._trees[on] = OrgTree.from_units(
                (unit.uuid, unit.values["name"] or "", unit.values["parent"])
                for unit in self.known("org_units", on)
            )
        return self._trees[on]

    def units(self, on: date) -> list[Option]:
        """Return the units that live on a day, each with its path, in Danish order."""
        if on not in self._units:
            tree = self.tree(on)
            found = [_unit(unit, tree) for unit in self.known("org_units", on)]
            self._units[on] = sorted(found, key=lambda option: danish_key(option.label))
        return self._units[on]

    def unit_index(self, on: date) -> Index:
        """Return where units are searched that live on a day."""
        if on not in self._indexes:
            from motoolkit.forms._search import Index

            self._indexes[on] = Index(self.units(on))
        return self._indexes[on]

    def persons(self, on: date) -> Source:
        """Return where persons are searched: in the mirror, else in MO itself."""
        if on not in self._persons:
            from motoolkit.forms._persons import LivePersons, persons_index

            mirror = self.mirror
            self._persons[on] = persons_index(mirror, on) if mirror else LivePersons(self.client, on)
        return self._persons[on]

    def classes(self, facets: Iterable[str], on: date, unit: str | None = None) -> list[Option]:
        """Return the classes of some facets that live on a day, in Danish order.

        A class with an owner is offered in the owner's own part of the organisation only: where the unit is
        the owner or below it (mo-graphql 17); without a unit only classes without an owner are.

        Args:
            facets: their user_keys.
            on: the day.
            unit: the unit for which the class is chosen.
        """
        wanted = set(facets)
        chosen = {f.uuid for f in self.known("facets", on) if f.values["user_key"] in wanted}
        owners = {None, *self.above(unit, on)}
        found = [
            _class(each, names)
            for names in [self._class_names]
            for each in self.known("classes", on)
            if each.values["facet"] in chosen and each.values["owner"] in owners
        ]
        return sorted(found, key=lambda option: danish_key(option.label))

    def above(self, unit: str | None, on: date) -> tuple[str, ...]:
        """Return a unit and all above it on a day; none where it does not live then."""
        tree = self.tree(on)
        return (unit, *tree.ancestors(unit)) if unit is not None and unit in tree else ()

    @cached_property
    def _class_names(self) -> dict[str, str]:
        return {uuid: spans[-1].values["name"] or "" for uuid, spans in self._by_collection["classes"]}

    def itsystems(self, on: date) -> list[Option]:
        """Return the systems that live on a day, in Danish order."""
        found = (
            Option(each.uuid, each.values["name"] or "", "", each.values["user_key"], each.start, each.end)
            for each in self.known("itsystems", on)
        )
        return sorted(found, key=lambda option: danish_key(option.label))

    def roles(self, itsystem: str, on: date) -> list[Option]:
        """Return the roles of a system that live on a day, in Danish order."""
        role = self.classes(("role",), on)
        return [each for each in role if self.values("classes", each.value)["it_system"] == itsystem]

    def values(self, collection: str, uuid: str, on: date | None = None) -> dict[str, Any]:
        """Return the values of an object on a day, else its last ones; {} where there is none."""
        spans = self.state.get((collection, uuid), ())
        living = [span for span in spans if on is not None and span.validity.contains(on)]
        return (living or spans)[-1].values if spans else {}

    def name(self, collection: str, uuid: str, on: date | None = None) -> str:
        """Return what an object is called; its UUID where nothing is known of it."""
        values = self.values(collection, uuid, on)
        return str(values.get("name") or values.get("user_key") or uuid)

    def life(self, collection: str, uuid: str) -> tuple[date | None, date | None] | None:
        """Return the first day of an object and the first day after it; None where there is no such one."""
        spans = self.state.get((collection, uuid))
        return (spans[0].start, spans[-1].end) if spans else None

    def first_of_facet(self, facet: str, user_key: str, on: date) -> str | None:
        """Return the class of a facet that has a user_key, if it lives on a day."""
        offered = (option.value for option in self.classes((facet,), on) if option.words == user_key)
        return next(offered, None)


def _unit(known: Known, tree: OrgTree) -> Option:
    *above, name = tree.path(known.uuid)
    key = str(known.values["user_key"])
    return Option(known.uuid, name, _BETWEEN.join(above), key, known.start, known.end)


def _class(known: Known, names: dict[str, str]) -> Option:
    parent = known.values["parent"]
    hint = names.get(parent, "") if parent else ""
    key = str(known.values["user_key"])
    return Option(known.uuid, known.values["name"] or key, hint, key, known.start, known.end)


def _mirrored(mirror: Mirror) -> dict[Key, Spans]:
    keys = [
        (collection, uuid)
        for collection in COLLECTIONS
        for (uuid,) in mirror.rows(f"SELECT DISTINCT uuid FROM {collection}")
    ]
    return state_of_mirror(mirror, keys)
