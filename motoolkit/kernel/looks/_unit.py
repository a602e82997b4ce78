"""A quick look at a unit: where it is, what is below it, who leads it, and what it was called when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motoolkit.drawing import Bar, Lane
from motoolkit.kernel.looks._find import find_units
from motoolkit.kernel.looks._parts import Branches, Drawing, Look, Row, Section
from motoolkit.kernel.looks._person import Choices
from motoolkit.kernel.looks._rows import Table, all_living, one_day, section, with_names, word
from motoolkit.kernel.looks._unit_reading import (
    DEEPEST,
    LANES,
    MANAGERS,
    MOST_ENGAGEMENTS,
    TABLES,
    TREE_FIELDS,
    UNIT_FIELDS,
    Known,
    read_unit,
)
from motoolkit.model import OrgTree, Timeline, Validity, danish_key
from motoolkit.plan import read
from motoolkit.plan.danish import day as written
from motoolkit.plan.danish import field_label, period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.kernel._session import Session
    from motoolkit.kernel.looks._find import Hits
    from motoolkit.kernel.looks._parts import Part
    from motoolkit.plan import Span

_STATES: Final = {"now": "", "past": "nedlagt", "future": "endnu ikke oprettet"}


@dataclass(frozen=True, repr=False)
class UnitLook(Look):
    """A card of a unit.

    Attributes:
        uuid: the unit's.
        as_of: the day of it all.
        path: the names from the root down to the unit.
        tree: the unit and what is below it, as far down as was read.
        engagements: how many each of the units in ``tree`` has on the day, by UUID; only the unit's,
            or none at all, where there are too many to count quickly.
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


def _card(client: Client, uuid: str, day: date) -> UnitLook:
    known = read_unit(client, uuid, day)
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
        engagements=dict(known.counts or {}),
    )


def _facts(known: Known) -> Iterator[tuple[str, str]]:
    unit, values = known.unit, known.unit.span.values
    if len(known.path) > 1:
        yield "Sti", " / ".join(known.path)
    if values["user_key"] and values["user_key"] != unit.uuid:
        yield field_label("org_units", "user_key"), values["user_key"]
    for name in UNIT_FIELDS:
        if told := word(known.names, "org_units", name, values[name], unit.named_on(known.day)):
            yield field_label("org_units", name), told
    yield "Ansættelser", _employed(known)
    life = known.found["org_units", unit.uuid]
    yield "Findes", period(Validity(life[0].start, life[-1].end))
    yield "UUID", unit.uuid


def _parts(known: Known) -> Iterator[Part]:
    names, day, tree = known.names, known.day, known.tree
    yield section(MANAGERS, known.found, names, day)
    if known.inherited:
        from_above = Table("managers", f"Leder, nedarvet fra {known.giver}", MANAGERS.fields)
        yield section(from_above, known.inherited, names, day)
    notes = {uuid: _engagements(count) for uuid, count in (known.counts or {}).items() if count}
    deep = f"de øverste {DEEPEST} niveauer" if tree.depth > DEEPEST else ""
    yield Branches("Underenheder", tree, tree.children(known.unit.uuid), notes, deep)
    for table in TABLES:
        yield section(table, known.found, names, day)
    yield Drawing("Tidslinje", tuple(_lanes(known)), day)


def _employed(known: Known) -> str:
    many, counts, unit = f"flere end {MOST_ENGAGEMENTS}", known.counts, known.unit.uuid
    if counts is None:
        return many
    below = "viste underenheder" if known.tree.depth > DEEPEST else "underenheder"
    if len(counts) < len(known.tree):
        return f"{counts[unit]}, {many} med {below}"
    total = counts.total()
    return f"{counts[unit]}, {total} med {below}" if total > counts[unit] else str(total)


def _engagements(count: int) -> str:
    return f"{count} {'ansættelse' if count == 1 else 'ansættelser'}"


def _lanes(known: Known) -> Iterator[Lane]:
    spans = known.found["org_units", known.unit.uuid]
    for name in LANES:
        timeline = Timeline((span.validity, _drawn(known, span, name)) for span in spans).coalesce()
        if bars := tuple(Bar(validity, text) for validity, text in timeline if text):
            yield Lane(field_label("org_units", name), bars)


def _drawn(known: Known, span: Span, name: str) -> str:
    on = one_day(known.day) if span.validity.contains(known.day) else span.validity
    return word(known.names, "org_units", name, span.values[name], on)


def _choices(client: Client, hits: Hits, day: date) -> Choices:
    found = read(client, "org_units", {"uuids": list(hits.uuids)}, TREE_FIELDS)
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
