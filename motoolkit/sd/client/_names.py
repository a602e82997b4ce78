"""What persons are called whom SD has timelines of: some are in no snapshot before their first day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from motoolkit.errors import InputError, SdNotFoundError
from motoolkit.model import today_in_denmark
from motoolkit.sd._shapes import Persons

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from typing import Any

    from motoolkit.sd._shapes import Employments
    from motoolkit.sd.client._client import SdClient


def newcomers(
    sd: SdClient, institution: str, day: date | None, known: Persons, coming: Employments
) -> Persons:
    """Return those who are employed later and not before, as they are on their first day."""
    first = _first_days(coming)
    later = first[first > pd.Timestamp(day or today_in_denmark())]
    new = later[~later.index.isin(set(known.persons["cpr"]))]
    return Persons.joined([_named(sd, institution, str(cpr), at.date()) for cpr, at in new.items()])


def named(
    sd: SdClient, institution: str, cprs: Iterable[str], employments: Employments, day: date | None
) -> Persons:
    """Return some persons as they are on a day or, where their first day comes later, on that."""
    first = _first_days(employments)
    found = []
    for cpr in cprs:
        person = _named(sd, institution, cpr, day)
        if not len(person.persons) and not pd.isna(at := first.get(cpr)):
            person = _named(sd, institution, cpr, at.date())
        found.append(person)
    return Persons.joined(found)


def _first_days(employments: Employments) -> pd.Series[Any]:
    statuses = employments.sections[employments.sections["field"] == "status"]
    cprs = employments.employments["cpr"].loc[statuses["employment"]].to_numpy()
    return statuses["start"].groupby(cprs).min()


def _named(sd: SdClient, institution: str, cpr: str, day: date | None) -> Persons:
    """Return what somebody is called; SD may not know whom it has timelines of."""
    try:
        return sd.persons(institution, day, cpr=cpr)
    except (SdNotFoundError, InputError):
        return Persons.empty()
