"""What the journal is told of a plan while it is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import QueryError
from motoolkit.plan._journal import Journal
from motoolkit.plan._json import told_operation
from motoolkit.plan._runs import digest, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from motoolkit.client import Client
    from motoolkit.plan._operation import Operation
    from motoolkit.plan._result import Result
    from motoolkit.plan._state import Key, State
    from motoolkit.plan._steps import Step

_END_OF_TIME: Final = "9999-12-30"
_AT_A_TIME: Final = 500
_LATEST: Final = """\
query Latest($filter: RegistrationFilter) {
  registrations(filter: $filter) { objects { start } }
}
"""


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
        """Say what became of the plan, and return the result."""
        if self.journal is not None:
            self.journal.tell(
                "ended",
                self.run,
                outcomes=[{"became": each.became, "text": each.text} for each in result.outcomes],
                uuids=[[*key, uuid] for key, uuid in result.uuids.items()],
                differing=[[*key, digest_of(result.after.get(key, ()))] for key in _differing(result)],
            )
        return result


@dataclass(frozen=True)
class Record:
    """A plan that is about to be sent: its operations, its steps in so many parts, and what they are for."""

    reason: str
    operations: Sequence[Operation]
    steps: Sequence[Step]
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
        **_latest(client, [uuid for _, uuid in told.objects()]),
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


def _latest(client: Client, uuids: Sequence[str]) -> dict[str, Any]:
    """Ask MO for its own time of the last it knows of the objects, without which no run can be undone.

    All that the run writes is later than that by the same clock, so no clocks have to agree.  Asked for is
    what holds at the end of time: the present registration of each object, and none of its history.
    """
    try:
        starts = [start for some in _portions(uuids) for start in _starts(client, some)]
    except QueryError:  # the role read_registration is another than those that plans need
        return {"asserted": None, "undoable": False}
    return {"asserted": max(starts, default=None), "undoable": True}


def _portions(uuids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (uuids[first : first + _AT_A_TIME] for first in range(0, len(uuids), _AT_A_TIME))


def _starts(client: Client, uuids: Sequence[str]) -> Iterable[str]:
    answer = client.execute(_LATEST, {"filter": {"uuids": uuids, "start": _END_OF_TIME}})
    return (str(found["start"]) for found in answer["registrations"]["objects"])
