"""The fields that follow from no rule of the catalogue: names put together, the tree, inherited leaders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from motoolkit.language import tr
from motoolkit.probes.flat._lists import Grouped
from motoolkit.probes.flat._needs import Join
from motoolkit.probes.flat._refused import Refused, unanswerable
from motoolkit.probes.flat._steps import Found
from motoolkit.probes.flat._windows import Window

if TYPE_CHECKING:
    from motoolkit.probes.flat._context import Context
    from motoolkit.probes.flat._rows import Row, Rows

Special = Callable[["Context", Mapping[str, Any], str], Found]
"""Given the arguments and the path of a field, what it becomes."""

_EVER: Final = Window(None, None)
_PRIMARY: Final = frozenset({"primary", "explicitly-primary"})
_HREF: Final = {"EMAIL": "mailto:", "PHONE": "tel:"}
_PLAIN_SCOPES: Final = frozenset({"EMAIL", "PHONE", "EAN", "PNUMBER", "WWW", "TEXT"})
_TWO_LINES: Final = "MULTIFIELD_TEXT"


def _full_name(*names: str) -> Special:
    def special(ctx: Context, _given: Mapping[str, Any], _path: str) -> Found:
        places = [ctx.filters.place("persons", name) for name in names]
        becomes = tr("put together from {columns}", columns=", ".join(names))
        return Found(
            lambda _rows, row: " ".join(filter(None, (row[place] for place in places))).strip(), becomes
        )

    return special


def _is_primary(ctx: Context, _given: Mapping[str, Any], path: str) -> Found:
    ctx.needs.read("classes", path, ctx.present)
    ctx.needs.follow(ctx.join(path, "engagements", "primary"))
    place, key = ctx.filters.place("engagements", "primary"), ctx.filters.place("classes", "user_key")

    def resolve(rows: Rows, row: Row) -> bool:
        found = rows.within("classes", row[place] or "", ctx.present)
        return bool(found) and found[-1][key] in _PRIMARY

    return Found(resolve, tr("the user_key of the class in {column}", column="primary_uuid"))


def _address(what: str) -> Special:
    """Return what gives an address's ``name`` or ``href``, which only its scope tells."""

    def special(ctx: Context, _given: Mapping[str, Any], path: str) -> Found:
        scope_of = _scope(ctx, path)
        value, value2 = (ctx.filters.place("addresses", name) for name in ("value", "value2"))

        def resolve(rows: Rows, row: Row) -> str | None:
            scope = scope_of(rows, row)
            if scope == _TWO_LINES:
                return None if what == "href" else _two_lines(row[value], row[value2])
            if scope not in _PLAIN_SCOPES:
                raise unanswerable(path, tr("MO looks addresses of scope {scope} up elsewhere", scope=scope))
            if what == "name":
                return str(row[value])
            return f"{_HREF[scope]}{row[value]}" if scope in _HREF else None

        return Found(resolve, tr("from the value and the scope of its type"))

    return special


def _scope(ctx: Context, path: str) -> Callable[[Rows, Row], str | None]:
    """Return what tells the kind of value that an address holds, where that was ever only one."""
    ctx.needs.read("classes", path, _EVER)
    ctx.needs.follow(ctx.join(path, "addresses", "address_type"))
    kind, scope = ctx.filters.place("addresses", "address_type"), ctx.filters.place("classes", "scope")

    def scope_of(rows: Rows, row: Row) -> str | None:
        scopes = {found[scope] for found in rows.slices("classes", row[kind] or "")}
        if len(scopes) != 1:
            raise unanswerable(path, tr("the address's type is unknown, or has had several scopes"))
        return str(scopes.pop())

    return scope_of


def _two_lines(value: str, value2: str | None) -> str:
    return f"{value} :: {value2}" if (value2 or "").strip() else value


def _ancestors(ctx: Context, _given: Mapping[str, Any], path: str) -> Found:
    """Return the units above: the first as in the slice, the rest and all values as today (measured)."""
    ctx.needs.read("org_units", path, ctx.present, whole=True)
    ctx.needs.join(ctx.join(path, "org_units", "parent"))
    parent = ctx.filters.place("org_units", "parent")

    def above(rows: Rows, row: Row) -> Iterator[Row]:
        seen = {row[0]}
        step = row
        while step[parent] is not None and step[parent] not in seen:
            found = rows.within("org_units", step[parent], ctx.present)
            if not found:
                return
            step = found[-1]
            seen.add(step[0])
            yield step

    return Found(
        lambda rows, row: list(above(rows, row)),
        tr("the units above, climbed by {column}", column="parent_uuid"),
        tr("one query for each unit and step"),
    )


def _children(count: Callable[[int], Any]) -> Special:
    def special(ctx: Context, given: Mapping[str, Any], path: str) -> Found:
        found = Grouped.of(ctx, "org_units", "parent", given.get("filter") or {}, path)
        ctx.needs.join(ctx.join(path, "org_units", "parent", backwards="org_units"))
        return Found(
            lambda rows, row: count(len(found.uuids(rows, row[0]))),
            tr("the number of units with {column}", column="parent_uuid"),
            tr("one query for each unit"),
        )

    return special


def _owners(ctx: Context, given: Mapping[str, Any], path: str) -> Found:
    if given.get("inherit"):
        raise Refused(tr("owners that are inherited are MO's own"))
    found = Grouped.of(ctx, "owners", "org_unit", given.get("filter") or {}, path)
    ctx.needs.join(ctx.join(path, "org_units", "org_unit", backwards="owners"))
    return Found(
        lambda rows, row: found.slices(rows, found.uuids(rows, row[0])),
        tr("the rows of {collection} with {column}", collection="owners", column="org_unit_uuid"),
        tr("one query for each unit"),
    )


def _engagement_managers(ctx: Context, given: Mapping[str, Any], path: str) -> Found:
    """Return the leaders of the engagement's unit; ``exclude_self`` climbs on past the person."""
    found = Grouped.of(ctx, "managers", "org_unit", given.get("filter") or {}, path)
    ctx.needs.join(Join(path, "engagements", "org_unit_uuid", "managers", "org_unit_uuid", several=True))
    tree = found.tree(ctx) if given.get("inherit") else None
    unit, person = (ctx.filters.place("engagements", name) for name in ("org_unit", "person"))
    holder = ctx.filters.place("managers", "person")

    def resolve(rows: Rows, row: Row) -> list[Row]:
        without = row[person] if given.get("exclude_self") else None
        steps = tree(rows).climb(row[unit]) if tree else iter([row[unit]])
        for step in steps:
            held = found.slices(rows, found.uuids(rows, step))
            others = [slice_ for slice_ in held if without is None or slice_[holder] != without]
            if others:
                return others
        return []

    return Found(resolve, _climbed(given), tr("one climb for each engagement"))


def _climbed(given: Mapping[str, Any]) -> str:
    if given.get("inherit"):
        return tr("the nearest managers, climbed by {column}", column="parent_uuid")
    return tr("the rows of {collection} with {column}", collection="managers", column="org_unit_uuid")


SPECIAL: Final[Mapping[tuple[str, str], Special]] = {
    ("persons", "name"): _full_name("given_name", "surname"),
    ("persons", "nickname"): _full_name("nickname_given_name", "nickname_surname"),
    ("engagements", "is_primary"): _is_primary,
    ("engagements", "managers"): _engagement_managers,
    ("addresses", "name"): _address("name"),
    ("addresses", "href"): _address("href"),
    ("org_units", "ancestors"): _ancestors,
    ("org_units", "child_count"): _children(int),
    ("org_units", "has_children"): _children(bool),
    ("org_units", "owners"): _owners,
}
"""Fields by collection and MO's name."""
