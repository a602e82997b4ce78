"""GetPerson and GetPersonChangedAtDate."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Final

from motoolkit.sandbox.sd._shared import institution_of, people_of
from motoolkit.sandbox.sd._xml import echo, element, within
from motoolkit.sandbox.sd.facts import ACTIVE, PASSIVE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from motoolkit.sandbox.sd._asked import Asked
    from motoolkit.sandbox.sd.facts import Employment, Person
    from motoolkit.sandbox.sd.payroll import Payroll

NO_PHONE: Final = "00000000"
NO_EMAIL: Final = "Empty@Empty"
_WHO: Final = ("InstitutionIdentifier", "PersonCivilRegistrationIdentifier", "EmploymentIdentifier")
_WHERE: Final = ("DepartmentIdentifier", "DepartmentLevelIdentifier")
_STATUS: Final = ("StatusActiveIndicator", "StatusPassiveIndicator")
_CONTENT: Final = ("ContactInformationIndicator", "PostalAddressIndicator")
_WINDOW: Final = ("ActivationDate", "ActivationTime", "DeactivationDate", "DeactivationTime")


def get_person(payroll: Payroll, asked: Asked) -> Iterator[str]:
    """Tell who is employed on one day, and under which numbers."""
    day = asked.day("EffectiveDate")
    active = ACTIVE if asked.flag("StatusActiveIndicator", default=True) else frozenset[str]()
    codes = active | (PASSIVE if asked.flag("StatusPassiveIndicator") else frozenset())
    names = (*_WHO, "EffectiveDate", *_WHERE, *_STATUS, *_CONTENT)
    return _told(payroll, asked, names, lambda _, employment: employment.code(day) in codes)


def get_person_changed_at_date(payroll: Payroll, asked: Asked) -> Iterator[str]:
    """Tell whose own data was registered in the window."""
    first, last = asked.moment("Activation", time.min), asked.moment("Deactivation", time.max)
    names = (*_WHO, *_WHERE, *_WINDOW, *_CONTENT)
    return _told(payroll, asked, names, lambda person, _: first <= person.registered <= last)


def _told(
    payroll: Payroll, asked: Asked, names: Iterable[str], counts: Callable[[Person, Employment], bool]
) -> Iterator[str]:
    institution = institution_of(asked)
    people = people_of(payroll, asked, institution)
    echoed = echo(asked, names)

    def pieces() -> Iterator[str]:
        yield echoed
        number, code = asked.text("EmploymentIdentifier"), asked.text("DepartmentIdentifier")
        for cpr in people:
            person = payroll.person(institution, cpr)
            employments = [
                employment
                for employment in payroll.employments(institution, cpr)
                if employment.deleted is None
                and (not number or employment.number == number)
                and (not code or code in {s.text("DepartmentIdentifier") for s in employment.department})
                and counts(person, employment)
            ]
            if employments:
                yield _person(asked, person, employments)

    return pieces()


def _person(asked: Asked, person: Person, employments: list[Employment]) -> str:
    contact = asked.flag("ContactInformationIndicator")
    return within(
        "Person",
        element("PersonCivilRegistrationIdentifier", person.cpr),
        element("PersonGivenName", person.given_name),
        element("PersonSurnameName", person.surname),
        _postal(person) if asked.flag("PostalAddressIndicator") else "",
        reached((person.phone,), (person.email,)) if contact else "",
        *(
            within(
                "Employment",
                element("EmploymentIdentifier", each.number),
                reached((each.phone,), (each.email,)) if contact else "",
            )
            for each in employments
        ),
    )


def _postal(person: Person) -> str:
    if not person.street:
        return ""
    street, _, place = person.street.partition(", ")
    code, _, district = place.partition(" ")
    rest = (
        ()
        if person.protected
        else (
            element("PostalCode", code),
            element("DistrictName", district),
            element("MunicipalityCode", "0999"),
        )
    )
    country = '<CountryIdentificationCode scheme="iso3166-alpha2">DK</CountryIdentificationCode>'
    return within("PostalAddress", element("StandardAddressIdentifier", street), *rest, country)


def reached(phones: Iterable[str], emails: Iterable[str]) -> str:
    """Return contact information: two telephones and the mail addresses, each with SD's word for none."""
    numbers = [phone or NO_PHONE for phone in phones]
    return within(
        "ContactInformation",
        *(element("TelephoneNumberIdentifier", number) for number in (*numbers, NO_PHONE)[:2]),
        *(element("EmailAddressIdentifier", email or NO_EMAIL) for email in emails),
    )
