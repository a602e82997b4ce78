"""``*_refresh``: events about objects that have not changed, for whoever has to read them all anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import EVER
from motoolkit.errors import InputError
from motoolkit.events._repeating import repeated
from motoolkit.events._routing import check_routing_key, collection_of
from motoolkit.events._sender import DEFAULT_PRIORITY
from motoolkit.progress import progress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.catalogue import Collection
    from motoolkit.client import Client

_PAGE: Final = 500


def refresh(
    client: Client,
    routing_key: str,
    *,
    filter: Mapping[str, Any] | None = None,  # noqa: A002 - MO's own word
    owner: str | None = None,
    priority: int = DEFAULT_PRIORITY,
    page_size: int = _PAGE,
) -> list[str]:
    """Let MO tell somebody's listeners of objects as if they had changed, and return their UUIDs.

    MO keeps no events from before a listener was declared, so this is how one begins, and how one goes on
    after events were lost.  Objects of all time are told of unless ``filter`` has a window of its own.

    Args:
        client: who asks.
        routing_key: which kind of object (``engagement``).
        filter: MO's filter of that collection.
        owner: whose listeners, the UUID of an actor; our own without.
        priority: of the events; those of real changes have 10000, and 1 is the most urgent.
        page_size: objects in one request.

    Raises:
        InputError: there is no such routing key, or the priority can not be.
        AuthorisationError: the role ``refresh_<object>`` is missing.
        MoError: MO did not answer; what was told is told, and may be told again.
    """
    collection = collection_of(check_routing_key(routing_key))
    if collection is None:
        raise InputError(f"MO can not refresh {routing_key!r}.", remedy="Name one of MO's own routing keys.")
    if priority < 1:
        raise InputError(f"The priority {priority} can not be.", remedy="1 is the most urgent.")
    whom = owner or client.me().uuid
    variables = {
        "filter": {**EVER, **(filter or {})},
        "limit": page_size,
        "owner": whom,
        "priority": priority,
    }
    variables["priority"] = priority
    told: list[str] = []
    with progress(f"Events of {collection.name}") as report:
        cursor: str | None = None
        while True:
            page = _page(client, _document(collection), {**variables, "cursor": cursor})
            told += page["objects"]
            report.update(f"{len(told):,} objects")
            if (cursor := page["page_info"]["next_cursor"]) is None:
                break
        report.finish(f"{len(told):,} objects")
    return told


def _page(client: Client, document: str, variables: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = repeated(lambda: client.execute(document, variables))["page"]
    return found


def _document(collection: Collection) -> str:
    given = f"$filter: {collection.filter_type}, $limit: int, $cursor: Cursor, $owner: UUID, $priority: Int!"
    taken = "filter: $filter, limit: $limit, cursor: $cursor, owner: $owner, priority: $priority"
    return (
        f"mutation Refresh({given}) {{\n"
        f"  page: {collection.role}_refresh({taken}) {{ objects page_info {{ next_cursor }} }}\n"
        "}\n"
    )
