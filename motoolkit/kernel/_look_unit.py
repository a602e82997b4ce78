"""A quick look at a unit: where it is, what is below it, who leads it, and what it was called when."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motoolkit.catalogue import EVER
from motoolkit.kernel._look_find import find_units
from motoolkit.kernel._look_parts import Branches, Drawing, Look, Row, Section
from motoolkit.kernel._look_person import Choices
from motoolkit.kernel._look_rows import (
    Table,
    all_living,
    living,
    one_day,
    section,
    with_names,
    with_places,
    word,
)
from motoolkit.kernel._svg import Bar, Lane
from motoolkit.model import OrgTree, Timeline, danish_key, midnight
from motoolkit.plan import read
from motoolkit.plan.danish import day as written
from motoolkit.plan.danish import field_label, period

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.kernel._look_find import Hits
    from motoolkit.kernel._look_parts import Part
    from motoolkit.kernel._look_rows import Found, Living
    from motoolkit.kernel._session import Session
    from motoolkit.plan import Span
    from motoolkit.plan.names import Names

MANAGERS: Final = Table("managers", "Ledere", ("person", "manager_type", "manager_level", "responsibilities"))
TABLES: Final = (
    Table("addresses", "Adresser", ("value", "address_type", "visibility")),
    Table("associations", "Tilknytninger", ("person", "association_type", "job_function")),
    Table("itusers", "IT-konti", ("user_key", "itsystem", "person")),
    Table("kles", "KLE-opmærkninger", ("kle_number", "kle_aspects")),
)
"""What a card of a unit shows beside its managers, from the top."""

_UNIT_FIELDS: Final = ("unit_type", "unit_level", "unit_hierarchy", "time_planning")
_LANES: Final = ("name", "parent", *_UNIT_FIELDS)
_STATES: Final = {"now": "", "past": "nedlagt", "future": "endnu ikke oprettet"}
_TREE_FIELDS: Final = {"org_units": ("name", "user_key", "parent")}
_DEEPEST: Final = 3
_MOST_UNITS: Final = 600
_STEPS_UP: Final = 20


@dataclass(frozen=True, repr=False)
class UnitLook(Look):
    """A card of a unit.

    Attributes:
        uuid: the unit's.
        as_of: the day of it all.
        path: the names from the root down to the unit.
        tree: the unit and what is below it, as far down as was read.
        engagements: those that each of the units in ``tree`` has on the day, by UUID.
    """

    uuid: str
    as_of: date
    path: tuple[str, ...]
    tree: OrgTree
    engagements: dict[str, int]


def unit_look(session: Session, text: str) -> Look:
    """Look at a unit, or at several that may be meant.

    Args:
        session: the MO and the day.
        text: a UUID, a user_key, or a name as MO's search finds it.

    Raises:
        InputError: there is none.
        MoError: MO can not be read.
    """
    client, day = session.client, session.today()
    hits = find_units(client, text.strip().strip("\"'"))
    return _card(client, hits.uuids[0], day) if len(hits.uuids) == 1 else _choices(client, hits, day)


@dataclass(frozen=True, slots=True)
class _Known:
    """All that was read of a unit."""

    unit: Living
    day: date
    path: tuple[str, ...]
    found: Found
    inherited: Found
    giver: str
    names: Names
    tree: OrgTree
    counts: Counter[str]


def _card(client: Client, uuid: str, day: date) -> UnitLook:
    known = _read(client, uuid, day)
    state = _STATES[known.unit.state]
    return UnitLook(
        title=str(known.unit.span.values["name"]),
        quiet=f"Enhed, som den er {written(day)}{state and f' ({state})'}",
        facts=tuple(_facts(known)),
        parts=tuple(_parts(known)),
        uuid=uuid,
        as_of=day,
        path=known.path,
        tree=known.tree,
        engagements=dict(known.counts),
    )


def _read(client: Client, uuid: str, day: date) -> _Known:
    found = read(client, "org_units", {"uuids": [uuid]})
    unit = living(uuid, found["org_units", uuid], day)
    above = _above(client, unit, day)
    for table in TABLES:
        found |= read(client, table.collection, _in([uuid]))
    managers = read(client, "managers", _in([uuid, *(one.uuid for one in above)]))
    found |= {key: spans for key, spans in managers.items() if _leads(spans, uuid)}
    inherited, giver = _inherited(managers, above, uuid, day) if unit.state == "now" else ({}, "")
    found = with_places(client, found)
    wanted = {t.collection: t.fields for t in (MANAGERS, *TABLES)} | {"org_units": _LANES}
    tree = _tree(client, unit, day)
    return _Known(
        unit=unit,
        day=day,
        path=tuple(str(one.span.values["name"]) for one in reversed([unit, *above])),
        found=found,
        inherited=inherited,
        giver=giver,
        names=with_names(client, found | inherited, wanted),
        tree=tree,
        counts=_engagements(client, tuple(tree), day),
    )


def _in(units: Sequence[str]) -> dict[str, object]:
    return {"org_unit": {"uuids": list(units), **EVER}}


def _leads(spans: tuple[Span, ...], unit: str) -> bool:
    return any(span.values["org_unit"] == unit for span in spans)


def _above(client: Client, unit: Living, day: date) -> list[Living]:
    """Return the units above, the nearest first; a request for each."""
    above: list[Living] = []
    parent = unit.span.values["parent"]
    while parent and parent not in {one.uuid for one in above} and len(above) < _STEPS_UP:
        found = read(client, "org_units", {"uuids": [parent]}, _TREE_FIELDS)
        if not found:
            break
        above.append(living(parent, found["org_units", parent], day))
        parent = above[-1].span.values["parent"]
    return above


def _inherited(managers: Found, above: list[Living], unit: str, day: date) -> tuple[Found, str]:
    """Return the managers of the nearest unit that has any, as MO's ``inherit`` does, and its name.

    A vacant seat ends the climb too (measured).
    """
    for step in [unit, *(one.uuid for one in above)]:
        theirs = {
            key: spans
            for key, spans in managers.items()
            if _leads(tuple(span for span in spans if span.validity.contains(day)), step)
        }
        if theirs and step == unit:
            return {}, ""
        if theirs:
            return theirs, next(str(one.span.values["name"]) for one in above if one.uuid == step)
    return {}, ""


def _tree(client: Client, unit: Living, day: date) -> OrgTree:
    """Return the unit and those below it on the day; a request for each level."""
    units = [(unit.uuid, str(unit.span.values["name"]), None)]
    seen = {unit.uuid}
    level = [unit.uuid]
    for _ in range(_DEEPEST):
        if not level or len(units) > _MOST_UNITS:
            break
        found = read(client, "org_units", {"parent": {"uuids": level, **EVER}}, _TREE_FIELDS)
        below = [
            one
            for one in all_living(found, "org_units", day)
            if one.state == "now" and one.span.values["parent"] in level and one.uuid not in seen
        ]
        units += [(one.uuid, one.span.values["name"], one.span.values["parent"]) for one in below]
        level = [one.uuid for one in below]
        seen.update(level)
    return OrgTree.from_units(units)


def _engagements(client: Client, units: Sequence[str], day: date) -> Counter[str]:
    """Return how many engagements units have on the day."""
    window = {"from_date": midnight(day), "to_date": midnight(one_day(day).end or day)}
    chosen = {"org_unit": {"uuids": list(units), **EVER}, **window}
    found = read(client, "engagements", chosen, {"engagements": ("org_unit",)})
    living_now = (one for one in all_living(found, "engagements", day) if one.state == "now")
    counts = Counter(str(one.span.values["org_unit"]) for one in living_now)
    return Counter({unit: counts[unit] for unit in units})


def _facts(known: _Known) -> Iterator[tuple[str, str]]:
    unit, values = known.unit, known.unit.span.values
    if len(known.path) > 1:
        yield "Sti", " / ".join(known.path)
    if values["user_key"] and values["user_key"] != unit.uuid:
        yield field_label("org_units", "user_key"), values["user_key"]
    for name in _UNIT_FIELDS:
        if told := word(known.names, "org_units", name, values[name], unit.named_on(known.day)):
            yield field_label("org_units", name), told
    own, all_of_them = known.counts[unit.uuid], known.counts.total()
    below = "viste underenheder" if known.tree.depth > _DEEPEST else "underenheder"
    yield "Ansættelser", f"{own}, {all_of_them} med {below}" if all_of_them > own else str(own)
    yield "Periode", period(unit.span.validity)
    yield "UUID", unit.uuid


def _parts(known: _Known) -> Iterator[Part]:
    names, day, tree = known.names, known.day, known.tree
    yield section(MANAGERS, known.found, names, day)
    if known.inherited:
        from_above = Table("managers", f"Leder, nedarvet fra {known.giver}", MANAGERS.fields)
        yield section(from_above, known.inherited, names, day)
    notes = {uuid: _employed(count) for uuid, count in known.counts.items() if count}
    deep = f"de øverste {_DEEPEST} niveauer" if tree.depth > _DEEPEST else ""
    yield Branches("Underenheder", tree, tree.children(known.unit.uuid), notes, deep)
    for table in TABLES:
        yield section(table, known.found, names, day)
    yield Drawing("Tidslinje", tuple(_lanes(known)), day)


def _employed(count: int) -> str:
    return f"{count} {'ansættelse' if count == 1 else 'ansættelser'}"


def _lanes(known: _Known) -> Iterator[Lane]:
    spans = known.found["org_units", known.unit.uuid]
    for name in _LANES:
        timeline = Timeline((span.validity, _drawn(known, span, name)) for span in spans).coalesce()
        if bars := tuple(Bar(validity, text) for validity, text in timeline if text):
            yield Lane(field_label("org_units", name), bars)


def _drawn(known: _Known, span: Span, name: str) -> str:
    on = one_day(known.day) if span.validity.contains(known.day) else span.validity
    return word(known.names, "org_units", name, span.values[name], on)


def _choices(client: Client, hits: Hits, day: date) -> Choices:
    found = read(client, "org_units", {"uuids": list(hits.uuids)}, _TREE_FIELDS)
    names = with_names(client, found, {"org_units": ("parent",)})
    rows = []
    for one in all_living(found, "org_units", day):
        values = one.span.values
        parent = names.value("org_units", "parent", values["parent"], one.named_on(day))
        rows.append(Row((values["name"], values["user_key"], parent, one.uuid), one.state, one.uuid))
    rows.sort(key=lambda row: danish_key(row.cells[0]))
    count = f"de første {len(rows)}" if hits.more else str(len(rows))
    headings = ("Navn", "Enhedsnummer", "Overenhed", "UUID")
    return Choices(
        title="Hvilken enhed er ment?",
        quiet="Skriv %mo unit UUID",
        facts=(),
        parts=(Section("Enheder", headings, tuple(rows), count),),
        uuids=hits.uuids,
    )
