"""Where SD's facts come from: the world as it was made, whatever was written since."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from motoolkit.model import today_in_denmark
from motoolkit.sandbox.records import Record
from motoolkit.sandbox.sd.payroll import INSTITUTIONS, Payroll

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.sandbox.world import World

_NEEDED: Final = ("facets", "classes", "org_units", "persons", "engagements", "leaves", "addresses")


@dataclass(slots=True)
class SdLoen:
    """SD's side of a world; its facts are put together when the first request comes.

    Args:
        world: MO's side.
        mode: ``clean``, ``planted`` or ``everything``.
    """

    world: World
    mode: str
    _payroll: Payroll | None = field(default=None, init=False)

    @property
    def institutions(self) -> tuple[str, ...]:
        """The codes of the institutions."""
        return tuple(each.code for each in INSTITUTIONS)

    @property
    def payroll(self) -> Payroll:
        """What SD holds; whoever asks for it the first time holds the world's lock."""
        if self._payroll is None:
            first = next(self.world.everything(), None)
            today = self.world.today if first is None else first.registrations[0].start.date()
            self._payroll = Payroll(_made(self.world), today or today_in_denmark(), self.mode)
        return self._payroll


def _made(world: World) -> Iterator[Record]:
    for name in _NEEDED:
        for held in world.all(name):
            first = held.registrations[0]
            if first.number <= world.made:
                yield Record(name, held.uuid, first.slices)
