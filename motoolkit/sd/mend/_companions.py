"""What MO keeps in objects of their own beside an engagement or unit: leaves, addresses, associations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.language import N_, tr
from motoolkit.model import MISSING, Timeline, Validity
from motoolkit.sd.mend._terms import LeftError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from motoolkit.plan import Plan, Span

_SINCE_EVER: Final = N_("It reaches back without limit, and MO wants a first day: give the mapping a clamp.")


class Companions:
    """The objects of one kind beside one thing; of these one lives at a time, as the integrations have it."""

    def __init__(self, kind: str, held: Mapping[str, tuple[Span, ...]]) -> None:
        self.kind = kind
        self._lives = {
            uuid: Timeline((span.validity, True) for span in spans) for uuid, spans in held.items()
        }

    def hold(
        self, plan: Plan, period: Validity, values: Mapping[str, Any], new: Callable[[], Mapping[str, Any]]
    ) -> None:
        """Let one live in all of a period, with ``values``.

        The only one that there is lives on for it; where there is none, or several, another is made.

        Args:
            plan: takes the operations.
            period: when.
            values: what it says.
            new: tells what else one says that has to be made.
        """
        for uuid, inside in self._living(period):
            if values:
                plan.update(self.kind, uuid, start=inside.start, end=inside.end, **values)
        for gap in self._without(period):
            self._live(plan, gap, values, new)

    def end(self, plan: Plan, period: Validity) -> None:
        """Let none live in a period."""
        for uuid, inside in self._living(period):
            end_in(plan, self.kind, uuid, inside)

    def _living(self, period: Validity) -> Iterator[tuple[str, Validity]]:
        for uuid, life in tuple(self._lives.items()):
            for inside, _ in life.window(period.start, period.end):
                yield uuid, inside

    def _without(self, period: Validity) -> list[Validity]:
        covered = Timeline(((inside, True) for _, inside in self._living(period)), last_wins=True)
        return [gap for gap, _, there in Timeline([(period, True)]).diff(covered) if there is MISSING]

    def _live(
        self, plan: Plan, gap: Validity, values: Mapping[str, Any], new: Callable[[], Mapping[str, Any]]
    ) -> None:
        since(gap)
        if len(self._lives) == 1:
            (uuid,) = self._lives
            plan.update(self.kind, uuid, start=gap.start, end=gap.end, prolong=True, **values)
        else:
            uuid = plan.create(self.kind, start=gap.start, end=gap.end, **new(), **values)
        self._lives[uuid] = self._lives.get(uuid, Timeline()).overlay(Timeline([(gap, True)]))


def since(period: Validity) -> Validity:
    """Return a period that has a first day.

    Raises:
        LeftError: it has none.
    """
    if period.start is None:
        raise LeftError(tr(_SINCE_EVER))
    return period


def end_in(plan: Plan, kind: str, uuid: str, period: Validity) -> None:
    """Let an object be dead in a period.

    Raises:
        LeftError: the period has no first day.
    """
    start = since(period).start
    if period.end is None:
        plan.terminate(kind, uuid, end=start)
    else:
        plan.terminate(kind, uuid, start=start, end=period.end)


def without(period: Validity, timeline: Timeline[Any]) -> list[Validity]:
    """Return the parts of a period in which a timeline says nothing."""
    return [part for part, _, there in Timeline([(period, True)]).diff(timeline) if there is MISSING]
