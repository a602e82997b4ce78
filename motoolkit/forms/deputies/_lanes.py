"""Who is the deputy of a seat when, before and after a plan: what a timeline draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motoolkit.forms.deputies._reading import lives
from motoolkit.language import tr
from motoolkit.model import Timeline
from motoolkit.plan import desired

if TYPE_CHECKING:
    from motoolkit.forms.deputies._asked import Asked
    from motoolkit.forms.deputies._reading import Facts
    from motoolkit.model import Validity
    from motoolkit.plan import Plan


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period with one deputy, or with none: then ``vacant``."""

    period: Validity
    text: str
    vacant: bool


@dataclass(frozen=True, slots=True)
class SeatLanes:
    """One seat before and after."""

    uuid: str
    seat: str
    before: tuple[Stretch, ...]
    after: tuple[Stretch, ...]


def lanes_of(asked: Asked, plan: Plan) -> tuple[SeatLanes, ...]:
    """Return the seats of a removal before and after its plan."""
    after = lives(desired(plan.operations, asked.state))
    return tuple(
        SeatLanes(
            chosen.uuid,
            asked.seat(chosen).name,
            _stretches(asked, chosen.life),
            _stretches(asked, after[chosen.uuid]),
        )
        for chosen in asked.chosen
    )


def _stretches(asked: Asked, life: Timeline[Facts]) -> tuple[Stretch, ...]:
    held = Timeline((period, told.substitute) for period, told in life).coalesce()
    return tuple(
        Stretch(
            period,
            asked.names.of(("persons", deputy), period) if deputy else tr("none"),
            deputy is None,
        )
        for period, deputy in held
    )
