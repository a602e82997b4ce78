"""What reading a collection flat takes: some pages are read and timed, the rest is told from them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE, EVER, as_of_document
from motoolkit.errors import QueryError
from motoolkit.model import midnight
from motoolkit.probes._asking import extent_of
from motoolkit.probes.results import CollectionCost
from motoolkit.probes.robust import typical

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.probes._pace import Pace

MOST_SECONDS: Final = 15.0
"""How long one collection is read before the rest is estimated."""
_PASSES: Final = 4
"""How often a collection is read that takes less than that in all."""


@dataclass(slots=True)
class Collections:
    """The costs of collections, each read a few times a run, with other requests between."""

    pace: Pace
    as_of: date
    _passes: dict[str, list[CollectionCost]] = field(default_factory=dict)

    @property
    def known(self) -> tuple[CollectionCost, ...]:
        """What each collection typically takes."""
        return tuple(
            replace(passes[-1], seconds=typical([each.seconds for each in passes]))
            for passes in self._passes.values()
        )

    def measure(self, names: Iterable[str]) -> None:
        """Read each collection once more, unless it has been read enough.

        Raises:
            StoppedError: the run must end.
        """
        for name in dict.fromkeys(names):
            passes = self._passes.get(name, [])
            if name not in CATALOGUE or len(passes) >= _PASSES or (passes and _is_long(passes)):
                continue
            if (found := self._read(name)) is not None:
                self._passes.setdefault(name, []).append(found)

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


def _is_long(passes: list[CollectionCost]) -> bool:
    """Tell whether reading a collection once more would take too long."""
    return passes[-1].estimated or sum(each.seconds for each in passes) > MOST_SECONDS


def read_page(client: Client, document: str, as_of: date, cursor: str | None) -> Any:
    """Return a page of a collection, with its time: of a day where the document takes one, else ever."""
    at = midnight(as_of)
    when = {"filter": {"from_date": at}, "at": at} if "$at" in document else {"filter": EVER}
    return client.timed(document, {**when, "limit": client.profile.page_size, "cursor": cursor})
