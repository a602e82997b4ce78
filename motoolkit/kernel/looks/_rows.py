"""Objects of MO as lines of a table, on a day: what is so now first, then what comes, then what ended."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE, EVER, Reference
from motoolkit.errors import QueryError
from motoolkit.kernel.looks._find import is_uuid
from motoolkit.kernel.looks._parts import Row, Section
from motoolkit.model import Validity, danish_key
from motoolkit.plan import read_state
from motoolkit.plan.danish import field_label, period
from motoolkit.plan.names import Names, named_by, several

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from motoolkit.client import Client
    from motoolkit.kernel.looks._parts import State
    from motoolkit.plan import Key, Span

    Found = dict[Key, tuple[Span, ...]]

_ORDER: Final = {"now": 0, "future": 1, "past": 2}
_PLACES: Final = """\
query Places($filter: AddressFilter) {
  addresses(filter: $filter) { objects { validities(start: null, end: null) { value name } } }
}
"""
_GOES_ON: Final = ", derefter ændret"
_SECRET: Final = "SECRET"  # noqa: S105 - the scope of MO's class for what is not public
# In pairs, as Danes write them; ten digits in a row would be masked as a CPR number.
_DANISH_NUMBER: Final = re.compile(r"(\+45)(\d\d)(\d\d)(\d\d)(\d\d)")
_MILLIONTHS_A_PERCENT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a collection: its heading and the catalogue's names of what it shows."""

    collection: str
    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Living:
    """An object on a day: the slice that holds, else the next one, else the last one."""

    uuid: str
    span: Span
    state: State
    goes_on: bool = False
    """Whether another slice follows on it at once."""

    def named_on(self, day: date) -> Validity:
        """Return the period of which names are asked: the day, or the object's own if it is another."""
        return one_day(day) if self.state == "now" else self.span.validity


def one_day(day: date) -> Validity:
    """Return the period that holds one day."""
    return Validity(day, day + timedelta(days=1))


def living(uuid: str, spans: tuple[Span, ...], day: date) -> Living:
    """Return an object as it is on a day; ``spans`` are not empty."""
    at, state = _slice_on(spans, day)
    following = at + 1 < len(spans) and spans[at].end == spans[at + 1].start
    return Living(uuid, spans[at], state, following)


def _slice_on(spans: tuple[Span, ...], day: date) -> tuple[int, State]:
    for at, span in enumerate(spans):
        if span.validity.contains(day):
            return at, "now"
        if span.start is not None and span.start > day:
            return at, "future"
    return len(spans) - 1, "past"


def all_living(found: Found, collection: str, day: date) -> list[Living]:
    """Return the objects of a collection as they are on a day."""
    return [living(key[1], spans, day) for key, spans in found.items() if key[0] == collection]


def with_names(client: Client, found: Found, wanted: Mapping[str, Iterable[str]]) -> Names:
    """Look up the names of what some fields of objects refer to; a request for each collection at most.

    Args:
        client: the MO.
        found: the objects; what stands among them is not read again.
        wanted: the fields, by collection.
    """
    known: Found = dict(found)
    missing = {
        (reference.target, uuid)
        for key, spans in found.items()
        for name in wanted.get(key[0], ())
        for reference in [CATALOGUE[key[0]].by_name[name]]
        if isinstance(reference, Reference)
        for span in spans
        for uuid in several(span.values[name])
    }
    asked: set[Key] = set()
    while missing := missing - known.keys() - asked:
        asked |= missing
        known |= read_state(client, missing)
        missing = named_by(missing, (known,))
    return Names(known)


def with_places(client: Client, found: Found) -> Found:
    """Return objects with the places of Denmark's address register (DAR) as text instead of as a UUID.

    MO asks the register itself; where it can not, the UUID stays.
    """
    uuids = [key[1] for key, spans in found.items() if key[0] == "addresses" and any(map(_is_place, spans))]
    if not uuids:
        return found
    try:
        answer = client.execute(_PLACES, {"filter": {"uuids": uuids, **EVER}})
    except QueryError:
        return found
    objects = answer["addresses"]["objects"]
    known = {value["value"]: value["name"] for each in objects for value in each["validities"]}
    return {
        key: tuple(_placed(span, known) for span in spans) if key[0] == "addresses" else spans
        for key, spans in found.items()
    }


def _is_place(span: Span) -> bool:
    return is_uuid(str(span.values["value"]))


def _placed(span: Span, known: Mapping[str, str | None]) -> Span:
    name = known.get(span.values["value"]) if _is_place(span) else None
    return replace(span, values=span.values | {"value": name}) if name else span


def section(
    table: Table, found: Found, names: Names, day: date, beside: tuple[str, Mapping[str, str]] | None = None
) -> Section:
    """Return the table of a collection.

    Args:
        table: what it shows.
        found: the objects.
        names: of what they refer to.
        day: on which they are looked at.
        beside: the heading of a further column and its texts, by UUID.
    """
    label, extra = beside or ("", {})
    labels = [field_label(table.collection, name) for name in table.fields]
    rows = sorted(
        (_row(table, one, names, day, extra) for one in all_living(found, table.collection, day)),
        key=lambda row: (_ORDER[row.state], danish_key(" ".join(row.cells[:2]))),
    )
    return Section(table.title, (*labels, label, "Periode"), tuple(rows))


def _row(table: Table, one: Living, names: Names, day: date, extra: Mapping[str, str]) -> Row:
    values = one.span.values
    on = one.named_on(day)
    cells = [word(names, table.collection, name, values[name], on) for name in table.fields]
    hidden = table.collection == "addresses" and _is_secret(names, values["visibility"])
    return Row(
        (*cells, extra.get(one.uuid, ""), _when(one)),
        one.state,
        one.uuid,
        "hemmelig" if hidden else "",
    )


def _when(one: Living) -> str:
    """Return the period of a slice, and whether the object lives on in another way after it."""
    return period(one.span.validity) + (_GOES_ON if one.goes_on else "")


def word(names: Names, collection: str, name: str, value: Any, on: Validity) -> str:
    """Return a field's value as people say it."""
    if name == "fraction" and isinstance(value, int):
        return f"{value / _MILLIONTHS_A_PERCENT:g} %".replace(".", ",")
    if collection == "addresses" and name == "value" and (found := _DANISH_NUMBER.fullmatch(str(value))):
        return " ".join(found.groups())
    return names.value(collection, name, value, on)


def _is_secret(names: Names, visibility: str | None) -> bool:
    spans = names.state.get(("classes", visibility), ()) if visibility else ()
    return any(span.values["scope"] == _SECRET for span in spans)
