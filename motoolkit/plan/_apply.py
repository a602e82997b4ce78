"""Carrying a plan out: read, compare, send one document, read again."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from motoolkit.errors import InputError, MoError, NotFoundError, PlanError, QueryError, TransportError
from motoolkit.plan._desired import follow
from motoolkit.plan._document import PLANTED, request
from motoolkit.plan._reading import read_for, read_state
from motoolkit.plan._recording import Record, record
from motoolkit.plan._result import OUTCOMES, Outcome, Result
from motoolkit.plan._rows import KEEPINGS
from motoolkit.plan._state import EMPTY, changes
from motoolkit.plan._steps import steps as steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from motoolkit.client import Client
    from motoolkit.plan._journal import Journal
    from motoolkit.plan._operation import Operation
    from motoolkit.plan._problems import Problem
    from motoolkit.plan._recording import Recording
    from motoolkit.plan._result import Became
    from motoolkit.plan._state import Key, Span, State
    from motoolkit.plan._steps import Step

MOST_STEPS: Final = 500
"""Mutations in one document; a real MO takes 30 to 60 ms each (measured)."""

_LOOKS: Final = (0.0, 1.0, 3.0)
"""Seconds before each look at MO after a lost answer: the request may still be running there."""

_ABORTED: Final = ("current transaction is aborted", "InFailedSqlTransaction")
"""What MO's database says after a mutation that changed nothing (measured)."""

_FORGOTTEN: Final = (
    "One of the mutations changes nothing, and MO then forgets the whole request;"
    " somebody else may have made the same change. Apply the plan again."
)


_NOTHING: Final = f"MO holds nothing of it, {sum(_LOOKS):.0f} seconds later."
_SAFE: Final = "Applying again is safe, even if it is still running there."
_WAIT: Final = (
    "Apply it again in some minutes: MO chooses the UUIDs of role bindings and owners itself, and would make"
    " them twice if it is still running there."
)

_Told: TypeAlias = "dict[Key, tuple[Became, str]]"


@dataclass(frozen=True)
class _Run:
    """A plan that is being carried out.

    ``touched`` has the operations that say something about an object.
    """

    operations: Sequence[Operation]
    client: Client
    before: State
    wanted: State
    touched: Mapping[Key, Sequence[int]]
    steps: Sequence[Step]
    problems: Sequence[Problem]

    def fields(self) -> dict[str, set[str]]:
        """Return the fields that must be read back, by collection: those that anything ever held or shall.

        Half of a read-back's time goes to its fields, ten of an engagement's to extensions (measured).
        """
        found: dict[str, set[str]] = defaultdict(set)
        for state in (self.before, self.wanted):
            for (collection, _), spans in state.items():
                held = (name for span in spans for name, value in span.values.items() if value not in EMPTY)
                found[collection].update(held)
        return found

    def unnamed(self, step: Step) -> bool:
        """Tell whether a step makes something of which MO chooses the UUID itself."""
        kind = self.operations[step.operation].kind
        return step.mutation.endswith("_create") and not KEEPINGS[kind].own_uuid

    def result(self, told: _Told, **facts: Any) -> Result:
        """Return the result: the first of what is told of an operation's objects, else ``already so``."""
        became: dict[int, tuple[Became, str]] = {}
        for key, found in told.items():
            for index in self.touched[key]:
                became[index] = min(found, became.get(index, found), key=_gravity)
        outcomes = tuple(
            Outcome(operation, *became.get(index, ("already so", "")))
            for index, operation in enumerate(self.operations)
        )
        facts = {"steps": tuple(self.steps), "before": self.before, "after": self.before} | facts
        return Result(outcomes, tuple(self.problems), **facts)


def _gravity(found: tuple[Became, str]) -> int:
    return OUTCOMES.index(found[0])


def apply(
    operations: Sequence[Operation],
    client: Client,
    *,
    dry_run: bool = False,
    atomic: bool = True,
    journal: Journal | bool = True,
    reason: str = "",
) -> Result:
    """Bring MO to what the operations want, and read back what it then holds.

    Args:
        operations: in the order in which they are meant.
        client: the MO.
        dry_run: let MO check everything and keep nothing.
        atomic: send one document, which MO keeps or rolls back as a whole.  Without it a plan of more than
            500 mutations is sent in parts that each end with an object; the first part that fails is the
            last one sent.
        journal: where it is written down that the plan is applied, so that it can be undone; True for the
            user's own journal.
        reason: why, for the journal.

    Raises:
        InputError: too much for one document.
        PlanError: the journal can not be written; nothing was sent.
        SchemaError: this MO's schema lacks something that the plan needs; nothing was sent.
        AuthenticationError: MO does not know us; nothing was sent.
        TransportError: MO could not be read before; nothing was sent.
    """
    run = _prepared(operations, client)
    refusals = [problem for problem in run.problems if problem.severity == "error"]
    if refusals:
        return _refused(run, refusals)
    if dry_run:
        return _tried(run) if run.steps else run.result({}, dry_run=True)
    if atomic:
        _check_size(run.steps)
    parts = [run.steps] if atomic else list(_parts(run.steps))
    told = Record(reason, operations, run.steps, run.before, run.wanted, len(parts))
    recording = record(told, client, journal=journal)
    return recording.end(_sent(run, parts, recording) if run.steps else run.result({}))


def _prepared(operations: Sequence[Operation], client: Client) -> _Run:
    before = read_for(client, operations)
    following = follow(operations, before)
    steps, problems = steps_of(operations, before, client.version)
    return _Run(operations, client, before, following.wanted, following.touched, steps, problems)


def _check_size(steps: Sequence[Step]) -> None:
    if len(steps) > MOST_STEPS:
        raise InputError(
            f"The plan needs {len(steps)} mutations, more than the {MOST_STEPS} of a sensible document.",
            remedy="Make smaller plans, or apply it with atomic=False: then it is sent in several parts.",
        )


def _parts(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """Cut the steps where one object ends and the next begins."""
    part: list[Step] = []
    for _, grouped in groupby(steps, key=_key):
        together = list(grouped)
        if part and len(part) + len(together) > MOST_STEPS:
            yield part
            part = []
        part = part + together
    yield part


def _key(step: Step) -> Key:
    return step.collection, step.uuid


def _refused(run: _Run, refusals: Sequence[Problem]) -> Result:
    """Send nothing, so that nothing of the plan is left behind."""
    told: dict[int, tuple[Became, str]] = {}
    for problem in refusals:
        if problem.operation is not None:
            told.setdefault(problem.operation, ("refused", f"{problem.text} {problem.remedy}".rstrip()))
    others: tuple[Became, str] = ("not sent", "Another operation of the plan is refused.")
    outcomes = tuple(
        Outcome(operation, *told.get(index, others)) for index, operation in enumerate(run.operations)
    )
    return Result(outcomes, tuple(run.problems), tuple(run.steps), run.before, run.before)


def _tried(run: _Run) -> Result:
    """Let MO run everything and then fail at a mutation that is certain to."""
    _check_size(run.steps)
    asked = request(run.steps, dry_run=True)
    try:
        run.client.execute(asked.document, asked.variables)
    except QueryError as error:
        if isinstance(error, NotFoundError) and error.path[:1] == (PLANTED,):
            return run.result({_key(step): ("valid", "") for step in run.steps}, dry_run=True)
        return run.result(_failed(run.steps, error), dry_run=True)
    raise PlanError(
        "MO took a mutation that it had to refuse, so the dry run was committed.",
        remedy="Tell the hosting MO's version; look at what the plan changed.",
    )


def _sent(run: _Run, parts: Sequence[Sequence[Step]], recording: Recording) -> Result:
    """Send the parts until one fails, then read all of it again."""
    told: _Told = {}
    chosen: dict[Key, str] = {}
    for number, part in enumerate(parts):
        asked = request(part)
        try:
            answer = run.client.execute(asked.document, asked.variables)
        except (QueryError, TransportError) as error:
            rest = [step for later in parts[number + 1 :] for step in later]
            failed = _failed(part, error) if isinstance(error, QueryError) else _lost(run, part, error)
            told = _all(rest, "not sent", "An earlier part of the plan failed.") | told | failed
            break
        chosen |= {_key(step): str(answer[f"a{index}"]["uuid"]) for index, step in enumerate(part)}
        told |= _all(part, "done", "")
        recording.part(number + 1)
    return _read_back(run, told, {key: uuid for key, uuid in chosen.items() if uuid != key[1]})


def _all(steps: Sequence[Step], became: Became, text: str) -> _Told:
    return {_key(step): (became, text) for step in steps}


def _failed(part: Sequence[Step], error: QueryError) -> _Told:
    """Say which step MO refused; it keeps nothing of the others."""
    at = _position(part, error)
    if any(sign in error.message for sign in _ABORTED):
        return _all(part, "rolled back", _FORGOTTEN)
    if at is None:
        return _all(part, "rolled back", f"{error} MO keeps nothing of the request.")
    others = _all(part, "rolled back", "MO keeps nothing of a request in which it refuses something.")
    return others | {_key(part[at]): ("refused", str(error))}


def _position(part: Sequence[Step], error: QueryError) -> int | None:
    alias = str(error.path[0]) if error.path else ""
    index = alias.removeprefix("a")
    return int(index) if index.isdigit() and int(index) < len(part) else None


def _lost(run: _Run, part: Sequence[Step], error: TransportError) -> _Told:
    """Find out what became of a request whose answer did not come: MO keeps all of it or nothing."""
    keys = {_key(step) for step in part}
    try:
        for seconds in _LOOKS:
            time.sleep(seconds)
            now = read_for(run.client, run.operations)
            if all(now.get(key, ()) == run.wanted.get(key, ()) for key in keys):
                return _all(part, "done", f"The answer was lost ({error.message}), but MO holds it.")
    except MoError:
        return _all(part, "unknown", f"{error} MO could not be read either; applying again is safe.")
    if all(now.get(key, ()) == run.before.get(key, ()) for key in keys):
        again = _WAIT if any(run.unnamed(step) for step in part) else _SAFE
        return _all(part, "rolled back", f"{error} {_NOTHING} {again}")
    return _all(part, "unknown", f"{error} MO holds something else than before, and than is wanted.")


def _read_back(run: _Run, told: _Told, chosen: Mapping[Key, str]) -> Result:
    """Hold what MO has now against what was wanted."""
    try:
        after = read_for(run.client, run.operations, run.fields()) | _of_chosen(run.client, chosen)
    except MoError as error:
        unread: _Told = {
            key: ("unknown", f"MO took it, but could not be read again: {error}")
            if became == "done"
            else (became, text)
            for key, (became, text) in told.items()
        }
        return run.result(unread, uuids=chosen)
    for key, (became, _) in told.items():
        if became == "done" and after.get(key, ()) != run.wanted.get(key, ()):
            told[key] = ("differs", _difference(after.get(key, ()), run.wanted.get(key, ())))
    return run.result(told, after=after, uuids=chosen)


def _of_chosen(client: Client, chosen: Mapping[Key, str]) -> dict[Key, tuple[Span, ...]]:
    """Read what MO gave its own UUID, under the UUID that the plan chose."""
    found = read_state(client, {(collection, uuid) for (collection, _), uuid in chosen.items()})
    return {key: found.get((key[0], uuid), ()) for key, uuid in chosen.items()}


def _difference(after: tuple[Span, ...], wanted: tuple[Span, ...]) -> str:
    for period, held, meant in changes(after, wanted):
        if held is None or meant is None:
            return f"In {period} MO has it {'dead' if held is None else 'alive'}, which was not wanted."
        names = ", ".join(name for name, value in meant.items() if held[name] != value)
        return f"In {period} MO holds another {names} than was wanted."
    return ""
