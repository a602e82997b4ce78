"""MO without what is odd about accounts in it: the municipality that ``--ad clean`` serves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from motoolkit.sandbox.ad._builder import Builder, Usernames
from motoolkit.sandbox.ad._furniture import furnish
from motoolkit.sandbox.ad._plan import ACTIVE
from motoolkit.sandbox.ad.expected import active, needing
from motoolkit.sandbox.ad.facts import NOW, Facts
from motoolkit.sandbox.ad.places import PLACES
from motoolkit.sandbox.municipality import uid, unit_uuid
from motoolkit.sandbox.records import Record, Slice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from motoolkit.sandbox.ad._plan import Held

_CLOSED = "Dokumentcentret"


def tidied(records: Iterable[Record], today: date) -> list[Record]:
    """Return MO's objects so that a directory that agrees with them has nothing to tell of.

    Every account that is in use is an IT user, is for just the engagements that nobody else's is, and is in a
    directory that the person needs; nobody works in a closed unit.
    """
    held = [_out_of_closed_unit(record) for record in records]
    facts = Facts(held, today)
    usernames = Usernames(facts)
    builders = [Builder(facts, place, usernames, {}) for place in PLACES]
    for builder in builders:
        furnish(builder)
    needless = {ituser for builder in builders for ituser in _needless(builder, builders)}
    links = {ituser: found for builder in builders for ituser, found in _links(builder).items()}
    kept = [_linked(record, links) for record in held if not _is_of(record, needless)]
    return [*kept, *(record for builder in builders for record in _new(builder))]


def _out_of_closed_unit(record: Record) -> Record:
    """Let who works in the closed unit work above it."""
    closed = unit_uuid(_CLOSED)
    if record.collection != "engagements":
        return record
    return _changed(record, lambda v: {"org_unit": unit_uuid("HR og Løn")} if v["org_unit"] == closed else {})


def _needless(builder: Builder, builders: list[Builder]) -> Iterable[str]:
    """Yield the IT users of accounts that no engagement needs, of persons who have another elsewhere."""
    for person in builder.facts.work:
        elsewhere = any(active(other, person) for other in builders if other is not builder)
        if elsewhere and not list(needing(builder, person)):
            yield from (one.ituser.uuid for one in active(builder, person) if one.ituser)


def _links(builder: Builder) -> dict[str, tuple[str, ...]]:
    """Return the engagements that each IT user is for: those that are not another account's."""
    found: dict[str, tuple[str, ...]] = {}
    for person, work in builder.facts.work.items():
        mine = sorted(active(builder, person), key=lambda one: (one.ituser is None, one.guid))
        if not mine:
            continue
        first, *others = mine
        todo = [each.uuid for each in work if each.tense == NOW]
        needed = {each.uuid for each in needing(builder, person)}
        for one in reversed(others):
            own = [uuid for uuid in _own(one) if uuid in todo][:1] or todo[-1:]
            todo = [uuid for uuid in todo if uuid not in own]
            found[_uuid(builder, one)] = tuple(own)
        found[_uuid(builder, first)] = tuple(uuid for uuid in todo if uuid in needed) or tuple(todo)
    return found


def _own(one: Held) -> tuple[str, ...]:
    return one.ituser.engagements if one.ituser else ()


def _uuid(builder: Builder, one: Held) -> str:
    return one.ituser.uuid if one.ituser else uid("itusers", f"{builder.place.name}/{one.guid}")


def _linked(record: Record, links: Mapping[str, tuple[str, ...]]) -> Record:
    if record.uuid not in links:
        return record
    return _changed(record, lambda _values: {"engagements": links[record.uuid]})


def _new(builder: Builder) -> Iterable[Record]:
    """Yield IT users of accounts that MO knows by the CPR number only."""
    links = _links(builder)
    template = next(record for record in builder.facts.all("itusers"))
    for guid, one in builder.accounts.items():
        if one.ituser is None and one.state == ACTIVE:
            values: dict[str, Any] = {
                **dict.fromkeys(template.slices[0].values),
                "user_key": builder.draft[guid].value("sAMAccountName"),
                "external_id": guid,
                "itsystem": builder.facts.itsystem(builder.place.itsystem),
                "person": one.person,
                "engagements": links.get(_uuid(builder, one), ()),
            }
            yield Record("itusers", _uuid(builder, one), (Slice(one.start, one.end, values),))


def _is_of(record: Record, itusers: set[str]) -> bool:
    """Tell whether a record is one of these IT users, or hangs on one."""
    return record.uuid in itusers or any(each.values.get("ituser") in itusers for each in record.slices)


def _changed(record: Record, change: Any) -> Record:
    slices = tuple(replace(each, values={**each.values, **change(each.values)}) for each in record.slices)
    return replace(record, slices=slices)
