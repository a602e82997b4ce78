"""Days as people type them: 1/2-27, 01.02.2027, 010227, i dag."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from motoolkit.model import as_date

if TYPE_CHECKING:
    from datetime import date

_PARTS: Final = re.compile(r"(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4}|\d{2})|(\d{2})(\d{2})(\d{4}|\d{2})")
_CENTURY: Final = "20"
_SHORT: Final = 2


def read_day(typed: Any, today: date | None = None) -> date:
    """Return the day that somebody typed; a year of two digits is of this century.

    Raises:
        InputError: it is no day.
    """
    found = _PARTS.fullmatch(typed.strip()) if isinstance(typed, str) else None
    if found is None:
        return as_date(typed, today=today)
    day, month, year = (part for part in found.groups() if part is not None)
    return as_date(f"{day}-{month}-{_CENTURY + year if len(year) == _SHORT else year}")
