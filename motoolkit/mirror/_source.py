"""What a load and a refresh ask MO for, in chunks of rows that are ready for the mirror."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from motoolkit.catalogue import CATALOGUE, EVER
from motoolkit.errors import QueryError
from motoolkit.mirror._fetch import concurrently
from motoolkit.mirror._slices import RowReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from motoolkit.client import Client
    from motoolkit.mirror._slices import Row

_UUIDS_PER_REQUEST = 250
# MO goes through all registrations for each page, and can not name more than 32,767 objects in one query.
_REGISTRATIONS_PER_PAGE = 10_000
# Up to v27 MO gives the root organisation as the parent of top units (measured).
_NULL_PARENT_VERSION = 28

# MO gives the registrations that overlap the window: from here on those without an end (recorded).
_FAR_FUTURE = "2090-01-01"

_ORGANISATION = "query Organisation { org { uuid } }"
_REGISTRATIONS = """\
query Registrations($filter: RegistrationFilter, $limit: int, $cursor: Cursor) {
  page: registrations(filter: $filter, limit: $limit, cursor: $cursor) {
    objects { model uuid start }
    page_info { next_cursor }
  }
}
"""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some of a collection: its rows, the number of objects, and where the next chunk starts.

    ``restarted`` says that reading began anew with it: earlier rows are void.
    """

    collection: str
    rows: list[Row] = field(default_factory=list)
    objects: int = 0
    next_cursor: str | None = None
    restarted: bool = False

    @property
    def is_last(self) -> bool:
        """Whether the collection ends with it."""
        return self.next_cursor is None

    def followed_by(self, later: Chunk) -> Chunk:
        """Return this and the next chunk as one."""
        if later.restarted:
            return later
        rows, objects = [*self.rows, *later.rows], self.objects + later.objects
        return Chunk(self.collection, rows, objects, later.next_cursor, self.restarted)


class Source:
    """A MO to read from."""

    def __init__(self, client: Client, collections: Iterable[str]) -> None:
        self._client = client
        self._workers = client.profile.concurrency
        organisation = None
        if "org_units" in collections and client.version < _NULL_PARENT_VERSION:
            organisation = _organisation(client)
        self._readers = {
            name: RowReader(CATALOGUE[name], client.version, organisation) for name in collections
        }

    def collections(self, cursors: Mapping[str, str | None]) -> Iterator[Chunk]:
        """Yield all of each collection from its cursor on, several collections at a time."""
        return self._together(partial(self._collection, name, cursor) for name, cursor in cursors.items())

    def objects(self, uuids: Mapping[str, Sequence[str]]) -> Iterator[Chunk]:
        """Yield the objects with these UUIDs by collection; those that MO no longer has are not there."""
        batches = (
            (name, wanted[at : at + _UUIDS_PER_REQUEST])
            for name, wanted in uuids.items()
            for at in range(0, len(wanted), _UUIDS_PER_REQUEST)
        )
        return self._together(partial(self._objects, name, batch) for name, batch in batches)

    def registrations(self) -> Iterator[list[Row]]:
        """Yield the current registrations of all objects: (collection, uuid, start)."""
        models = {CATALOGUE[name].model: name for name in self._readers}
        chosen = {"models": list(models), "start": _FAR_FUTURE, "end": None}
        pages = self._client.pages(_REGISTRATIONS, {"filter": chosen}, page_size=_REGISTRATIONS_PER_PAGE)
        for page in pages:
            yield [(models[found["model"]], found["uuid"], found["start"]) for found in page.objects]

    def _together(self, sources: Iterable[partial[Iterator[Chunk]]]) -> Iterator[Chunk]:
        return concurrently(sources, self._workers)

    def _collection(self, name: str, cursor: str | None) -> Iterator[Chunk]:
        if cursor is None:
            yield from self._read(name, EVER)
            return
        rest = self._read(name, EVER, cursor=cursor)
        try:
            first = next(rest)
        except QueryError:
            # Cursors are MO's own business and do not outlive its upgrades (MO's guide).
            rest = self._read(name, EVER)
            first = replace(next(rest), restarted=True)
        yield first
        yield from rest

    def _objects(self, name: str, uuids: Sequence[str]) -> Iterator[Chunk]:
        return self._read(name, {**EVER, "uuids": list(uuids)})

    def _read(self, name: str, filter: dict[str, Any], cursor: str | None = None) -> Iterator[Chunk]:  # noqa: A002
        for page in self._client.read(name, filter=filter, cursor=cursor):
            yield Chunk(name, self._readers[name].rows(page.objects), len(page.objects), page.next_cursor)


def _organisation(client: Client) -> str:
    with warnings.catch_warnings():
        # The field is deprecated in every version, and the only one that tells.
        warnings.simplefilter("ignore")
        uuid: str = client.execute(_ORGANISATION)["org"]["uuid"]
    return uuid
