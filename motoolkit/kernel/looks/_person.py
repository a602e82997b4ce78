"""A quick look at a person: who it is, and all that the person has or is, on a day and through time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import EVER
from motoolkit.drawing import Bar, Lane
from motoolkit.errors import InputError
from motoolkit.kernel.looks._find import find_persons
from motoolkit.kernel.looks._parts import Drawing, Look, Row, Section
from motoolkit.kernel.looks._rows import Table, all_living, living, one_day, section, with_names, with_places
from motoolkit.model import Cpr, danish_key
from motoolkit.plan import read
from motoolkit.plan.danish import day as written
from motoolkit.plan.danish import scalar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.kernel._session import Session
    from motoolkit.kernel.looks._find import Hits
    from motoolkit.kernel.looks._rows import Found
    from motoolkit.plan import Span
    from motoolkit.plan.names import Names

ENGAGEMENTS: Final = Table(
    "engagements",
    "Ansættelser",
    ("job_function", "org_unit", "engagement_type", "primary", "fraction", "user_key"),
)
TABLES: Final = (
    ENGAGEMENTS,
    Table("managers", "Lederroller", ("manager_type", "org_unit", "manager_level", "responsibilities")),
    Table("associations", "Tilknytninger", ("association_type", "org_unit", "job_function", "substitute")),
    Table("itusers", "IT-konti", ("user_key", "itsystem", "primary", "external_id")),
    Table("addresses", "Adresser", ("value", "address_type", "visibility")),
    Table("leaves", "Orlov", ("leave_type", "engagement")),
)
"""What a card of a person shows, from the top."""
_DRAWN: Final = {"engagements": ("job_function", "org_unit"), "leaves": ("leave_type",)}
_STATES: Final = {"now": "", "past": " (ophørt)", "future": " (endnu ikke oprettet)"}
_LABEL: Final = 20


@dataclass(frozen=True, repr=False)
class PersonLook(Look):
    """A card of a person.

    Attributes:
        uuid: the person's.
        as_of: the day of it all.
    """

    uuid: str
    as_of: date


@dataclass(frozen=True, repr=False)
class Choices(Look):
    """Several that may be meant.

    Attributes:
        uuids: theirs.
    """

    uuids: tuple[str, ...]


def person_look(session: Session, text: str) -> Look:
    """Look at a person, or at several who may be meant.

    Args:
        session: the MO and the day.
        text: a UUID, a CPR number, a username, an employee number, or a name as MO's search finds it.

    Raises:
        InputError: there is nobody.
        MoError: MO can not be read.
    """
    client, day = session.client, session.today()
    hits = find_persons(client, text.strip().strip("\"'"))
    return _card(client, hits.uuids[0], day) if len(hits.uuids) == 1 else _choices(client, hits, day)


def _card(client: Client, uuid: str, day: date) -> PersonLook:
    found = read(client, "persons", {"uuids": [uuid]})
    if not found:
        raise InputError(f"The person {uuid} is gone.", remedy=f"See what became of them: %mo diff {uuid}.")
    for table in TABLES:
        found |= read(client, table.collection, {"employee": {"uuids": [uuid], **EVER}})
    accounts = sorted(key[1] for key in found if key[0] == "itusers")
    if accounts:
        found |= read(client, "rolebindings", {"ituser": {"uuids": accounts, **EVER}})
    found = with_places(client, found)
    wanted = {table.collection: table.fields for table in TABLES} | {"rolebindings": ("role",)}
    names = with_names(client, found, wanted)
    me = living(uuid, found["persons", uuid], day)
    roles = ("Rettigheder", _roles(found, names, day))
    tables = [section(t, found, names, day, roles if t.collection == "itusers" else None) for t in TABLES]
    picture = Drawing("Tidslinje", tuple(_lanes(found, names, day)), day)
    return PersonLook(
        title=_name(me.span.values),
        quiet=f"Person, som det er {written(day)}{_STATES[me.state]}",
        facts=tuple(_facts(uuid, me.span.values, day)),
        parts=(tables[0], picture, *tables[1:]),
        uuid=uuid,
        as_of=day,
    )


def _name(values: dict[str, Any]) -> str:
    return f"{values['given_name'] or ''} {values['surname'] or ''}".strip() or "(uden navn)"


def _facts(uuid: str, values: dict[str, Any], day: date) -> Iterator[tuple[str, str]]:
    nickname = f"{values['nickname_given_name'] or ''} {values['nickname_surname'] or ''}".strip()
    if nickname:
        yield "Kaldenavn", nickname
    if values["cpr_number"]:
        yield "CPR-nummer", _cpr_and_age(values["cpr_number"], day)
    if values["user_key"] and values["user_key"] != uuid:
        yield "Brugervendt nøgle", values["user_key"]
    if values["seniority"]:
        yield "Anciennitetsdato", scalar(values["seniority"])
    yield "UUID", uuid


def _cpr_and_age(number: str, day: date) -> str:
    try:
        cpr = Cpr.parse(number)
    except InputError:
        return "kan ikke læses"
    age = cpr.age(day)
    return str(cpr) if age is None else f"{cpr} ({age} år)"


def _roles(found: Found, names: Names, day: date) -> dict[str, str]:
    """Return what each account may do on the day."""
    roles = defaultdict(list)
    for one in all_living(found, "rolebindings", day):
        if one.state == "now":
            values = one.span.values
            roles[values["ituser"]].append(names.value("rolebindings", "role", values["role"], one_day(day)))
    return {account: ", ".join(sorted(theirs)) for account, theirs in roles.items()}


def _lanes(found: Found, names: Names, day: date) -> Iterator[Lane]:
    """Yield a lane for each engagement, the oldest first, and one for each leave."""
    mine = [(key, spans) for key, spans in found.items() if key[0] in ("engagements", "leaves")]
    for key, spans in sorted(mine, key=lambda item: (item[0][0], item[1][0].validity)):
        if key[0] == "leaves":
            yield Lane("Orlov", tuple(_bar(names, "leaves", span, day) for span in spans))
        else:
            number = str(spans[-1].values["user_key"] or "")
            label = number if len(number) <= _LABEL else ""
            bars = (_bar(names, "engagements", span, day) for span in spans)
            yield Lane(label, tuple(bars))


def _bar(names: Names, collection: str, span: Span, day: date) -> Bar:
    on = one_day(day) if span.validity.contains(day) else span.validity
    words = (names.value(collection, name, span.values[name], on) for name in _DRAWN[collection])
    return Bar(span.validity, ", ".join(word for word in words if word), faint=collection == "leaves")


def _choices(client: Client, hits: Hits, day: date) -> Choices:
    found = read(client, "persons", {"uuids": list(hits.uuids)})
    jobs = read(client, "engagements", {"employee": {"uuids": list(hits.uuids), **EVER}})
    names = with_names(client, jobs, _DRAWN)
    held = defaultdict(list)
    for one in all_living(jobs, "engagements", day):
        if one.state == "now":
            held[one.span.values["person"]].append(_bar(names, "engagements", one.span, day).text)
    rows = []
    for (_, uuid), spans in found.items():
        values = living(uuid, spans, day).span.values
        cpr = _cpr_and_age(values["cpr_number"], day) if values["cpr_number"] else ""
        rows.append(Row((_name(values), cpr, "; ".join(held[uuid]), uuid), uuid=uuid))
    rows.sort(key=lambda row: danish_key(row.cells[0]))
    count = f"de første {len(rows)}" if hits.more else str(len(rows))
    headings = ("Navn", "CPR-nummer", "Ansættelser", "UUID")
    return Choices(
        title="Hvem er ment?",
        quiet="Skriv %mo person UUID",
        facts=(),
        parts=(Section("Personer", headings, tuple(rows), count),),
        uuids=hits.uuids,
    )
