"""What a comparison asks SD-Løn for: everybody's timelines, or a few persons'."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from motoolkit.errors import SdNotFoundError
from motoolkit.progress import progress
from motoolkit.sd._department_reading import all_departments, departments_of, said_nothing
from motoolkit.sd._keys import pairs_in_sd
from motoolkit.sd._shapes import Departments, Employments, Persons
from motoolkit.sd.client._population import EMPTY
from motoolkit.sd.picture import status_bars

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from motoolkit.drawing import Bar
    from motoolkit.sd.client import Population, SdClient
    from motoolkit.sd.mapping import Mapping as SdMapping


@dataclass(frozen=True, slots=True, repr=False)
class Read:
    """What SD answered.

    Attributes:
        employments: timelines.
        departments: departments and their parents.
        persons: who there is today.
        unanswered: by the CPR number of those of whom SD gave no timeline, why: ``not_found``, ``empty``,
            ``unreadable``, or several of them where institutions differ.
    """

    employments: Employments
    departments: Departments
    persons: Persons
    unanswered: Mapping[str, str] = field(default_factory=dict)

    def statuses(self, cpr: str, mapping: SdMapping) -> dict[str, list[Bar]]:
        """Return SD's status codes of a person's employments, by what both sides are joined on."""
        every = self.employments.employments
        his = every[every["cpr"] == cpr]
        keys = pairs_in_sd(his["cpr"], his["institution"], his["number"], mapping)
        sections = self.employments.sections
        return {
            key: status_bars(sections[sections["employment"] == at])
            for at, key in zip(his.index, keys, strict=True)
        }


def read_population(sd: SdClient, institutions: Sequence[str], mapping: SdMapping, as_of: date) -> Read:
    """Read everybody of some institutions, employed or not."""
    found = [_population(sd, institution, as_of) for institution in institutions]
    return joined(found, all_departments(sd, institutions, mapping, as_of))


def joined(found: Sequence[Population], departments: Departments) -> Read:
    """Return what several institutions answered as one."""
    silent = pd.concat([each.silent for each in found])
    return Read(
        Employments.joined([each.employments for each in found]),
        departments,
        Persons.joined([each.persons for each in found]),
        dict(silent.groupby("cpr")["what"].agg(lambda reasons: " ".join(sorted(set(reasons))))),
    )


def _population(sd: SdClient, institution: str, as_of: date) -> Population:
    found = sd.population(institution, as_of)
    if not len(found.persons.persons):
        raise said_nothing(institution, "persons")
    return found


def read_persons(
    sd: SdClient, cprs: Sequence[str], institutions: Sequence[str], mapping: SdMapping, as_of: date
) -> Read:
    """Read some persons in every institution; that most do not know them is as it should be."""
    parts, persons, unanswered = [], [], {}
    with progress("SD-Løn") as reporter:
        for done, cpr in enumerate(cprs):
            reporter.update("persons read", done, len(cprs))
            for institution in institutions:
                employments = _timeline(sd, institution, cpr)
                if employments is None:
                    continue
                parts.append(employments)
                if len(employments.employments):
                    persons.append(_person(sd, institution, employments, as_of))
                else:
                    unanswered[cpr] = EMPTY
        reporter.finish(f"{len(cprs)} persons read")
    joined = Employments.joined(parts)
    return Read(
        joined,
        departments_of(sd, joined, institutions, mapping, as_of),
        Persons.joined(persons),
        unanswered,
    )


def _timeline(sd: SdClient, institution: str, cpr: str) -> Employments | None:
    """Return a person's timelines, None where SD says that it does not know the person."""
    try:
        # A person may have been entered, or loaded, since the answer that is kept.
        return sd.timeline(institution, cpr, fresh=True)
    except SdNotFoundError:
        return None


def _person(sd: SdClient, institution: str, employments: Employments, as_of: date) -> Persons:
    """Return what a person is called; SD may not know somebody today whom it has timelines of."""
    try:
        return sd.person(institution, employments, as_of)
    except SdNotFoundError:
        return Persons.empty()
