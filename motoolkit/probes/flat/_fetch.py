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
    from motoolkit.progress import Reporter

_NULL_PARENT_VERSION = 28
_UUIDS_PER_REQUEST = 250
_MOST = 500
"""So many objects a page where it is known how many are needed."""


def fetch(client: Client, reads: Sequence[Read], needs: Mapping[str, Need]) -> Rows:
    """Return what MO answers to some reads: what the document asks for, then what that names.

    Raises:
        MoError: as ``Client.pages``.
    """
    with progress(f"Reading {client.url}") as report, warnings.catch_warnings():
        # The UUIDs of several links are deprecated, and cost nothing (domain: performance).
        warnings.simplefilter("ignore")
        fetching = _Fetching(client, needs, report)
        for read in reads:
            if not read.named_by:
                fetching.whole(read)
        waiting = [read for read in reads if read.named_by]
        while sum(fetching.named(read) for read in waiting):
            pass
        report.finish(f"{fetching.objects:,} objects of {len(reads)} collections")
    return Rows({read.collection: fetching.sorted(read.collection) for read in reads})


class _Fetching:
    """What has been read so far."""

    def __init__(self, client: Client, needs: Mapping[str, Need], report: Reporter) -> None:
        self._client = client
        self._needs = needs
        self._report = report
        self._slices: dict[str, dict[str, list[Row]]] = {name: {} for name in needs}
        self._asked: dict[str, set[str]] = {name: set() for name in needs}
        self._getters: dict[str, list[Callable[[dict[str, Any]], Any]]] = {}
        self.objects = 0

    def whole(self, read: Read) -> None:
        """Read a collection, or what the document's own filter lets through."""
        most = read.most if read.most is None else max(read.most, 1)
        self._pages(read, read.variables, most)

    def named(self, read: Read) -> bool:
        """Read what links name by now, and tell whether there was anything new."""
        fresh = sorted(self._uuids(read.collection) - self._asked[read.collection])
        self._asked[read.collection].update(fresh)
        for at in range(0, len(fresh), _UUIDS_PER_REQUEST):
            batch = fresh[at : at + _UUIDS_PER_REQUEST]
            variables = {**read.variables, "filter": {**read.variables["filter"], "uuids": batch}}
            self._pages(read, variables, None)
        return bool(fresh)

    def sorted(self, collection: str) -> dict[str, list[Row]]:
        """Return what was read of a collection in MO's order."""
        return dict(sorted(self._slices[collection].items()))

    def _uuids(self, collection: str) -> set[str]:
        """Return the UUIDs that what was read names of a collection."""
        found: set[str] = set()
        for source, column in self._needs[collection].follows:
            place = self._needs[source].columns[column]
            for slices in self._slices[source].values():
                for row in slices:
                    value = row[place]
                    found.update(value if isinstance(value, list) else () if value is None else (value,))
        return found

    def _pages(self, read: Read, variables: dict[str, Any], most: int | None) -> None:
        getters = self._getters_of(read)
        for page in self._client.pages(read.document, variables, page_size=most and min(most, _MOST)):
            for one in page.objects:
                held = one["validities"] if read.day is None else [one["current"]]
                rows = [
                    row
                    for values in held
                    if values
                    for row in _row(one["uuid"], values, getters, self._client)
                ]
                self._slices[read.collection][one["uuid"]] = sorted(rows, key=lambda row: str(row[1] or ""))
            self.objects += len(page.objects)
            self._report.update(f"{self.objects:,} objects, {read.collection}")
            if most is not None and len(self._slices[read.collection]) >= most:
                return

    def _getters_of(self, read: Read) -> list[Callable[[dict[str, Any]], Any]]:
        if read.collection not in self._getters:
            nobody = _organisation(self._client) if _hides_roots(self._client, read) else None
            self._getters[read.collection] = [
                _getter(CATALOGUE[read.collection], column, nobody)
                for column in self._needs[read.collection].columns
            ]
        return self._getters[read.collection]


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
