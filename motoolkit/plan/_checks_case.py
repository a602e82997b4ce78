"""What the checks of a plan look at: the plan, what is, what shall be, and all that they point at."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE, Reference
from motoolkit.model import MISSING, Timeline, Validity
from motoolkit.plan._state import changes, timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from motoolkit.plan._checks_source import Found
    from motoolkit.plan._operation import Operation
    from motoolkit.plan._problems import Problem
    from motoolkit.plan._state import Key, Span, State
    from motoolkit.plan._steps import Step

POINTING: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "org_units": (
        ("org_units", "parent"),
        *((name, "org_unit") for name in ("engagements", "managers", "associations", "itusers")),
        *((name, "org_unit") for name in ("rolebindings", "addresses", "kles", "owners")),
        ("related_units", "org_units"),
    ),
    "itusers": (("rolebindings", "ituser"), ("addresses", "ituser")),
    "engagements": (("managers", "engagement"), ("itusers", "engagements"), ("addresses", "engagement")),
    "persons": tuple(
        (name, "person")
        for name in ("engagements", "managers", "associations", "itusers", "addresses", "leaves", "owners")
    ),
}
"""What points at the objects of a collection and can be looked up by it: collection and field."""


@dataclass
class Case:
    """A plan and all that is known about it.

    Attributes:
        operations: of the plan.
        before: what MO holds of them, and of all that is looked up.
        wanted: what it shall hold.
        touched: the operations that say something about an object.
        steps: what is sent.
        found: what ``steps`` already found.
        as_of: today.
        said: the objects and fields about which something is said already.
    """

    operations: Sequence[Operation]
    before: Found
    wanted: Found
    touched: dict[Key, list[int]]
    steps: Sequence[Step]
    found: list[Problem]
    as_of: date
    said: set[tuple[Key, str]] = field(default_factory=set)

    @cached_property
    def made(self) -> set[Key]:
        """The objects that MO has not got yet."""
        return {key for key in self.touched if not self.before.get(key)}

    def news(self, key: Key) -> Iterator[tuple[Validity, dict[str, Any] | None, dict[str, Any]]]:
        """Yield the periods in which an object shall be another: what it was, if anything, and shall be."""
        for period, before, after in changes(self.before.get(key, ()), self.wanted.get(key, ())):
            if after is not None:
                yield period, before, after

    def dead(self, key: Key) -> list[Validity]:
        """Return the periods in which an object lives now and shall not."""
        found = changes(self.before.get(key, ()), self.wanted.get(key, ()))
        return [change.period for change in found if change.after is None]

    def last(self, key: Key) -> int:
        """Return the last operation that says something about an object."""
        return self.touched[key][-1]

    def name(self, key: Key) -> str:
        """Return an object in words, with its name where that is nobody's own."""
        spans = self.wanted.get(key) or self.before.get(key, ())
        names = [span.values.get("name") for span in spans] if key[0] in _NAMED else []
        named = next((f" {name!r}" for name in reversed(names) if name), "")
        return f"{noun(key[0])}{named} {key[1]}"

    def pointing(self, state: State, target: Key, period: Validity) -> list[Key]:
        """List the objects that point at one some time in a period."""
        return sorted(
            (collection, uuid)
            for collection, name in POINTING.get(target[0], ())
            for uuid in self._pointers.get((collection, name, target[1]), ())
            if (collection, uuid) != target
            and any(
                target[1] in references(span.values[name])
                for span in state.get((collection, uuid), ())
                if span.validity.overlaps(period)
            )
        )

    @cached_property
    def _pointers(self) -> dict[tuple[str, str, str], set[str]]:
        """The objects that ever point at another: by collection, field and the other's UUID."""
        found = defaultdict(set)
        fields = {pair for pairs in POINTING.values() for pair in pairs}
        names = defaultdict(list)
        for collection, name in fields:
            names[collection].append(name)
        for state in (self.before, self.wanted):
            for (collection, uuid), spans in state.items():
                for span in spans:
                    for name in names.get(collection, ()):
                        for other in references(span.values[name]):
                            found[collection, name, other].add(uuid)
        return found


_NAMED: Final = frozenset({"org_units", "classes", "itsystems"})


def noun(collection: str) -> str:
    """Return the toolkit's word for an object of a collection."""
    return CATALOGUE[collection].noun if collection in CATALOGUE else collection


def references(value: Any) -> tuple[str, ...]:
    """Return the UUIDs of a reference, of one or of several."""
    return value if isinstance(value, tuple) else () if value is None else (value,)


def life(spans: Iterable[Span]) -> list[Validity]:
    """Return the longest periods in which an object lives."""
    return [period for period, _ in Timeline((span.validity, True) for span in spans).coalesce()]


def outside(period: Validity, spans: Iterable[Span]) -> Validity | None:
    """Return the first part of a period in which an object does not live."""
    alive = Timeline((each, True) for each in life(spans))
    gaps = (each for each in Timeline([(period, True)]).diff(alive) if each.right is MISSING)
    return next((gap.validity for gap in gaps), None)


def at(spans: Iterable[Span], day: date) -> dict[str, Any] | None:
    """Return the values of an object on a day, None where it does not live then."""
    values: dict[str, Any] | None = timeline(spans).at(day)
    return values


def reference(collection: str, name: str) -> Reference:
    """Return a field that points at something."""
    return CATALOGUE[collection].reference(name)
