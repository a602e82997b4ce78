"""What the journal is told of a plan while it is carried out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from motoolkit.errors import QueryError
from motoolkit.plan._journal import Journal
from motoolkit.plan._json import told_operation
from motoolkit.plan._registrations import latest
from motoolkit.plan._runs import digest, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from motoolkit.client import Client
    from motoolkit.plan._operation import Operation
    from motoolkit.plan._result import Result
    from motoolkit.plan._state import Key, State
    from motoolkit.plan._steps import Step


@dataclass(frozen=True)
class Recording:
    """A run that is being written down, or, without a journal, is not."""

    run: str = ""
    journal: Journal | None = None

    def part(self, number: int) -> None:
        """Say that MO took a part of the plan."""
        if self.journal is not None:
            self.journal.tell("part", self.run, part=number)

    def end(self, result: Result) -> Result:
        """Say what became of the plan, and return the result with the run's name."""
        if self.journal is None:
            return result
        self.journal.tell(
            "ended",
            self.run,
            outcomes=[{"became": each.became, "text": each.text} for each in result.outcomes],
            uuids=[[*key, uuid] for key, uuid in result.uuids.items()],
            differing=[[*key, digest_of(result.after.get(key, ()))] for key in _differing(result)],
        )
        return replace(result, run=self.run)


@dataclass(frozen=True)
class Record:
    """A plan that is about to be sent: its steps in so many parts, and what is and shall be true."""

    reason: str
    operations: Sequence[Operation]
    steps: Sequence[Step]
    before: State
    wanted: State
    parts: int

    def objects(self) -> list[Key]:
        """Return the objects that will be written, in order."""
        return list(dict.fromkeys((step.collection, step.uuid) for step in self.steps))


def _differing(result: Result) -> set[Key]:
    return {
        (step.collection, step.uuid)
        for step in result.steps
        if result.outcomes[step.operation].became == "differs"
    }


def record(told: Record, client: Client, *, journal: Journal | bool) -> Recording:
    """Write that a plan is about to be sent.

    A plan that has nothing to send is only written down when it completes an earlier run.

    Raises:
        PlanError: the journal can not be written; nothing may be sent then.
        AuthenticationError, TransportError: MO does not tell who we are; nothing may be sent then.
    """
    if journal is False:
        return Recording()
    kept = Journal() if journal is True else journal
    operations = [told_operation(operation) for operation in told.operations]
    plan = digest([told.reason, operations])
    earlier = kept.unfinished(plan, client.url)
    if not told.steps and earlier is None:
        return Recording()
    facts = {
        "profile": client.profile.name,
        "mo_url": client.url,
        **_actor(client),
        "reason": told.reason,
        "plan": plan,
        "continues": None if earlier is None else earlier.id,
        "parts": told.parts,
        # What is not there yet had nothing to be brought back to.
        **_latest(client, [key[1] for key in told.objects() if told.before.get(key)]),
        "objects": [[*key, digest_of(told.wanted.get(key, ()))] for key in told.objects()],
        "operations": operations,
    }
    return Recording(kept.begin(facts), kept)


def _actor(client: Client) -> dict[str, Any]:
    try:
        me = client.me()
    except QueryError:
        return {"actor": None, "actor_name": None}
    return {"actor": me.uuid, "actor_name": me.name or me.meaning}


def _latest(client: Client, uuids: Iterable[str]) -> dict[str, Any]:
    try:
        return {"asserted": latest(client, uuids), "undoable": True}
    except QueryError:  # the role read_registration is another than those that plans need
        return {"asserted": None, "undoable": False}
