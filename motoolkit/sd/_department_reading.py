"""Which departments a comparison reads, and how far up: all of them, or those of a few persons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from motoolkit.errors import SdError, SdNotFoundError
from motoolkit.sd._shapes import Departments

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    import pandas as pd

    from motoolkit.sd._shapes import Employments
    from motoolkit.sd.client import SdClient
    from motoolkit.sd.mapping import Mapping

_MANY: Final = 25
"""From here on whole lists are quicker than one department at a time."""

_HIGHEST: Final = 12
"""No organisation is deeper; a ring of parents ends here too."""


def all_departments(
    sd: SdClient,
    institutions: Iterable[str],
    mapping: Mapping,
    as_of: date,
    only: Collection[str] | None = None,
) -> Departments:
    """Return all departments, with their parents where these are compared or climbed to.

    ``only`` are the departments whose parents are asked for, which is a question each; None for all.
    """
    parts = []
    for institution in institutions:
        parts.append(sd.departments(institution))
        if mapping.units and not len(parts[-1].departments):
            raise said_nothing(institution, "departments")
    found = Departments.joined(parts)
    if not _wants_parents(mapping):
        return found
    uuids = found.departments["uuid"].unique()
    asked = uuids if only is None else [uuid for uuid in uuids if uuid in only]
    return sd.parents(asked, found, as_of=as_of)


def said_nothing(institution: str, what: str) -> SdError:
    """Return the error for an answer without anything: nobody is gone because of it."""
    return SdError(
        f"SD-Løn answered that institution {institution} has no {what} at all.",
        remedy="Ask again later: SD is known to answer with nothing at times. Else check the institution.",
    )


def departments_of(
    sd: SdClient, employments: Employments, institutions: Sequence[str], mapping: Mapping, as_of: date
) -> Departments:
    """Return the departments that employments are in, and what lies above where the mapping climbs."""
    uuids, codes = _named(employments.sections)
    own = set(employments.employments["institution"])
    lists = _Lists(sd, sorted(institutions, key=lambda each: each not in own))
    if codes:
        uuids |= lists.with_codes(codes, own)
    found = lists.of(uuids)
    if not _wants_parents(mapping):
        return found
    found = sd.parents(sorted(uuids), found, as_of=as_of)
    climbs = bool(mapping.too_deep or mapping.climb)
    return _with_all_above(sd, lists, found, as_of) if climbs else found


def _wants_parents(mapping: Mapping) -> bool:
    return mapping.units or mapping.placement != "none"


def _named(sections: pd.DataFrame) -> tuple[set[str], set[str]]:
    """Return the UUIDs of departments, and the codes of those that are given without one."""
    there = sections[sections["value"].notna()]
    named, coded = (there[there["field"] == field] for field in ("department", "department_code"))
    spots = set(zip(named["employment"], named["start"].astype(str), strict=True))
    told = zip(coded["employment"], coded["start"].astype(str), coded["value"], strict=True)
    bare = {str(code) for employment, start, code in told if (employment, start) not in spots}
    return {str(uuid).lower() for uuid in named["value"]}, bare


@dataclass(frozen=True, slots=True)
class _Lists:
    """SD's departments, wherever they are.

    Attributes:
        sd: SD.
        institutions: those that may have them, the likeliest first.
    """

    sd: SdClient
    institutions: Sequence[str]

    def with_codes(self, codes: set[str], institutions: Iterable[str]) -> set[str]:
        """Return the UUIDs of all departments of some institutions that ever had one of these codes."""
        found = Departments.joined([self.sd.departments(institution) for institution in institutions])
        rows = found.departments
        return {str(uuid).lower() for uuid in rows["uuid"][rows["code"].isin(codes)]}

    def of(self, uuids: set[str]) -> Departments:
        """Return some departments."""
        if len(uuids) <= _MANY:
            return Departments.joined([one for uuid in sorted(uuids) for one in self._one(uuid)])
        found = Departments.joined([self.sd.departments(each) for each in self.institutions])
        rows = found.departments
        return replace(found, departments=rows[rows["uuid"].isin(uuids)].reset_index(drop=True))

    def _one(self, uuid: str) -> list[Departments]:
        """Return a department, of whichever institution has it."""
        for institution in self.institutions:
            try:
                return [self.sd.departments(institution, uuid)]
            except SdNotFoundError:
                continue
        return []


def _with_all_above(sd: SdClient, lists: _Lists, found: Departments, as_of: date) -> Departments:
    """Return departments and all that was ever above them, with their parents."""
    seen = set(found.departments["uuid"])
    for _ in range(_HIGHEST):
        above = set(found.parents["parent"].dropna()) - seen
        if not above:
            break
        seen |= above
        more = lists.of(above)
        known = set(more.departments["uuid"])
        found = Departments.joined([found, sd.parents(sorted(known), more, as_of=as_of)])
    return found
