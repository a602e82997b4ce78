"""One top-level field of a document, looked through from the top: what each field in it becomes."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphql import (
    GraphQLError,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from motoolkit.catalogue import CATALOGUE
from motoolkit.language import tr
from motoolkit.model import Validity, midnight
from motoolkit.probes.flat._context import cut
from motoolkit.probes.flat._fields import Fields
from motoolkit.probes.flat._lists import Grouped
from motoolkit.probes.flat._objects import rules_of
from motoolkit.probes.flat._refused import Refused
from motoolkit.probes.flat._responses import HIDDEN, Above, response_field
from motoolkit.probes.flat._steps import Found, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from graphql import FieldNode, GraphQLField, GraphQLNamedType, GraphQLSchema

    from motoolkit.catalogue import Collection
    from motoolkit.probes.flat._context import Context
    from motoolkit.probes.flat._needs import Join
    from motoolkit.probes.flat._objects import Rule
    from motoolkit.probes.flat._rows import Rows
    from motoolkit.query import Reading

_PERIODS: Final = frozenset({"Validity", "OpenValidity"})
_RESPONSE: Final = "Response"
_PAGED: Final = "ResponsePaged"


class Spot(NamedTuple):
    """A field: its name in the answer, its path, what it is selected of, as what, and how it is written."""

    key: str
    path: str
    kind: GraphQLObjectType
    declared: GraphQLField
    node: FieldNode


class Reader:
    """Looks through one request of a document.

    Args:
        reading: the top-level field.
        schema: MO's.
        ctx: where to note what is needed.
    """

    def __init__(self, reading: Reading, schema: GraphQLSchema, ctx: Context) -> None:
        self._reading = reading
        self._schema = schema
        self._ctx = ctx
        self._fields = Fields(reading.document, reading.variables, schema)

    def step(self) -> Step:
        """Return the field with all below it; what can not be had says so."""
        field = self._reading.field
        query = self._schema.query_type
        if query is None or field.name.value not in query.fields:
            return Step(self._reading.key, field.name.value, field.name.value, "", _nothing, refused="?")
        step = self._step(self._reading.key, [field], query, None, "")
        doubtful = self._ctx.doubtful()
        for one in step.walk():
            one.refused = one.refused or doubtful.get(f"{one.path}#{one.key}", "")
        return step

    def _step(
        self, key: str, nodes: Sequence[FieldNode], kind: GraphQLObjectType, above: Above | None, path: str
    ) -> Step:
        name = nodes[0].name.value
        if name == "__typename":
            return Step(key, name, path, kind.name, lambda _rows, _source: kind.name)
        declared = kind.fields[name]
        here = path if name in HIDDEN and not kind.name.startswith("Query") else f"{path}.{name}".strip(".")
        step = Step(key, name, here, "", _nothing, _is_list(declared), is_non_null_type(declared.type))
        step.leaf = is_leaf_type(get_named_type(declared.type))
        try:
            found, below = self._found(Spot(key, here, kind, declared, nodes[0]), above)
            step.resolve, step.becomes, step.slow = found
            step.steps = list(self._below(get_named_type(declared.type), nodes, below, here))
        except Refused as refused:
            step.refused = str(refused)
        except GraphQLError as error:
            step.refused = error.message
        return step

    def _below(
        self, kind: GraphQLNamedType, nodes: Iterable[FieldNode], above: Above | None, path: str
    ) -> Iterable[Step]:
        if not isinstance(kind, GraphQLObjectType):
            return
        sets = [node.selection_set for node in nodes if node.selection_set]
        for key, chosen in self._fields.of(kind.name, sets).items():
            if chosen[0].name.value != "page_info":
                yield self._step(key, chosen, kind, above, path)

    def _found(self, spot: Spot, above: Above | None) -> tuple[Found, Above | None]:
        """Return what a field becomes, and what those below it stand on."""
        kind, name, path = spot.kind, spot.node.name.value, spot.path
        given = self._fields.arguments(spot.declared, spot.node)
        if kind.name in _PERIODS:
            return _period(name, self._ctx.version), None
        if above is None:
            return self._top(name, given, path)
        if kind.name.endswith(_PAGED):
            return Found(lambda _rows, uuids: uuids, ""), above
        if kind.name.endswith(_RESPONSE):
            found = response_field(self._ctx, name, given, above, (path, f"{path}#{spot.key}"))
            return found, above._replace(link=None)
        return self._object(spot, given, above)

    def _object(self, spot: Spot, given: Mapping[str, Any], above: Above) -> tuple[Found, Above | None]:
        rule = _rules(above.collection.name).get(spot.node.name.value)
        if rule is None:
            raise Refused(tr("MO works it out itself, and the mirror does not keep it"))
        found = rule(self._ctx, given, spot.path)
        target = _collection_of(get_named_type(spot.declared.type))
        return found, None if target is None else Above(target, spot.path, self._link(spot, above))

    def _link(self, spot: Spot, above: Above) -> Join | None:
        """Return the join of a link to one Response, needed once more than its UUID is asked."""
        name, declared, collection = spot.node.name.value, spot.declared, above.collection
        if not get_named_type(declared.type).name.endswith(_RESPONSE) or _is_list(declared):
            return None
        reference = next((one for one in collection.references if one.field == name), None)
        return self._ctx.join(spot.path, collection.name, reference.name if reference else "trade_union")

    def _top(self, name: str, given: Mapping[str, Any], path: str) -> tuple[Found, Above]:
        collection = _top_level(name)
        if collection is None:
            raise Refused(tr("it is no collection of objects"))
        wanted = dict(given.get("filter") or {})
        page = cut(given)
        above = Above(collection, path)
        becomes = tr("the rows of {collection}", collection=collection.name)
        if given.get("inherit"):
            return Found(self._inherited(wanted, page, path), becomes, tr("one climb for each unit")), above
        selection = self._ctx.filters.selection(collection.name, wanted, path, whole=False)
        self._ctx.needs.of(collection.name).tops.append((self._own(wanted), given.get("limit")))
        self._ctx.listed(collection.name, selection.window)
        return Found(lambda rows, _source: page(list(selection.found(rows))), becomes), above

    def _own(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Return the document's own filter with the day that MO takes where it names none."""
        says = wanted.keys() & {"from_date", "to_date"}
        return wanted if says else {**wanted, "from_date": midnight(self._ctx.today)}

    def _inherited(self, wanted: dict[str, Any], page: Any, path: str) -> Any:
        """Return what gives the managers of units, each unit climbing on its own."""
        units = {name: wanted.pop(name, None) for name in ("org_unit", "org_units")}
        if units["org_units"] is not None or units["org_unit"] is None:
            raise Refused(tr("inheriting needs the filter org_unit, and it alone"))
        grouped = Grouped.of(self._ctx, "managers", "org_unit", wanted, path)
        tree = grouped.tree(self._ctx)
        self._ctx.listed("managers", grouped.selection.window)
        start = self._ctx.filters.selected("org_units", units["org_unit"], path)

        def resolve(rows: Rows, _source: Any) -> Sequence[str]:
            found: set[str] = set()
            for unit in start(rows):
                near = (grouped.uuids(rows, step) for step in tree(rows).climb(unit))
                found.update(next(filter(None, near), ()))
            return list(page(sorted(found)))

        return resolve


def _period(name: str, version: int) -> Found:
    which = 1 if name == "from" else 2
    return Found(
        lambda _rows, row: _validity(row[1], row[2], version)[name], ("", "valid_from", "valid_to")[which]
    )


@lru_cache(maxsize=1 << 16)
def _validity(start: date | None, end: date | None, version: int) -> dict[str, str | None]:
    return Validity(start, end).to_mo(version)


@cache
def _rules(collection: str) -> dict[str, Rule]:
    return rules_of(CATALOGUE[collection])


def _top_level(name: str) -> Collection | None:
    return next((one for one in CATALOGUE.values() if name in (one.name, one.twin)), None)


def _collection_of(kind: GraphQLNamedType) -> Collection | None:
    return CATALOGUE.of_type(kind.name.removesuffix("Paged").removesuffix(_RESPONSE))


def _is_list(declared: GraphQLField) -> bool:
    return is_list_type(get_nullable_type(declared.type))


def _nothing(_rows: Any, _source: Any) -> None:
    return None
