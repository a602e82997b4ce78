"""Usernames and account IDs that several persons have or had: found in the mirror, for everybody at once."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.identities import kinds
from motoolkit.identities._spans import several, union, without
from motoolkit.identities.checks._hit import Hit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from motoolkit.findings import Kind
    from motoolkit.identities._spans import Spans
    from motoolkit.identities.checks._hit import Circumstances
    from motoolkit.mirror import Mirror

_GUID: Final = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_USERNAME: Final = "lower(trim(user_key))"
_ID: Final = "lower(trim(external_id, ' {}'))"
# A GUID is one account's in whatever system; any other text is so in its own system only.
_SYSTEM_OF_ID: Final = f"CASE WHEN regexp_full_match({_ID}, '{_GUID}') THEN '' ELSE itsystem_uuid END"
_HELD: Final = """
    WITH held AS (
        SELECT {system} AS system, {value} AS value, person_uuid, uuid,
            coalesce(valid_from, DATE '0001-01-01') AS first, coalesce(valid_to, DATE '9999-12-31') AS last,
            itsystem_uuid
        FROM itusers WHERE person_uuid IS NOT NULL AND {value} <> ''),
    shared AS (SELECT system, value FROM held GROUP BY ALL HAVING count(DISTINCT person_uuid) > 1)
    SELECT held.* FROM held JOIN shared USING (system, value) ORDER BY ALL
"""
_PEOPLE: Final = """
    SELECT uuid, last(name ORDER BY valid_from NULLS FIRST) FROM persons
    WHERE uuid IN (SELECT unnest($uuids)) GROUP BY uuid
"""


class _Held(NamedTuple):
    system: str
    value: str
    person: str
    uuid: str
    start: date
    end: date
    itsystem: str


def shared(
    mirror: Mirror, known: Circumstances, persons: Collection[str] | None = None
) -> Iterator[Hit]:
    """Find usernames and account IDs of several persons, at a time or one after another.

    Args:
        mirror: holds accounts and persons.
        known: names and the day.
        persons: only what one of these has; None for everybody.
    """
    for sort, system, value, at_once, reused in (
        ("username", "itsystem_uuid", _USERNAME, kinds.SHARED_USERNAME, kinds.REUSED_USERNAME),
        ("external_id", _SYSTEM_OF_ID, _ID, kinds.SHARED_ID, kinds.REUSED_ID),
    ):
        rows = [_Held(*row) for row in mirror.rows(_HELD.format(system=system, value=value))]
        people = dict(mirror.rows(_PEOPLE, {"uuids": sorted({row.person for row in rows})}))
        for _, group in groupby(rows, key=lambda row: (row.system, row.value)):
            held = list(group)
            if persons is None or any(row.person in persons for row in held):
                yield from _judged(held, sort, at_once, reused, people, known)


def _judged(
    held: list[_Held],
    sort: str,
    at_once: Kind,
    reused: Kind,
    people: dict[str, str],
    known: Circumstances,
) -> Iterator[Hit]:
    """Judge one value: on which days several have it, and who has it after another had it."""
    spans = {
        person: union((row.start, row.end) for row in held if row.person == person)
        for person in dict.fromkeys(row.person for row in held)
    }
    many = several(span for each in spans.values() for span in each)
    system = known.names.system(held[0].itsystem)
    if many:
        having = [p for p, each in spans.items() if without(each, many) != each]
        yield _hit(at_once, sort, held, having, many, people, system)
    for person, each in spans.items():
        before = [p for p, others in spans.items() if p != person and others[0][1] <= each[-1][0]]
        later = [
            span
            for span in without(each, many)
            if any(end <= span[0] for p in before for _, end in spans[p])
        ]
        if later:
            yield _hit(reused, sort, held, [person, *before], later, people, system)


def _hit(
    kind: Kind,
    sort: str,
    held: Iterable[_Held],
    persons: list[str],
    spans: Spans,
    people: dict[str, str],
    system: str,
) -> Hit:
    rows = [row for row in held if row.person in persons]
    return Hit(
        kind,
        sort,
        "",
        f"{rows[0].value} ({system})",
        spans,
        tuple(dict.fromkeys(row.uuid for row in rows)),
        mo=", ".join(people.get(person, person) for person in persons),
        person=persons[0],
        key=f"{system}/{rows[0].value}",
        attribute=persons[0] if kind in {kinds.REUSED_USERNAME, kinds.REUSED_ID} else "",
        facts={"persons": ", ".join(persons)},
    )
