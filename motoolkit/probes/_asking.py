"""The forms of a query that are sent, and one request with its time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from motoolkit.probes._documents import all_instead, counted, cut, instead, joined, places, without
from motoolkit.probes.results import Extent, Series, Shot
from motoolkit.query import ask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphql import DocumentNode

    from motoolkit.client import Client
    from motoolkit.probes._documents import Place
    from motoolkit.probes.probe import Probe

_UUIDS: Final = 1 << 128
SMALLER: Final = (4, 2)
"""The page sizes beside the whole one: a quarter and a half tell how times grow."""
_FEWEST: Final = 4


@dataclass(slots=True)
class Asked:
    """A form of a query at one page size, ready to be sent, with what came of it."""

    client: Client
    document: DocumentNode
    variables: dict[str, Any]
    key: str
    series: Series
    paged: bool
    shots: list[Shot]

    def send(self, number: int) -> Any:
        """Send it once, note the time of this round, and return the answer.

        Raises:
            MoError: MO gave no answer, or refused.
        """
        timed = self.client.timed(self.document, self.variables)
        answer = timed.answer[self.key]
        objects = len(answer["objects"]) if self.paged else counted(answer, ())
        self.shots.append(Shot(number, timed.first, timed.whole, timed.size, objects))
        return answer

    @property
    def done(self) -> Series:
        """The series as it was measured."""
        s = self.series
        return Series(s.form, s.path, s.page_size, s.version, s.parents, tuple(self.shots))


def asked(
    client: Client,
    probe: Probe,
    document: DocumentNode,
    as_of: date,
    *,
    page_size: int,
    form: str,
    path: tuple[str, ...] = (),
    parents: int = 0,
) -> Asked:
    """Return a form of a probe's query, as of a day and a page at a time.

    Raises:
        SchemaError: it does not fit MO's schema; nothing was sent.
        InputError: it would change something.
    """
    (one,) = ask(client, document, probe.given(document), as_of=as_of).readings
    turning = {"limit": page_size, "cursor": one.cursor} if one.paged else {}
    series = Series(form, path, page_size, client.version, parents)
    key = "page" if one.paged else one.key
    return Asked(client, one.document, {**one.variables, **turning}, key, series, one.paged, [])


def forms(probe: Probe, found: list[Place]) -> Iterator[tuple[str, tuple[str, ...], DocumentNode]]:
    """Yield the forms that are measured at the whole page size, beside those without a field."""
    tree = probe.tree
    for place in found:
        if (swapped := instead(tree, place)) is not None:
            yield "instead", place.path, swapped
        if place.link.targets and (bare := joined(tree, place)) != without(tree, place.path):
            yield "joined", place.path, bare
    if (new := all_instead(tree, found)) is not None:
        yield "instead", (), new
    for depth in range(max((place.depth for place in found), default=0)):
        yield "depth", (str(depth),), cut(tree, found, depth)


def sizes(page_size: int, objects: int) -> list[int]:
    """Return the page sizes to measure, the largest last: fractions of what there really is."""
    most = min(page_size, objects) if objects else page_size
    return [*(most // part for part in SMALLER if most // part >= _FEWEST), page_size]


def fields_of(probe: Probe, client: Client) -> list[Place]:
    """Return the nested fields of a probe, which has been checked."""
    return places(probe.tree, client.schema)


def extent_of(answer: Any) -> Extent:
    """Return how many objects there are in all, by what one page holds.

    MO tells no number, but sorts by UUID, and UUIDs lie evenly: a page that reaches a tenth of the way
    holds a tenth of the objects.
    """
    objects = answer["objects"]
    if not answer["page_info"]["next_cursor"] or not objects:
        return Extent(len(objects))
    uuid = objects[-1].get("uuid")
    reached = (UUID(uuid).int + 1) / _UUIDS if uuid else 1.0
    return Extent(max(round(len(objects) / reached), len(objects) + 1), estimated=True)
