"""Whether this MO is what the toolkit takes it for: its schema, its facets, its classes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLInputObjectType

from motoolkit.catalogue import CATALOGUE, WRITINGS, read_document
from motoolkit.checkup._check import Check
from motoolkit.errors import SchemaError
from motoolkit.plan import FACETS
from motoolkit.reports import ReportParameters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.client import Client

_MOST: Final = 6


def schema(client: Client) -> Check:
    """Hold what the toolkit reads and writes against MO's own schema."""
    unread = [told for name in CATALOGUE if (told := _unread(client, name))]
    unwritten = sorted(set(_unwritten(client)))
    if unread:
        return Check(
            "schema",
            "failed",
            f"MO's GraphQL v{client.version} is not what the toolkit reads: {_few(unread)}",
            "Upgrade the toolkit, or pin an older version: motoolkit profile add --graphql-version.",
        )
    if unwritten:
        return Check(
            "schema",
            "warning",
            f"MO's GraphQL v{client.version} does not take all that plans write: {_few(unwritten)}.",
            "Reading works; upgrade the toolkit before writing those.",
        )
    return Check(
        "schema", "ok", f"All that the toolkit reads and writes is in MO's GraphQL v{client.version}."
    )


def _unread(client: Client, name: str) -> str | None:
    try:
        client.check(read_document(CATALOGUE[name], client.version), {"filter": {}})
    except SchemaError as error:
        return f"{name}: {error.message}"
    return None


def _unwritten(client: Client) -> Iterator[str]:
    """Yield the mutations and inputs that plans use and MO lacks."""
    mutations = client.schema.mutation_type.fields if client.schema.mutation_type else {}
    for writing in WRITINGS.values():
        for action in writing.actions:
            if writing.mutation(action) not in mutations:
                yield writing.mutation(action)
        for action in ("create", "update"):
            kind = client.schema.type_map.get(writing.input_type(action))
            if action in writing.actions and isinstance(kind, GraphQLInputObjectType):
                names = {given.name for given in writing.of(action)} - kind.fields.keys()
                yield from (f"{kind.name}.{name}" for name in names)


def facets(client: Client) -> Check:
    """Look whether the facets are there whose classes MO's fields take, and whether they have classes."""
    known = {keys["uuid"]: keys["user_key"] for keys in _current(client, "facets", ["user_key"])}
    filled = Counter(row["facet"] for row in _current(client, "classes", ["facet"]))
    wanted = {key for keys in FACETS.values() for key in keys[:1]}
    missing = sorted(wanted - set(known.values()))
    empty = sorted(key for uuid, key in known.items() if key in wanted and not filled[uuid])
    if not missing and not empty:
        return Check("facets", "ok", f"All {len(wanted)} facets that fields take classes of are there.")
    told = [*(f"{key} is missing" for key in missing), *(f"{key} has no classes" for key in empty)]
    return Check(
        "facets",
        "warning",
        f"Facets: {_few(told)}.",
        "Let MO's init create them, if the customer uses what they are for.",
    )


def classes(client: Client) -> Check:
    """Look for the classes that reports name when nobody says otherwise."""
    known = {keys["uuid"]: keys["user_key"] for keys in _current(client, "facets", ["user_key"])}
    found = {
        (known.get(row["facet"], ""), str(row[key]).casefold())
        for row in _current(client, "classes", ["facet", "name", "user_key"])
        for key in ("name", "user_key")
    }
    parameters = ReportParameters.from_mapping({"as_of": "2000-01-01"})
    missing = [
        f"{name} ({facet})"
        for setting in type(parameters).__dataclass_fields__
        if (facet := ReportParameters.facet(setting))
        for name in getattr(parameters, setting)
        if (facet, name.casefold()) not in found
    ]
    if not missing:
        return Check("classes", "ok", "The classes that reports name are there.")
    return Check(
        "classes",
        "warning",
        f"Reports name classes that MO has not: {_few(missing)}.",
        "Name the customer's own in the report's parameters (motoolkit report engagements-managers --help).",
    )


def _current(client: Client, collection: str, fields: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the newest slice of each object of a collection, with its UUID; of a link its UUID alone."""
    for page in client.read(collection, fields=fields):
        for found in page.objects:
            if found["validities"]:
                newest = max(found["validities"], key=lambda one: one["validity"]["from"] or "")
                yield {"uuid": found["uuid"], **{name: _plain(newest, name) for name in fields}}


def _plain(found: dict[str, Any], name: str) -> Any:
    linked = found.get(f"{name}_response")
    return linked["uuid"] if linked else found.get(name)


def _few(told: Iterable[str]) -> str:
    found = list(told)
    more = f"; and {len(found) - _MOST} more" if len(found) > _MOST else ""
    return "; ".join(found[:_MOST]) + more
