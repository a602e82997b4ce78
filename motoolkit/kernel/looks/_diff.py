"""What changed in an object: who wrote what and when, between two days, or between two objects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from motoolkit.catalogue import CATALOGUE, Reference
from motoolkit.drawing import BAD, GOOD
from motoolkit.errors import InputError
from motoolkit.kernel.looks._changes import NO_CHANGE, Changed, changes_of, differing, in_both, rows_of
from motoolkit.kernel.looks._find import is_uuid
from motoolkit.kernel.looks._parts import Look, Row, Section
from motoolkit.kernel.looks._rows import with_names
from motoolkit.model import COPENHAGEN, as_date, mask_all
from motoolkit.plan import read
from motoolkit.plan.danish import COLLECTIONS
from motoolkit.plan.danish import day as written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.kernel._session import Session
    from motoolkit.kernel.looks._rows import Found
    from motoolkit.plan import Key, Span
    from motoolkit.plan.names import Names

MOST_REGISTRATIONS: Final = 20
"""Of each the object is read as it was then, one request each: MO answers no others (measured)."""
_AT: Final = "--at"
_REGISTRATIONS: Final = """\
query History($filter: RegistrationFilter) {
  registrations(filter: $filter) {
    objects { uuid model start note actor_object { uuid display_name } }
  }
}
"""
_HEADINGS: Final = ("Felt", "Periode", "Før", "Efter")
_INKS: Final = {"Før": BAD, "Efter": GOOD}
_NOBODY: Final = {
    "00000000-0000-0000-0000-000000000000": "MO uden login",
    "00000000-0000-0000-0000-000000000001": "en gammel session",
    "42c432e8-9c4a-11e6-9f62-873cf34a735f": "før MO vidste, hvem der skrev",
    "05211100-baad-1110-006e-6f2075756964": "en gammel bruger i MO's database",
    "bad070c1-baad-1110-006e-6f7061727365": "ukendt; token kunne ikke læses",
    "face1e55-baad-1110-006d-697373696e67": "ukendt; token uden uuid",
    "5ec0fa11-baad-1110-006d-696477617265": "ukendt; uden om MO's login",
    "ffffffff-ffff-ffff-ffff-ffffffffffff": "ukendt; token uden uuid",
}
"""The actors that stand for no one in particular (seen on a real MO; ``SPECIAL_ACTORS`` in English)."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What somebody wrote at one time."""

    start: datetime
    actor: str
    note: str
    changes: tuple[Changed, ...]


@dataclass(frozen=True, repr=False)
class DiffLook(Look):
    """What changed in an object, or is different.

    Attributes:
        collection: what it is (``engagements``).
        registrations: the newest first; none when two objects or two days are compared.
        changes: what is different between two objects or two days.
    """

    collection: str
    registrations: tuple[Registration, ...] = ()
    changes: tuple[Changed, ...] = ()


class _Written(NamedTuple):
    start: str
    actor: str
    note: str


def diff_look(session: Session, text: str) -> DiffLook:
    """Look at what changed in an object.

    Args:
        session: the MO.
        text: ``UUID`` for its history; ``UUID UUID`` for how two objects differ; ``UUID --at D1 --at D2``
            for how it differs between two days.

    Raises:
        InputError: it is something else, or MO never had such an object.
        MoError: MO can not be read.
    """
    uuids, days = _arguments(text)
    client = session.client
    key, history = _known(client, uuids[0])
    if days:
        return _between_days(client, key, *days)
    if len(uuids) > 1:
        return _between(client, key, _known(client, uuids[1])[0])
    return _history(client, key, history)


def _arguments(text: str) -> tuple[list[str], list[date]]:
    words = iter(text.replace(f"{_AT}=", f"{_AT} ").split())
    uuids, days = [], []
    for each in words:
        if each == _AT:
            days.append(as_date(next(words, "")))
        else:
            uuids.append(each.strip("\"'").lower())
    if not all(map(is_uuid, uuids)) or (len(uuids), len(days)) not in {(1, 0), (2, 0), (1, 2)}:
        raise InputError(
            f"%mo diff can not be asked for {mask_all(repr(text))}.",
            remedy="Write %mo diff UUID, %mo diff UUID UUID, or %mo diff UUID --at DATE --at DATE.",
        )
    return uuids, days


def _known(client: Client, uuid: str) -> tuple[Key, list[_Written]]:
    """Return what an object is and when it was written, the oldest first."""
    answer = client.execute(_REGISTRATIONS, {"filter": {"uuids": [uuid]}})
    objects = answer["registrations"]["objects"]
    if not objects:
        return _of_no_registration(client, uuid), []
    collection = CATALOGUE.of_model(objects[0]["model"])
    if collection is None:
        raise InputError(f"{uuid} is a {objects[0]['model']}.", remedy="The toolkit knows nothing of those.")
    # MO repeats the registration of a function once per period of its user_key (measured).
    found = {each["start"]: _Written(each["start"], _actor(each), each["note"] or "") for each in objects}
    return (collection.name, uuid), sorted(found.values(), key=lambda one: datetime.fromisoformat(one.start))


def _of_no_registration(client: Client, uuid: str) -> Key:
    """Find an object that MO tells no registrations of, as of rolebindings (measured)."""
    if read(client, "rolebindings", {"uuids": [uuid]}):
        return ("rolebindings", uuid)
    raise InputError(
        f"MO never had an object {uuid}.", remedy="Look it up with %mo person or %mo unit, or in a query."
    )


def _actor(registration: dict[str, Any]) -> str:
    actor = registration["actor_object"]
    uuid = str(actor["uuid"])
    return mask_all(actor["display_name"] or _NOBODY.get(uuid) or uuid)


def _history(client: Client, key: Key, history: list[_Written]) -> DiffLook:
    shown = history[-MOST_REGISTRATIONS:]
    before = history[-MOST_REGISTRATIONS - 1 : -MOST_REGISTRATIONS]
    lives = [_then(client, key, one.start) for one in [*before, *shown]]
    lives = lives if before else [(), *lives]
    now = read(client, key[0], {"uuids": [key[1]]}).get(key, ())
    names = _names(client, key[0], [*lives, now])
    told = tuple(
        Registration(
            datetime.fromisoformat(one.start).astimezone(COPENHAGEN),
            one.actor,
            mask_all(one.note),
            tuple(changes_of(names, key[0], earlier, later)),
        )
        for one, earlier, later in zip(shown, lives, lives[1:], strict=False)
    )
    left = len(history) - len(shown)
    gone = "Slettet", "MO fortæller hverken hvornår eller af hvem"
    return DiffLook(
        title=_title(names, key, now or next((life for life in reversed(lives) if life), ())),
        quiet=f"{COLLECTIONS[key[0]]}, {_times(len(history))}" + ("" if now else ", findes ikke mere"),
        facts=(
            ("UUID", key[1]),
            # Of a deleted engagement, manager or the like MO shows the ended registration only (measured).
            *((gone,) if lives[-1] and not now else ()),
            *((("Ældre", f"{left} registreringer, der ikke er vist"),) if left else ()),
        ),
        parts=tuple(_registration(key[0], one) for one in reversed(told)),
        collection=key[0],
        registrations=told[::-1],
    )


def _times(count: int) -> str:
    if not count:
        return "MO fortæller ingen registreringer af den slags"
    return f"{count} registrering{'' if count == 1 else 'er'}"


def _then(client: Client, key: Key, start: str) -> tuple[Span, ...]:
    return read(client, key[0], {"uuids": [key[1]]}, asserted=start).get(key, ())


def _names(client: Client, collection: str, lives: Sequence[tuple[Span, ...]]) -> Names:
    """Look up what any of some lives of an object refers to."""
    every: Found = {(collection, str(at)): life for at, life in enumerate(lives)}
    references = [f.name for f in CATALOGUE[collection].stored if isinstance(f, Reference)]
    return with_names(client, every, {collection: references})


def _title(names: Names, key: Key, spans: tuple[Span, ...]) -> str:
    if not spans:
        return key[1]
    told = type(names)({**names.state, key: spans}).of(key, spans[-1].validity)
    return mask_all(told)


def _registration(collection: str, one: Registration) -> Section:
    heading = f"{one.start:%d-%m-%Y kl. %H:%M:%S} · {one.actor}"
    rows = rows_of(collection, one.changes)
    return Section(heading, _HEADINGS, rows or (NO_CHANGE,), one.note, _INKS)


def _between(client: Client, one: Key, other: Key) -> DiffLook:
    """Compare two objects through all time."""
    if one[0] != other[0]:
        raise InputError(
            f"{one[1]} is of {one[0]} and {other[1]} of {other[0]}, so they have no fields in common.",
            remedy="Compare two objects of one kind.",
        )
    found = read(client, one[0], {"uuids": sorted({one[1], other[1]})})
    left, right = found.get(one, ()), found.get(other, ())
    names = _names(client, one[0], [left, right])
    changes = tuple(in_both(changes_of(names, one[0], left, right)))
    sides = [(_title(names, key, spans), key[1]) for key, spans in ((one, left), (other, right))]
    return _compared(one[0], changes, rows_of(one[0], changes), sides)


def _between_days(client: Client, key: Key, first: date, second: date) -> DiffLook:
    """Compare what an object is on two days."""
    spans = read(client, key[0], {"uuids": [key[1]]}).get(key, ())
    names = _names(client, key[0], [spans])
    sides = [_on(spans, day) for day in (first, second)]
    changes = tuple(differing(names, key[0], sides, (first, second)))
    title = _title(names, key, spans)
    # The days stand above the columns.
    rows = tuple(replace(row, cells=(row.cells[0], "", *row.cells[2:])) for row in rows_of(key[0], changes))
    return _compared(key[0], changes, rows, [(title, written(day)) for day in (first, second)])


def _on(spans: tuple[Span, ...], day: date) -> Span | None:
    return next((span for span in spans if span.validity.contains(day)), None)


def _compared(
    collection: str, changes: tuple[Changed, ...], rows: tuple[Row, ...], sides: Sequence[tuple[str, str]]
) -> DiffLook:
    """Return the look of two sides, each with its title and the heading of its column."""
    titles = dict.fromkeys(title for title, _ in sides)
    return DiffLook(
        title=" ⇄ ".join(titles),
        quiet=COLLECTIONS[collection],
        facts=() if rows else (("Forskelle", "ingen"),),
        parts=(Section("Forskelle", ("Felt", "Periode", *(heading for _, heading in sides)), rows),),
        collection=collection,
        changes=changes,
    )
