"""GetEmployment, GetEmploymentChanged and GetEmploymentChangedAtDate."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from motoolkit.sandbox.sd._shared import institution_of, people_of
from motoolkit.sandbox.sd._xml import echo, element, within
from motoolkit.sandbox.sd.facts import ACTIVE, DELETED, PASSIVE, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from motoolkit.sandbox.sd._asked import Asked
    from motoolkit.sandbox.sd.facts import Employment, Sections
    from motoolkit.sandbox.sd.payroll import Payroll

    Selected = Callable[[Employment], list[tuple[str, Sections]] | None]

_WHO: Final = (
    "InstitutionIdentifier",
    "PersonCivilRegistrationIdentifier",
    "EmploymentIdentifier",
    "DepartmentIdentifier",
    "DepartmentLevelIdentifier",
)
_CONTENT: Final = (
    "DepartmentIndicator",
    "EmploymentStatusIndicator",
    "ProfessionIndicator",
    "SalaryAgreementIndicator",
    "SalaryCodeGroupIndicator",
    "WorkingTimeIndicator",
    "UUIDIndicator",
)
_SERIES: Final = (
    # The element, the indicator that switches it on, and the series of the facts.
    ("EmploymentDepartment", "DepartmentIndicator", "department"),
    ("Profession", "ProfessionIndicator", "profession"),
    ("EmploymentStatus", "EmploymentStatusIndicator", "status"),
    ("WorkingTime", "WorkingTimeIndicator", "working_time"),
)
_DATES: Final = ("ActivationDate", "DeactivationDate")


def get_employment(payroll: Payroll, asked: Asked) -> Iterator[str]:
    """Tell what holds on one day: each section at most once, and neither past nor future."""
    day = asked.day("EffectiveDate")
    codes = _codes(asked)

    def on_the_day(employment: Employment) -> list[tuple[str, Sections]] | None:
        if employment.code(day) not in codes or not _is_in(payroll, asked, employment, day, day):
            return None
        return [
            (name, tuple(section for section in getattr(employment, series) if section.holds(day))[:1])
            for name, series in _wanted(asked)
        ]

    names = (*_WHO, "EffectiveDate", "StatusActiveIndicator", "StatusPassiveIndicator", *_CONTENT)
    return _told(payroll, asked, names, on_the_day)


def get_employment_changed(payroll: Payroll, asked: Asked) -> Iterator[str]:
    """Tell all sections that start in the window, uncut: of the full span, everything."""
    first, last = asked.window()

    def starting(employment: Employment) -> list[tuple[str, Sections]] | None:
        if not _is_in(payroll, asked, employment, first, last):
            return None
        return _matching(asked, employment, lambda section: first <= section.first <= last)

    return _told(payroll, asked, (*_WHO, *_DATES, *_CONTENT), starting)


def get_employment_changed_at_date(payroll: Payroll, asked: Asked) -> Iterator[str]:
    """Tell the sections that were registered in the window, and who was deleted in it."""
    first = asked.moment("Activation", time.min)
    last = asked.moment("Deactivation", time.max)
    future = asked.flag("FutureInformationIndicator")

    def registered(employment: Employment) -> list[tuple[str, Sections]] | None:
        if employment.deleted is not None:
            return _deleted(asked, employment, first, last)
        return _matching(
            asked,
            employment,
            lambda section: first <= section.registered <= last and (future or section.first <= last.date()),
        )

    names = (
        *_WHO,
        "ActivationDate",
        "ActivationTime",
        "DeactivationDate",
        "DeactivationTime",
        *_CONTENT,
        "FutureInformationIndicator",
    )
    return _told(payroll, asked, names, registered, delta=True)


def _deleted(
    asked: Asked, employment: Employment, first: datetime, last: datetime
) -> list[tuple[str, Sections]] | None:
    moment = employment.deleted
    if moment is None or not first <= moment <= last or not asked.flag("EmploymentStatusIndicator"):
        return None
    values = (("EmploymentStatusCode", DELETED),)
    return [("EmploymentStatus", (Section(moment.date(), None, values, moment),))]


def _codes(asked: Asked) -> frozenset[str]:
    active = ACTIVE if asked.flag("StatusActiveIndicator", default=True) else frozenset()
    return active | (PASSIVE if asked.flag("StatusPassiveIndicator") else frozenset())


def _wanted(asked: Asked) -> list[tuple[str, str]]:
    """Return the elements that were asked for, and their series."""
    return [(name, series) for name, indicator, series in _SERIES if asked.flag(indicator)]


def _matching(
    asked: Asked, employment: Employment, matches: Callable[[Section], bool]
) -> list[tuple[str, Sections]] | None:
    """Return the sections that match, None where none does; without any indicator all series count."""
    wanted = _wanted(asked)
    found = [
        (name, tuple(section for section in getattr(employment, series) if matches(section)))
        for name, series in wanted or [(name, series) for name, _, series in _SERIES]
    ]
    if not any(sections for _, sections in found):
        return None
    return found if wanted else []


def _is_in(payroll: Payroll, asked: Asked, employment: Employment, first: date, last: date) -> bool:
    """Tell whether somebody works in the department, or on the level, that was asked for."""
    code, level = asked.text("DepartmentIdentifier"), asked.text("DepartmentLevelIdentifier")
    if not code and not level:
        return True
    for section in employment.department:
        if section.first > last or section.last < first:
            continue
        department = payroll.departments.get(section.text("DepartmentUUIDIdentifier") or "")
        period = None if department is None else department.at(max(section.first, first))
        if (not code or section.text("DepartmentIdentifier") == code) and (
            not level or (period is not None and period.level == level)
        ):
            return True
    return False


def _told(
    payroll: Payroll, asked: Asked, names: Iterable[str], select: Selected, *, delta: bool = False
) -> Iterator[str]:
    institution = institution_of(asked)
    people = people_of(payroll, asked, institution, deleted=delta)
    echoed = echo(asked, names)

    def pieces() -> Iterator[str]:
        yield echoed
        number = asked.text("EmploymentIdentifier")
        for cpr in people:
            employments = [
                _employment(asked, employment, sections, delta=delta)
                for employment in payroll.employments(institution, cpr)
                if (not number or employment.number == number)
                and (delta or employment.deleted is None)
                and not payroll.is_silent(institution, employment.number)
                and (sections := select(employment)) is not None
            ]
            if employments:
                yield within("Person", element("PersonCivilRegistrationIdentifier", cpr), *employments)

    return pieces()


def _employment(
    asked: Asked, employment: Employment, series: list[tuple[str, Sections]], *, delta: bool
) -> str:
    uuids = asked.flag("UUIDIndicator")
    dates = (
        ()
        if delta
        else (
            element("EmploymentDate", employment.employment_date),
            element("AnniversaryDate", employment.anniversary_date),
        )
    )
    return within(
        "Employment",
        element("EmploymentIdentifier", employment.number),
        *dates,
        *(
            _section(name, section, uuids=uuids, delta=delta)
            for name, sections in series
            for section in sections
        ),
    )


def _section(name: str, section: Section, *, uuids: bool, delta: bool) -> str:
    return within(
        name,
        element("ActivationDate", section.first),
        element("DeactivationDate", section.last),
        *(
            element(part, text)
            for part, text in section.values
            if uuids or part != "DepartmentUUIDIdentifier"
        ),
        attributes=f' changedAtDate="{section.registered:%Y-%m-%d}"' if delta else "",
    )
