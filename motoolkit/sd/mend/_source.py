"""What of MO a plan for findings has to know: the objects beside engagements and units."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from motoolkit.catalogue import EVER
from motoolkit.plan import read
from motoolkit.sd.diff._pairs import Number
from motoolkit.sd.mend._companions import Companions
from motoolkit.sd.mend._terms import Classes, Terms
from motoolkit.sd.mend._things import things

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.client import Client
    from motoolkit.findings import Finding
    from motoolkit.plan import Span
    from motoolkit.sd._audit import SdAudit
    from motoolkit.sd.mend._things import Thing

_AT_A_TIME = 500
_Held = dict[str, tuple["Span", ...]]


@dataclass
class Source:
    """What is read once, however many drafts there are of the plan.

    Attributes:
        audit: the comparison.
        client: MO.
        findings: those that are to be mended.
        leave_type: the user_key of the type of new leaves, where the mapping names none.
    """

    audit: SdAudit
    client: Client
    findings: tuple[Finding, ...]
    leave_type: str = ""

    @cached_property
    def things(self) -> dict[tuple[str, str], Thing]:
        """The engagements and units of the findings that both sides have."""
        asked = {finding.subject.uuid for finding in self.findings}
        return things(self.audit.sd, self.audit.mo, asked)

    @cached_property
    def terms(self) -> Terms:
        """The mapping, with MO's classes."""
        return Terms(self.audit.mapping, Classes(self.client))

    @cached_property
    def leave_types(self) -> frozenset[str]:
        """The classes of the leaves that are SD's."""
        keys, classes = self.audit.mapping.leave_types, self.terms.classes
        found = ("leaves", "leave_type")
        return classes.called(*found, keys) if keys else classes.every(*found)

    def leaves(self, thing: Thing) -> Companions:
        """Return the leaves of an engagement that are SD's."""
        fits = {
            uuid: spans
            for uuid, spans in self._leaves.items()
            if any(span.values["engagement"] == thing.uuid for span in spans)
            and any(span.values["leave_type"] in self.leave_types for span in spans)
        }
        return Companions("leave", fits)

    def associations(self, thing: Thing) -> Companions:
        """Return the associations that keep SD's department of an engagement."""
        types = self.terms.classes.called("associations", "association_type", (self._association_type,))
        fits = {
            uuid: spans
            for uuid, spans in self._associations.items()
            if any(
                span.values["person"] == thing.person
                and span.values["association_type"] in types
                and Number.of(span.values["user_key"] or "").bare == Number.of(thing.number).bare
                for span in spans
            )
        }
        return Companions("association", fits)

    def addresses(self, thing: Thing, name: str) -> Companions:
        """Return the addresses of a unit of one kind: phone, email and so on."""
        types = self.address_types(name)
        fits = {
            uuid: spans
            for uuid, spans in self._addresses.items()
            if any(
                span.values["org_unit"] == thing.uuid and span.values["address_type"] in types
                for span in spans
            )
        }
        return Companions("address", fits)

    def address_types(self, name: str) -> frozenset[str]:
        """Return the classes of a kind of address."""
        return self.terms.classes.called(
            "addresses", "address_type", (self.audit.mapping.unit_addresses[name],)
        )

    @property
    def _association_type(self) -> str:
        return self.audit.mapping.association_type

    @cached_property
    def _leaves(self) -> _Held:
        return self._of_persons("leaves")

    @cached_property
    def _associations(self) -> _Held:
        return self._of_persons("associations")

    @cached_property
    def _addresses(self) -> _Held:
        units = {thing.uuid for thing in self.things.values() if thing.sort == "unit"}
        return self._read("addresses", "org_unit", units)

    def _of_persons(self, collection: str) -> _Held:
        persons = {thing.person for thing in self.things.values() if thing.person}
        return self._read(collection, "employee", persons)

    def _read(self, collection: str, by: str, uuids: Iterable[str]) -> _Held:
        found: _Held = {}
        ordered = sorted(uuids)
        for at in range(0, len(ordered), _AT_A_TIME):
            chosen: dict[str, Any] = {by: {"uuids": ordered[at : at + _AT_A_TIME], **EVER}}
            found |= {uuid: spans for (_, uuid), spans in read(self.client, collection, chosen).items()}
        return found
