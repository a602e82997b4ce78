"""Resolvers of the fields that follow from no rule: the tree, inherited managers, resolved addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLError

from motoolkit.sandbox.engine.managers import climb
from motoolkit.sandbox.engine.select import select
from motoolkit.sandbox.engine.tree import tree_of
from motoolkit.sandbox.engine.window import Window, window
from motoolkit.sandbox.graphql._access import needs
from motoolkit.sandbox.graphql._nodes import Node, Response, nodes, paged, present_node
from motoolkit.sandbox.graphql._objects import address_name, linked, scope_of
from motoolkit.sandbox.world import targets

if TYPE_CHECKING:
    from motoolkit.sandbox.graphql._typing import Info, Resolver


_EVER: Final = Window(None, None)


def _ancestors(node: Node, info: Info) -> list[Node]:
    """Return the parents, nearest first: the first as in this slice, the rest and all names as now."""
    found: list[Node] = []
    step = present_node(info.context, "org_units", node.values.get("parent"))
    while step is not None and step.uuid not in {node.uuid, *(above.uuid for above in found)}:
        found.append(step)
        step = present_node(info.context, "org_units", step.values.get("parent"))
    return found


def _root(node: Node, info: Info) -> Response | None:
    tree = tree_of(info.context, _EVER)
    roots = [unit for unit in tree.upwards([node.uuid]) if not tree.parents.get(unit)]
    if len(roots) > 1:
        raise GraphQLError("Expected exactly one item in iterable, but got several.")
    return Response("org_units", roots[0]) if roots else None


def _roots(node: Node, info: Info, filter: Any = None, **arguments: Any) -> list[Node]:  # noqa: A002  # MO's argument
    ever = {"uuids": [node.uuid], "from_date": None, "to_date": None}
    given = {**(filter or {}), "descendant": ever, "parent": None}
    found = select(info.context, "org_units", given)
    return linked(info.context, "org_units", found, filter, **arguments)


def _leaves(_node: Node, info: Info, filter: Any = None, **page: Any) -> dict[str, Any]:  # noqa: A002  # MO's argument
    """Return none: leaves are of engagements, and MO ties no leave to a unit (measured)."""
    return paged(info.context, "leaves", [], filter or {}, **page)


def _top_level_facet(node: Node, info: Info) -> Node | None:
    """Return the facet of the topmost class as it is now; MO gives up where a class above has ended."""
    step: Node | None = node
    while step is not None and step.values.get("parent") is not None:
        step = present_node(info.context, "classes", step.values["parent"])
    return None if step is None else present_node(info.context, "facets", step.values["facet"])


def _organisation(_node: Node, info: Info) -> str:
    return info.context.world.organisation


def _children(node: Node, info: Info, given: Any) -> list[str]:
    here = {"uuids": [node.uuid], "from_date": None, "to_date": None}
    return select(info.context, "org_units", {**(given or {}), "parent": here})


def _child_count(node: Node, info: Info, filter: Any = None) -> int:  # noqa: A002  # MO's argument
    return len(_children(node, info, filter))


def _has_children(node: Node, info: Info, filter: Any = None) -> bool:  # noqa: A002  # MO's argument
    return bool(_children(node, info, filter))


def _owners(
    node: Node,
    info: Info,
    filter: Any = None,  # noqa: A002  # MO's argument
    inherit: bool = False,  # noqa: FBT001, FBT002  # MO's argument
) -> list[Node]:
    request, given = info.context, filter or {}
    asked = window(given, request.now)
    steps = tree_of(request, asked).climb(node.uuid) if inherit else iter([node.uuid])
    for unit in steps:
        if found := select(request, "owners", {**given, "org_unit": {"uuids": [unit]}}):
            return nodes(request, "owners", found, asked)
    return []


def _engagement_managers(
    node: Node,
    info: Info,
    filter: Any = None,  # noqa: A002  # MO's argument
    inherit: bool = False,  # noqa: FBT001, FBT002  # MO's argument
    exclude_self: bool = False,  # noqa: FBT001, FBT002  # MO's argument
) -> list[Node]:
    """Return the managers of the engagement's unit; without the person self where asked for."""
    request, given = info.context, filter or {}
    without = node.values.get("person") if exclude_self else None
    unit = node.values["org_unit"]
    if inherit:
        found = climb(request, unit, given, without)
    else:
        found = select(request, "managers", {**given, "org_unit": {"uuids": [unit]}})
    held = nodes(request, "managers", found, window(given, request.now))
    return [manager for manager in held if without is None or manager.values.get("person") != without]


def _engagement_uuid(node: Node, _info: Info) -> str | None:
    return next(iter(targets("itusers", "engagements", node.values)), None)


def _engagement_response(node: Node, info: Info) -> Response | None:
    found = _engagement_uuid(node, info)
    return None if found is None else Response("engagements", found)


def _engagement(node: Node, info: Info, **arguments: Any) -> list[Node] | None:
    found = _engagement_uuid(node, info)
    return None if found is None else linked(info.context, "engagements", [found], **arguments)


def _trade_union(node: Node, _info: Info) -> Response | None:
    found = node.values.get("trade_union")
    return None if found is None else Response("classes", found)


def _resolved(node: Node, info: Info) -> dict[str, Any]:
    value = node.values["value"]
    if scope_of(node, info) != "MULTIFIELD_TEXT":
        return {"__typename": "DefaultAddress", "value": value}
    value2, name = node.values.get("value2") or "", address_name(node, info)
    return {"__typename": "MultifieldAddress", "value": value, "value2": value2, "name": name}


def _kle_number(node: Node, info: Info, **arguments: Any) -> Any:
    found = linked(info.context, "classes", [node.values.get("kle_number")], **arguments)
    return found if str(info.return_type).startswith("[") else next(iter(found), None)


def _nothing(_node: Node, _info: Info, **_: Any) -> None:
    """Answer null, as MO does for a leave of an engagement (measured); leaves are found from the person."""


SPECIAL: Final[dict[tuple[str, str], Resolver]] = {
    ("OrganisationUnit", "ancestors"): needs("read_org_unit", _ancestors),
    ("OrganisationUnit", "root_response"): needs("read_org_unit", _root),
    ("OrganisationUnit", "child_count"): needs("read_org_unit", _child_count),
    ("OrganisationUnit", "has_children"): needs("read_org_unit", _has_children),
    ("OrganisationUnit", "owners"): needs("read_owner", _owners),
    ("Engagement", "managers"): needs("read_manager", _engagement_managers),
    ("OrganisationUnit", "root"): needs("read_org_unit", _roots),
    ("OrganisationUnit", "leaves_response"): needs("read_leave", _leaves),
    ("OrganisationUnit", "leaves"): needs("read_leave", lambda _node, _info, **_: []),
    ("Class", "top_level_facet"): needs("read_facet", _top_level_facet),
    ("Class", "full_name"): lambda node, _info: node.values["name"],
    ("Class", "org_uuid"): _organisation,
    ("Class", "example"): lambda node, _info: node.values.get("example"),
    ("Facet", "org_uuid"): _organisation,
    ("Facet", "description"): _nothing,
    ("Engagement", "leave_response"): needs("read_leave", _nothing),
    ("Engagement", "leave"): needs("read_leave", _nothing),
    ("Engagement", "leave_uuid"): _nothing,
    ("Association", "dynamic_class_response"): needs("read_class", _trade_union),
    ("ITUser", "engagement_response"): needs("read_engagement", _engagement_response),
    ("ITUser", "engagement"): needs("read_engagement", _engagement),
    ("ITUser", "engagement_uuid"): _engagement_uuid,
    ("Address", "resolve"): _resolved,
    ("KLE", "kle_number"): needs("read_class", _kle_number),
}
