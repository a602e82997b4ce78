"""Removing and replacing deputies: looked at, planned, applied."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from motoolkit.forms._trouble import FormError, Trouble
from motoolkit.forms.deputies._asked import ask
from motoolkit.forms.deputies._checks import SEATS, troubles_of
from motoolkit.forms.deputies._lanes import lanes_of
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from uuid import UUID

    from motoolkit.client import Client
    from motoolkit.forms.deputies._asked import Asked, Chosen
    from motoolkit.forms.deputies._lanes import SeatLanes
    from motoolkit.forms.deputies._seats import Seat
    from motoolkit.plan import Plan, Result

    Seatlike = Seat | str


@dataclass(frozen=True)
class Removal:
    """A removal, or a replacement, with all that MO held of it when it was read.

    Attributes:
        client: the MO.
        asked: what is asked for.
        troubles: what is wrong with it; with an ``error`` nothing is sent.
    """

    client: Client
    asked: Asked = field(repr=False)
    troubles: tuple[Trouble, ...]

    @property
    def ok(self) -> bool:
        """Whether it can be sent."""
        return not any(trouble.severity == "error" for trouble in self.troubles)

    def plan(self, reason: str = "") -> Plan:
        """Return the plan that carries it out.

        Raises:
            FormError: something is wrong with it.
        """
        errors = [trouble for trouble in self.troubles if trouble.severity == "error"]
        if errors:
            raise FormError(errors)
        return _planned(self.client, self.asked, self.asked.chosen, reason)

    @cached_property
    def lanes(self) -> tuple[SeatLanes, ...]:
        """Who is the deputy when, seat by seat, before and after; nothing where it can not be sent."""
        return lanes_of(self.asked, self.plan()) if self.ok else ()


def removal(
    client: Client,
    seats: Iterable[Seatlike],
    *,
    start: date | str | None,
    end: date | str | None = None,
    replacement: str | UUID | None = None,
) -> Removal:
    """Look at the removal or replacement of deputies, without sending anything.

    Args:
        client: the MO.
        seats: the seats, or the UUIDs of their associations.
        start: the first day, a date or a text of one.
        end: the first day after, when what was before holds again; None for the end of each seat.
        replacement: the new deputy's UUID, None to have none.

    Raises:
        MoError: MO did not answer, or not as it should.
    """
    asked = ask(client, seats, start, end, replacement)
    troubles = list(troubles_of(asked))
    if asked.candidate is not None and not any(trouble.severity == "error" for trouble in troubles):
        troubles += _refused(client, asked)
    return Removal(client, asked, tuple(troubles))


def check_removal(
    client: Client,
    seats: Iterable[Seatlike],
    *,
    start: date | str | None,
    end: date | str | None = None,
    replacement: str | UUID | None = None,
) -> list[Trouble]:
    """Return what is wrong with a removal, as ``removal`` finds it."""
    return list(removal(client, seats, start=start, end=end, replacement=replacement).troubles)


def plan_removal(
    client: Client,
    seats: Iterable[Seatlike],
    *,
    start: date | str,
    end: date | str | None = None,
    replacement: str | UUID | None = None,
    reason: str = "",
) -> Plan:
    """Return the plan that lets seats have no deputy, or another one, in ``[start, end)``.

    The plan sees to it that all else of the seats stays as it is, their own ends too.

    Raises:
        FormError: something is wrong with it (``check_removal``).
        MoError: MO did not answer, or not as it should.
    """
    return removal(client, seats, start=start, end=end, replacement=replacement).plan(reason)


def remove_deputy(
    client: Client,
    seats: Iterable[Seatlike],
    *,
    start: date | str,
    end: date | str | None = None,
    replacement: str | UUID | None = None,
    reason: str = "",
    dry_run: bool = False,
) -> Result:
    """Let seats have no deputy, or another one, in ``[start, end)``; again it changes nothing.

    Args:
        client: the MO.
        seats: the seats, or the UUIDs of their associations.
        start: the first day without the deputy.
        end: the first day on which what was before holds again; None for the end of each seat.
        replacement: the new deputy's UUID, None to have none.
        reason: why, for the journal.
        dry_run: let MO try it and keep nothing.

    Raises:
        FormError: something is wrong with it; nothing was sent.
        MoError: MO did not answer, or not as it should.
    """
    plan = plan_removal(client, seats, start=start, end=end, replacement=replacement, reason=reason)
    return plan.apply(dry_run=dry_run)


def _planned(client: Client, asked: Asked, seats: Iterable[Chosen], reason: str = "") -> Plan:
    new = None if asked.candidate is None else asked.candidate.uuid
    plan = client.plan(reason or (tr("Remove deputy") if new is None else tr("Replace deputy")))
    for chosen in seats:
        ends = chosen.life[-1].validity.end
        # A period that reaches beyond the seat holds to its end; a plan takes no dates outside a life.
        end = None if ends is not None and asked.end is not None and asked.end >= ends else asked.end
        plan.update("association", chosen.uuid, start=asked.start, end=end, substitute=new)
    return plan


def _refused(client: Client, asked: Asked) -> Iterator[Trouble]:
    """Let MO try a seat of each role of which nobody knows whether it may have a deputy.

    Only MO's own configuration tells (CONFDB_SUBSTITUTE_ROLES), and no question of ours reads it.
    """
    tried = {told.association_type for each in asked.chosen for _, told in each.life if told.substitute}
    for row, chosen in enumerate(asked.chosen):
        seat = asked.seat(chosen)
        role = seat.role.uuid if seat.role else None
        if role in tried:
            continue
        tried.add(role)
        result = _planned(client, asked, [chosen]).apply(dry_run=True, journal=False)
        if not result.ok:
            outcome = result.outcomes[0]
            named = {"seat": seat.name, "role": seat.role.name if seat.role else "", "why": outcome.text}
            text = tr("{seat}: MO takes no deputy for the role {role}. {why}", **named)
            yield Trouble(SEATS, row, "replacement", "deputy-type", text)
