"""Sending events of one's own, so that others may listen to an integration as they listen to MO."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import EventError, InputError, QueryError
from motoolkit.events._repeating import repeated
from motoolkit.events._routing import MO, check_routing_key
from motoolkit.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from motoolkit.client import Client

DEFAULT_PRIORITY: Final = 10000
LONGEST_SUBJECT: Final = 220
_BATCH: Final = 100

_DECLARE: Final = """\
mutation DeclareNamespace($input: NamespaceCreateInput!) {
  event_namespace_declare(input: $input) { name }
}
"""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An event to be sent: what it is about, never the data itself.

    Raises:
        InputError: MO would not take it.
    """

    routing_key: str
    subject: str
    priority: int = DEFAULT_PRIORITY

    def __post_init__(self) -> None:
        if not self.subject or len(self.subject) > LONGEST_SUBJECT:
            raise InputError(
                f"A subject of {len(self.subject)} characters can not be sent.",
                remedy=f"Send what identifies the thing, in 1 to {LONGEST_SUBJECT} characters; not its data.",
            )
        if self.priority < 1:
            raise InputError(
                f"The priority {self.priority} can not be.",
                remedy=f"1 is the most urgent, {DEFAULT_PRIORITY} is usual.",
            )


class Sender:
    """Sends events in a namespace of one's own; made anew with every run, declared once.

    MO keeps one event a listener and subject: what is sent again before it was fetched is one event, with
    the more urgent priority.  Who has not declared a listener before gets nothing.

    Args:
        client: who sends, and owns the namespace.
        namespace: its name, unique in this MO.
        public: let others listen, too.

    Raises:
        EventError: the namespace is another owner's, or was declared otherwise.
        AuthorisationError: the role create_event_namespace is missing.
    """

    def __init__(self, client: Client, namespace: str, *, public: bool = False) -> None:
        if namespace == MO:
            raise EventError(
                "MO alone sends in its namespace 'mo'.", remedy="Name one after the integration that sends."
            )
        if not namespace.strip():
            raise InputError("A namespace needs a name.", remedy="Name it after the integration that sends.")
        self.namespace = namespace
        self._client = client
        given = {"name": namespace, "public": public}
        try:
            repeated(lambda: client.execute(_DECLARE, {"input": given}))
        except QueryError as error:
            raise _refusal(error, namespace, public=public) from error

    def __repr__(self) -> str:
        return f"<Sender {self.namespace}>"

    def send(self, routing_key: str, subject: str, *, priority: int = DEFAULT_PRIORITY) -> None:
        """Send one event.

        Raises:
            InputError: the subject or the priority can not be.
            MoError: MO did not take it; a lost answer was asked for again, as that does no harm.
        """
        self.send_many([Outgoing(routing_key, subject, priority)])

    def send_many(self, events: Iterable[Outgoing]) -> int:
        """Send events, a hundred in a request, and return how many there were of different subjects.

        Raises:
            InputError: one can not be sent; then none is.
            EventError: MO stopped taking them; the message tells how many it has.
        """
        wanted = self._merged(events)
        with progress(f"Sending events of {self.namespace}") as report:
            sent = 0
            while part := wanted[sent : sent + _BATCH]:
                try:
                    self._send(part)
                except QueryError as error:
                    if not sent:
                        raise
                    raise EventError(
                        f"MO took {sent} of {len(wanted)} events: {error.message}", remedy=error.remedy
                    ) from error
                sent += len(part)
                report.update(f"{sent:,} events", sent, len(wanted))
            report.finish(f"{sent:,} events")
        return sent

    def _merged(self, events: Iterable[Outgoing]) -> list[Outgoing]:
        """Return one event a routing key and subject, the most urgent."""
        found: dict[tuple[str, str], Outgoing] = {}
        for event in events:
            check_routing_key(event.routing_key, self.namespace)
            key = (event.routing_key, event.subject)
            if key not in found or event.priority < found[key].priority:
                found[key] = event
        return list(found.values())

    def _send(self, events: Sequence[Outgoing]) -> None:
        inputs: dict[str, Any] = {
            f"i{n}": {
                "namespace": self.namespace,
                "routing_key": event.routing_key,
                "subject": event.subject,
                "priority": event.priority,
            }
            for n, event in enumerate(events)
        }
        document = _document(len(events))
        repeated(lambda: self._client.execute(document, inputs))


def _document(size: int) -> str:
    variables = ", ".join(f"$i{n}: EventSendInput!" for n in range(size))
    fields = "\n".join(f"  e{n}: event_send(input: $i{n})" for n in range(size))
    return f"mutation SendEvents({variables}) {{\n{fields}\n}}\n"


def _refusal(error: QueryError, namespace: str, *, public: bool) -> Exception:
    """Return what MO's refusal of a namespace means; it has no keys, so its sentences are read (measured)."""
    if "claimed by another owner" in error.message:
        return EventError(
            f"The namespace {namespace!r} is another owner's.", remedy="Choose another name, or send as them."
        )
    if "already exists with public" in error.message:
        return EventError(
            f"The namespace {namespace!r} was declared with public={not public}.",
            remedy=f"Declare it so, or delete it first: Sender(client, {namespace!r}, public={not public}).",
        )
    return error
