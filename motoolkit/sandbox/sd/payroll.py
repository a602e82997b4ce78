"""SD's side of the municipality: who is employed where, and what its units are, one institution at a time.

Facts are made of MO's objects when they are asked for, so that a large municipality costs nothing at the
start and little while a whole institution is told.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from motoolkit.sandbox.municipality import uid
from motoolkit.sandbox.sd._departments import departments_of
from motoolkit.sandbox.sd._deviations import deviations
from motoolkit.sandbox.sd._employments import employment_of, number_of
from motoolkit.sandbox.sd._world import Made
from motoolkit.sandbox.sd.facts import Institution, Person, stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from motoolkit.sandbox.records import Record
    from motoolkit.sandbox.sd.facts import Department, Employment

REGION: Final = Institution("N9", uid("sd", "region"), "Nordby")
INSTITUTIONS: Final = tuple(
    Institution(code, uid("sd", code), name)
    for code, name in (
        ("NK", "Nordby Kommune"),
        ("NS", "Nordby Skoler og Dagtilbud"),
        ("N2", "Nordby Omsorg"),
    )
)
FICTIVE: Final = "0000"


class Payroll:
    """What SD holds of a municipality.

    Args:
        records: MO's objects as they were made.
        today: the day on which they are looked at.
        mode: ``clean`` agrees with MO; ``planted`` and ``everything`` deviate as ``SD_PLANTED`` tells.
    """

    def __init__(self, records: Iterable[Record], today: date, mode: str = "planted") -> None:
        self._made = Made(records, today)
        self._plan = deviations(mode, today, self._code_of)

    @property
    def today(self) -> date:
        """The day on which it was made."""
        return self._made.today

    def people(self, institution: str) -> Iterator[str]:
        """Yield the CPR numbers of all who are or were employed there."""
        yield from sorted(self._engagements.get(institution, {}).keys() | self._strangers(institution))

    def holders(self, institution: str, number: str) -> list[str]:
        """Return the CPR numbers of all who have or had a number."""
        engaged = self._engagements.get(institution, {})
        found = {cpr for cpr, numbers in engaged.items() if number in numbers}
        found |= {
            self._cpr(each.person, each.cpr)
            for each in self._plan.added
            if (each.institution, each.employment.number) == (institution, number)
        }
        return sorted(found - {""})

    def is_silent(self, institution: str, number: str) -> bool:
        """Tell whether SD answers nothing for an employment that it has."""
        return (institution, number) in self._plan.silent

    def employments(self, institution: str, cpr: str) -> list[Employment]:
        """Return what a person has there, by number, those that were deleted too."""
        found: dict[str, Employment] = {}
        for number, record in self._engagements.get(institution, {}).get(cpr, {}).items():
            found[number] = self._deviating(institution, employment_of(self._made, record, number))
        for stranger in self._plan.added:
            if stranger.institution == institution and self._cpr(stranger.person, stranger.cpr) == cpr:
                found[stranger.employment.number] = stranger.employment
        return [found[number] for number in sorted(found)]

    def person(self, institution: str, cpr: str) -> Person:
        """Return what an institution knows of a person."""
        uuid = self._uuids.get(cpr, "")
        known = self._plan.people.get((institution, uuid), {})
        if not uuid:
            stranger = next(each for each in self._plan.added if each.cpr == cpr)
            return Person(cpr, *stranger.name, registered=stamp(self.today))
        record = self._made.get("persons", uuid)
        values = {} if record is None else self._made.now(record)
        registered = max((s.start for s in record.slices if s.start), default=None) if record else None
        person = Person(
            cpr,
            str(values.get("given_name") or ""),
            str(values.get("surname") or ""),
            stamp(registered or self.today.replace(year=self.today.year - 1, day=1)),
            street=self._made.reached("own", uuid, "PostEmployee"),
            phone=self._made.reached("own", uuid, "MobileEmployee"),
            email=self._made.reached("own", uuid, "EmailPrivat"),
        )
        return replace(person, **known)

    @cached_property
    def departments(self) -> dict[str, Department]:
        """The departments of all institutions by UUID."""
        found = {each.uuid: each for each in departments_of(self._made)}
        for uuid in self._plan.hidden:
            found.pop(uuid, None)
        for uuid, edit in self._plan.units.items():
            if uuid in found:
                found[uuid] = edit(found[uuid])
        if found:
            found |= {each.uuid: each for each in self._plan.units_added}
        return found

    @cached_property
    def jobs(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """The groups of job codes, with code and name, and the codes in each."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for record in self._made.all("classes"):
            values = self._made.now(record)
            if self._made.key(values["parent"]) is not None and self._is_job(values["facet"]):
                groups.setdefault(values["parent"], []).append((values["user_key"], values["name"]))
        return sorted(
            (self._made.key(uuid) or "", self._made.name(uuid) or "", sorted(jobs))
            for uuid, jobs in groups.items()
        )

    def _code_of(self, uuid: str) -> str:
        unit = self._made.get("org_units", uuid)
        return "" if unit is None else str(self._made.now(unit)["user_key"])

    def _is_job(self, facet: str) -> bool:
        record = self._made.get("facets", facet)
        return record is not None and self._made.now(record)["user_key"] == "engagement_job_function"

    def _deviating(self, institution: str, employment: Employment) -> Employment:
        for edit in self._plan.employments.get((institution, employment.number), ()):
            employment = edit(employment)
        return employment

    def _strangers(self, institution: str) -> set[str]:
        found = {self._cpr(s.person, s.cpr) for s in self._plan.added if s.institution == institution}
        return found - {""}

    def _cpr(self, uuid: str, otherwise: str) -> str:
        """Return the CPR number of one of MO's persons; blank where MO lacks the person."""
        if not uuid:
            return otherwise if self._uuids else ""
        record = self._made.get("persons", uuid)
        return "" if record is None else str(self._made.now(record)["cpr_number"] or "")

    @cached_property
    def _uuids(self) -> dict[str, str]:
        found = {
            str(self._made.now(record)["cpr_number"] or ""): record.uuid
            for record in self._made.all("persons")
        }
        return {cpr: uuid for cpr, uuid in found.items() if cpr}

    @cached_property
    def _engagements(self) -> dict[str, dict[str, dict[str, Record]]]:
        """MO's engagements that are SD's, by institution, CPR number and employment number."""
        found: dict[str, dict[str, dict[str, Record]]] = {}
        for record in self._made.all("engagements"):
            key = number_of(self._made, record)
            cpr = self._cpr(self._made.now(record)["person"], "")
            if key is None or not cpr or (cpr.endswith(FICTIVE) and not self._plan.fictive):
                continue
            found.setdefault(key[0], {}).setdefault(cpr, {}).setdefault(key[1], record)
        return found
