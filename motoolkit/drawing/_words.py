"""Days and periods as they are told in pictures, in the language in use."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.model import Validity

_MONTHS: Final = (
    N_("jan"),
    N_("feb"),
    N_("mar"),
    N_("apr"),
    N_("may"),
    N_("jun"),
    N_("jul"),
    N_("aug"),
    N_("sep"),
    N_("oct"),
    N_("nov"),
    N_("dec"),
)


def written(day: date) -> str:
    """Return a day as Danes write it, in either language."""
    return f"{day:%d-%m-%Y}"


def month(day: date) -> str:
    """Return the month of a day, short."""
    return tr(_MONTHS[day.month - 1])


def day_and_month(day: date) -> str:
    """Return a day of a year that is told elsewhere."""
    return tr("{day} {month}", day=day.day, month=month(day))


def period(validity: Validity) -> str:
    """Return a period with its last day, as people say it."""
    first = None if validity.start is None else written(validity.start)
    last = None if validity.end is None else written(validity.end - timedelta(days=1))
    if first is None:
        return tr("always") if last is None else tr("until {day}", day=last)
    if last is None:
        return tr("from {day}", day=first)
    return first if first == last else f"{first} – {last}"
