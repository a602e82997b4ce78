"""MO's event queues over GraphQL: declaring, fetching and acknowledging, many in one document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import EventError, InputError, QueryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motoolkit.client import AsyncClient
    from motoolkit.events._stats import Tally

_DECLARE: Final = """\
mutation DeclareListener($input: ListenerCreateInput!) {
  event_listener_declare(input: $input) { uuid owner user_key routing_key }
}
"""
_DELETE: Final = """\
mutation DeleteListener($input: ListenerDeleteInput!) { event_listener_delete(input: $input) }
"""
_PENDING: Final = """\
query Pending($filter: FullEventFilter, $limit: int, $cursor: Cursor) {
  page: events(filter: $filter, limit: $limit, cursor: $cursor) {
    objects { subject }
    page_info { next_cursor }
  }
}
"""
_RERUN: Final = "mutation Rerun($input: EventRerunInput!) { event_rerun(input: $input) { subject } }"
_PAGE: Final = 1000


@dataclass(frozen=True, slots=True)
class Source:
    """One of MO's listeners: the queue of one routing key."""

    uuid: str
    owner: str
    user_key: str
    routing_key: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """An event as MO hands it out."""

    source: str
    subject: str
    priority: int
    token: str


class Queue:
    """The event queues of one MO, of one namespace.

    No request of these is sent again by the client, since MO changes something with each; what failed is for
    the caller to ask for again, and all of it may be.
    """

    def __init__(self, client: AsyncClient, namespace: str, tally: Tally) -> None:
        self._client = client
        self._namespace = namespace
        self._tally = tally

    async def declare(self, user_key: str, routing_key: str) -> Source:
        """Return MO's listener of this user_key, new or as it was.

        Raises:
            EventError: there is no such namespace, it is another owner's own, or the user_key listens for
                another routing key.
            AuthorisationError: the role create_event_listener is missing.
        """
        given = {"namespace": self._namespace, "user_key": user_key, "routing_key": routing_key}
        try:
            answer = await self._send(_DECLARE, {"input": given})
        except QueryError as error:
            raise _refusal(error, self._namespace, user_key) from error
        return Source(**answer["event_listener_declare"])

    async def fetch(self, sources: Sequence[str]) -> list[Fetched]:
        """Ask once for each UUID in ``sources`` and return what came; MO may hold more back."""
        variables = {f"f{n}": {"listener": uuid} for n, uuid in enumerate(sources)}
        answer = await self._send(_fetch_document(len(sources)), variables)
        found = ((uuid, answer[f"e{n}"]) for n, uuid in enumerate(sources))
        return [Fetched(uuid, e["subject"], e["priority"], e["token"]) for uuid, e in found if e]

    async def acknowledge(self, tokens: Sequence[str]) -> None:
        """Let MO forget events that were handled; doing it twice does no harm.

        Raises:
            InputError: a token is none; the others are acknowledged.
        """
        try:
            await self._acknowledge(tokens)
        except QueryError as error:
            # One bad token fails the whole request.
            if _NO_TOKEN not in error.message and _NO_TOKEN not in str(error.errors):
                raise
            if len(tokens) == 1:
                raise _bad_token(tokens[0]) from None
            await self._one_by_one(tokens)

    async def _one_by_one(self, tokens: Sequence[str]) -> None:
        refused: InputError | None = None
        for token in tokens:
            try:
                await self.acknowledge([token])
            except InputError as error:
                refused = error
        if refused:
            raise refused

    async def _acknowledge(self, tokens: Sequence[str]) -> None:
        variables = {f"t{n}": {"token": token} for n, token in enumerate(tokens)}
        await self._send(_acknowledge_document(len(tokens)), variables)

    async def pending(self, sources: Sequence[str]) -> set[str]:
        """Return the subjects that wait in these queues, those that MO holds back included."""
        chosen = {"filter": {"listeners": {"uuids": list(sources)}}}
        subjects = set()
        async for page in self._client.pages(_PENDING, chosen, page_size=_PAGE):
            self._tally.add(requests=1)
            subjects |= {found["subject"] for found in page.objects}
        return subjects

    async def rerun(self, sources: Sequence[str], subjects: Sequence[str]) -> None:
        """Let MO hand out these subjects at once, whatever holds them back."""
        given = {"listeners": {"uuids": list(sources)}, "subjects": list(subjects)}
        await self._send(_RERUN, {"input": given})

    async def delete(self, source: str) -> None:
        """Delete one of MO's listeners with what waits in it."""
        await self._send(_DELETE, {"input": {"uuid": source, "delete_pending_events": True}})

    async def _send(self, document: str, variables: dict[str, Any]) -> dict[str, Any]:
        self._tally.add(requests=1)
        return await self._client.execute(document, variables)


_NO_TOKEN: Final = "Could not parse EventToken"  # noqa: S105 - MO's own sentence, it has no key


@cache
def _fetch_document(size: int) -> str:
    variables = ", ".join(f"$f{n}: EventFilter!" for n in range(size))
    fields = "\n".join(
        f"  e{n}: event_fetch(filter: $f{n}) {{ subject priority token }}" for n in range(size)
    )
    return f"query FetchEvents({variables}) {{\n{fields}\n}}\n"


@cache
def _acknowledge_document(size: int) -> str:
    variables = ", ".join(f"$t{n}: EventAcknowledgeInput!" for n in range(size))
    fields = "\n".join(f"  a{n}: event_acknowledge(input: $t{n})" for n in range(size))
    return f"mutation AcknowledgeEvents({variables}) {{\n{fields}\n}}\n"


def _bad_token(token: str) -> InputError:
    return InputError(
        f"{token[:12]!r}… is no event token.",
        remedy="Acknowledge with the token that MO gave with the event, as it is.",
    )


def _refusal(error: QueryError, namespace: str, user_key: str) -> Exception:
    """Return what MO's refusal of a listener means; it has no keys, so its sentences are read (measured)."""
    told = error.message
    if "does not exist" in told:
        return EventError(
            f"MO has no namespace {namespace!r}.",
            remedy="Whoever sends its events declares it first: events.Sender(client, name).",
        )
    if "non-public" in told:
        return EventError(
            f"The namespace {namespace!r} is another owner's, and not public.",
            remedy="Ask its owner to make it public, or listen as that owner.",
        )
    if "different routing_key" in told:
        return EventError(
            f"The listener {user_key!r} is in MO already, for another routing key.",
            remedy="Give the listener another name, or delete that one: motoolkit events forget.",
        )
    return error
