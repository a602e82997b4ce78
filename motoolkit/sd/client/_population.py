"""Everybody of an institution, person by person: slow, kept, and going on where it was cut."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from motoolkit.errors import (
    InputError,
    SdClosedError,
    SdError,
    SdFaultError,
    SdNotFoundError,
    SdTransportError,
    SdUnreadableError,
    TransportError,
)
from motoolkit.progress import progress
from motoolkit.sd._shapes import frame_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd

    from motoolkit.profile import SdSettings
    from motoolkit.sd._shapes import Employments, Persons
    from motoolkit.sd.client._cache import AnswerCache

_MOST_UNREADABLE: Final = 3
NOT_FOUND: Final = "not_found"
EMPTY: Final = "empty"
UNREADABLE: Final = "unreadable"


@dataclass(frozen=True, eq=False, repr=False)
class Population:
    """Everybody of an institution.

    Attributes:
        persons: who there is.
        employments: all their timelines.
        silent: of whom SD gave none: institution, cpr, what (``not_found``: SD denies them; ``empty`` and
            ``unreadable``: nothing follows from it).
    """

    persons: Persons
    employments: Employments
    silent: pd.DataFrame

    def __repr__(self) -> str:
        return f"<Population: {self.persons!r}, {self.employments!r}, {len(self.silent)} silent>"

    @classmethod
    def at_once(cls, persons: Persons, employments: Employments, institution: str) -> Self:
        """Return what was read in one request; whom it leaves out was silent."""
        heard = set(employments.employments["cpr"])
        silent = [(cpr, EMPTY) for cpr in persons.persons["cpr"] if cpr not in heard]
        return cls(persons, employments, _frame(silent, institution))


@dataclass(frozen=True, slots=True)
class Run:
    """One run through an institution.

    Attributes:
        institution: which.
        read_one: reads a person's timelines and returns how many employments there were.
        settings: how many are read at a time.
        cache: what has been read is kept there, so another run goes on.
    """

    institution: str
    read_one: Callable[[str], int]
    settings: SdSettings
    cache: AnswerCache

    def read(self, persons: Iterable[str]) -> pd.DataFrame:
        """Read the timelines of persons, and return of whom there was none.

        Args:
            persons: their CPR numbers.

        Raises:
            SdError: SD can not be asked any more.
        """
        cprs = list(dict.fromkeys(persons))
        silent: list[tuple[str, str]] = []
        done = rubbish = 0
        with progress(f"SD-Løn's institution {self.institution}") as reporter:
            try:
                for done, (cpr, why) in enumerate(self._each(cprs), start=1):
                    reporter.update("persons read", done, len(cprs))
                    rubbish = rubbish + 1 if why == UNREADABLE else 0
                    if why:
                        silent.append((cpr, why))
                    if rubbish == _MOST_UNREADABLE:
                        raise _rubbish()
            except (SdClosedError, SdTransportError) as error:
                raise self._cut_short(error, done, len(cprs)) from None
            reporter.finish(f"{len(cprs)} persons read, {len(silent)} without a timeline")
        return _frame(silent, self.institution)

    def _each(self, cprs: list[str]) -> Iterator[tuple[str, str]]:
        """Yield each person, and why there was no timeline; nothing where there was one."""
        if self.settings.concurrency == 1:
            yield from ((cpr, self._one(cpr)) for cpr in cprs)
            return
        with ThreadPoolExecutor(self.settings.concurrency) as pool:
            try:
                yield from zip(cprs, pool.map(self._one, cprs), strict=True)
            finally:
                pool.shutdown(cancel_futures=True)

    def _one(self, cpr: str) -> str:
        try:
            return "" if self.read_one(cpr) else EMPTY
        except SdNotFoundError:
            return NOT_FOUND
        except (SdFaultError, SdUnreadableError, InputError):
            return UNREADABLE

    def _cut_short(self, error: TransportError, done: int, wanted: int) -> TransportError:
        kept = (
            f"Run it again: what has been read is kept for {self.settings.cache_hours:g} hours."
            if self.cache.is_on
            else "Nothing that has been read is kept, for there is no key to keep it with."
        )
        told = type(error)(
            f"{error.message} {done} of {wanted} persons were read.",
            remedy=f"{error.remedy or ''} {kept}".strip(),
            retry_after=error.retry_after,
        )
        if isinstance(error, SdClosedError) and isinstance(told, SdClosedError):
            told.opens = error.opens
        return told


def _rubbish() -> SdError:
    return SdError(
        f"SD-Løn's answers about {_MOST_UNREADABLE} persons in a row could not be read.",
        remedy="Ask for one of them with timeline(), which tells what is wrong.",
    )


def _frame(silent: list[tuple[str, str]], institution: str) -> pd.DataFrame:
    columns = {
        "institution": [institution] * len(silent),
        "cpr": [cpr for cpr, _ in silent],
        "what": [what for _, what in silent],
    }
    return frame_of(columns, dict.fromkeys(columns, object))
