"""What is wrong with the person, the usernames, the links and what is primary."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from motoolkit.forms.onboarding._case import inside, life, spoken
from motoolkit.language import N_, tr
from motoolkit.model import Cpr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.forms._trouble import Trouble
    from motoolkit.forms.onboarding._case import Case, Place
    from motoolkit.forms.onboarding._lookup import State
    from motoolkit.model import Validity

PRIMARY: Final = frozenset({"primary", "explicitly-primary"})
"""The user_keys of the classes that make an engagement primary (mo-graphql 7)."""


def cpr(case: Case) -> Iterator[Trouble]:
    """Say what is wrong with the CPR number, and who in MO has it already."""
    number = case.person["cpr_number"]
    (place,) = case.places("person")
    if case.existing:
        if not case.lookup.person(case.person["uuid"]):
            yield place.trouble("", "unknown-person", tr("The person is not in MO (any more)."))
        return
    if number is None:
        if ("person", 0, "cpr_number") not in {trouble.where for trouble in case.entered.troubles}:
            told = tr("Without a CPR number MO can not tell whether the person is there already.")
            yield place.trouble("cpr_number", "no-cpr", told, "warning")
        return
    found = Cpr(number)
    if found.birth_date is None and not found.is_replacement:
        yield place.trouble("cpr_number", "no-birthday", tr("The first six digits are no date."))
    elif found.birth_date and found.birth_date > case.entered.as_of:
        yield place.trouble("cpr_number", "not-born", tr("The birthday is in the future."))
    others = [uuid for _, uuid in case.lookup.with_cpr(number) if uuid != case.person["uuid"]]
    if others:
        name = person_name(case.lookup.with_cpr(number), others[0])
        told = tr("{name} has this CPR number and is in MO already: add to that person instead.", name=name)
        yield place.trouble("cpr_number", "known-person", told)


def person_name(state: State, uuid: str) -> str:
    """Return the last name of a person."""
    spans = state.get(("persons", uuid), ())
    values = spans[-1].values if spans else {}
    return f"{values.get('given_name') or ''} {values.get('surname') or ''}".strip() or uuid


def before_birth(case: Case) -> Iterator[Trouble]:
    """Say what begins before the person does: MO refuses it."""
    born = case.born
    for place in case.places("engagements", "itusers", "managers", "addresses") if born else ():
        start = place.row["start"]
        if start is not None and born is not None and start < born:
            yield place.trouble("start", "before-birth", tr("The person is not born by then."))


def usernames(case: Case) -> Iterator[Trouble]:
    """Say who has a username, or ever had it: only who had one gets it again (newsletter 5.1.2)."""
    seen: Counter[tuple[str, str]] = Counter()
    for place in case.places("itusers"):
        system, name = place.row["itsystem"], place.row["user_key"]
        if not name or not system:
            continue
        seen[system, name.casefold()] += 1
        if seen[system, name.casefold()] > 1:
            told = tr("The username stands twice here.")
            yield place.trouble("user_key", "username-twice", told)
        yield from _held(case, place, system, name)


def _held(case: Case, place: Place, system: str, name: str) -> Iterator[Trouble]:
    """Say whose a username is: another's is refused, one's own of today too; one's own of once is free."""
    period = case.period(place.row)
    for (_, uuid), spans in case.lookup.holders(name).items():
        if uuid == place.row["uuid"]:
            continue
        for span in spans:
            if (span.values["user_key"] or "").casefold() != name.casefold():
                continue
            if span.values["itsystem"] != system:
                continue
            mine = span.values["person"] == case.person["uuid"]
            now = period is None or period.overlaps(span.validity)
            if mine and not now:
                continue
            text = _HELD[mine, now]
            told = tr(text, who=_holder(case, span.values), when=spoken(life(spans)))
            yield place.trouble("user_key", "username-mine" if mine else "username-taken", told)
            return


_HELD: Final = {
    (True, True): N_("The person has this account already, {when}."),
    (False, True): N_("{who} has this username, {when}: choose another."),
    (False, False): N_("{who} had this username, {when}: choose another."),
}


def _holder(case: Case, values: dict[str, str | None]) -> str:
    person, unit = values["person"], values["org_unit"]
    if person:
        return person_name(case.lookup.person(person), person)
    return case.choices.name("org_units", unit) if unit else tr("Somebody")


def links(case: Case) -> Iterator[Trouble]:
    """Say where a row names what the person has not got, or not in all of the row's time."""
    for place in case.places("itusers", "managers", "addresses"):
        for name, step in _LINKS[place.step].items():
            value = place.row[name]
            for uuid in value if isinstance(value, tuple) else (value,) if value else ():
                yield from _linked(case, place, name, step, uuid)


_LINKS: Final = {
    "itusers": {"engagements": "engagements"},
    "managers": {"engagement": "engagements"},
    "addresses": {"engagement": "engagements", "ituser": "itusers"},
}


def _linked(case: Case, place: Place, name: str, step: str, uuid: str) -> Iterator[Trouble]:
    if not case.named(step, uuid):
        yield place.trouble(name, "unknown", tr("The person has no such thing."))
        return
    period: Validity | None = case.period(place.row)
    lives = case.lives_of(step, step, uuid)
    if period is not None and lives and not inside(period, lives):
        told = tr("It is there {lives} only, and this outlives it.", lives=spoken(lives))
        yield place.trouble(name, "outlives", told, "warning")


def primaries(case: Case) -> Iterator[Trouble]:
    """Say where no engagement is primary, or several are at one time: nothing in MO stops that."""
    places = list(case.places("engagements"))
    held = [
        (span.validity, span.values["primary"])
        for (collection, _), spans in case.theirs.items()
        if collection == "engagements"
        for span in spans
    ]
    primary = [period for period, kind in held if is_primary(case, kind)]
    mine = [
        (place, p)
        for place in places
        if is_primary(case, place.row["primary"]) and (p := case.period(place.row))
    ]
    for index, (place, period) in enumerate(mine):
        if any(period.overlaps(other) for other in [*primary, *(p for _, p in mine[:index])]):
            told = tr("Another engagement is primary at the same time.")
            yield place.trouble("primary", "two-primaries", told, "warning")
    if mine or not places:
        return
    first = case.period(places[0].row)
    if first and not any(first.overlaps(each) for each in primary):
        told = tr("None of the engagements is primary.")
        yield places[0].trouble("primary", "no-primary", told, "warning")


def is_primary(case: Case, kind: str | None) -> bool:
    """Tell whether a class makes what has it primary."""
    return case.choices.values("classes", kind or "").get("user_key") in PRIMARY
