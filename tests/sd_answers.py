"""SD-Løn's answers as tests write them: sections in short, everything around them filled in."""

from __future__ import annotations

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NORA = "2512484916"


def document(service: str, *content: str, institution: str = "XY") -> bytes:
    """Return an answer of a service."""
    asked = f"<InstitutionIdentifier>{institution}</InstitutionIdentifier>"
    echo = f"<RequestStructure>{asked}</RequestStructure>"
    inside = "".join(content)
    return f'{HEAD}<{service} creationDateTime="2025-05-02T09:15:00">{echo}{inside}</{service}>'.encode()


def section(kind: str, start: str, end: str, **values: str) -> str:
    """Return a section: ``section("Profession", "2019-08-01", "9999-12-31", EmploymentName="Smed")``."""
    told = "".join(f"<{name}>{value}</{name}>" for name, value in values.items())
    dates = f"<ActivationDate>{start}</ActivationDate><DeactivationDate>{end}</DeactivationDate>"
    return f"<{kind}>{dates}{told}</{kind}>"


def status(start: str, end: str, code: str) -> str:
    """Return a status section."""
    return section("EmploymentStatus", start, end, EmploymentStatusCode=code)


def employment(*sections: str, number: str = "04711", date: str = "2019-08-01") -> str:
    """Return an employment."""
    inside = "".join(sections)
    return (
        f"<Employment><EmploymentIdentifier>{number}</EmploymentIdentifier>"
        f"<EmploymentDate>{date}</EmploymentDate>{inside}</Employment>"
    )


def person(*content: str, cpr: str = NORA) -> str:
    """Return a person."""
    name = "PersonCivilRegistrationIdentifier"
    return f"<Person><{name}>{cpr}</{name}>{''.join(content)}</Person>"


def changed(*persons: str, institution: str = "XY") -> bytes:
    """Return an answer of GetEmploymentChanged."""
    return document("GetEmploymentChanged20111201", *persons, institution=institution)
