"""SD-Løn's answers as frames: the public client."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

import pandas as pd

from motoolkit.errors import InputError, SdNotFoundError
from motoolkit.model import Cpr, today_in_denmark
from motoolkit.sd._shapes import Departments, Persons
from motoolkit.sd.client import _services as services
from motoolkit.sd.client._asking import Asker
from motoolkit.sd.client._cache import AnswerCache
from motoolkit.sd.client._changes import windows
from motoolkit.sd.client._hours import OpeningHours, copenhagen_now
from motoolkit.sd.client._names import named, newcomers
from motoolkit.sd.client._parents import ParentReader
from motoolkit.sd.client._population import NOT_FOUND, Population, Run
from motoolkit.sd.client._wire import Wire
from motoolkit.sd.parsing import (
    LIMIT,
    EmploymentReader,
    Organisation,
    read_departments,
    read_employments,
    read_institutions,
    read_organisation,
    read_persons,
    read_professions,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from types import TracebackType

    from motoolkit.profile import SdSettings
    from motoolkit.sd._shapes import Employments
    from motoolkit.sd.client._services import Service

T = TypeVar("T")

EVER: Final = {services.FIRST: date.min, services.LAST: date.max}
"""The full span: SD chooses sections by their starts, so that any other window may lose some."""


class SdClient:
    """SD-Løn, as ``connect_sd`` returns it.

    Args:
        settings: how SD is reached; url, username and password are there.
        timeout: seconds that one request may take.
        now: the clock that opening hours are held against.
        limit: bytes that one answer may have.

    Every method raises the errors of ``SdError``; ``SdNotFoundError`` where SD says that it does not know
    whom or what was asked for.  An answer without persons raises nothing, and says nothing about who exists.
    """

    def __init__(
        self,
        settings: SdSettings,
        *,
        timeout: float = 120.0,
        now: Callable[[], datetime] = copenhagen_now,
        limit: int = LIMIT,
    ) -> None:
        self.settings = settings
        self.cache = AnswerCache(settings)
        self._limit = limit
        self._wire = Wire(settings, timeout=timeout, limit=limit)
        self._asker = Asker(self._wire, self.cache, OpeningHours(settings.hours or "", now))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.settings.url}, institutions {self._institutions()}>"

    def _institutions(self) -> str:
        return ", ".join(self.settings.institutions) or "not named"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()

    def timeline(
        self,
        institution: str,
        cpr: str | Cpr | None = None,
        number: str | None = None,
        *,
        fresh: bool = False,
    ) -> Employments:
        """Return all that SD has ever had, and has coming, of a person's employments.

        Args:
            institution: its two-character code.
            cpr: whose; with none the whole institution is asked for in one request, where ``sd_bulk`` allows.
            number: one employment of the person's; None for all of them.
            fresh: ask SD even where an answer is kept.

        Raises:
            InputError: neither person nor number, and ``sd_bulk`` is off.
        """
        if cpr is None and number is None and not self.settings.bulk:
            raise InputError(
                "A whole institution's timelines in one request may be more than SD-Løn bears.",
                remedy="Use population(), which reads person by person, or agree with SD and set sd_bulk.",
            )
        reader = EmploymentReader()
        self._read_timeline(reader, institution, cpr, number, fresh=fresh)
        return reader.result()

    def _read_timeline(
        self,
        reader: EmploymentReader,
        institution: str,
        cpr: str | Cpr | None = None,
        number: str | None = None,
        *,
        fresh: bool = False,
    ) -> int:
        """Read the full span into a reader, and return how many employments there were."""
        values = {services.INSTITUTION: institution, services.CPR: _digits(cpr), services.NUMBER: number}
        return self._ask(
            services.EMPLOYMENT_CHANGED,
            {**values, **EVER},
            lambda stream: reader.add(stream, institution, limit=self._limit),
            fresh=fresh,
            worth_keeping=bool,  # SD answers with nothing at times, so nothing is not remembered
        )

    def employments(
        self,
        institution: str,
        day: date | None = None,
        *,
        cpr: str | Cpr | None = None,
        number: str | None = None,
        passive: bool = True,
    ) -> Employments:
        """Return employments as they are on one day: no history, no future.

        Args:
            institution: its two-character code.
            day: today in Denmark unless given.
            cpr: one person's; None for everybody's.
            number: one employment.
            passive: also those that have ended.
        """
        values = self._snapshot(institution, day, cpr, passive=passive) | {services.NUMBER: number}
        return self._ask(
            services.EMPLOYMENT,
            values,
            lambda stream: read_employments(stream, institution, limit=self._limit),
            worth_keeping=lambda found: len(found.employments) > 0,
        )

    def persons(
        self,
        institution: str,
        day: date | None = None,
        *,
        cpr: str | Cpr | None = None,
        passive: bool = True,
    ) -> Persons:
        """Return persons and the numbers of their employments, as they are on one day.

        Args:
            institution: its two-character code.
            day: today in Denmark unless given.
            cpr: one person; None for everybody.
            passive: also those whose employments have all ended.
        """
        return self._ask(
            services.PERSON,
            self._snapshot(institution, day, cpr, passive=passive),
            lambda stream: read_persons(stream, institution, limit=self._limit),
            worth_keeping=lambda found: len(found.persons) > 0,
        )

    def _snapshot(
        self, institution: str, day: date | None, cpr: str | Cpr | None, *, passive: bool
    ) -> dict[str, Any]:
        return {
            services.INSTITUTION: institution,
            services.DAY: day or today_in_denmark(),
            services.CPR: _digits(cpr),
            "StatusActiveIndicator": True,
            "StatusPassiveIndicator": passive,
        }

    def departments(self, institution: str, uuid: str | None = None) -> Departments:
        """Return departments over the full span, without their parents (see ``parents``).

        Args:
            institution: its two-character code.
            uuid: one department; None for all.
        """
        values = {services.INSTITUTION: institution, services.DEPARTMENT: uuid, **EVER}
        return self._ask(
            services.DEPARTMENTS,
            values,
            lambda stream: read_departments(stream, institution, limit=self._limit),
            worth_keeping=lambda found: len(found.departments) > 0,
        )

    def parents(
        self, uuids: Iterable[str], departments: Departments | None = None, *, as_of: date | None = None
    ) -> Departments:
        """Return what departments lay under, as ``departments`` with its ``parents`` filled in.

        Where SD has or gives no history of a department, its parent is sampled on the day each of its periods
        starts and on ``as_of``; ``source`` tells which.

        Args:
            uuids: of the departments.
            departments: their periods, for the days to sample on.
            as_of: today in Denmark unless given.
        """
        known = departments or Departments.empty()
        reader = ParentReader(self._asker, self.settings.dates, as_of or today_in_denmark())
        return reader.read(dict.fromkeys(each.lower() for each in uuids), known)

    def changed_since(
        self, institution: str, start: date | datetime, end: date | datetime, *, names: bool = False
    ) -> pd.DataFrame:
        """Return whose employments SD has changed in a time: institution, cpr, number.

        It tells who, never what: a delta holds changed sections only.  Read their
        ``timeline(..., fresh=True)`` after.

        Args:
            institution: its two-character code.
            start: the first day, or moment by Danish clocks.
            end: the last day, or moment; SD is asked a day at a time.
            names: also who has another name or address, which is a question of its own.
        """
        asked = [services.EMPLOYMENT_CHANGED_AT, *([services.PERSON_CHANGED_AT] if names else [])]
        found = [
            self._ask(
                service,
                {services.INSTITUTION: institution, **window},
                lambda stream: read_persons(stream, institution, limit=self._limit),
                fresh=True,
                worth_keeping=lambda _: False,
            ).employments
            for window in windows(start, end)
            for service in asked
        ]
        return pd.concat(found).drop_duplicates(ignore_index=True)

    def professions(self, institution: str) -> pd.DataFrame:
        """Return job positions: institution, code, level, name, parent; a code is unique within its level."""
        return self._ask(
            services.PROFESSIONS,
            {services.INSTITUTION: institution},
            lambda stream: read_professions(stream, institution, limit=self._limit),
        )

    def institutions(self, institution: str | None = None, *, region: str | None = None) -> pd.DataFrame:
        """Return institutions with their names and UUIDs: one of them, or those of a region."""
        values = {services.INSTITUTION: institution, "RegionIdentifier": region}
        return self._ask(
            services.INSTITUTIONS, values, lambda stream: read_institutions(stream, limit=self._limit)
        )

    def organisation(self, institution: str, day: date | None = None) -> Organisation:
        """Return the chains of departments over each leaf, as they are on one day."""
        when = day or today_in_denmark()
        return self._ask(
            services.ORGANISATION,
            {services.INSTITUTION: institution, services.FIRST: when, services.LAST: when},
            lambda stream: read_organisation(stream, institution, limit=self._limit),
        )

    def population(self, institution: str, day: date | None = None, *, passive: bool = True) -> Population:
        """Return every person of an institution with all timelines.

        Person by person, or in one request where ``sd_bulk`` allows.  What has been read is kept, so a run
        that was cut short goes on where it was.

        A person whose first day is yet to come is in no snapshot of today, and is found by what begins later.

        Args:
            institution: its two-character code.
            day: whom there is, is asked for this day; today in Denmark unless given.
            passive: also those whose employments have all ended.
        """
        persons = self.persons(institution, day, passive=passive)
        everybody = persons if passive else self.persons(institution, day)
        bulk = self.settings.bulk
        coming = self.timeline(institution) if bulk else self.coming(institution, day)
        persons = Persons.joined([persons, newcomers(self, institution, day, everybody, coming)])
        if bulk:
            return Population.at_once(persons, coming, institution)
        return Population(persons, *self._one_by_one(institution, persons.persons["cpr"]))

    def population_of(self, institution: str, cprs: Iterable[str], day: date | None = None) -> Population:
        """Return those of some persons whom an institution knows, with all timelines; it asks for no other.

        Args:
            institution: its two-character code.
            cprs: their CPR numbers.
            day: their names are of this day, or of their first; today in Denmark unless given.
        """
        asked = list(dict.fromkeys(cprs))
        employments, silent = self._one_by_one(institution, asked)
        unknown = set(silent["cpr"][silent["what"] == NOT_FOUND])
        persons = named(self, institution, [c for c in asked if c not in unknown], employments, day)
        return Population(persons, employments, silent[silent["what"] != NOT_FOUND])

    def _one_by_one(self, institution: str, cprs: Iterable[str]) -> tuple[Employments, pd.DataFrame]:
        """Return timelines, and of whom there was none."""
        reader = EmploymentReader()

        def read_one(cpr: str) -> int:
            return self._read_timeline(reader, institution, cpr)

        silent = Run(institution, read_one, self.settings, self.cache).read(cprs)
        return reader.result(), silent

    def employed_in(self, institution: str, department: str, day: date | None = None) -> frozenset[str]:
        """Return the CPR numbers of those who are, were or will be employed in a department.

        Args:
            institution: its two-character code.
            department: its code; several departments may have it in time.
            day: who is there then is asked for as well; today in Denmark unless given.
        """
        where = {services.INSTITUTION: institution, services.CODE: department, **services.WHO}
        then = self._snapshot(institution, day, None, passive=True)
        found: set[str] = set()
        for service, when in ((services.EMPLOYMENT, then), (services.EMPLOYMENT_CHANGED, EVER)):
            with suppress(SdNotFoundError):
                found |= set(
                    self._ask(
                        service,
                        {**where, **when},
                        lambda stream: read_persons(stream, institution, limit=self._limit),
                        worth_keeping=lambda persons: len(persons.persons) > 0,
                    ).persons["cpr"]
                )
        return frozenset(found)

    def coming(self, institution: str, day: date | None = None) -> Employments:
        """Return what begins after a day, of everybody: parts of timelines, good for telling of whom."""
        values = {
            services.INSTITUTION: institution,
            services.FIRST: (day or today_in_denmark()) + timedelta(days=1),
            services.LAST: date.max,
        }
        return self._ask(
            services.EMPLOYMENT_CHANGED,
            values,
            lambda stream: read_employments(stream, institution, limit=self._limit),
            worth_keeping=lambda _: False,
        )

    def person(self, institution: str, employments: Employments, day: date | None = None) -> Persons:
        """Return whom timelines are of, on a day or, where the first day comes later, on that."""
        cpr = employments.employments["cpr"].iloc[0]
        found = self.persons(institution, day, cpr=cpr)
        if len(found.persons):
            return found
        first = employments.sections["start"][employments.sections["field"] == "status"].min()
        return found if pd.isna(first) else self.persons(institution, first.date(), cpr=cpr)

    def _ask(
        self,
        service: Service,
        values: dict[str, Any],
        read: Callable[[Any], T],
        *,
        fresh: bool = False,
        worth_keeping: Callable[[T], bool] = lambda _: True,
    ) -> T:
        query = service.query(values, self.settings.dates)
        return self._asker.ask(
            service.path, query, lambda body: read(body.open()), fresh=fresh, worth_keeping=worth_keeping
        )


def _digits(cpr: str | Cpr | None) -> str | None:
    if cpr is None:
        return None
    return (cpr if isinstance(cpr, Cpr) else Cpr.parse(cpr)).digits
