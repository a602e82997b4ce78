"""What a report warns about: counted by kind, with examples, never with a CPR number."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, NamedTuple

from motoolkit.model import mask_all

KINDS: Final = {
    "no_units": "Ingen enheder er omfattet på datoen",
    "tree": "Organisationstræet har fejl",
    "without_unit": "Engagementets enhed findes ikke på datoen; rækken står på arket Uden enhed",
    "missing_configured_class": "En klasse, som rapporten leder efter, findes ikke i MO; feltet er tomt",
    "class_not_valid": "En klasse er ukendt eller ikke gyldig på datoen; feltet er tomt",
    "person_not_valid": "En person er ukendt eller ikke gyldig på datoen; navnet mangler",
    "several_leaders": "Enheden har flere ledere; kun den første vises",
    "too_many_co_managers": "Enheden har flere end to medledere; kun de to første vises",
    "vacant_leader": "Enhedens lederpost er vakant",
    "leader_without_engagement": "En leder har intet engagement på datoen",
    "no_cpr": "Personen har intet CPR-nummer; alderen er tom",
    "invalid_cpr": "CPR-nummeret kan ikke læses; alderen er tom",
    "replacement_cpr": "Personen har et erstatningspersonnummer; alderen er regnet af det",
    "fictive_cpr": "Personen er fiktiv (CPR-nummer, der ender på 0000)",
    "unlikely_age": "Alderen er over 100 eller under 13 år",
    "secret_email": "En hemmelig e-mailadresse er vist, fordi parametrene tillader det",
    "text_cut": "En tekst er længere, end Excel kan vise, og er forkortet",
}
"""Every kind of warning and what it tells the reader, in the order that the sheet shows them."""

MAX_DETAILS: Final = 1000
"""How many details the sheet lists; the counts are always complete."""


class Notice(NamedTuple):
    """One kind of warning: how often it was met, and its first details."""

    kind: str
    message: str
    times: int
    details: tuple[str, ...]


class Notices:
    """The warnings of one report while it is made."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = defaultdict(int)
        self._details: dict[str, dict[str, None]] = defaultdict(dict)

    def add(self, kind: str, detail: str = "") -> None:
        """Count one more of ``kind``; the same detail is listed once."""
        self._counts[kind] += 1
        if detail and len(self._details[kind]) < MAX_DETAILS:
            self._details[kind][mask_all(detail)] = None

    def once(self, kind: str, detail: str) -> None:
        """Count ``detail`` the first time only."""
        if mask_all(detail) not in self._details[kind]:
            self.add(kind, detail)

    def listed(self) -> tuple[Notice, ...]:
        """Return what was warned about, in the order of ``KINDS``."""
        return tuple(
            Notice(kind, message, self._counts[kind], tuple(sorted(self._details[kind])))
            for kind, message in KINDS.items()
            if self._counts[kind]
        )
