"""One operation of a plan: what shall be true of one object, from when until when, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from motoolkit.catalogue import WRITINGS, Action
from motoolkit.model import mask_all
from motoolkit.plan._related import RELATED_UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True, repr=False)
class Operation:
    """What shall be true of one object.

    Attributes:
        action: ``create``: it lives in ``[start, end)``.  ``update``: ``values`` hold in ``[start, end)``,
            as far as it lives.  ``terminate``: it is dead from ``end`` on, or only in ``[start, end)``.
            ``delete``: it was never there.
        kind: a key of the catalogue's WRITINGS, or ``related_units``.
        uuid: of the object, chosen beforehand; of related units that of the unit.
        values: by the catalogue's field names, only those that are said something about; None is "shall be
            empty", several references are a sorted tuple of UUIDs.
        start: the first day, or None where the kind has none or (update) for all of its life.
        end: the first day after, or None for open (create) or the end of its life (update).
        reason: why, in words.
        options: ``prolong`` (update: live on beyond the end of its life), ``vacate`` (terminate a person:
            leave its seats vacant), ``note`` (create an ituser: what MO's history of it shall say).
    """

    action: Action
    kind: str
    uuid: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    start: date | None = None
    end: date | None = None
    reason: str = ""
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def collection(self) -> str:
        """The catalogue's name of what the object belongs to."""
        return RELATED_UNITS if self.kind == RELATED_UNITS else WRITINGS[self.kind].collection

    @property
    def key(self) -> tuple[str, str]:
        """What a ``State`` knows the object by: its collection and its UUID."""
        return self.collection, self.uuid

    def __repr__(self) -> str:
        period = f"[{self.start or '…'}, {self.end or '…'})"
        said = f" {dict(self.values)!r}" if self.values else ""
        return f"<{self.action} {self.kind} {self.uuid} {period}{mask_all(said)}>"
