"""The fields of MO's objects: values, links and lists of the catalogue, and their deprecated twins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE, Reference
from motoolkit.language import N_, tr
from motoolkit.probes.flat._context import cut
from motoolkit.probes.flat._lists import Grouped
from motoolkit.probes.flat._refused import Refused
from motoolkit.probes.flat._special import SPECIAL
from motoolkit.probes.flat._steps import Found

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.catalogue import Collection, Listing, Scalar
    from motoolkit.probes.flat._context import Context
    from motoolkit.probes.flat._rows import Row, Rows

Rule = Callable[["Context", Mapping[str, Any], str], Found]
"""Given the arguments and the path of a field, what it becomes."""

_OTHER_NAMES: Final = {("Association", "dynamic_class_response"): "trade_union"}
_EACH: Final = N_("one query for each {noun}")


def rules_of(collection: Collection) -> dict[str, Rule]:
    """Return what each field of a collection's type becomes, by MO's name."""
    rules = dict(_rules(collection))
    rules |= {name: rule for (owner, name), rule in SPECIAL.items() if owner == collection.name}
    for (kind, name), same in _OTHER_NAMES.items():
        if kind == collection.type:
            rules[name] = _link(collection, collection.reference(same))
    return rules


def _rules(collection: Collection) -> Iterator[tuple[str, Rule]]:
    yield "uuid", lambda _ctx, _given, _path: Found(lambda _rows, row: row[0], "uuid")
    yield "validity", lambda _ctx, _given, _path: Found(lambda _rows, row: row, "valid_from, valid_to")
    for scalar in collection.scalars:
        if not scalar.derived:
            for name in (scalar.name, *scalar.twins):
                yield name, _value(collection, scalar)
    for reference in collection.references:
        yield reference.field, (_links if reference.many else _link)(collection, reference)
        for name, kind in reference.twins.items():
            yield name, _twin(collection, reference, kind)
    for listing in collection.listings:
        yield listing.field, _listing(collection, listing)
        if listing.twin is not None:
            lists = _responses_twin if listing.twin_of_responses else _listing_twin
            yield listing.twin, lists(collection, listing)


def _value(collection: Collection, scalar: Scalar) -> Rule:
    def rule(ctx: Context, _given: Mapping[str, Any], _path: str) -> Found:
        place = ctx.needs.column(collection.name, scalar.column)
        if scalar.type == "Date":
            return Found(lambda _rows, row: _text(row[place]), scalar.column)
        return Found(lambda _rows, row: row[place], scalar.column)

    return rule


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _link(collection: Collection, reference: Reference) -> Rule:
    """Return the rule of a link to one: its Response is there whether or not the object is."""

    def rule(ctx: Context, _given: Mapping[str, Any], _path: str) -> Found:
        place = ctx.needs.column(collection.name, reference.column)
        return Found(lambda _rows, row: row[place], reference.column)

    return rule


def _links(collection: Collection, reference: Reference) -> Rule:
    """Return the rule of a link to several: those that its filter lets through."""

    def rule(ctx: Context, given: Mapping[str, Any], path: str) -> Found:
        wanted = given.get("filter") or {}
        if wanted.get("uuids") is not None:
            raise Refused(tr("the filter {name} beside the object itself", name="uuids"))
        selection = ctx.filters.selection(reference.target, wanted, path, whole=False)
        ctx.listed(reference.target, selection.window)
        ctx.needs.follow(ctx.join(path, collection.name, reference.name))
        place, page = ctx.needs.column(collection.name, reference.column), cut(given)

        def resolve(rows: Rows, row: Row) -> Sequence[str]:
            found = selection.found(rows)
            return page([uuid for uuid in sorted(set(row[place] or ())) if uuid in found])

        return Found(resolve, reference.column, tr(_EACH, noun=collection.noun))

    return rule


def _twin(collection: Collection, reference: Reference, kind: str) -> Rule:
    if "UUID" in kind:
        return _uuid_twin(collection, reference)
    if "Response" in kind:
        return _links(collection, reference)
    return _object_twin(collection, reference, kind)


def _uuid_twin(collection: Collection, reference: Reference) -> Rule:
    def rule(ctx: Context, _given: Mapping[str, Any], _path: str) -> Found:
        ctx.check_parent(collection.name, reference.column)
        place = ctx.needs.column(collection.name, reference.column)
        return Found(lambda _rows, row: row[place], reference.column)

    return rule


def _object_twin(collection: Collection, reference: Reference, kind: str) -> Rule:
    """Return the rule of a deprecated link: the object as it is now, or in its filter's window."""

    def rule(ctx: Context, given: Mapping[str, Any], path: str) -> Found:
        wanted = given.get("filter") or {}
        if wanted.get("uuids") is not None:
            raise Refused(tr("the filter {name} beside the object itself", name="uuids"))
        selection = ctx.filters.selection(reference.target, wanted, path, whole=False)
        ctx.needs.follow(ctx.join(path, collection.name, reference.name))
        reader, page = ctx.filters.reader(collection.name, reference.name), cut(given)

        def listed(rows: Rows, row: Row) -> list[Row]:
            found = selection.found(rows)
            uuids = page([uuid for uuid in sorted(set(reader(row))) if uuid in found])
            return [slice_ for uuid in uuids for slice_ in found[uuid]]

        def single(rows: Rows, row: Row) -> Row | None:
            found = listed(rows, row)
            return found[-1] if found else None

        resolve = listed if kind.startswith("[") else single
        return Found(resolve, reference.column, tr(_EACH, noun=collection.noun))

    return rule


def _listing(collection: Collection, listing: Listing) -> Rule:
    """Return the rule of a list of Responses."""

    def rule(ctx: Context, given: Mapping[str, Any], path: str) -> Found:
        uuids, grouped = _listed(ctx, collection, listing, given, path)
        ctx.listed(listing.target, grouped.selection.window)
        return Found(uuids, *_told(collection, listing, given))

    return rule


_responses_twin = _listing


def _listing_twin(collection: Collection, listing: Listing) -> Rule:
    """Return the rule of a deprecated list, which holds the slices of its filter's window."""

    def rule(ctx: Context, given: Mapping[str, Any], path: str) -> Found:
        uuids, grouped = _listed(ctx, collection, listing, given, path)
        return Found(
            lambda rows, row: grouped.slices(rows, uuids(rows, row)), *_told(collection, listing, given)
        )

    return rule


def _listed(
    ctx: Context, collection: Collection, listing: Listing, given: Mapping[str, Any], path: str
) -> tuple[Callable[[Rows, Row], Sequence[str]], Grouped]:
    """Return what gives the UUIDs that point at a row's object, and how they are grouped."""
    grouped = Grouped.of(ctx, listing.target, listing.by, given.get("filter") or {}, path)
    page = cut(given)
    ctx.needs.join(ctx.join(path, collection.name, listing.by, backwards=listing.target))
    if not given.get("inherit"):
        return lambda rows, row: page(grouped.uuids(rows, row[0])), grouped
    if (listing.target, listing.by) != ("managers", "org_unit"):
        raise Refused(tr("inheriting from anything but units is MO's own"))
    tree = grouped.tree(ctx)

    def nearest(rows: Rows, row: Row) -> Sequence[str]:
        steps = tree(rows).climb(row[0])
        return page(next((found for step in steps if (found := grouped.uuids(rows, step))), []))

    return nearest, grouped


def _told(collection: Collection, listing: Listing, given: Mapping[str, Any]) -> tuple[str, str]:
    slow = tr(_EACH, noun=collection.noun)
    if given.get("inherit"):
        return tr("the nearest managers, climbed by {column}", column="parent_uuid"), slow
    column = CATALOGUE[listing.target].reference(listing.by).column
    return tr("the rows of {collection} with {column}", collection=listing.target, column=column), slow
