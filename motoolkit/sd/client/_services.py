"""SD-Løn's web services and their parameters, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError
from motoolkit.profile.sd import ISO

if TYPE_CHECKING:
    from collections.abc import Mapping

CPR: Final = "PersonCivilRegistrationIdentifier"
NUMBER: Final = "EmploymentIdentifier"
INSTITUTION: Final = "InstitutionIdentifier"
DEPARTMENT: Final = "DepartmentUUIDIdentifier"
DAY: Final = "EffectiveDate"
FIRST: Final = "ActivationDate"
LAST: Final = "DeactivationDate"

CODE: Final = "DepartmentIdentifier"

_LEVEL: Final = (CODE, "DepartmentLevelIdentifier")
_STATES: Final = ("StatusActiveIndicator", "StatusPassiveIndicator")
_SECTIONS: Final = (
    "DepartmentIndicator",
    "EmploymentStatusIndicator",
    "ProfessionIndicator",
    "SalaryAgreementIndicator",
    "SalaryCodeGroupIndicator",
    "WorkingTimeIndicator",
    "UUIDIndicator",
)


# What is asked for is what is compared: salaries and pensions never are.
_CONTENT: Final[Mapping[str, Any]] = {
    **dict.fromkeys(_SECTIONS, True),
    "SalaryAgreementIndicator": False,
    "SalaryCodeGroupIndicator": False,
}
WHO: Final[Mapping[str, Any]] = {"ProfessionIndicator": False, "WorkingTimeIndicator": False}
"""Where only persons are asked for: the least that tells who is where."""
_CONTACTS: Final = ("ContactInformationIndicator", "PostalAddressIndicator")
_TIMES: Final = ("ActivationTime", "DeactivationTime")


@dataclass(frozen=True, slots=True)
class Service:
    """One web service.

    Attributes:
        name: with the version, as in its address.
        needs: parameters without which it answers with a fault.
        takes: parameters that it may be given.
        always: what the toolkit sends with every request.
    """

    name: str
    needs: tuple[str, ...]
    takes: tuple[str, ...]
    always: Mapping[str, Any]

    @property
    def path(self) -> str:
        """Where it answers, below the base address."""
        return f"/sdws/{self.name}"

    def query(self, values: Mapping[str, Any], dates: str) -> dict[str, str]:
        """Return the parameters of a request as texts; those that are None are left out.

        Raises:
            InputError: one is missing or unknown; values are not repeated, for they hold CPR numbers.
        """
        given = {name: value for name, value in {**self.always, **values}.items() if value is not None}
        known = (*self.needs, *self.takes, *self.always)
        if missing := [name for name in self.needs if not given.get(name)]:
            raise InputError(f"{self.name} needs {', '.join(missing)}.", remedy="Say which is meant.")
        if unknown := [name for name in given if name not in known]:
            raise InputError.unknown(f"parameter of {self.name} called", unknown[0], known)
        return {name: as_text(value, dates) for name, value in given.items()}


EMPLOYMENT: Final = Service(
    "GetEmployment20111201", (INSTITUTION, DAY), (CPR, NUMBER, *_LEVEL, *_STATES), _CONTENT
)
EMPLOYMENT_CHANGED: Final = Service(
    "GetEmploymentChanged20111201", (INSTITUTION, FIRST, LAST), (CPR, NUMBER, *_LEVEL), _CONTENT
)
EMPLOYMENT_CHANGED_AT: Final = Service(
    "GetEmploymentChangedAtDate20111201",
    (INSTITUTION, FIRST, LAST),
    (CPR, NUMBER, *_LEVEL, *_TIMES),
    {**_CONTENT, "FutureInformationIndicator": True},
)
# Addresses and telephone numbers are never asked for: nothing is compared with them.
PERSON: Final = Service(
    "GetPerson20111201",
    (INSTITUTION, DAY),
    (CPR, NUMBER, *_LEVEL, *_STATES),
    {"ContactInformationIndicator": False, "PostalAddressIndicator": False},
)
PERSON_CHANGED_AT: Final = Service(
    "GetPersonChangedAtDate20111201",
    (INSTITUTION, FIRST, LAST),
    (CPR, NUMBER, *_LEVEL, *_TIMES),
    dict.fromkeys(_CONTACTS, False),
)
DEPARTMENTS: Final = Service(
    "GetDepartment20111201",
    (INSTITUTION, FIRST, LAST),
    (DEPARTMENT, *_LEVEL),
    {
        **dict.fromkeys(_CONTACTS, True),
        "DepartmentNameIndicator": True,
        "ProductionUnitIndicator": True,  # only answered together with postal addresses
        "UUIDIndicator": True,
    },
)
DEPARTMENT_PARENT: Final = Service("GetDepartmentParent20190701", (DAY, DEPARTMENT), (), {})
ORGANISATION: Final = Service(
    "GetOrganization20111201", (INSTITUTION, FIRST, LAST), (), {"UUIDIndicator": True}
)
PROFESSIONS: Final = Service("GetProfession20080201", (INSTITUTION,), ("JobPositionIdentifier",), {})
INSTITUTIONS: Final = Service(
    "GetInstitution20111201", (), ("RegionIdentifier", INSTITUTION), {"UUIDIndicator": True}
)
PARENT_HISTORY: Final = (
    "/api-gateway/organization/public/api/v1/organizations/uuids/{uuid}/department-parent-history"
)
"""The one that answers JSON."""


def as_text(value: Any, dates: str) -> str:
    """Return a value as SD reads it: years with four digits, flags in small letters."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, time):
        return value.strftime("%H:%M:%S")
    if isinstance(value, date) and not isinstance(value, datetime):
        # strftime writes the year 1 as one digit.
        return value.isoformat() if dates == ISO else f"{value.day:02}.{value.month:02}.{value.year:04}"
    return str(value)
