"""What an event tells, in words: what it is about, and what changed from what to what, by names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from motoolkit.catalogue import CATALOGUE, Reference
from motoolkit.errors import MirrorError
from motoolkit.model import Validity, mask_all
from motoolkit.plan import Key, Span, state_of_mirror
from motoolkit.plan.names import Names, several

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from motoolkit.catalogue import Collection, Field
    from motoolkit.events._changes import Change
    from motoolkit.events._event import Event
    from motoolkit.mirror import Mirror
    from motoolkit.model import Timeline

What = Literal["created", "changed", "deleted", "unchanged"]


@dataclass(frozen=True, slots=True)
class Line:
    """A field that changed in a period; references are names, what is empty is ""."""

    field: str
    validity: Validity
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Story:
    """An event in words.

    Attributes:
        event: what it is about.
        name: what its object is called; "" where no mirror knows.
        what: what became of the object; None where no mirror knows.
        lines: what changed; for an object that is new or gone, all that it was.
    """

    event: Event
    name: str = ""
    what: What | None = None
    lines: tuple[Line, ...] = ()

    @property
    def subject(self) -> str:
        """The event's subject; whoever sends events of their own may have put a CPR number there."""
        return mask_all(self.event.subject)


def tell(event: Event, mirror: Mirror | None, scalar: Callable[[Any], str] = str) -> Story:
    """Put an event into words.

    Args:
        event: with the rows from before and after, where the listener has a mirror.
        mirror: knows the names of what changed values point at.
        scalar: writes a value that is no reference.
    """
    collection = event.collection
    if mirror is None or collection is None:
        return Story(event)
    now = Validity(event.received.date(), event.received.date() + timedelta(days=1))
    key = (collection.name, event.subject)
    if event.rows is None:
        return Story(event, _name(_Known(mirror, now, {}), key, now))
    living = event.before if event.deleted else event.after
    known = _Known(mirror, now, {key: _spans(collection, living)})
    words = _Words(collection, Names(known), scalar)
    lines = (words.line(change) for change in event.changes)
    return Story(
        event, _name(known, key, now), _what(event), tuple(one for one in lines if one.old or one.new)
    )


def _what(event: Event) -> What:
    if event.deleted:
        return "deleted"
    if not event.before:
        return "created"
    return "changed" if event.changes else "unchanged"


def _name(known: _Known, key: Key, now: Validity) -> str:
    name = mask_all(Names(known).of(key, now))
    return "" if name == key[1] else name


def _spans(collection: Collection, living: Timeline[dict[str, Any]]) -> tuple[Span, ...]:
    return tuple(
        Span(period.start, period.end, {f.name: _plain(values[f.column]) for f in collection.stored})
        for period, values in living
    )


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class _Known(Mapping[Key, tuple[Span, ...]]):
    """What a mirror holds of objects, read when it is asked for: as they are now, else as they ever were."""

    def __init__(self, mirror: Mirror, now: Validity, own: dict[Key, tuple[Span, ...]]) -> None:
        self._mirror = mirror
        self._now = now
        self._found = dict(own)

    def __getitem__(self, key: Key) -> tuple[Span, ...]:
        if key not in self._found:
            try:
                spans = state_of_mirror(self._mirror, [key]).get(key, ())
                self._found[key] = tuple(s for s in spans if s.validity.overlaps(self._now)) or spans
            except MirrorError:
                # It does not hold that collection: no name then.
                self._found[key] = ()
        return self._found[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class _Words:
    def __init__(self, collection: Collection, names: Names, scalar: Callable[[Any], str]) -> None:
        self._fields = {field.column: field for field in collection.stored}
        self._names = names
        self._scalar = scalar

    def line(self, change: Change) -> Line:
        field = self._fields[change.field]
        old, new = (self._said(field, value, change.validity) for value in (change.old, change.new))
        return Line(field.name, change.validity, old, new)

    def _said(self, field: Field, value: Any, period: Validity) -> str:
        if value is None or value in ("", [], ()):
            return ""
        if not isinstance(field, Reference):
            return mask_all(self._scalar(value))
        target = CATALOGUE[field.target].name
        return mask_all(", ".join(self._names.of((target, uuid), period) for uuid in several(_plain(value))))
