"""Where a check looks things up: in MO, some hundred objects a request, or in a mirror."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from motoolkit.catalogue import CATALOGUE, EVER, Reference
from motoolkit.plan._reading import (
    PERSONAL,
    mirrored,
    portions,
    read,
    read_for,
    read_state,
    state_of_mirror,
    unnamed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from motoolkit.client import Client
    from motoolkit.plan._operation import Operation
    from motoolkit.plan._reading import Rows
    from motoolkit.plan._state import Key, Span

Found: TypeAlias = "dict[Key, tuple[Span, ...]]"


class Source(Protocol):
    """What a check wants to know of MO."""

    @property
    def roles(self) -> frozenset[str] | None:
        """The roles that one has in MO, None where it can not tell."""

    def of_operations(self, operations: Sequence[Operation]) -> Found:
        """Return the objects that operations are about."""

    def of_keys(self, keys: Iterable[Key]) -> Found:
        """Return objects."""

    def where(self, collection: str, field: str, values: Iterable[str]) -> Found:
        """Return the objects of a collection that ever had one of the values in a field."""


def source_of(source: Client | Rows) -> Source:
    """Return a MO, or a mirror of one, as what it can be asked."""
    return FromMirror(source) if hasattr(source, "rows") else FromClient(source)


class FromClient:
    """A MO that answers now."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def roles(self) -> frozenset[str] | None:
        """The roles of the token or the session."""
        return self._client.me().roles

    def of_operations(self, operations: Sequence[Operation]) -> Found:
        """Return the objects that operations are about."""
        return read_for(self._client, operations)

    def of_keys(self, keys: Iterable[Key]) -> Found:
        """Return objects."""
        return read_state(self._client, keys)

    def where(self, collection: str, field: str, values: Iterable[str]) -> Found:
        """Return the objects of a collection that ever had one of the values in a field."""
        chosen = _FILTERS[field]
        return {
            key: spans
            for some in portions(set(values))
            for key, spans in read(self._client, collection, chosen(some)).items()
        }


def _related(name: str) -> Callable[[list[str]], dict[str, Any]]:
    return lambda uuids: {name: {"uuids": uuids, **EVER}}


_FILTERS: Final[Mapping[str, Callable[[list[str]], dict[str, Any]]]] = {
    "person": _related("employee"),
    "org_unit": _related("org_unit"),
    "org_units": _related("org_unit"),
    "owner": _related("owner"),
    "parent": _related("parent"),
    "engagement": _related("engagement"),
    "engagements": _related("engagement"),
    "ituser": _related("ituser"),
    "cpr_number": lambda numbers: {"cpr_numbers": numbers},
    "user_key": lambda names: {"user_keys": names},
}
"""MO's filters, by the catalogue's field."""


class FromMirror:
    """A mirror, as old as it is."""

    roles = None

    def __init__(self, mirror: Rows) -> None:
        self._mirror = mirror

    def of_operations(self, operations: Sequence[Operation]) -> Found:
        """Return the objects that operations are about, as ``read_for`` finds them in MO."""
        state = self.of_keys({operation.key for operation in operations})
        ending = [o.uuid for o in operations if o.kind == "person" and o.action == "terminate"]
        if ending:
            for collection in PERSONAL:
                state |= self.where(collection, "person", ending)
            accounts = [uuid for collection, uuid in state if collection == "itusers"]
            state |= self.where("rolebindings", "ituser", accounts)
        return state | self._made_before(operations, state)

    def _made_before(self, operations: Sequence[Operation], state: Found) -> Found:
        made = {}
        for key, lives in unnamed(operations, state).items():
            named = self.where(key[0], "user_key", {spans[0].values["user_key"] for spans in lives})
            found = next((spans for spans in named.values() if spans in lives), None)
            if found is not None:
                made[key] = found
        return made

    def of_keys(self, keys: Iterable[Key]) -> Found:
        """Return objects."""
        return state_of_mirror(self._mirror, keys)

    def where(self, collection: str, field: str, values: Iterable[str]) -> Found:
        """Return the objects of a collection that ever had one of the values in a field."""
        asked = CATALOGUE[collection]
        found = asked.by_name[field]
        test = "list_has_any({}, $values)" if isinstance(found, Reference) and found.many else _AMONG
        chosen = f"SELECT uuid FROM {collection} WHERE {test.format(found.column)}"
        return mirrored(self._mirror, asked, f"uuid IN ({chosen})", {"values": sorted(set(values))})


_AMONG: Final = "list_contains($values, {})"
