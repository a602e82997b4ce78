"""Danish words for what is shown to Danes: kinds of objects, fields, periods."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from motoolkit.model import Validity

COLLECTIONS: Final[Mapping[str, str]] = {
    "facets": "Facet",
    "classes": "Klasse",
    "itsystems": "IT-system",
    "org_units": "Enhed",
    "persons": "Person",
    "engagements": "Engagement",
    "managers": "Leder",
    "associations": "Tilknytning",
    "itusers": "IT-konto",
    "rolebindings": "IT-rettighed",
    "addresses": "Adresse",
    "leaves": "Orlov",
    "kles": "KLE-opmærkning",
    "owners": "Ejerskab",
    "related_units": "Relaterede enheder",
}
"""What MO's user interface calls the objects of each collection, one of them."""

_FIELDS: Final[Mapping[str, str]] = {
    "address_type": "Adressetype",
    "association_type": "Tilknytningsrolle",
    "binding_type": "Bindingstype",
    "cpr_number": "CPR-nummer",
    "description": "Beskrivelse",
    "engagement": "Engagement",
    "engagement_type": "Engagementstype",
    "engagements": "Engagementer",
    "external_id": "Eksternt id",
    "facet": "Facet",
    "fraction": "Beskæftigelsesgrad",
    "given_name": "Fornavn",
    "it_system": "IT-system",
    "it_user": "IT-konto",
    "itsystem": "IT-system",
    "ituser": "IT-konto",
    "job_function": "Stillingsbetegnelse",
    "kle_aspects": "KLE-aspekter",
    "kle_number": "KLE-nummer",
    "leave_type": "Orlovstype",
    "manager_level": "Lederniveau",
    "manager_type": "Ledertype",
    "name": "Navn",
    "nickname_given_name": "Kaldenavn, fornavn",
    "nickname_surname": "Kaldenavn, efternavn",
    "org_unit": "Enhed",
    "org_units": "Enheder",
    "owner": "Ejer",
    "owner_inference_priority": "Ejer findes ved",
    "parent": "Overliggende",
    "person": "Person",
    "primary": "Primær",
    "published": "Publiceret",
    "responsibilities": "Lederansvar",
    "role": "Rolle",
    "scope": "Omfang",
    "seniority": "Anciennitetsdato",
    "substitute": "Stedfortræder",
    "surname": "Efternavn",
    "system_type": "Systemtype",
    "time_planning": "Tidsregistrering",
    "trade_union": "Faglig organisation",
    "unit_hierarchy": "Organisationshierarki",
    "unit_level": "Enhedsniveau",
    "unit_type": "Enhedstype",
    "user_key": "Brugervendt nøgle",
    "value": "Værdi",
    "value2": "Værdi 2",
    "visibility": "Synlighed",
    **{f"extension_{n}": f"Udvidelse {n}" for n in range(1, 11)},
}
_OWN_WORDS: Final[Mapping[tuple[str, str], str]] = {
    ("itusers", "user_key"): "Brugernavn",
    ("org_units", "parent"): "Overenhed",
    ("org_units", "user_key"): "Enhedsnummer",
    ("engagements", "user_key"): "Tjenestenummer",
}
"""Fields that are called something of their own in a collection."""

_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def field_label(collection: str, name: str) -> str:
    """Return what Danes call a field."""
    return _OWN_WORDS.get((collection, name)) or _FIELDS[name]


def day(value: date) -> str:
    """Return a day as Danes write it."""
    return value.strftime("%d-%m-%Y")


def period(validity: Validity) -> str:
    """Return a period as people say it: with its last day."""
    last = None if validity.end is None else day(validity.end - timedelta(days=1))
    if validity.start is None:
        return "altid" if last is None else f"til og med {last}"
    first = day(validity.start)
    return f"fra {first}" if last is None else first if first == last else f"{first} – {last}"


def scalar(value: Any) -> str:
    """Return a value that is no reference."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    text = str(value)
    found = _DAY.fullmatch(text)
    return "-".join(reversed(found.groups())) if found else text


def percent(fraction: int) -> str:
    """Return a fraction in millionths, as MO has it, in percent of full time (newsletter 3.2)."""
    return f"{fraction / 10_000:g} %".replace(".", ",")
