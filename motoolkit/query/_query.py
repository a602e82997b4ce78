"""Running a query: each collection page by page, and each page flattened as it comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from motoolkit.errors import InputError
from motoolkit.model import as_date
from motoolkit.progress import progress
from motoolkit.query._asof import steer
from motoolkit.query._flatten import flatten
from motoolkit.query._frames import Frames
from motoolkit.query._shape import shape_of
from motoolkit.query._split import split
from motoolkit.query._typed import frame_of, masked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
    from datetime import date

    import pandas as pd

    from motoolkit.client import AsyncClient, Client, Document, Page
    from motoolkit.progress import Reporter
    from motoolkit.query._split import Reading


def ask(
    client: Client | AsyncClient,
    document: Document,
    variables: Mapping[str, Any] | None = None,
    *,
    as_of: date | str | None = None,
) -> Query:
    """Check a query; nothing but the schema is read yet.

    Args:
        client: the MO.
        document: a query.
        variables: its variables, which it need not declare.
        as_of: the day for everything in the document that does not say itself of when it is.

    Raises:
        InputError: the document would change something.
        SchemaError: it does not fit MO's schema.
    """
    given = dict(variables or {})
    checked = client.check(document, given)
    if not checked.repeatable:
        raise InputError(
            "The document changes something in MO.",
            remedy="Make a plan: mo.plan(). What reads only can be asked as a query.",
        )
    tree = checked.document
    unsteered: tuple[str, ...] = ()
    if as_of is not None:
        steered = steer(tree, given, client.schema, as_date(as_of))
        tree, given, unsteered = steered.document, steered.variables, steered.unsteered
    return Query(client, tuple(split(tree, given, client.schema)), checked.deprecated, unsteered)


@dataclass(frozen=True, slots=True)
class Query:
    """A query that fits MO's schema.

    Attributes:
        client: the MO.
        readings: its top-level fields.
        deprecated: what MO says about fields that it will remove.
        unsteered: fields that MO answers for today whatever day was asked for.
    """

    client: Client | AsyncClient
    readings: tuple[Reading, ...]
    deprecated: tuple[str, ...]
    unsteered: tuple[str, ...]

    def frame(self, *, every: bool = False, show_cpr: bool = False) -> pd.DataFrame:
        """Return the answer of the only top-level field as a frame.

        Raises:
            InputError: there are several.
            MoError: as ``Client.execute``.
        """
        self._check_single()
        (frame,) = self.frames(every=every, show_cpr=show_cpr).values()
        return frame

    def frames(self, *, every: bool = False, show_cpr: bool = False) -> Frames:
        """Return the answer of each top-level field as a frame, by its name in the answer.

        Args:
            every: read on past the document's own ``limit``.
            show_cpr: show CPR numbers.

        Raises:
            MoError: as ``Client.execute``.
        """
        return Frames(
            {
                one.key: self.framed(one, self._answers(one, every=every), show_cpr=show_cpr)
                for one in self.readings
            }
        )

    def raw(self, *, every: bool = False, show_cpr: bool = False) -> dict[str, Any]:
        """Return the answer as MO's JSON, with all pages of a collection in its ``objects``."""
        return {one.key: self._raw(one, every=every, show_cpr=show_cpr) for one in self.readings}

    async def aframe(self, *, every: bool = False, show_cpr: bool = False) -> pd.DataFrame:
        """Return the answer of the only top-level field as a frame; as ``frame``, of an ``AsyncClient``."""
        self._check_single()
        (one,) = self.readings
        answers = [answer async for answer in self._aanswers(one, every=every)]
        return self.framed(one, answers, show_cpr=show_cpr)

    def _check_single(self) -> None:
        if len(self.readings) != 1:
            raise InputError(
                f"The query has {len(self.readings)} top-level fields, and a frame holds the rows of one.",
                remedy="Ask one at a time, or use motoolkit.query.ask(mo, ...).frames().",
            )

    def framed(self, one: Reading, answers: Iterable[Any], *, show_cpr: bool) -> pd.DataFrame:
        """Return the frame of the answers to one reading, from wherever they came."""
        node = shape_of(one, self.client.schema)
        blocks = [flatten(node, answer) for answer in answers]
        return frame_of(node, blocks, self.client.version, show_cpr=show_cpr)

    def _raw(self, one: Reading, *, every: bool, show_cpr: bool) -> Any:
        answers = list(self._answers(one, every=every))
        whole = {"objects": [o for answer in answers for o in answer["objects"]]} if one.paged else answers[0]
        return whole if show_cpr else masked(shape_of(one, self.client.schema), whole)

    def _answers(self, one: Reading, *, every: bool) -> Iterator[Any]:
        """Yield what MO answers: each page of a collection, else the one answer."""
        client = cast("Client", self.client)
        if not one.paged:
            yield client.execute(one.document, one.variables)[one.key]
            return
        with progress(one.key) as report:
            wanted = _Wanted(one, client, report, every=every)
            for page in client.pages(*wanted.request, cursor=one.cursor, page_size=wanted.page_size):
                yield wanted.take(page)
                if wanted.done:
                    break
            wanted.finish()

    async def _aanswers(self, one: Reading, *, every: bool) -> AsyncIterator[Any]:
        client = cast("AsyncClient", self.client)
        if not one.paged:
            yield (await client.execute(one.document, one.variables))[one.key]
            return
        with progress(one.key) as report:
            wanted = _Wanted(one, client, report, every=every)
            async for page in client.pages(*wanted.request, cursor=one.cursor, page_size=wanted.page_size):
                yield wanted.take(page)
                if wanted.done:
                    break
            wanted.finish()


class _Wanted:
    """How much of a collection is wanted, and how much of it is there."""

    def __init__(self, one: Reading, client: Client | AsyncClient, report: Reporter, *, every: bool) -> None:
        self.request = (one.document, one.variables)
        self._most = None if every else one.most
        few = self._most is not None and self._most < client.profile.page_size
        self.page_size = max(self._most or 0, 1) if few else None
        self._report = report
        self._read = 0
        self._more = False

    @property
    def done(self) -> bool:
        """Whether the document's own limit is reached."""
        return self._most is not None and self._read >= self._most

    def take(self, page: Page) -> dict[str, Any]:
        """Return what is wanted of a page."""
        objects = page.objects if self._most is None else page.objects[: self._most - self._read]
        self._read += len(objects)
        self._more = page.next_cursor is not None or len(objects) < len(page.objects)
        self._report.update(f"{self._read:,} objects")
        return {"objects": objects}

    def finish(self) -> None:
        """Tell how much was read, and whether there is more."""
        more = ", and there are more" if self._more else ""
        self._report.finish(f"{self._read:,} objects{more}")
