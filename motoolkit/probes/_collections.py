"""What reading a collection flat takes: some pages are read and timed, the rest is told from them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE, as_of_document
from motoolkit.errors import QueryError
from motoolkit.model import midnight
from motoolkit.probes._asking import extent_of
from motoolkit.probes.results import CollectionCost
from motoolkit.probes.robust import typical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.probes._pace import Pace

MOST_SECONDS: Final = 15.0
"""How long one collection is read before the rest is estimated."""
_PASSES: Final = 3
"""How often a collection is read that takes less than that in all."""


@dataclass(slots=True)
class Collections:
    """The costs of collections, each read once a run."""

    pace: Pace
    as_of: date
    known: dict[str, CollectionCost] = field(default_factory=dict)

    def measure(self, names: Iterable[str]) -> None:
        """Read collections that have not been read yet.

        Raises:
            StoppedError: the run must end.
        """
        for name in names:
            wanted = name in CATALOGUE and name not in self.known
            if passes := list(self._passes(name)) if wanted else []:
                seconds = typical([each.seconds for each in passes])
                self.known[name] = replace(passes[-1], seconds=seconds)

    def _passes(self, name: str) -> Iterator[CollectionCost]:
        spent = 0.0
        for _ in range(_PASSES):
            found = self._read(name)
            if found is None:
                return
            yield found
            spent += found.seconds
            if found.estimated or spent > MOST_SECONDS:
                return

    def _read(self, name: str) -> CollectionCost | None:
        client = self.pace.client
        document = as_of_document(CATALOGUE[name], client.version)
        objects, seconds, cursor = 0, 0.0, None
        while True:
            page = self._page(document, cursor)
            if page is None:
                return None
            took, answer = page
            objects, seconds = objects + len(answer["objects"]), seconds + took
            cursor = answer["page_info"]["next_cursor"]
            if cursor is None:
                return CollectionCost(name, objects, seconds)
            if seconds > MOST_SECONDS:
                all_of_it = extent_of({**answer, "objects": [{}] * (objects - 1) + answer["objects"][-1:]})
                share = all_of_it.objects / objects
                return CollectionCost(name, all_of_it.objects, seconds * share, estimated=True)

    def _page(self, document: str, cursor: str | None) -> tuple[float, Any] | None:
        try:
            timed = self.pace.send(lambda: read_page(self.pace.client, document, self.as_of, cursor))
        except QueryError:
            return None
        return None if timed is None else (timed.whole, timed.answer["page"])


def read_page(client: Client, document: str, as_of: date, cursor: str | None) -> Any:
    """Return a page of a collection as of a day, with its time."""
    at = midnight(as_of)
    variables = {
        "filter": {"from_date": at},
        "at": at,
        "limit": client.profile.page_size,
        "cursor": cursor,
    }
    return client.timed(document, variables)
