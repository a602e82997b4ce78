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
from motoolkit.model import Validity
from motoolkit.probes.flat._context import cut
from motoolkit.probes.flat._fields import Fields
from motoolkit.probes.flat._lists import Grouped
from motoolkit.probes.flat._objects import rules_of
from motoolkit.probes.flat._refused import Refused
from motoolkit.probes.flat._steps import Found, Step
from motoolkit.probes.flat._windows import moment_window, window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from graphql import FieldNode, GraphQLField, GraphQLNamedType, GraphQLSchema

    from motoolkit.catalogue import Collection
    from motoolkit.probes.flat._context import Context
    from motoolkit.probes.flat._needs import Join
    from motoolkit.probes.flat._objects import Rule
    from motoolkit.probes.flat._rows import Row, Rows
    from motoolkit.query import Reading

_PERIODS: Final = frozenset({"Validity", "OpenValidity"})
_RESPONSE: Final = "Response"
_PAGED: Final = "ResponsePaged"
_HIDDEN: Final = frozenset({"objects", "current", "validities"})


class Above(NamedTuple):
    """What a field stands on.

    Attributes:
        collection: whose objects they are.
        path: where that is in the document.
        link: the join that leads there, None where it is a list, which has loaded what it gives.
    """

    collection: Collection
    path: str
    link: Join | None = None


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
        here = path if name in _HIDDEN and not kind.name.startswith("Query") else f"{path}.{name}".strip(".")
        step = Step(key, name, here, "", _nothing, _is_list(declared), is_non_null_type(declared.type))
        step.leaf = is_leaf_type(get_named_type(declared.type))
        try:
            found, below = self._found(kind, declared, nodes, above, here, key)
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

    def _found(
        self,
        kind: GraphQLObjectType,
        declared: GraphQLField,
        nodes: Sequence[FieldNode],
        above: Above | None,
        path: str,
        key: str,
    ) -> tuple[Found, Above | None]:
        """Return what a field becomes, and what those below it stand on."""
        name, given = nodes[0].name.value, self._fields.arguments(declared, nodes[0])
        if kind.name in _PERIODS:
            return _period(name, self._ctx.version), None
        if above is None:
            return self._top(name, given, path)
        if kind.name.endswith(_PAGED):
            return Found(lambda _rows, uuids: uuids, ""), above
        if kind.name.endswith(_RESPONSE):
            return self._response(name, given, above, f"{path}#{key}", path), above._replace(link=None)
        return self._object(name, given, declared, above, path)

    def _object(
        self, name: str, given: Mapping[str, Any], declared: GraphQLField, above: Above, path: str
    ) -> tuple[Found, Above | None]:
        rule = _rules(above.collection.name).get(name)
        if rule is None:
            raise Refused(tr("MO works it out itself, and the mirror does not keep it"))
        found = rule(self._ctx, given, path)
        target = _collection_of(get_named_type(declared.type))
        if target is None:
            return found, above
        return found, Above(target, path, self._link(name, above, declared, path))

    def _link(self, name: str, above: Above, declared: GraphQLField, path: str) -> Join | None:
        """Return the join of a link to a single Response, which is needed once more than its UUID is asked."""
        if not get_named_type(declared.type).name.endswith(_RESPONSE) or _is_list(declared):
            return None
        for reference in above.collection.references:
            if not reference.many and name in (reference.field, f"{reference.name}_response"):
                return self._ctx.join(path, above.collection.name, reference.name)
        return self._ctx.join(path, above.collection.name, "trade_union")

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
        selection = self._ctx.filters.selection(collection.name, wanted, path)
        self._ctx.listed(collection.name, selection.window)
        return Found(lambda rows, _source: page(list(selection.found(rows))), becomes), above

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

    def _response(self, name: str, given: Mapping[str, Any], above: Above, loaded: str, path: str) -> Found:
        if name == "uuid":
            self._check_parent(above)
            return Found(lambda _rows, uuid: uuid, "uuid")
        if name not in _HIDDEN:
            raise Refused(tr("what was registered when is MO's own"))
        if given.get("registration_time") is not None:
            raise Refused(tr("what was registered when is MO's own"))
        collection = above.collection.name
        self._ctx.needs.read(collection, path)
        if above.link is not None:
            self._ctx.needs.join(above.link)
        if name == "current":
            return self._current(collection, given, loaded, through_link=above.link is not None)
        return self._validities(collection, given, loaded, through_link=above.link is not None)

    def _check_parent(self, above: Above) -> None:
        link = above.link
        if link and (link.collection, link.column) == ("org_units", "parent_uuid") and self._ctx.version < 28:
            raise Refused(tr("up to v27 MO names the root organisation as the parent of top units"))

    def _current(
        self, collection: str, given: Mapping[str, Any], loaded: str, *, through_link: bool
    ) -> Found:
        if given.get("at") is not None:
            day = moment_window(given["at"], "at")
            self._ctx.needs.of(collection).windows.add(day)

            def at(rows: Rows, uuid: str) -> Row | None:
                found = rows.within(collection, uuid, day)
                return found[-1] if found else None

            return Found(at, tr("the row of {day}", day=day))
        loader = self._ctx.loader(collection, loaded, through_link=through_link)
        today = self._ctx.today

        def now(rows: Rows, uuid: str) -> Row | None:
            return _latest(rows.within(collection, uuid, loader.window), today)

        return Found(now, tr("the row of {day}", day=today))

    def _validities(
        self, collection: str, given: Mapping[str, Any], loaded: str, *, through_link: bool
    ) -> Found:
        if "start" in given or "end" in given:
            asked = window(given, self._ctx.today, "start", "end")
            self._ctx.needs.of(collection).windows.add(asked)
            return Found(
                lambda rows, uuid: rows.within(collection, uuid, asked),
                tr("the rows of {days}", days=asked),
            )
        loader = self._ctx.loader(collection, loaded, through_link=through_link)
        return Found(
            lambda rows, uuid: rows.within(collection, uuid, loader.window), tr("the rows of the window")
        )


def _latest(slices: Iterable[Row], today: date) -> Row | None:
    """Return MO's ``current`` of what is loaded: both its days count, and the end that is last wins."""
    found = [
        row for row in slices if (row[1] is None or row[1] <= today) and (row[2] is None or today <= row[2])
    ]
    return max(found, key=lambda row: (row[2] is None, str(row[2] or ""))) if found else None


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
