"""GetEmployment, GetEmploymentChanged and GetEmploymentChangedAtDate: employments and their sections."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

from motoolkit.sd._shapes import Employments
from motoolkit.sd.parsing._columns import ABSENT, Rows, Words, read_days, starts_of
from motoolkit.sd.parsing._sections import END, Section, read_sections
from motoolkit.sd.parsing._source import LIMIT
from motoolkit.sd.parsing._walk import Names, walk

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from motoolkit.sd.parsing._source import Readable

_SECTIONS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "EmploymentStatus": (("EmploymentStatusCode", "status"),),
    "EmploymentDepartment": (
        ("DepartmentUUIDIdentifier", "department"),
        ("DepartmentIdentifier", "department_code"),
    ),
    "Profession": (("JobPositionIdentifier", "job_position"), ("EmploymentName", "title")),
    "WorkingTime": (
        ("OccupationRate", "rate"),
        ("SalariedIndicator", "salaried"),
        ("FullTimeIndicator", "full_time"),
    ),
}
"""Of each section, the elements that become fields."""
_ALIASES: Final = {"Department": "EmploymentDepartment"}
"""What the services of 2007 call them."""
_SERVICES: Final = ("GetEmployment", "GetEmploymentChanged", "GetEmploymentChangedAtDate")


def read_employments(answer: bytes | Readable, institution: str = "", *, limit: int = LIMIT) -> Employments:
    """Return the employments of an answer.

    Args:
        answer: bytes, or a stream of them: only the columns grow while it is read.
        institution: which one was asked for; where it is blank the answer's own echo tells.
        limit: how many bytes the answer may have.

    Raises:
        SdClosedError, SdUnreadableError, SdFaultError: there is nothing to read.
    """
    reader = EmploymentReader()
    reader.add(answer, institution, limit=limit)
    return reader.result()


class EmploymentReader:
    """Reads any number of answers into one result: the columns grow, and become frames once."""

    def __init__(self) -> None:
        self._days, self._words, self._keys = Words(), Words(), Words()
        self._sections = {name: Section(elements) for name, elements in _SECTIONS.items()}
        aliases = {alias: self._sections[name] for alias, name in _ALIASES.items()}
        own: dict[str, Section | str] = {n: n for n in ("EmploymentIdentifier", "EmploymentDate")}
        self._parts: Names[Section | str] = Names({**self._sections, **aliases, **own})
        self._top: Names[str] = Names({n: n for n in ("Employment", "PersonCivilRegistrationIdentifier")})
        self._employments = Rows(3)
        self._institutions = Rows(1)
        self._count = 0
        self._alone = Lock()

    def add(self, answer: bytes | Readable, institution: str = "", *, limit: int = LIMIT) -> int:
        """Read an answer, whole or not at all, and return how many employments it had.

        Raises:
            SdClosedError, SdUnreadableError, SdFaultError: there is nothing to read.
        """
        with self._alone:
            return self._add(answer, institution, limit)

    def _add(self, answer: bytes | Readable, institution: str, limit: int) -> int:
        rows = [self._employments, *(section.rows for section in self._sections.values())]
        sizes, before = [each.size for each in rows], self._count
        try:
            found = walk(answer, _SERVICES, {"Person": self._person}, institution=institution, limit=limit)
        except BaseException:
            for each, size in zip(rows, sizes, strict=True):
                each.cut(size)
            self._count = before
            raise
        added = self._count - before
        self._institutions.add([self._keys[found]] * added)
        return added

    def _person(self, person: Element) -> None:
        """Read a ``Person`` with all its employments."""
        top = self._top
        cpr = ABSENT
        employments = []
        for part in person:
            what = top[part.tag]
            if what == "Employment":
                employments.append(part)
            elif what is not None:
                cpr = self._keys[part.text]
        for employment in employments:
            self._employment(employment, cpr)

    def _employment(self, employment: Element, cpr: int) -> None:
        parts, days, words, count = self._parts, self._days, self._words, self._count
        number = date = ABSENT
        for part in employment:
            section = parts[part.tag]
            if section is None:
                continue
            if isinstance(section, str):
                if section == "EmploymentDate":
                    date = days[part.text]
                else:
                    number = self._keys[part.text]
                continue
            row = section.blank.copy()
            row[0] = count
            slots = section.slots
            for element in part:
                slot = slots[element.tag]
                if slot is not None:
                    row[slot] = days[element.text] if slot <= END else words[element.text]
            section.rows.add(row)
        self._employments.add((cpr, number, date))
        self._count += 1

    def result(self) -> Employments:
        """Return what has been read."""
        days = read_days([*self._days, None])  # the last is what ABSENT finds
        cprs, numbers, dates = self._employments.columns()
        [institutions] = self._institutions.columns()
        sections, oddities = read_sections(self._sections.values(), self._words, list(self._days), days)
        return Employments.of(
            employments={
                "institution": self._keys.values_by(str, institutions, blank=""),
                "cpr": self._keys.values_by(lambda text: text.replace("-", ""), cprs),
                "number": self._keys.values_by(str, numbers),
                "employment_date": starts_of(days)[dates],
            },
            sections=sections,
            oddities=oddities,
        )
