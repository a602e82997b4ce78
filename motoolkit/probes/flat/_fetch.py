"""The flat reads sent to MO as they are written: no mirror, only what is needed, and of when."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from motoolkit.catalogue import CATALOGUE, Reference, Scalar
from motoolkit.errors import InputError
from motoolkit.model import Validity, as_date
from motoolkit.probes.flat._rows import Row, Rows
from motoolkit.progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from motoolkit.catalogue import Collection
    from motoolkit.client import Client
    from motoolkit.probes.flat._needs import Need
    from motoolkit.probes.flat._reads import Read

_NULL_PARENT_VERSION = 28


def fetch(client: Client, reads: Sequence[Read], needs: Mapping[str, Need]) -> Rows:
    """Return what MO answers to some reads, collection by collection and page by page.

    Raises:
        MoError: as ``Client.pages``.
    """
    with progress(f"Reading {client.url}") as report, warnings.catch_warnings():
        # The UUIDs of several links are deprecated, and cost nothing (domain: performance).
        warnings.simplefilter("ignore")
        slices: dict[str, dict[str, list[Row]]] = {}
        for place, read in enumerate(reads):
            report.update(read.collection, place, len(reads))
            slices[read.collection] = _fetched(client, read, list(needs[read.collection].columns))
        report.finish(f"{sum(map(len, slices.values())):,} objects of {len(reads)} collections")
    return Rows(slices)


def _fetched(client: Client, read: Read, columns: Sequence[str]) -> dict[str, list[Row]]:
    collection = CATALOGUE[read.collection]
    nobody = _organisation(client) if _hides_roots(client, read) else None
    getters = [_getter(collection, column, nobody) for column in columns]
    found: dict[str, list[Row]] = {}
    for page in client.pages(read.document, read.variables):
        for one in page.objects:
            held = one["validities"] if read.day is None else [one["current"]]
            rows = [row for values in held if values for row in _row(one["uuid"], values, getters, client)]
            found[one["uuid"]] = sorted(rows, key=lambda row: str(row[1] or ""))
    return dict(sorted(found.items()))


def _row(
    uuid: str, values: dict[str, Any], getters: Sequence[Callable[[dict[str, Any]], Any]], client: Client
) -> Iterator[Row]:
    """Yield the row of a slice; one that holds no day has none."""
    try:
        period = Validity.from_mo(values["validity"]["from"], values["validity"]["to"], client.version)
    except InputError:
        return
    yield (uuid, period.start, period.end, *[get(values) for get in getters])


def _getter(collection: Collection, column: str, nobody: str | None) -> Callable[[dict[str, Any]], Any]:
    field = next(one for one in collection.stored if one.column == column)
    if isinstance(field, Scalar):
        if field.type == "Date":
            return lambda values: None if values[field.name] is None else as_date(values[field.name])
        return lambda values: values[field.name]
    return _several(field) if field.many else _single(field, nobody)


def _several(reference: Reference) -> Callable[[dict[str, Any]], list[str]]:
    return lambda values: sorted(values[reference.uuids_field] or ())


def _single(reference: Reference, nobody: str | None) -> Callable[[dict[str, Any]], str | None]:
    def get(values: dict[str, Any]) -> str | None:
        response = values[reference.field]
        uuid = response["uuid"] if response else None
        return None if uuid == nobody else uuid

    return get


def _hides_roots(client: Client, read: Read) -> bool:
    """Tell whether MO gives the root organisation as the parent of top units (up to v27; measured)."""
    return client.version < _NULL_PARENT_VERSION and "parent_uuid" in read.columns


def _organisation(client: Client) -> str:
    uuid: str = client.execute("query Organisation { org { uuid } }")["org"]["uuid"]
    return uuid
