"""GetDepartment, GetDepartmentParent and the history of parents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.sd._asked import FaultError
from motoolkit.sandbox.sd._person_services import reached
from motoolkit.sandbox.sd._shared import either_institution
from motoolkit.sandbox.sd._xml import echo, element, within
from motoolkit.sandbox.sd.facts import Period
from motoolkit.sandbox.sd.payroll import INSTITUTIONS, REGION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.sandbox.sd._asked import Asked
    from motoolkit.sandbox.sd.facts import Department, Parent
    from motoolkit.sandbox.sd.payroll import Payroll

_INSTITUTION: Final = ("InstitutionIdentifier", "InstitutionUUIDIdentifier")
_WHICH: Final = ("DepartmentIdentifier", "DepartmentUUIDIdentifier", "DepartmentLevelIdentifier")
_CONTENT: Final = (
    "ContactInformationIndicator",
    "DepartmentNameIndicator",
    "EmploymentDepartmentIndicator",
    "PostalAddressIndicator",
    "ProductionUnitIndicator",
    "UUIDIndicator",
)
_NO_P_NUMBER: Final = "0"
NOT_FOUND: Final = "DepartmentUUIDIdentifier was not found"


def get_department(payroll: Payroll, asked: Asked) -> Iterator[str]:
    """Tell every period of departments that touches the window; not what they lie under."""
    institution = either_institution(asked)
    first, last = asked.window()
    uuid = asked.text("DepartmentUUIDIdentifier").lower()
    chosen = [each for each in payroll.departments.values() if each.institution == institution.code]
    if uuid:
        chosen = [each for each in chosen if each.uuid == uuid]
        if not chosen:
            raise FaultError(NOT_FOUND)
    code, level = asked.text("DepartmentIdentifier"), asked.text("DepartmentLevelIdentifier")
    head = echo(asked, (*_INSTITUTION, *_WHICH, "ActivationDate", "DeactivationDate", *_CONTENT))
    uuids = asked.flag("UUIDIndicator")

    def pieces() -> Iterator[str]:
        yield head
        yield element("RegionIdentifier", REGION.code)
        yield element("RegionUUIDIdentifier", REGION.uuid) if uuids else ""
        yield element("InstitutionIdentifier", institution.code)
        yield element("InstitutionUUIDIdentifier", institution.uuid) if uuids else ""
        for department in chosen:
            for period in department.periods:
                if (
                    period.meets(first, last)
                    and (not code or period.code == code)
                    and (not level or period.level == level)
                ):
                    yield _period(asked, department, period)

    return pieces()


def _period(asked: Asked, department: Department, period: Period) -> str:
    postal = asked.flag("PostalAddressIndicator")
    return within(
        "Department",
        element("ActivationDate", period.first),
        element("DeactivationDate", period.last),
        element("DepartmentIdentifier", period.code),
        element("DepartmentUUIDIdentifier", department.uuid) if asked.flag("UUIDIndicator") else "",
        element("DepartmentLevelIdentifier", period.level),
        element("DepartmentName", period.name) if asked.flag("DepartmentNameIndicator") else "",
        element("ProductionUnitIdentifier", period.p_number or _NO_P_NUMBER)
        if postal and asked.flag("ProductionUnitIndicator")
        else "",
        _postal(period) if postal else "",
        reached((period.phone,), (period.email, "")) if asked.flag("ContactInformationIndicator") else "",
    )


def _postal(period: Period) -> str:
    if not period.postal:
        return ""
    street, code, district = (*period.postal.split(", "), "", "")[:3]
    return within(
        "PostalAddress",
        element("StandardAddressIdentifier", street),
        element("PostalCode", code),
        element("DistrictName", district),
        element("MunicipalityCode", "0999"),
    )


def get_department_parent(payroll: Payroll, asked: Asked) -> Iterator[str]:
    """Tell what a department lies under on a day: nothing where it is not there."""
    day, uuid = asked.day("EffectiveDate"), asked.needed("DepartmentUUIDIdentifier").lower()
    department = payroll.departments.get(uuid)
    if department is None:
        raise FaultError(NOT_FOUND)
    yield echo(asked, ("EffectiveDate", "DepartmentUUIDIdentifier"))
    if parent := department.parent_at(day):
        yield within("DepartmentParent", element("DepartmentUUIDIdentifier", _above(department, parent)))


def parent_history(payroll: Payroll, uuid: str) -> list[dict[str, Any]] | None:
    """Return all that a department ever lay under, None where there is no such department."""
    department = payroll.departments.get(uuid.lower())
    if department is None:
        return None
    return [
        {
            "startDate": span.first.isoformat(),
            "endDate": span.last.isoformat(),
            "parentUuid": _above(department, parent),
        }
        for parent in department.parents
        for span in (Period(parent.start, parent.end, "", "", ""),)
    ]


def _above(department: Department, parent: Parent) -> str:
    """Return the parent's UUID: at the top it is the institution's."""
    own = next(each.uuid for each in INSTITUTIONS if each.code == department.institution)
    return parent.uuid or own
