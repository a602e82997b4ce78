"""Resolvers of the object types: values, links, lists, and their deprecated twins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE, condition_of
from motoolkit.sandbox.engine.managers import climb, inherited
from motoolkit.sandbox.engine.paging import page
from motoolkit.sandbox.engine.select import select
from motoolkit.sandbox.engine.window import Window, window
from motoolkit.sandbox.graphql._access import needs
from motoolkit.sandbox.graphql._nodes import (
    Node,
    Response,
    nodes,
    paged,
    present_node,
    type_name,
    validity,
)
from motoolkit.sandbox.world import targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from motoolkit.catalogue import Collection, Listing, Reference
    from motoolkit.sandbox.engine.request import Request
    from motoolkit.sandbox.graphql._typing import Info, Resolver


NULL_PARENT: Final = 28
"""From here top units have no parent; before, ``parent_response`` names the root organisation (measured)."""


def object_resolvers(collection: Collection) -> Iterator[tuple[str, Resolver]]:
    """Yield every field of a collection's type with what resolves it."""
    yield "uuid", lambda node, _info: node.uuid
    yield "validity", _validity
    yield "type", lambda node, _info: type_name(node.collection)
    for scalar in collection.scalars:
        resolve = DERIVED.get((collection.name, scalar.name)) or _value(scalar.name)
        for name in (scalar.name, *scalar.twins):
            yield name, resolve
    for reference in collection.references:
        role = f"read_{CATALOGUE[reference.target].role}"
        yield reference.field, needs(role, _several(reference) if reference.many else _link(reference))
        for name, kind in reference.twins.items():
            yield name, _twin(reference, kind, role)
    for listing in collection.listings:
        yield from _listing(listing)


def _validity(node: Node, info: Info) -> dict[str, str | None]:
    return validity(node.period.start, node.period.end, info.context.version)


def _value(name: str) -> Resolver:
    return lambda node, _info: node.period.values.get(name)


def target_of(request: Request, node: Node, name: str) -> str | None:
    """Return what one of an object's links points at, as this MO shows it."""
    uuid: str | None = node.values.get(name)
    if name == "substitute" and node.values.get("association_type") not in request.world.substitute_roles:
        return None
    if uuid is None and (node.collection, name) == ("org_units", "parent") and request.version < NULL_PARENT:
        return request.world.organisation
    return uuid


def _link(reference: Reference) -> Resolver:
    def resolve(node: Node, info: Info) -> Response | None:
        uuid = target_of(info.context, node, reference.name)
        return None if uuid is None else Response(reference.target, uuid)

    return resolve


def _several(reference: Reference) -> Resolver:
    def resolve(node: Node, info: Info, filter: Any = None, **page: Any) -> dict[str, Any]:  # noqa: A002  # MO's argument
        given = {**(filter or {}), "uuids": targets(node.collection, reference.name, node.values)}
        found = select(info.context, reference.target, given)
        return paged(info.context, reference.target, found, given, **page)

    return resolve


def linked(
    request: Request,
    collection: str,
    uuids: Sequence[str | None],
    filter: Mapping[str, Any] | None = None,  # noqa: A002  # MO's argument
    **arguments: Any,
) -> list[Node]:
    """Return what a deprecated field shows of some linked objects: as they are now, but for a filter."""
    known = [uuid for uuid in uuids if uuid is not None]
    if not filter and not arguments:
        return nodes(request, collection, sorted(known), request.present, request.now)
    given = {**(filter or {}), "uuids": known}
    chosen, _ = page(select(request, collection, given), arguments.get("limit"), arguments.get("cursor"))
    asked = window(given, request.now)
    return nodes(request, collection, chosen, asked, given.get("registration_time"))


def _twin(reference: Reference, kind: str, role: str) -> Resolver:
    """Return the resolver of a deprecated twin, which looks at the present, or just gives the UUIDs."""

    def links(node: Node, info: Info) -> list[str | None]:
        if reference.many:
            return list(targets(node.collection, reference.name, node.values))
        return [target_of(info.context, node, reference.name)]

    def uuids(node: Node, info: Info) -> Any:
        found = links(node, info)
        return found if reference.many else found[0]

    def one(node: Node, info: Info, **arguments: Any) -> Node | None:
        found = linked(info.context, reference.target, links(node, info), **arguments)
        return found[-1] if found else None

    def several(node: Node, info: Info, **arguments: Any) -> list[Node] | None:
        found = links(node, info)
        if found == [None] and not kind.endswith("!"):
            return None
        return linked(info.context, reference.target, found, **arguments)

    if "UUID" in kind:
        return uuids
    if "Response" in kind:
        return needs(role, _objects_of(_several(reference)))
    return needs(role, several if kind.startswith("[") else one)


def _objects_of(paged_resolver: Resolver) -> Resolver:
    """Return a resolver of just the objects on a page, as the lists of Responses that MO deprecated have."""

    def resolve(node: Node, info: Info, **arguments: Any) -> Any:
        return paged_resolver(node, info, **arguments)["objects"]

    return resolve


def _listing(listing: Listing) -> Iterator[tuple[str, Resolver]]:
    condition, role = condition_of(listing), f"read_{CATALOGUE[listing.target].role}"

    def found(node: Node, request: Request, given: dict[str, Any], *, inherit: bool) -> list[str]:
        if inherit and listing.by == "org_unit":
            return climb(request, node.uuid, given)
        if inherit:
            return inherited(request, given)
        here = {"uuids": [node.uuid], "from_date": None, "to_date": None}
        return select(request, listing.target, {**given, condition: here})

    def responses(
        node: Node,
        info: Info,
        filter: Any = None,  # noqa: A002  # MO's argument
        inherit: bool = False,  # noqa: FBT001, FBT002  # MO's argument
        **page: Any,
    ) -> dict[str, Any]:
        given = filter or {}
        uuids = found(node, info.context, given, inherit=inherit)
        return paged(info.context, listing.target, uuids, given, **page)

    def everything(
        node: Node,
        info: Info,
        filter: Any = None,  # noqa: A002  # MO's argument
        inherit: bool = False,  # noqa: FBT001, FBT002  # MO's argument
        **arguments: Any,
    ) -> list[Node]:
        given = filter or {}
        uuids = found(node, info.context, given, inherit=inherit)
        chosen, _ = page(uuids, arguments.get("limit"), arguments.get("cursor"))
        asked = window(given, info.context.now)
        return nodes(info.context, listing.target, chosen, asked, given.get("registration_time"))

    yield listing.field, needs(role, responses)
    if listing.twin is not None:
        yield listing.twin, needs(role, _objects_of(responses) if listing.twin_of_responses else everything)


def _full_name(*names: str) -> Resolver:
    return lambda node, _info: " ".join(filter(None, (node.values.get(name) for name in names))).strip()


def _is_primary(node: Node, info: Info) -> bool:
    found = present_node(info.context, "classes", node.values.get("primary"))
    return found is not None and found.values["user_key"] in ("primary", "explicitly-primary")


def scope_of(node: Node, info: Info) -> str | None:
    """Return what kind of value an address holds, also when its type has ended since."""
    kind = info.context.slices("classes", node.values.get("address_type") or "", Window(None, None))
    return kind[-1].values.get("scope") if kind else None


def address_name(node: Node, _info: Info) -> str:
    """Return an address as people read it."""
    value, value2 = node.values["value"], node.values.get("value2") or ""
    return f"{value} :: {value2}" if value2.strip() else value


_HREF: Final = {"EMAIL": "mailto:{}", "PHONE": "tel:{}"}


def _address_href(node: Node, info: Info) -> str | None:
    pattern = _HREF.get(scope_of(node, info) or "")
    return pattern.format(node.values["value"]) if pattern else None


def _value2(node: Node, info: Info) -> str | None:
    """Return the second line of an address; of one that may have two, a missing one is a blank (measured)."""
    return (node.values.get("value2") or "") if scope_of(node, info) == "MULTIFIELD_TEXT" else None


def _fraction(node: Node, _info: Info) -> int | None:
    """Return the fraction; MO reads a written 0 back as null (measured)."""
    return node.values.get("fraction") or None


def _extension(name: str) -> Resolver:
    """Return an extension; MO reads one that was cleared with a blank as null (measured)."""
    return lambda node, _info: node.values.get(name) or None


def _blank(name: str) -> Resolver:
    """Return a part of a name; MO answers a missing one with a blank (measured)."""
    return lambda node, _info: node.values.get(name) or ""


DERIVED: Final[dict[tuple[str, str], Resolver]] = {
    ("persons", "name"): _full_name("given_name", "surname"),
    ("persons", "nickname"): _full_name("nickname_given_name", "nickname_surname"),
    ("persons", "given_name"): _blank("given_name"),
    ("persons", "surname"): _blank("surname"),
    ("persons", "nickname_given_name"): _blank("nickname_given_name"),
    ("persons", "nickname_surname"): _blank("nickname_surname"),
    **{("engagements", f"extension_{n}"): _extension(f"extension_{n}") for n in range(1, 11)},
    ("engagements", "is_primary"): _is_primary,
    ("engagements", "fraction"): _fraction,
    ("addresses", "name"): address_name,
    ("addresses", "value2"): _value2,
    ("addresses", "href"): _address_href,
}
"""Values that MO works out, or changes, on the way out."""
