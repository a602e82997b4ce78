"""What departments lay under: SD's history, or samples where there is none."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from motoolkit.errors import SdCredentialsError, SdNotFoundError, SdTransportError
from motoolkit.progress import progress
from motoolkit.sd._shapes import Departments
from motoolkit.sd.client import _services as services
from motoolkit.sd.parsing import history_frame, read_parent, read_parent_history

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.sd.client._asking import Asker
    from motoolkit.sd.client._body import Body

_NOT_FOUND: Final = 404
_LONG_AGO: Final = date(1900, 1, 1)
_NO_DAY: Final = "0001-01-01"


class ParentReader:
    """Reads the parents of departments, one at a time.

    Args:
        asker: of SD.
        dates: how dates are sent.
        as_of: today.
    """

    def __init__(self, asker: Asker, dates: str, as_of: date) -> None:
        self._asker = asker
        self._dates = dates
        self._as_of = as_of

    def read(self, uuids: Iterable[str], departments: Departments) -> Departments:
        """Return the departments with the parents of ``uuids``."""
        wanted = list(uuids)
        frame = departments.departments
        starts = frame.groupby("uuid")["start"].agg(list).to_dict() if len(frame) else {}
        found = []
        with progress("SD-Løn's department parents") as reporter:
            for done, uuid in enumerate(wanted):
                reporter.update("read", done, len(wanted))
                found.append(self._parents(uuid, starts.get(uuid, [])))
            reporter.finish(f"{len(wanted)} read")
        kept = [each for each in found if len(each)]
        parents = pd.concat(kept, ignore_index=True) if kept else Departments.empty().parents
        return Departments(frame, parents, departments.oddities)

    def _parents(self, uuid: str, starts: list[pd.Timestamp]) -> pd.DataFrame:
        history = self._history(uuid)
        return history if history is not None and len(history) else self._sampled(uuid, starts)

    def _history(self, uuid: str) -> pd.DataFrame | None:
        """Return SD's history; None where it has none, or does not give it to us."""

        def read(body: Body) -> pd.DataFrame:
            return read_parent_history(body.open().read(), uuid)

        try:
            return self._asker.ask_alone(services.PARENT_HISTORY.format(uuid=uuid), read)
        except SdCredentialsError:  # it needs rights of its own; a wrong password shows when sampling
            return None
        except SdTransportError as error:
            if error.status == _NOT_FOUND:
                return None
            raise

    def _sampled(self, uuid: str, starts: list[pd.Timestamp]) -> pd.DataFrame:
        """Return the parents on the days when periods start, each until the next such day."""
        days = sorted({*(_LONG_AGO if pd.isna(s) else s.date() for s in starts), self._as_of})
        parents = [self._parent_on(uuid, day) for day in days]
        rows: list[tuple[str, str, Any]] = []
        for at, (day, (known, parent)) in enumerate(zip(days, parents, strict=True)):
            if known and not (at and parents[at - 1] == (known, parent)):
                rows.append((_first(day), self._last(days, parents, at), parent))
        return history_frame(uuid, rows, "sampled")

    @staticmethod
    def _last(days: list[date], parents: list[tuple[bool, str | None]], at: int) -> str:
        later = (day for day, each in zip(days[at:], parents[at:], strict=True) if each != parents[at])
        change = next(later, None)
        return date.max.isoformat() if change is None else (change - timedelta(days=1)).isoformat()

    def _parent_on(self, uuid: str, day: date) -> tuple[bool, str | None]:
        """Return whether SD knows the department on a day, and its parent then."""
        query = services.DEPARTMENT_PARENT.query({services.DAY: day, services.DEPARTMENT: uuid}, self._dates)
        try:
            parent = self._asker.ask(
                services.DEPARTMENT_PARENT.path, query, lambda body: read_parent(body.open())
            )
        except SdNotFoundError:  # in the far past SD may not know what it knew
            return False, None
        return True, parent


def _first(day: date) -> str:
    return _NO_DAY if day == _LONG_AGO else day.isoformat()
