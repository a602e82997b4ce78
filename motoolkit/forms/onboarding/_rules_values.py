"""What is wrong with a row by itself: something is missing, or was chosen that is not there (then)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.catalogue import SCOPES
from motoolkit.forms.onboarding._case import inside, spoken
from motoolkit.forms.onboarding._fields import STEPS, label, within
from motoolkit.language import N_, tr
from motoolkit.model import Validity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.forms._trouble import Severity, Trouble
    from motoolkit.forms.onboarding._case import Case, Place
    from motoolkit.forms.onboarding._fields import Field

_COLLECTIONS: Final = {
    "unit": "org_units",
    "class": "classes",
    "classes": "classes",
    "roles": "classes",
    "itsystem": "itsystems",
}


def missing(case: Case) -> Iterator[Trouble]:
    """Say what has to be filled in."""
    unreadable = {trouble.where for trouble in case.entered.troubles}
    for place in case.places(*STEPS):
        if place.step == "person" and case.existing:
            continue
        for field in STEPS[place.step]:
            empty = place.row[field.name] in (None, ())
            if field.required and empty and (place.step, place.number, field.name) not in unreadable:
                yield place.trouble(field.name, "missing", tr("Fill in {field}.", field=within(field)))


def reversed_dates(case: Case) -> Iterator[Trouble]:
    """Say where the last day comes before the first."""
    for place in case.places("engagements", "itusers", "managers", "addresses"):
        start, end = place.row["start"], place.row["end"]
        if start is not None and end is not None and end <= start:
            yield place.trouble("end", "end-before-start", tr("The last day is before the first."))


def chosen(case: Case) -> Iterator[Trouble]:
    """Say where something was chosen that MO has not got, or not in all of the period."""
    for place in case.places("engagements", "itusers", "managers", "addresses"):
        for field in STEPS[place.step]:
            value = place.row[field.name]
            if field.kind in _COLLECTIONS and value:
                for uuid in value if isinstance(value, tuple) else (value,):
                    yield from _chosen(case, place, field, uuid)


def _chosen(case: Case, place: Place, field: Field, uuid: str) -> Iterator[Trouble]:
    collection = _COLLECTIONS[field.kind]
    spans = case.choices.state.get((collection, uuid))
    if not spans:
        told = tr("MO has no such {field}.", field=within(field))
        yield place.trouble(field.name, "unknown", told)
        return
    if collection == "classes" and not _of_facet(case, field, uuid):
        told = tr(
            "{name} can not be chosen as {field}.", name=_name(case, collection, uuid), field=label(field)
        )
        yield place.trouble(field.name, "wrong-facet", told)
        return
    if field.kind == "class" and _elsewhere(case, place, uuid):
        told = tr("{name} belongs to another part of the organisation.", name=_name(case, collection, uuid))
        yield place.trouble(field.name, "wrong-owner", told)
    yield from _lives(case, place, field, uuid)


def _lives(case: Case, place: Place, field: Field, uuid: str) -> Iterator[Trouble]:
    """Say where what was chosen does not live in all of the period: MO refuses it for units alone."""
    collection = _COLLECTIONS[field.kind]
    period = case.period(place.row)
    spans = case.choices.state[collection, uuid]
    whole = Validity(spans[0].start, spans[-1].end)
    if period is None or inside(period, [whole]):
        return
    at_start = not whole.contains(case.day(place.row))
    told = tr(_OUTSIDE[at_start], name=_name(case, collection, uuid), lives=spoken([whole]))
    severity: Severity = "error" if at_start or collection == "org_units" else "warning"
    yield place.trouble(field.name if at_start else "end", "outside-life", told, severity)


_OUTSIDE: Final = {
    True: N_("{name} is there {lives} only: choose another first day."),
    False: N_("{name} is there {lives} only: choose an earlier last day."),
}


def _of_facet(case: Case, field: Field, uuid: str) -> bool:
    facet = case.choices.values("classes", uuid)["facet"]
    return case.choices.values("facets", facet or "").get("user_key") in field.facets


def _elsewhere(case: Case, place: Place, uuid: str) -> bool:
    owner = case.choices.values("classes", uuid)["owner"]
    unit = place.row.get("org_unit")
    return owner is not None and owner not in case.choices.above(unit, case.day(place.row))


def _name(case: Case, collection: str, uuid: str) -> str:
    return case.choices.name(collection, uuid)


def addresses(case: Case) -> Iterator[Trouble]:
    """Say where MO does not take the value of an address (mo-graphql 8)."""
    for place in case.places("addresses"):
        kind, value = place.row["address_type"], place.row["value"]
        scope: str | None = case.choices.values("classes", kind or "").get("scope")
        if value and scope is not None and scope in SCOPES and not SCOPES[scope].fullmatch(value):
            yield place.trouble("value", "bad-address", tr(_WRONG[scope], value=repr(value[:40])))
        elif kind and scope is None and ("classes", kind) in case.choices.state:
            told = tr("MO does not know what such an address looks like: choose another type.")
            yield place.trouble("address_type", "no-scope", told)


_WRONG: Final = {
    "EMAIL": N_("{value} is no e-mail address: write it as karen@kommune.dk."),
    "PHONE": N_("{value} is no telephone number: write digits only, with a + in front if any."),
    "EAN": N_("{value} is no EAN number: write its 13 digits."),
    "PNUMBER": N_("{value} is no P-number: write its 10 digits."),
    "WWW": N_("{value} is no web address: write it with https:// in front."),
    "DAR": N_("{value} is no UUID of an address in Danmarks Adresseregister."),
}


def roles(case: Case) -> Iterator[Trouble]:
    """Say where a role belongs to another system than the account: MO takes it in silence."""
    for place in case.places("itusers"):
        system = place.row["itsystem"]
        for role in place.row["roles"]:
            needed = case.choices.values("classes", role).get("it_system")
            if system and needed and needed != system:
                told = tr(
                    "The role {role} belongs to {system}.",
                    role=_name(case, "classes", role),
                    system=_name(case, "itsystems", needed),
                )
                yield place.trouble("roles", "wrong-itsystem", told)
