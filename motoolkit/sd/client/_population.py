"""Everybody of an institution, person by person: slow, kept, and going on where it was cut."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motoolkit.errors import SdClosedError, SdError, SdFaultError, SdNotFoundError, SdUnreadableError
from motoolkit.progress import progress
from motoolkit.sd._shapes import Employments, frame_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from motoolkit.sd._shapes import Persons
    from motoolkit.sd.client._client import SdClient

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


def read_population(client: SdClient, institution: str, persons: Persons) -> Population:
    """Return the timelines of persons.

    Raises:
        SdError: SD can not be asked any more; what was read is kept, so that another run goes on.
    """
    if client.settings.bulk:
        found = client.timeline(institution)
        return Population(persons, found, _silent_of(persons, found, institution))
    cprs = list(dict.fromkeys(persons.persons["cpr"]))
    parts: list[Employments] = []
    silent: list[tuple[str, str]] = []
    with progress(f"SD-Løn's institution {institution}") as reporter:
        try:
            for done, (cpr, found_or_why) in enumerate(_each(client, institution, cprs)):
                reporter.update("persons read", done, len(cprs))
                if isinstance(found_or_why, str):
                    silent.append((cpr, found_or_why))
                    _give_up_on_rubbish(silent)
                else:
                    parts.append(found_or_why)
        except SdClosedError as error:
            raise _cut_short(error, len(parts) + len(silent), len(cprs), client) from None
        reporter.finish(f"{len(cprs)} persons read, {len(silent)} without a timeline")
    return Population(persons, Employments.joined(parts), _frame(silent, institution))


def _each(client: SdClient, institution: str, cprs: list[str]) -> Iterator[tuple[str, Employments | str]]:
    def one(cpr: str) -> Employments | str:
        try:
            found = client.timeline(institution, cpr)
        except SdNotFoundError:
            return NOT_FOUND
        except (SdFaultError, SdUnreadableError):
            return UNREADABLE
        return found if len(found.employments) else EMPTY

    if client.settings.concurrency == 1:
        yield from ((cpr, one(cpr)) for cpr in cprs)
        return
    with ThreadPoolExecutor(client.settings.concurrency) as pool:
        try:
            yield from zip(cprs, pool.map(one, cprs), strict=True)
        finally:
            pool.shutdown(cancel_futures=True)


def _give_up_on_rubbish(silent: list[tuple[str, str]]) -> None:
    last = [what for _, what in silent[-_MOST_UNREADABLE:]]
    if last == [UNREADABLE] * _MOST_UNREADABLE:
        raise SdError(
            f"SD-Løn's answers about the last {_MOST_UNREADABLE} silent persons could not be read.",
            remedy="Ask for one of them with timeline(), which tells what is wrong.",
        )


def _cut_short(error: SdClosedError, done: int, wanted: int, client: SdClient) -> SdClosedError:
    kept = (
        f"Run it again then: what has been read is kept for {client.settings.cache_hours:g} hours."
        if client.cache.is_on
        else "Nothing that has been read is kept, for there is no key to keep it with."
    )
    told = SdClosedError(
        f"{error.message} {done} of {wanted} persons were read.",
        remedy=f"{error.remedy or ''} {kept}".strip(),
        retry_after=error.retry_after,
    )
    told.opens = error.opens
    return told


def _silent_of(persons: Persons, found: Employments, institution: str) -> pd.DataFrame:
    heard = set(found.employments["cpr"])
    return _frame([(cpr, EMPTY) for cpr in persons.persons["cpr"] if cpr not in heard], institution)


def _frame(silent: list[tuple[str, str]], institution: str) -> pd.DataFrame:
    columns = {
        "institution": [institution] * len(silent),
        "cpr": [cpr for cpr, _ in silent],
        "what": [what for _, what in silent],
    }
    return frame_of(columns, dict.fromkeys(columns, object))
