"""Usernames and account IDs that several persons have or had: found in the mirror, for everybody at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.identities import kinds
from motoolkit.identities._spans import several, union, without
from motoolkit.identities.checks._hit import Hit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    from motoolkit.findings import Kind
    from motoolkit.identities._spans import Span, Spans
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
    SELECT held.* FROM held JOIN shared USING (system, value)
    ORDER BY system, value, first, person_uuid, uuid
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


def shared(mirror: Mirror, known: Circumstances, persons: Collection[str] | None = None) -> Iterator[Hit]:
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
            one = _Value(sort, list(group), people, known.names.system)
            if persons is None or any(row.person in persons for row in one.held):
                yield from one.judged(at_once, reused)


@dataclass(frozen=True, slots=True)
class _Value:
    """A username or an account ID, and who has or had it."""

    sort: str
    held: list[_Held]
    people: Mapping[str, str]
    system: Callable[[str], str]

    def judged(self, at_once: Kind, reused: Kind) -> Iterator[Hit]:
        """Yield on which days several have it, and who has it after another had it."""
        spans = {
            person: union((row.start, row.end) for row in self.held if row.person == person)
            for person in dict.fromkeys(row.person for row in self.held)
        }
        many = several(span for each in spans.values() for span in each)
        if many:
            having = [person for person, each in spans.items() if without(each, many) != each]
            yield self._hit(at_once, having, many)
        for person, each in spans.items():
            others = {p: theirs for p, theirs in spans.items() if p != person}
            apart = without(each, many)
            later = [
                span
                for span in each
                if span in apart and any(_over(theirs, span) for theirs in others.values())
            ]
            if later:
                before = [p for p, theirs in others.items() if _over(theirs, later[-1])]
                yield self._hit(reused, [person, *before], later)

    def _hit(self, kind: Kind, persons: list[str], spans: Spans) -> Hit:
        rows = [row for row in self.held if row.person in persons]
        system, value = self.system(rows[0].itsystem), rows[0].value
        return Hit(
            kind,
            self.sort,
            "",
            f"{value} ({system})",
            spans,
            tuple(dict.fromkeys(row.uuid for row in rows)),
            others=", ".join(self.people.get(person, person) for person in persons),
            person=persons[0],
            key=f"{system}/{value}",
            facts={"persons": ", ".join(persons)},
        )


def _over(spans: Spans, span: Span) -> bool:
    """Tell whether any of these days were over when others began."""
    return any(end <= span[0] for _, end in spans)
