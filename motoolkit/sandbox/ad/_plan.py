"""Who has which account in a directory, by what MO has; nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from motoolkit.sandbox.ad.facts import COMING, NOW, PAST
from motoolkit.sandbox.ad.places import BURIED_DAYS, KEPT_DAYS, LEAD_DAYS, OUTSIDER, SALARIED
from motoolkit.sandbox.municipality import uid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from motoolkit.sandbox.ad.facts import Engagement, Facts, ItUser
    from motoolkit.sandbox.ad.places import Place

ACTIVE: Final = "active"
PARKED: Final = "parked"
BURIED: Final = "buried"


@dataclass(frozen=True, slots=True)
class Held:
    """An account that somebody has.

    Attributes:
        guid: its objectGUID.
        person: whose it is.
        ituser: the IT user in MO; None where MO has none and only knows the CPR number.
        engagement: the one that AD has the number of and shows; None where there is none any more.
        unit: MO's UUID of the unit in whose OU it lies, if that has one.
        state: ``active``, ``parked`` or ``buried``.
        start: since when MO has it.
        end: the day on which it expires, or for a buried one was deleted; None for never.
    """

    guid: str
    person: str
    ituser: ItUser | None
    engagement: Engagement | None
    unit: str
    state: str
    start: date
    end: date | None

    @property
    def outside(self) -> bool:
        """Whether it is somebody's with work from outside, who may have a place among the others."""
        return self.engagement is not None and self.engagement.kind == OUTSIDER


def guid_of(text: str) -> str:
    """Return a GUID in lower case without braces, "" where the text is none."""
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""


def in_scope(facts: Facts, place: Place, engagement: Engagement) -> bool:
    """Tell whether an engagement needs an account in a directory."""
    above = {str(facts.units[uuid]["name"]) for uuid in facts.line(engagement.unit)}
    return engagement.kind == SALARIED and not above.isdisjoint(place.scope)


def needed(facts: Facts, place: Place, person: str) -> list[Engagement]:
    """Return the engagements because of which somebody must have an account, today's before those to come."""
    soon = facts.today + timedelta(days=LEAD_DAYS)
    due = [
        each
        for each in facts.work.get(person, ())
        if each.tense == NOW or (each.tense == COMING and each.start <= soon)
    ]
    return sorted(
        (each for each in due if in_scope(facts, place, each)), key=lambda each: (each.tense, each.rank)
    )


def held(facts: Facts, place: Place, real: Mapping[str, str | None]) -> Iterator[Held]:
    """Yield all accounts of a directory.

    Args:
        facts: what MO has.
        place: the directory.
        real: the GUID by IT user where MO has it wrongly; None where the account is in another directory.
    """
    for person in sorted(facts.work):
        mine = [it for it in facts.accounts.get(person, ()) if it.system == place.itsystem]
        found = {each.guid: each for it in mine if (each := _of_ituser(facts, it, real)) is not None}
        yield from found.values()
        wanted = needed(facts, place, person)
        if wanted and not any(each.state == ACTIVE for each in found.values()):
            yield _unlinked(facts, place, person, wanted[0])


def _of_ituser(facts: Facts, it: ItUser, real: Mapping[str, str | None]) -> Held | None:
    going = [each for each in facts.work[it.person] if each.tense != PAST]
    state, end = _state(facts.today, it, bool(going))
    if not state or real.get(it.uuid, "") is None:
        return None
    # Before the first day AD shows what somebody does already.
    early = it.tense == COMING and any(each.tense == NOW for each in going)
    linked = (
        [] if early else [facts.engagements[each] for each in it.engagements if each in facts.engagements]
    )
    lasting = [each for each in linked if each.tense != PAST]
    engagement = _shown(lasting) or _shown(facts.work[it.person])
    if state == ACTIVE:
        end = _end(lasting or [engagement])
    guid = real.get(it.uuid) or guid_of(it.external_id) or guid_of(it.user_key) or uid("ad", it.uuid)
    now = [each for each in linked if each.tense == NOW]
    unit = (_shown(now) or engagement).unit if engagement else ""
    return Held(guid, it.person, it, engagement, unit, state, it.start, end)


def _state(today: date, it: ItUser, going: bool) -> tuple[str, date | None]:  # noqa: FBT001 - a fact
    """Return what became of an account, and for one that is not in use when."""
    if it.tense == NOW:
        return (ACTIVE, None) if going else (PARKED, today)
    if it.tense == COMING:
        return (ACTIVE, None) if it.start <= today + timedelta(days=LEAD_DAYS) else ("", None)
    end = it.end or today
    if not going and (today - end).days < KEPT_DAYS:
        return PARKED, end
    gone = end + timedelta(days=0 if going else KEPT_DAYS)
    return (BURIED, gone) if (today - gone).days < BURIED_DAYS else ("", None)


def _unlinked(facts: Facts, place: Place, person: str, wanted: Engagement) -> Held:
    """Return the account of somebody of whom MO only has the CPR number; AD had it long before."""
    now = [each for each in facts.work[person] if each.tense == NOW]
    shown = now[0] if now and wanted.tense == COMING else wanted
    unit = now[0].unit if now and _has_ou(facts, place, now[0].unit) else shown.unit
    start = min(shown.start, facts.today - timedelta(days=60))
    return Held(place.key(f"person/{person}"), person, None, shown, unit, ACTIVE, start, _end([shown]))


def _has_ou(facts: Facts, place: Place, unit: str) -> bool:
    return any(str(facts.units[uuid]["name"]) in place.scope for uuid in facts.line(unit))


def _shown(engagements: Iterable[Engagement]) -> Engagement | None:
    """Return the engagement of today that places somebody best, else one to come, else one that is over."""
    order = {NOW: 0, COMING: 1, PAST: 2}
    return min(engagements, key=lambda each: (order[each.tense], each.rank), default=None)


def _end(engagements: Iterable[Engagement | None]) -> date | None:
    ends = [each.end for each in engagements if each is not None]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None
