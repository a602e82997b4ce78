"""Undoing a run: a plan that brings its objects back to what MO held to be true before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.catalogue import CATALOGUE, WRITINGS
from motoolkit.errors import InputError, PlanError
from motoolkit.plan._back import back
from motoolkit.plan._plan import Plan
from motoolkit.plan._problems import Problem
from motoolkit.plan._reading import read_state
from motoolkit.plan._registrations import read_asserted
from motoolkit.plan._related import RELATED_UNITS
from motoolkit.plan._rows import KEEPINGS
from motoolkit.plan._runs import digest_of
from motoolkit.plan._steps import steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from motoolkit.client import Client
    from motoolkit.plan._runs import Run, Written
    from motoolkit.plan._state import Key, Span


class Undo(Plan):
    """A plan that undoes a run; to be looked at, and applied or not, like any other.

    Attributes:
        run: what it undoes.
        left: the objects that it leaves as they are, and why.
    """

    def __init__(self, run: Run, *, client: Client | None = None) -> None:
        named = f": {run.reason}" if run.reason else ""
        super().__init__(f"Undo {run.id}{named}", client=client)
        self.run = run
        self.left: tuple[Problem, ...] = ()

    def __repr__(self) -> str:
        return "\n".join([super().__repr__(), *(f"  left as it is: {each.text}" for each in self.left)])


def undo(run: Run, client: Client, *, force: bool = False) -> Undo:
    """Make the plan that undoes a run; nothing is sent.

    What the run made shall never have been there; of all else shall be true what MO held to be true just
    before the run, in the periods and the fields that differ.  What was changed since then stays as it is.

    Args:
        run: of the journal; also one that was interrupted or came to be in part.
        client: the MO on which it was.
        force: bring back also what was changed since the run, whoever did it.

    Raises:
        InputError: the run was on another MO.
        PlanError: MO did not tell its time when the run began.
        MoError: MO can not be read.
    """
    _check(run, client)
    names = _names(run, client)
    now = read_state(client, names.values())
    then = read_asserted(client, names.values(), run.asserted) if run.asserted else {}
    plan = Undo(run, client=client)
    for each in run.objects:
        key = names[each.key]
        if key[0] == RELATED_UNITS:
            _leave(plan, "no-way-back", key, "are not brought back.", "Update them to what they were.")
            continue
        is_now, was = now.get(key, ()), then.get(key, ())
        if is_now == was:
            continue
        if force or digest_of(is_now) in each.left:
            _bring_back(plan, key, is_now, was)
        else:
            _leave(plan, "changed-since", key, _CHANGED, "Look at it in MO, or undo with force.")
    return plan


_CHANGED = "has been changed since the run, or is not what the run wanted."


def _check(run: Run, client: Client) -> None:
    if run.mo_url != client.url:
        raise InputError(
            f"The run {run.id} was on {run.mo_url}, and this is {client.url}.",
            remedy="Connect to the MO on which it was.",
        )
    if not run.undoable:
        raise PlanError(
            f"The run {run.id} can not be undone: MO did not tell what it knew before, for want of a role.",
            remedy="Make a plan of your own; with the role read_registration later runs can be undone.",
        )


def _names(run: Run, client: Client) -> dict[Key, Key]:
    """Return the keys that MO knows the objects by, by those of the plan."""
    names = {each.key: (each.key[0], run.uuids.get(each.key, each.key[1])) for each in run.objects}
    unnamed = [each for each in run.objects if each.key not in run.uuids and not _own_uuid(each.key)]
    return names | {each.key: found for each in unnamed for found in _made(run, client, each)}


def _own_uuid(key: Key) -> bool:
    return key[0] == RELATED_UNITS or KEEPINGS[WRITINGS.of_collection(key[0]).kind].own_uuid


def _made(run: Run, client: Client, written: Written) -> Iterator[Key]:
    """Find what a run made without hearing which UUID MO gave it; its user_key is the one that was chosen."""
    collection, uuid = written.key
    for operation in run.operations:
        if (operation["action"], operation["uuid"]) != ("create", uuid):
            continue
        chosen = {"user_keys": [operation["values"].get("user_key", uuid)]}
        pages = client.read(collection, fields=["user_key"], filter=chosen)
        keys = [(collection, str(found["uuid"])) for page in pages for found in page.objects]
        held = read_state(client, keys)
        yield from (key for key in keys if digest_of(held[key]) in written.left)


def _bring_back(plan: Undo, key: Key, is_now: tuple[Span, ...], was: tuple[Span, ...]) -> None:
    """Add the operations that bring an object back, or say why there are none."""
    assert plan.client is not None  # noqa: S101 - undo() gave it one
    operations = back(_kind(key, (*is_now, *was)), key[1], is_now, was, plan.reason)
    _, problems = steps(operations, {key: is_now}, plan.client.version)
    refused = [problem for problem in problems if problem.severity == "error"]
    if operations and not refused:
        plan.add(operations)
    elif refused:
        told = f"Not brought back: {refused[0].text}"
        plan.left = (*plan.left, Problem("warning", None, refused[0].code, told, refused[0].remedy))
    else:
        _leave(plan, "no-way-back", key, "can not be brought back by MO's mutations.", "")


def _kind(key: Key, spans: Sequence[Span]) -> str:
    linked = any(span.values.get("it_user") for span in spans)
    return "itassociation" if linked else WRITINGS.of_collection(key[0]).kind


def _leave(plan: Undo, code: str, key: Key, text: str, remedy: str) -> None:
    told = f"The {CATALOGUE[key[0]].noun} {key[1]} {text}"
    plan.left = (*plan.left, Problem("warning", None, code, told, remedy))
