"""The comparison of SD-Løn's timelines with MO's, from the two systems to findings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from motoolkit.errors import InputError
from motoolkit.language import tr
from motoolkit.model import COPENHAGEN
from motoolkit.sd._actors import with_actors
from motoolkit.sd._reading import Read, read_persons, read_population
from motoolkit.sd._scope import parameters, scope, terms
from motoolkit.sd._unit_reading import read_unit
from motoolkit.sd._whom import Whom, whom
from motoolkit.sd.diff import compare
from motoolkit.sd.guess import guess_mapping
from motoolkit.sd.mapping import Mapping
from motoolkit.sd.mo import (
    COLLECTIONS,
    mo_side,
    placement_facts,
    select_units,
    unit_names,
    units_below,
)
from motoolkit.sd.timelines import sd_side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from motoolkit.client import Client
    from motoolkit.findings import Finding, Findings
    from motoolkit.mirror import Mirror
    from motoolkit.model import Validity
    from motoolkit.sd._facts import Facts
    from motoolkit.sd._side import Side
    from motoolkit.sd.client import SdClient
    from motoolkit.sd.mend import Mending, Resync
    from motoolkit.sd.picture import PersonPicture


@dataclass(frozen=True, repr=False)
class SdAudit:
    """What a comparison found, and both sides of it.

    Attributes:
        findings: what SD and MO say differently.
        mapping: how the integration is taken to write what SD says.
        sd: SD's side.
        mo: MO's side.
        read: what SD answered.
        names: names of units by UUID and of classes by user_key.
    """

    findings: Findings
    mapping: Mapping
    sd: Side
    mo: Side
    read: Read
    names: dict[str, str] = field(default_factory=dict)

    def picture(self, person: str | None = None) -> PersonPicture:
        """Return the timelines of one person, SD's above MO's.

        Args:
            person: MO's UUID of the person, or the CPR number; may be left out where there is only one.

        Raises:
            InputError: the comparison does not hold that person, or several and none was named.
        """
        from motoolkit.sd._one import one_person
        from motoolkit.sd.picture import PersonPicture

        cpr, sd, mo = one_person(self.sd, self.mo, person)
        units = self.sd.subjects[self.sd.subjects["sort"] == "unit"]
        # A department that MO does not have is told by SD's name.
        names = dict(zip(units["uuid"], units["label"], strict=True)) | self.names
        statuses = self.read.statuses(cpr, self.mapping)
        return PersonPicture(sd, mo, self.findings, names=names, statuses=statuses)

    def plan(self, client: Client, findings: Iterable[Finding] | None = None, **options: Any) -> Mending:
        """Return the plan that mends MO where SD decides; see ``motoolkit.sd.mend.plan_for``."""
        from motoolkit.sd.mend import plan_for

        return plan_for(self, client, findings, **options)

    def resync(self, finding: Finding, **options: Any) -> Resync:
        """Return the call that lets the integration load again; see ``motoolkit.sd.mend.resync``."""
        from motoolkit.sd.mend import resync

        return resync(self, finding, **options)

    def pictures(self) -> list[PersonPicture]:
        """Return the timelines of everybody; for comparisons of a few persons."""
        from motoolkit.sd._one import everybody

        return [self.picture(cpr) for cpr in everybody(self.sd, self.mo)]

    def __repr__(self) -> str:
        return f"<SdAudit {self.findings!r}>"


def audit(
    sd: SdClient,
    mirror: Mirror,
    client: Client | None = None,
    *,
    as_of: date,
    persons: Iterable[str] = (),
    unit: str = "",
    institutions: Iterable[str] = (),
    mapping: Mapping | str | Path | None = None,
    window: Validity | None = None,
    show_ignored: bool = False,
) -> SdAudit:
    """Compare what SD-Løn says with what MO says, ever: past, present and future.

    Args:
        sd: SD-Løn, from ``connect_sd``.
        mirror: MO; it holds ``motoolkit.sd.mo.COLLECTIONS``.
        client: MO itself, to be asked who changed what is wrong; without it that is not told.
        as_of: the day that parts past from future.
        persons: only these: MO's UUIDs, numbers (``NS-04711``), usernames or CPR numbers.
        unit: only who works in this unit or below it: UUID, user_key or name.
        institutions: SD's institutions; those of the profile unless given.
        mapping: how the integration writes into MO: a preset, a TOML file, or the ``mapping`` of a comparison
            before; guessed from MO unless given, which takes longer than one person does.
        window: only what differs on a day of it.
        show_ignored: tell, too, what a rule leaves out.

    Raises:
        InputError: a person, unit, institution or mapping is unknown.
        SdError: SD does not answer, or is closed.
        MirrorError: the mirror lacks a collection.
    """
    mirror.check(COLLECTIONS)
    chosen = guess_mapping(mirror).mapping if mapping is None else Mapping.read(mapping)
    wanted = whom(sd, mirror, persons=persons, unit=unit, institutions=institutions, as_of=as_of)
    _check_institutions(wanted, chosen)
    facts = placement_facts(mirror, chosen, as_of=as_of, cprs=wanted.cprs or None)
    chosen = replace(chosen, unknown_unit=facts.unknown_unit)
    units = units_below(mirror, wanted.unit, as_of) if wanted.unit else frozenset()
    read = _read(sd, mirror, wanted, chosen, facts=facts, as_of=as_of, units=units)
    left, right = _sides(mirror, wanted, read, chosen, facts=facts, as_of=as_of, units=units)
    names = unit_names(mirror, as_of)
    findings = compare(
        left,
        right,
        chosen,
        as_of=as_of,
        window=window,
        unanswered=_unanswered(wanted, read, left, right),
        unheard=read.unanswered.keys(),
        names=names,
        explained=facts.explained(),
        source=[
            ("SD-Løn", sd.settings.url or ""),
            ("MO", mirror.mo_url),
            (tr("MO read"), f"{mirror.read_at.astimezone(COPENHAGEN):%d-%m-%Y %H:%M}"),
            (tr("Mapping"), chosen.name),
        ],
        scope=scope(wanted, left, right, window=window, show_ignored=show_ignored),
        terms=terms(chosen),
        parameters=parameters(wanted, names, window=window, show_ignored=show_ignored),
        show_ignored=show_ignored,
    )
    if client is not None:
        findings = with_actors(findings, client, mirror)
    return SdAudit(findings, chosen, left, right, read, names | class_names(mirror))


def _check_institutions(wanted: Whom, mapping: Mapping) -> None:
    if wanted.partial and not mapping.prefix:
        raise InputError(
            f"The numbers in MO do not tell which institution they are of (mapping {mapping.name!r}).",
            remedy="Compare all institutions of the profile at once.",
        )


def _read(
    sd: SdClient,
    mirror: Mirror,
    wanted: Whom,
    mapping: Mapping,
    *,
    facts: Facts,
    as_of: date,
    units: frozenset[str],
) -> Read:
    if units:
        return read_unit(sd, mirror, wanted, mapping, facts=facts, units=units, as_of=as_of)
    if wanted.cprs:
        return read_persons(sd, wanted.cprs, wanted.institutions, mapping, as_of)
    return read_population(sd, wanted.institutions, mapping, as_of)


def _sides(
    mirror: Mirror,
    wanted: Whom,
    read: Read,
    mapping: Mapping,
    *,
    facts: Facts,
    as_of: date,
    units: frozenset[str],
) -> tuple[Side, Side]:
    """Return both sides of those who are meant."""
    left = sd_side(read.employments, read.departments, read.persons, mapping, facts=facts)
    right = mo_side(
        mirror,
        mapping,
        as_of=as_of,
        cprs=wanted.cprs or None,
        institutions=wanted.institutions,
        units=set(read.departments.departments["uuid"]),
    )
    if wanted.partial:
        right = _of_known_units(right, read)
    return select_units(left, right, units) if units else (left, right)


def _of_known_units(mo: Side, read: Read) -> Side:
    """Leave out MO's units that SD did not tell of: they may be another institution's."""
    known = set(read.departments.departments["uuid"])
    return mo.only((mo.subjects["sort"] != "unit") | mo.subjects["pair"].isin(known))


def _unanswered(wanted: Whom, read: Read, sd: Side, mo: Side) -> dict[str, str]:
    """Return of whom of those that are meant SD gave no timeline, and why."""
    told = {*sd.subjects["cpr"], *mo.subjects["cpr"]} if wanted.unit else read.unanswered.keys()
    return {cpr: why for cpr, why in read.unanswered.items() if cpr in told}


def class_names(mirror: Mirror) -> dict[str, str]:
    """Return the names of job functions and engagement types by user_key."""
    query = """
        SELECT c.user_key, last(c.name ORDER BY c.valid_from NULLS FIRST)
        FROM classes c JOIN facets f ON f.uuid = c.facet_uuid
        WHERE f.user_key IN ('engagement_job_function', 'engagement_type') GROUP BY c.user_key
    """
    return dict(mirror.rows(query))
