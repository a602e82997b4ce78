"""GetOrganization, GetProfession and GetInstitution."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from motoolkit.sandbox.sd._shared import either_institution, institution_of
from motoolkit.sandbox.sd._xml import echo, element, no_such, within
from motoolkit.sandbox.sd.payroll import INSTITUTIONS, REGION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.sandbox.sd._asked import Asked
    from motoolkit.sandbox.sd.facts import Department, Institution, Parent, Period
    from motoolkit.sandbox.sd.payroll import Payroll

_LEAF: Final = "Afdelings-niveau"
_LEVELS: Final = (_LEAF, *(f"NY{number}-niveau" for number in range(7)))
_DAY: Final = timedelta(days=1)


def get_organization(payroll: Payroll, asked: Asked) -> Iterator[str]:
    """Tell the chains from each department on the lowest level up to the top, a tree at a time."""
    institution = either_institution(asked)
    first, last = asked.window()
    uuids = asked.flag("UUIDIndicator")
    names = ("InstitutionIdentifier", "InstitutionUUIDIdentifier", "ActivationDate", "DeactivationDate")
    yield echo(asked, (*names, "UUIDIndicator"))
    yield element("RegionIdentifier", REGION.code)
    yield element("RegionUUIDIdentifier", REGION.uuid) if uuids else ""
    yield element("InstitutionIdentifier", institution.code)
    yield element("InstitutionUUIDIdentifier", institution.uuid) if uuids else ""
    yield element("DepartmentStructureName", f"{institution.code}-Basis")
    yield within("OrganizationStructure", _levels(_LEVELS))
    for start, end in _stretches(payroll, first, last):
        chains = "".join(_chains(payroll, institution, start, uuids=uuids))
        if chains:
            yield within(
                "Organization",
                element("ActivationDate", start),
                element("DeactivationDate", end),
                chains,
            )


def _levels(levels: tuple[str, ...]) -> str:
    """Return the levels nested: around each the one below, so that the outermost is the lowest."""
    if not levels:
        return ""
    return within(
        "DepartmentLevelReference", element("DepartmentLevelIdentifier", levels[0]), _levels(levels[1:])
    )


def _stretches(payroll: Payroll, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the parts of the window in which no department and no parent changes."""
    spans: list[Period | Parent] = []
    for department in payroll.departments.values():
        spans += [*department.periods, *department.parents]
    starts = {day for span in spans for day in (span.start, span.end) if day and first < day <= last}
    for start, after in pairwise([*sorted({first, *starts}), None]):
        if start is not None:
            yield start, last if after is None else after - _DAY


def _chains(payroll: Payroll, institution: Institution, day: date, *, uuids: bool) -> Iterator[str]:
    for department in payroll.departments.values():
        period = department.at(day)
        if department.institution == institution.code and period is not None and period.level == _LEAF:
            yield _reference(payroll, department, day, frozenset(), uuids=uuids)


def _reference(
    payroll: Payroll, department: Department, day: date, below: frozenset[str], *, uuids: bool
) -> str:
    """Return a department with its parent inside it."""
    period, parent = department.at(day), department.parent_at(day)
    if period is None:
        return ""
    above = payroll.departments.get((parent and parent.uuid) or "")
    seen = below | {department.uuid}
    return within(
        "DepartmentReference",
        element("DepartmentIdentifier", period.code),
        element("DepartmentUUIDIdentifier", department.uuid) if uuids else "",
        element("DepartmentLevelIdentifier", period.level),
        _reference(payroll, above, day, seen, uuids=uuids) if above and above.uuid not in seen else "",
    )


def get_profession(payroll: Payroll, asked: Asked) -> Iterator[str]:
    """Tell the job codes, in groups of groups: a code is one of its own only within its level."""
    institution_of(asked)
    wanted = asked.text("JobPositionIdentifier")
    if wanted and not any(code == wanted for _, _, jobs in payroll.jobs for code, _ in jobs):
        raise no_such("JobPositionIdentifier", wanted)
    yield echo(asked, ("InstitutionIdentifier", "JobPositionIdentifier"), "RequestKey")
    for key, name, jobs in payroll.jobs:
        leaves = [_profession(code, job, 0) for code, job in jobs if wanted in {"", code}]
        if leaves:
            # The first code names the group above it too: it is another on another level.
            inner = _profession(jobs[0][0], name, 1, *leaves)
            yield _profession(f"{key}00", name, 3, _profession(f"{key}10", None, 2, inner))


def _profession(code: str, name: str | None, level: int, *inner: str) -> str:
    return within(
        "Profession",
        element("JobPositionIdentifier", code),
        element("JobPositionName", name),
        element("JobPositionLevelCode", level),
        *inner,
    )


def get_institution(_payroll: Payroll, asked: Asked) -> Iterator[str]:
    """Tell the institutions of the region, or one of them."""
    region, code = asked.text("RegionIdentifier"), asked.text("InstitutionIdentifier")
    if region not in {"", REGION.code}:
        raise no_such("RegionIdentifier", region)
    if code:
        institution_of(asked)
    uuids = asked.flag("UUIDIndicator")
    indicators = ("Administration", "ContactInformation", "PostalAddress", "ProductionUnit", "UUID")
    yield echo(
        asked, ("RegionIdentifier", "InstitutionIdentifier", *(f"{name}Indicator" for name in indicators))
    )
    yield within(
        "Region",
        element("RegionIdentifier", REGION.code),
        element("RegionUUIDIdentifier", REGION.uuid) if uuids else "",
        element("RegionName", REGION.name),
        *(_institution(each, uuids=uuids) for each in INSTITUTIONS if code in {"", each.code}),
    )


def _institution(institution: Institution, *, uuids: bool) -> str:
    return within(
        "Institution",
        element("InstitutionIdentifier", institution.code),
        element("InstitutionUUIDIdentifier", institution.uuid) if uuids else "",
        element("InstitutionName", institution.name),
    )
