"""One try at a plan: its operations so far, and how the objects beside are, once they are carried out."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from motoolkit.model import Timeline
from motoolkit.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from motoolkit.sd.mapping import Mapping
    from motoolkit.sd.mend._companions import Companions
    from motoolkit.sd.mend._source import Source
    from motoolkit.sd.mend._terms import Terms
    from motoolkit.sd.mend._things import Thing

_LONGER: Final = ("active_missing", "unit_shorter_than_engagement")


@dataclass
class Draft:
    """What the operations are added to.

    Attributes:
        source: what is known of SD and MO.
        plan: the operations for the finding in hand.
    """

    source: Source
    plan: Plan = field(default_factory=Plan)
    _beside: dict[tuple[Any, ...], Companions] = field(default_factory=dict)

    @property
    def mapping(self) -> Mapping:
        """How the integration writes into MO."""
        return self.source.audit.mapping

    @property
    def terms(self) -> Terms:
        """MO's words."""
        return self.source.terms

    @property
    def leave_types(self) -> frozenset[str]:
        """The classes of SD's leaves."""
        return self.source.leave_types

    @property
    def departments(self) -> pd.DataFrame:
        """SD's departments as SD writes them."""
        return self.source.audit.read.departments.departments

    @property
    def associated(self) -> bool:
        """Whether SD's own department is kept in an association."""
        return self.mapping.raw_unit == "association"

    def thing(self, sort: str, uuid: str) -> Thing | None:
        """Return an engagement or unit, with what SD says once the units of this plan are there."""
        thing = self.source.things.get((sort, uuid))
        return None if thing is None else thing.placed(self._coming)

    @cached_property
    def _coming(self) -> dict[str, Timeline[bool]]:
        """The days on which the plan gives units to MO."""
        found: dict[str, Timeline[bool]] = {}
        for finding in self.source.findings:
            if finding.subject.sort == "unit" and finding.kind.code in _LONGER and finding.validity:
                lives = found.get(finding.subject.uuid, Timeline[bool]())
                found[finding.subject.uuid] = lives.overlay(Timeline([(finding.validity, True)]))
        return found

    def leaves(self, thing: Thing) -> Companions:
        """Return the leaves of an engagement, as the operations so far leave them."""
        return self._of(("leaves", thing.uuid), lambda: self.source.leaves(thing))

    def associations(self, thing: Thing) -> Companions:
        """Return the associations that keep SD's department of an engagement."""
        return self._of(("associations", thing.uuid), lambda: self.source.associations(thing))

    def addresses(self, thing: Thing, name: str) -> Companions:
        """Return the addresses of a unit of one kind."""
        return self._of(("addresses", thing.uuid, name), lambda: self.source.addresses(thing, name))

    def _of(self, key: tuple[Any, ...], make: Callable[[], Companions]) -> Companions:
        if key not in self._beside:
            self._beside[key] = make()
        return self._beside[key]
