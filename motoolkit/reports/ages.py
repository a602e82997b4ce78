"""Ages and CPR numbers of the persons in a report, each warned about once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from motoolkit.model import Cpr
    from motoolkit.reports.facts import Facts
    from motoolkit.reports.notices import Notices

#: Outside these an age almost certainly means a bad number.
LIKELY: Final = range(13, 101)


class Ages:
    """What the CPR numbers tell as of the report's date; the warnings count, without names or numbers."""

    def __init__(self, facts: Facts, notices: Notices) -> None:
        self._facts = facts
        self._notices = notices
        self._ages: dict[str, int | None] = {}

    def cpr(self, person: str | None) -> Cpr | None:
        """Return the number, None when there is none or it can not be read."""
        return self._facts.cprs.get(person or "")

    def age(self, person: str | None) -> int | None:
        """Return whole years on the date, None when the number does not tell."""
        if person is None:
            return None
        if person not in self._ages:
            self._ages[person] = self._age(person)
        return self._ages[person]

    def _age(self, person: str) -> int | None:
        cpr = self.cpr(person)
        if cpr is None:
            self._notices.add("invalid_cpr" if person in self._facts.cprs else "no_cpr")
            return None
        if cpr.is_replacement:
            self._notices.add("replacement_cpr")
        if cpr.is_fictive:
            self._notices.add("fictive_cpr")
        age = cpr.age(self._facts.as_of)
        if age is None:
            self._notices.add("invalid_cpr")
        elif age not in LIKELY:
            self._notices.add("unlikely_age")
        return age
