"""MO's event system in GraphQL: its types, and what resolves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from motoolkit.sandbox.engine.paging import decode, encode, page
from motoolkit.sandbox.graphql._access import needs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.sandbox.events import EventStore, Listener, Namespace, Pending
    from motoolkit.sandbox.graphql._typing import Info, Resolver

_PAGED: Final = "limit: int, cursor: Cursor"
_LISTENERS: Final = "uuids: [UUID!] user_keys: [String!] routing_keys: [String!]"
_EVENTS: Final = "subjects: [String!] priorities: [Int!]"

SDL: Final = f"""
scalar EventToken
type Namespace {{
  name: String! owner: UUID! public: Boolean!
  listeners(filter: NamespacesBoundListenerFilter, {_PAGED}): [Listener!]!
}}
type Listener {{
  uuid: UUID! owner: UUID! user_key: String! routing_key: String! namespace: Namespace!
  events(filter: ListenersBoundFullEventFilter, {_PAGED}): [FullEvent!]!
}}
type FullEvent {{ subject: String! priority: Int! silenced: Boolean! listener: Listener! }}
type Event {{ subject: String! priority: Int! token: EventToken! }}
type NamespacePaged {{ objects: [Namespace!]! page_info: PageInfo! }}
type ListenerPaged {{ objects: [Listener!]! page_info: PageInfo! }}
type FullEventPaged {{ objects: [FullEvent!]! page_info: PageInfo! }}
input NamespaceFilter {{ names: [String!] owners: [UUID!] public: Boolean }}
input OwnersBoundNamespaceFilter {{ names: [String!] public: Boolean }}
input ListenerFilter {{ {_LISTENERS} owners: [UUID!] namespaces: NamespaceFilter }}
input OwnersBoundListenerFilter {{ {_LISTENERS} namespaces: NamespaceFilter }}
input NamespacesBoundListenerFilter {{ {_LISTENERS} owners: [UUID!] }}
input FullEventFilter {{ listeners: ListenerFilter {_EVENTS} silenced: Boolean }}
input ListenersBoundFullEventFilter {{ {_EVENTS} silenced: Boolean }}
input EventFilter {{ listener: UUID! }}
input NamespaceCreateInput {{ name: String! public: Boolean! = false }}
input NamespaceDeleteInput {{ name: String! }}
input ListenerCreateInput {{ namespace: String! = "mo" user_key: String! routing_key: String! }}
input ListenerDeleteInput {{ uuid: UUID! delete_pending_events: Boolean! = false }}
input EventAcknowledgeInput {{ token: EventToken! }}
input EventSendInput {{
  namespace: String! routing_key: String! subject: String! priority: Int! = 10000
}}
input EventSilenceInput {{ listeners: ListenerFilter! subjects: [String!]! }}
input EventUnsilenceInput {{ listeners: ListenerFilter {_EVENTS} }}
input EventRerunInput {{ listeners: ListenerFilter {_EVENTS} silenced: Boolean }}
"""
"""The types and inputs, the same in every version."""

ACTOR_SDL: Final = f"""
  event_namespaces(filter: OwnersBoundNamespaceFilter, {_PAGED}): [Namespace!]!
  event_listeners(filter: OwnersBoundListenerFilter, {_PAGED}): [Listener!]!
"""
"""The fields of ``interface Actor`` and of each type that implements it."""

QUERY_SDL: Final = f"""
  events(filter: FullEventFilter, {_PAGED}): FullEventPaged!
  event_namespaces(filter: NamespaceFilter, {_PAGED}): NamespacePaged!
  event_listeners(filter: ListenerFilter, {_PAGED}): ListenerPaged!
  event_fetch(filter: EventFilter!): Event
"""

MUTATION_SDL: Final = """
  event_namespace_declare(input: NamespaceCreateInput!): Namespace!
  event_namespace_delete(input: NamespaceDeleteInput!): Boolean!
  event_listener_declare(input: ListenerCreateInput!): Listener!
  event_listener_delete(input: ListenerDeleteInput!): Boolean!
  event_acknowledge(input: EventAcknowledgeInput!): Boolean!
  event_send(input: EventSendInput!): Boolean!
  event_silence(input: EventSilenceInput!): Boolean!
  event_unsilence(input: EventUnsilenceInput!): Boolean!
  event_rerun(input: EventRerunInput!): [FullEvent!]!
"""


def _store(info: Info) -> EventStore:
    return info.context.world.events


def _actor(info: Info) -> str:
    return info.context.identity.actor


def _paged(found: list[Any], limit: int | None, cursor: str | None) -> dict[str, Any]:
    """Return a page of listeners or events, which are in the order of their UUIDs."""
    by_uuid = {one.uuid: one for one in found}
    chosen, next_cursor = page(list(by_uuid), limit, cursor)
    return {
        "objects": [by_uuid[uuid] for uuid in chosen],
        "page_info": {"next_cursor": next_cursor},
    }


def _namespaces(
    _source: Any,
    info: Info,
    filter: Any = None,  # noqa: A002  # MO's argument
    limit: int | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    """Return namespaces; MO counts them, and its cursor is that number dressed up as a UUID (measured)."""
    start = UUID(decode(cursor)).int if cursor else 0
    found = _store(info).namespaces(filter or {})[start:]
    chosen = found if limit is None else found[:limit]
    more = encode(str(UUID(int=start + limit))) if limit and chosen else None
    return {"objects": chosen, "page_info": {"next_cursor": more}}


def _listeners(
    _source: Any,
    info: Info,
    filter: Any = None,  # noqa: A002  # MO's argument
    limit: int | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    return _paged(_store(info).listeners(filter or {}), limit, cursor)


def _events(
    _source: Any,
    info: Info,
    filter: Any = None,  # noqa: A002  # MO's argument
    limit: int | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    """Return the events of one's own listeners; ``read_event_all`` opens everybody's."""
    all_of_them = "read_event_all" in info.context.identity.roles
    owner = None if all_of_them else _actor(info)
    return _paged(_store(info).events(filter or {}, owner=owner), limit, cursor)


def _fetch(_source: Any, info: Info, filter: Any) -> Pending | None:  # noqa: A002  # MO's argument
    return _store(info).fetch(
        filter["listener"],
        actor=_actor(info),
        spurious=lambda: info.context.strikes("spurious-null"),
        undo=info.context.world.undo,
    )


def _declare_namespace(_source: Any, info: Info, input: Any) -> Namespace:  # noqa: A002  # MO's argument
    return _store(info).declare_namespace(**input, owner=_actor(info), undo=info.context.world.undo)


def _delete_namespace(_source: Any, info: Info, input: Any) -> bool:  # noqa: A002  # MO's argument
    _store(info).delete_namespace(**input, undo=info.context.world.undo)
    return True


def _declare_listener(_source: Any, info: Info, input: Any) -> Listener:  # noqa: A002  # MO's argument
    return _store(info).declare_listener(**input, owner=_actor(info), undo=info.context.world.undo)


def _delete_listener(_source: Any, info: Info, input: Any) -> bool:  # noqa: A002  # MO's argument
    _store(info).delete_listener(**input, undo=info.context.world.undo)
    return True


def _acknowledge(_source: Any, info: Info, input: Any) -> bool:  # noqa: A002  # MO's argument
    _store(info).acknowledge(input["token"], actor=_actor(info), undo=info.context.world.undo)
    return True


def _send(_source: Any, info: Info, input: Any) -> bool:  # noqa: A002  # MO's argument
    _store(info).send(**input, sender=_actor(info), undo=info.context.world.undo)
    return True


def _silence(_source: Any, info: Info, input: Any) -> bool:  # noqa: A002  # MO's argument
    _store(info).silence(**input, undo=info.context.world.undo)
    return True


def _unsilence(_source: Any, info: Info, input: Any) -> bool:  # noqa: A002  # MO's argument
    _store(info).unsilence(input, undo=info.context.world.undo)
    return True


def _rerun(_source: Any, info: Info, input: Any) -> list[Pending]:  # noqa: A002  # MO's argument
    return _store(info).rerun(input, undo=info.context.world.undo)


def _within(resolve: Resolver, **bound: Any) -> Resolver:
    """Return the objects that ``resolve`` finds where some conditions are filled in from the source."""

    def resolve_within(
        source: Any,
        info: Info,
        filter: Any = None,  # noqa: A002  # MO's argument
        **arguments: Any,
    ) -> Any:
        given = {**(filter or {}), **{name: fill(source) for name, fill in bound.items()}}
        return resolve(source, info, given, **arguments)["objects"]

    return resolve_within


def _namespace(listener: Listener, info: Info) -> Namespace:
    return _store(info).namespaces({"names": [listener.namespace]})[0]


def _listener(event: Pending, info: Info) -> Listener:
    return _store(info).listeners({"uuids": [event.listener]})[0]


def _uuid(actor: Mapping[str, Any]) -> list[str]:
    return [actor["uuid"]]


QUERY: Final[dict[str, Resolver]] = {
    "events": needs("read_event", _events),
    "event_namespaces": needs("read_event_namespace", _namespaces),
    "event_listeners": needs("read_event_listener", _listeners),
    "event_fetch": needs("fetch_event", _fetch),
}

MUTATION: Final[dict[str, Resolver]] = {
    "event_namespace_declare": needs("create_event_namespace", _declare_namespace),
    "event_namespace_delete": needs("delete_event_namespace", _delete_namespace),
    "event_listener_declare": needs("create_event_listener", _declare_listener),
    "event_listener_delete": needs("delete_event_listener", _delete_listener),
    "event_acknowledge": needs("acknowledge_event", _acknowledge),
    "event_send": needs("send_event", _send),
    "event_silence": needs("silence_event", _silence),
    "event_unsilence": needs("unsilence_event", _unsilence),
    "event_rerun": needs("rerun_event", _rerun),
}

_ACTORS_NAMESPACES: Final = needs("read_event_namespace", _within(_namespaces, owners=_uuid))
_ACTORS_LISTENERS: Final = needs("read_event_listener", _within(_listeners, owners=_uuid))

FIELDS: Final[dict[tuple[str, str], Resolver]] = {
    # MO asks for the role of namespaces here, and not for that of listeners (measured).
    ("Namespace", "listeners"): needs(
        "read_event_namespace", _within(_listeners, namespaces=lambda found: {"names": [found.name]})
    ),
    ("Listener", "namespace"): needs("read_event_namespace", _namespace),
    ("Listener", "events"): needs(
        "read_event", _within(_events, listeners=lambda found: {"uuids": [found.uuid]})
    ),
    ("FullEvent", "listener"): needs("read_event_listener", _listener),
    **{(name, "event_namespaces"): _ACTORS_NAMESPACES for name in ("SpecialActor", "UnknownActor")},
    **{(name, "event_listeners"): _ACTORS_LISTENERS for name in ("SpecialActor", "UnknownActor")},
}
