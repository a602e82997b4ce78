"""Resolvers of the fields that follow from no rule: the tree, inherited managers, resolved addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLError

from motoolkit.sandbox.engine.managers import climb
from motoolkit.sandbox.engine.select import select
from motoolkit.sandbox.engine.tree import tree_of
from motoolkit.sandbox.engine.window import Window, window
from motoolkit.sandbox.graphql._access import needs
from motoolkit.sandbox.graphql._nodes import Node, Response, nodes, present_node
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


def _first_engagement(node: Node, _info: Info) -> Response | None:
    found = targets("itusers", "engagements", node.values)
    return Response("engagements", found[0]) if found else None


def _resolved(node: Node, info: Info) -> dict[str, Any]:
    kind = present_node(info.context, "classes", node.values.get("address_type"))
    value, value2 = node.values["value"], node.values.get("value2")
    if kind is not None and kind.values.get("scope") == "MULTIFIELD_TEXT":
        return {"__typename": "MultifieldAddress", "value": value, "value2": value2 or "", "name": value}
    return {"__typename": "DefaultAddress", "value": value}


def _kle_number(node: Node, info: Info) -> Any:
    found = present_node(info.context, "classes", node.values.get("kle_number"))
    if str(info.return_type).startswith("["):
        return [found] if found else []
    return found


SPECIAL: Final[dict[tuple[str, str], Resolver]] = {
    ("OrganisationUnit", "ancestors"): needs("read_org_unit", _ancestors),
    ("OrganisationUnit", "root_response"): needs("read_org_unit", _root),
    ("OrganisationUnit", "child_count"): needs("read_org_unit", _child_count),
    ("OrganisationUnit", "has_children"): needs("read_org_unit", _has_children),
    ("OrganisationUnit", "owners"): needs("read_owner", _owners),
    ("Engagement", "managers"): needs("read_manager", _engagement_managers),
    # Always null in practice (measured); leaves are found from the person.
    ("Engagement", "leave_response"): lambda _node, _info: None,
    ("ITUser", "engagement_response"): needs("read_engagement", _first_engagement),
    ("Address", "resolve"): _resolved,
    ("KLE", "kle_number"): needs("read_class", _kle_number),
}
