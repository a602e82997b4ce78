"""Who listens in a MO, what waits for them, and putting that right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import EventError, InputError
from motoolkit.events._memory import Memory
from motoolkit.events._repeating import repeated
from motoolkit.events._routing import MO, ROUTING_KEYS, user_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    import pandas as pd

    from motoolkit.client import Client

_LISTENERS: Final = """\
query Listeners($filter: ListenerFilter, $limit: int, $cursor: Cursor) {
  page: event_listeners(filter: $filter, limit: $limit, cursor: $cursor) {
    objects { uuid owner user_key routing_key namespace { name } }
    page_info { next_cursor }
  }
}
"""
_WAITING: Final = """\
query Waiting($filter: FullEventFilter, $limit: int, $cursor: Cursor) {
  page: events(filter: $filter, limit: $limit, cursor: $cursor) {
    objects { subject priority silenced listener { uuid } }
    page_info { next_cursor }
  }
}
"""
SEES_ALL: Final = "read_event_all"
"""The role without which MO lists the events of our own listeners only."""
_DELETE: Final = """\
mutation DeleteListener($input: ListenerDeleteInput!) { event_listener_delete(input: $input) }
"""
_RERUN: Final = "mutation Rerun($input: EventRerunInput!) { event_rerun(input: $input) { subject } }"
_SILENCE: Final = "mutation Silence($input: EventSilenceInput!) { event_silence(input: $input) }"
_UNSILENCE: Final = "mutation Unsilence($input: EventUnsilenceInput!) { event_unsilence(input: $input) }"


@dataclass(frozen=True, slots=True)
class Entry:
    """One of MO's listeners, and how much waits in it.

    Attributes:
        user_key: its name in MO; a ``Listener``'s are its name and the routing key, with a dash between.
        owner: the actor that declared it, who alone gets its events.
        ours: whether that is who we are.
        waiting: events that nobody has acknowledged, those that MO holds back included; None where MO does
            not tell us: it lists no event of another owner's without the role read_event_all (measured).
        silenced: as many of them raise no alarm and come last; None as ``waiting``.
    """

    uuid: str
    user_key: str
    routing_key: str
    namespace: str
    owner: str
    ours: bool
    waiting: int | None
    silenced: int | None

    @property
    def name(self) -> str:
        """The name of the ``Listener`` that it belongs to."""
        return self.user_key.removesuffix(f"-{self.routing_key}")

    @property
    def is_deaf(self) -> bool:
        """Whether nothing will ever come: MO has no such routing key, and took it all the same (measured)."""
        return self.namespace == MO and self.routing_key not in ROUTING_KEYS


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that waits in MO, and what is remembered of it on this machine.

    Attributes:
        seen_waiting: since when it has been seen waiting from here; MO does not tell.
        failures: how often a handler failed here; 0 where none is known to have.
    """

    entry: Entry
    subject: str
    priority: int
    silenced: bool
    seen_waiting: datetime
    failures: int = 0
    error: str | None = None


def listeners(client: Client, name: str | None = None) -> list[Entry]:
    """Return MO's listeners, everybody's, by name and routing key.

    Args:
        client: who asks; it sees how much waits for others with the role ``read_event_all`` only.
        name: only those of this ``Listener``, or with this user_key.

    Raises:
        AuthorisationError: the role read_event_listener, read_event_namespace or read_event is missing.
    """
    me = client.me()
    found = [one for one in _pages(client, _LISTENERS, {}) if name is None or _is_of(one, name)]
    events = _pages(client, _WAITING, _those([one["uuid"] for one in found])) if found else ()
    counted = Counter((event["listener"]["uuid"], event["silenced"]) for event in events)
    told = {one["uuid"] for one in found if one["owner"] == me.uuid or me.can(SEES_ALL)}
    entries = [
        Entry(
            uuid=one["uuid"],
            user_key=one["user_key"],
            routing_key=one["routing_key"],
            namespace=one["namespace"]["name"],
            owner=one["owner"],
            ours=one["owner"] == me.uuid,
            waiting=counted[one["uuid"], False] + counted[one["uuid"], True] if one["uuid"] in told else None,
            silenced=counted[one["uuid"], True] if one["uuid"] in told else None,
        )
        for one in found
    ]
    return sorted(entries, key=lambda entry: (entry.user_key, entry.namespace, entry.owner))


def waiting(client: Client, name: str | None = None) -> list[Waiting]:
    """Return the events that wait, with what is remembered of them: since when, how often failed, and how.

    What a fetch has hidden is among them.  Each look also remembers what it saw, so that the next tells how
    long it has waited.

    Those of other owners are left out where MO does not tell us of them (``Entry.waiting``).

    Raises:
        AuthorisationError: as ``listeners``.
        EventError: MO does not tell us what waits for the listener ``name``.
    """
    entries = {entry.uuid: entry for entry in listeners(client, name)}
    untold = [entry.user_key for entry in entries.values() if entry.waiting is None]
    if untold and name is not None:
        raise EventError(
            f"MO does not tell us what waits for {', '.join(untold)}: it is another owner's.",
            remedy=f"Log in as that owner, or let Keycloak give us the role {SEES_ALL}.",
        )
    events = list(_pages(client, _WAITING, _those(list(entries)))) if entries else []
    with Memory(client.url) as memory:
        failed = {(s.listener, s.subject): s for s in memory.stuck(e.user_key for e in entries.values())}
        since = _seen(memory, entries, events)
    rows = []
    for event in events:
        entry, subject = entries[event["listener"]["uuid"]], event["subject"]
        known, seen = failed.get((entry.user_key, subject)), since[entry.uuid, subject]
        facts = (known.failures, known.error) if known else (0, None)
        seen = min(seen, known.first_failed) if known else seen
        rows.append(Waiting(entry, subject, event["priority"], event["silenced"], seen, *facts))
    return sorted(rows, key=lambda row: (-row.failures, row.entry.user_key, row.subject))


def _seen(
    memory: Memory, entries: dict[str, Entry], events: list[dict[str, Any]]
) -> dict[tuple[str, str], datetime]:
    """Return since when each event has been seen waiting, by listener and subject."""
    subjects: dict[str, list[str]] = {uuid: [] for uuid in entries}
    for event in events:
        subjects[event["listener"]["uuid"]].append(event["subject"])
    return {
        (uuid, subject): moment
        for uuid, entry in entries.items()
        for subject, moment in memory.seen_pending(entry.user_key, subjects[uuid]).items()
    }


def stuck(client: Client, name: str | None = None) -> pd.DataFrame:
    """Return ``waiting`` as a data frame, a row an event."""
    import pandas as pd

    rows = [
        {
            "listener": row.entry.user_key,
            "subject": row.subject,
            "failures": row.failures,
            "since": row.seen_waiting.replace(microsecond=0),
            "error": row.error or "",
            "priority": row.priority,
            "silenced": row.silenced,
        }
        for row in waiting(client, name)
    ]
    return pd.DataFrame(rows, columns=["listener", "subject", *_FACTS])


_FACTS: Final = ("failures", "since", "error", "priority", "silenced")


def forget(client: Client, name: str, *, anybodys: bool = False) -> list[Entry]:
    """Delete the listeners of a name from MO, with what waits in them, and return what they were.

    Args:
        client: who asks.
        name: the name of a ``Listener``, or a user_key.
        anybodys: also another owner's.  MO would delete them without a question (measured).

    Raises:
        InputError: there are none.
        EventError: they are another owner's.
    """
    found = _owned(client, name, "delete", anybodys=anybodys)
    for entry in found:
        given = {"uuid": entry.uuid, "delete_pending_events": True}
        repeated(lambda given=given: client.execute(_DELETE, {"input": given}))  # type: ignore[misc]  # mypy: default
    return found


def replay(
    client: Client, name: str, subjects: Sequence[str] | None = None, *, anybodys: bool = False
) -> int:
    """Let MO hand out at once what waits, whatever holds it back, and return how many events that are.

    Args:
        client: who asks.
        name: the name of a ``Listener``, or a user_key.
        subjects: only these; all without.
        anybodys: also another owner's.  MO would do it without a question (measured).

    Raises:
        InputError, EventError: as ``forget``.
    """
    found = _owned(client, name, "replay", anybodys=anybodys)
    given = _chosen(found, subjects)
    answer = repeated(lambda: client.execute(_RERUN, {"input": given}))
    return len(answer["event_rerun"])


def silence(client: Client, name: str, subjects: Sequence[str], *, anybodys: bool = False) -> None:
    """Let events come last, and raise no alarm, until ``unsilence``; else as ``replay``."""
    given = _chosen(_owned(client, name, "silence", anybodys=anybodys), subjects)
    repeated(lambda: client.execute(_SILENCE, {"input": given}))


def unsilence(
    client: Client, name: str, subjects: Sequence[str] | None = None, *, anybodys: bool = False
) -> None:
    """End the silence of events, and hand them out at once; else as ``replay``."""
    given = _chosen(_owned(client, name, "unsilence", anybodys=anybodys), subjects)
    repeated(lambda: client.execute(_UNSILENCE, {"input": given}))


def _owned(client: Client, name: str, what: str, *, anybodys: bool) -> list[Entry]:
    found = listeners(client, name)
    if not found:
        raise InputError.unknown("listener", name, sorted({entry.name for entry in listeners(client)}))
    foreign = [entry.user_key for entry in found if not entry.ours]
    if foreign and not anybodys:
        raise EventError(
            f"{', '.join(foreign)} is another owner's, so we do not {what} it.",
            remedy="Log in as that owner, or say that you mean it: anybodys=True (--anybodys).",
        )
    return found


def _chosen(entries: Iterable[Entry], subjects: Sequence[str] | None) -> dict[str, Any]:
    given: dict[str, Any] = {"listeners": {"uuids": [entry.uuid for entry in entries]}}
    return given if subjects is None else {**given, "subjects": list(subjects)}


def _those(uuids: list[str]) -> dict[str, Any]:
    return {"listeners": {"uuids": uuids}}


def _is_of(listener: dict[str, Any], name: str) -> bool:
    return listener["user_key"] in (name, user_key(name, listener["routing_key"]))


def _pages(client: Client, document: str, filter: dict[str, Any]) -> Iterator[dict[str, Any]]:  # noqa: A002
    for page in client.pages(document, {"filter": filter}):
        yield from page.objects
