"""The names of objects, as people know them: an engagement is who, as what, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE, Reference
from motoolkit.plan.danish import percent, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from motoolkit.model import Validity
    from motoolkit.plan._checks_source import Source
    from motoolkit.plan._state import Key, Span, State

_FRACTION: Final = ("engagements", "fraction")
_NAMING: Final[Mapping[str, tuple[str, ...]]] = {
    "facets": ("{user_key}",),
    "classes": ("{name}",),
    "itsystems": ("{name}",),
    "org_units": ("{name}",),
    "persons": ("{given_name} {surname}",),
    "engagements": ("{person}", "{job_function}", "{org_unit}"),
    "managers": ("{person}", "{manager_type}", "{org_unit}"),
    "associations": ("{person}", "{association_type}{job_function}", "{org_unit}"),
    "itusers": ("{user_key}", "{itsystem}", "{person}"),
    "rolebindings": ("{role}", "{ituser}"),
    "addresses": ("{value}", "{address_type}", "{person}{org_unit}"),
    "leaves": ("{person}", "{leave_type}"),
    "kles": ("{org_unit}", "{kle_number}"),
    "owners": ("{owner}", "{person}{org_unit}"),
    "related_units": ("{org_units}",),
}
"""The parts of a name, with commas between them; an empty part is left out."""


def _fields(collection: str) -> list[str]:
    text = " ".join(_NAMING[collection])
    return [field.name for field in CATALOGUE[collection].stored if f"{{{field.name}}}" in text]


def named_by(keys: Iterable[Key], states: Iterable[State]) -> set[Key]:
    """Return the objects whose names are parts of the names of others."""
    held = list(states)
    return {
        (reference.target, uuid)
        for key in keys
        for name in _fields(key[0])
        for reference in [CATALOGUE[key[0]].by_name[name]]
        if isinstance(reference, Reference)
        for state in held
        for span in state.get(key, ())
        for uuid in several(span.values[name])
    }


def several(value: Any) -> tuple[str, ...]:
    """Return the UUIDs of a reference, of one or of several."""
    return value if isinstance(value, tuple) else () if value is None else (value,)


@dataclass(frozen=True)
class Names:
    """What is known of objects, for their names' sake."""

    state: State

    def knows(self, key: Key) -> bool:
        """Tell whether there is such an object."""
        return bool(self.state.get(key))

    def of(self, key: Key, period: Validity) -> str:
        """Return the name of an object in a period, else its last one, else its UUID."""
        spans = self.state.get(key, ())
        living = [span for span in spans if span.validity.overlaps(period)] or spans
        named = ", ".join(self._parts(key, living[0 if living is not spans else -1])) if living else ""
        return named or key[1]

    def _parts(self, key: Key, span: Span) -> Iterator[str]:
        values = {
            name: self.value(key[0], name, span.values[name], span.validity) for name in _fields(key[0])
        }
        for part in _NAMING[key[0]]:
            if found := part.format(**values).strip():
                yield found

    def value(self, collection: str, name: str, value: Any, period: Validity) -> str:
        """Return a field's value in words."""
        if value in (None, ()):
            return ""
        field = CATALOGUE[collection].by_name[name]
        if not isinstance(field, Reference):
            return percent(value) if (collection, name) == _FRACTION else scalar(value)
        named = [self.of((field.target, uuid), period) for uuid in several(value)]
        return ("; " if any("," in name for name in named) else ", ").join(named)


def look_up(keys: Iterable[Key], states: tuple[State, State], source: Source) -> tuple[Names, Names]:
    """Look up what the names of objects are made of, before and after; some requests a collection at most."""
    before, after = (dict(state) for state in states)
    asked: set[Key] = set()
    missing = set(keys)
    while missing := missing - asked:
        found = source.of_keys(missing - before.keys() - after.keys())
        before |= found
        after |= found
        asked |= missing
        missing = named_by(missing, (before, after))
    return Names(before), Names(after)
