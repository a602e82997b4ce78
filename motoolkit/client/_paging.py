"""Reading a collection page by page, in pages that fit the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import SchemaError, TransportError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from motoolkit.client._check import Prepared

LEAST: Final = 50
MOST: Final = 2000
_SECONDS_A_PAGE: Final = 3.0
"""Long enough to hide the round trip, short enough for the progress bar and for MO's other users."""
_GROWTH: Final = 2.0


@dataclass(frozen=True, slots=True)
class Page:
    """Some objects of a collection.

    ``next_cursor`` continues after them and is None on the last page.  It is MO's own business: use it in
    the same run, and never keep it for another.
    """

    objects: list[dict[str, Any]]
    next_cursor: str | None


class PageSize:
    """How many objects to ask for: halved when MO is busy, grown while it is quick."""

    def __init__(self, start: int, most: int) -> None:
        self._most = max(start, most)
        self._least = min(LEAST, start)
        self.current = start

    def shrink(self) -> None:
        """Ask for half as much."""
        self.current = max(self._least, self.current // 2)

    def learn(self, seconds: float, objects: int) -> None:
        """Take in how long a page took; a short page says nothing about full ones."""
        if objects < self.current:
            return
        factor = min(_GROWTH, max(1 / _GROWTH, _SECONDS_A_PAGE / max(seconds, 0.001)))
        self.current = min(self._most, max(self._least, int(self.current * factor)))


class Pager:
    """The state of one reading: what to send next, and what came."""

    def __init__(
        self, variables: Mapping[str, Any], cursor: str | None, size: PageSize, clock: Callable[[], float]
    ) -> None:
        self._variables = variables
        self._clock = clock
        self.size = size
        self.cursor = cursor
        self.done = False
        self._sent = 0.0

    def variables(self) -> dict[str, Any]:
        """Return the variables of the next attempt at the next page."""
        self._sent = self._clock()
        return {**self._variables, "limit": self.size.current, "cursor": self.cursor}

    def accept(self, data: dict[str, Any]) -> Page:
        """Take MO's answer and return its page.

        A page may be short or empty before the last: only a null cursor ends the reading (MO's guide).

        Raises:
            TransportError: MO answered with the cursor that it was given, which would never end.
        """
        paged = data["page"]
        page = Page(paged["objects"], paged["page_info"]["next_cursor"])
        self.size.learn(self._clock() - self._sent, len(page.objects))
        if page.next_cursor is not None and page.next_cursor == self.cursor:
            raise TransportError(
                "MO answers every page with the same cursor, so the reading would never end.",
                remedy="Report it to MO's hosting with MO's version.",
            )
        self.cursor = page.next_cursor
        self.done = page.next_cursor is None
        return page


def check_pageable(prepared: Prepared) -> None:
    """Make sure that a document can be read page by page.

    Raises:
        SchemaError: its paged field is not called ``page``, or a variable is missing.
    """
    wanted = [f"${v}" for v in ("limit", "cursor") if not prepared.declares(v)]
    if not prepared.answers_as("page"):
        wanted.append("`page:` before its paged field")
    if wanted:
        raise SchemaError(
            f"The document can not be read page by page: it lacks {' and '.join(wanted)}.",
            remedy="Write it as query($limit: int, $cursor: Cursor) { page: engagements(limit: $limit, "
            "cursor: $cursor) { objects { uuid } page_info { next_cursor } } }.",
        )
