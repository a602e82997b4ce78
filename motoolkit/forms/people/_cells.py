"""From what Excel holds to what somebody meant: CPR numbers without their zero, days, percents, numbers."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError
from motoolkit.forms._days import read_day
from motoolkit.forms.people._columns import CHOSEN
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.cell import Cell

    from motoolkit.forms.onboarding import Field

_DAY: Final = timedelta(days=1)
_CPR_DIGITS: Final = (9, 10)
_FIRST_OF_EXCEL: Final = date(1899, 12, 30)
_DAYS_OF_EXCEL: Final = range(10_000, 100_000)
_PLACE: Final = re.compile(r"#?\s*(\d+)")
_KEYED: Final = re.compile(r".*\[([^\[\]]+)\]")


def value_of(cell: Cell, field: Field) -> Any:
    """Return the value of a cell as a draft has it; what can not be read stays as it was typed.

    Raises:
        InputError: the cell holds a formula, or one of Excel's errors.
    """
    if cell.data_type == "f":
        raise InputError(tr("This is a formula: write the value itself."))
    if cell.data_type == "e":
        raise InputError(tr("This is an error of Excel's: write the value itself."))
    value: Any = cell.value.strip() if isinstance(cell.value, str) else cell.value
    if value in (None, ""):
        return None
    if field.kind == "percent" and isinstance(value, int | float) and "%" in str(cell.number_format):
        # Excel keeps 80 % as 0.8.
        return text_of(round(value * 100, 6))
    reader: Callable[[Any], Any] = _READERS.get(field.kind, text_of)
    return reader(value)


def text_of(value: Any) -> str:
    """Return a value as people would have typed it: a number without point zero, a day in Danish."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value)


def _cpr(value: Any) -> str:
    # Excel takes a number's first zero away.
    text = text_of(value)
    is_number = not isinstance(value, str) and text.isdigit() and len(text) in _CPR_DIGITS
    return text.zfill(max(_CPR_DIGITS)) if is_number else text


def _day(value: Any) -> Any:
    """Return a day; a number is one of Excel's, in a cell that does not say so."""
    if isinstance(value, datetime):
        # Without a zone: the day that Excel shows.
        return value.date()
    if isinstance(value, int | float) and int(value) in _DAYS_OF_EXCEL:
        return _FIRST_OF_EXCEL + timedelta(days=int(value))
    try:
        return read_day(value)
    except InputError:
        return text_of(value)


def _last_day(value: Any) -> Any:
    """Return the first day after: the list has the last one."""
    day = _day(value)
    if not isinstance(day, date):
        # Kept as it is, it would later be read as the day after.
        raise InputError(tr("{typed} is no date: write it as 01-12-2026.", typed=repr(day)[:40]))
    return day + _DAY if day < date.max else None


def _chosen(value: Any) -> str:
    """Return a name, or the key where one stands behind it: ``Administration [adm-2]``."""
    text = text_of(value)
    keyed = _KEYED.fullmatch(text)
    return keyed[1].strip() if keyed else text


def _several(value: Any) -> list[str]:
    return [_chosen(part) for part in text_of(value).split(";") if part.strip()]


def _link(value: Any) -> str:
    text = text_of(value)
    place = _PLACE.fullmatch(text)
    return f"#{place[1]}" if place else text


def _links(value: Any) -> list[str]:
    return [_link(part.strip()) for part in text_of(value).split(";") if part.strip()]


_READERS: Final[dict[str, Callable[[Any], Any]]] = {
    **dict.fromkeys(CHOSEN, _chosen),
    "cpr": _cpr,
    "day": _day,
    "last day": _last_day,
    "classes": _several,
    "roles": _several,
    "link": _link,
    "links": _links,
}
