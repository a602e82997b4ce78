"""Running a query: each collection page by page, and each page flattened as it comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    from collections.abc import Iterator, Mapping
    from datetime import date

    import pandas as pd

    from motoolkit.client import Client, Document
    from motoolkit.progress import Reporter
    from motoolkit.query._split import Reading


def ask(
    client: Client,
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

    client: Client
    readings: tuple[Reading, ...]
    deprecated: tuple[str, ...]
    unsteered: tuple[str, ...]

    def frame(self, *, every: bool = False, show_cpr: bool = False) -> pd.DataFrame:
        """Return the answer of the only top-level field as a frame.

        Raises:
            InputError: there are several.
            MoError: as ``Client.execute``.
        """
        if len(self.readings) != 1:
            raise InputError(
                f"The query has {len(self.readings)} top-level fields, and a frame holds the rows of one.",
                remedy="Ask one at a time, or use motoolkit.query.ask(mo, ...).frames().",
            )
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
        return Frames({one.key: self._frame(one, every=every, show_cpr=show_cpr) for one in self.readings})

    def raw(self, *, every: bool = False, show_cpr: bool = False) -> dict[str, Any]:
        """Return the answer as MO's JSON, with all pages of a collection in its ``objects``."""
        return {one.key: self._raw(one, every=every, show_cpr=show_cpr) for one in self.readings}

    def _frame(self, one: Reading, *, every: bool, show_cpr: bool) -> pd.DataFrame:
        schema, version = self.client.schema, self.client.version
        node = shape_of(one, schema)
        blocks = [flatten(node, answer) for answer in self._answers(one, every=every)]
        return frame_of(node, blocks, version, show_cpr=show_cpr)

    def _raw(self, one: Reading, *, every: bool, show_cpr: bool) -> Any:
        answers = list(self._answers(one, every=every))
        whole = {"objects": [o for answer in answers for o in answer["objects"]]} if one.paged else answers[0]
        return whole if show_cpr else masked(shape_of(one, self.client.schema), whole)

    def _answers(self, one: Reading, *, every: bool) -> Iterator[Any]:
        """Yield what MO answers: each page of a collection, else the one answer."""
        if one.paged:
            with progress(one.key) as report:
                yield from self._pages(one, None if every else one.most, report)
        else:
            yield self.client.execute(one.document, one.variables)[one.key]

    def _pages(self, one: Reading, most: int | None, report: Reporter) -> Iterator[Any]:
        read = 0
        few = most if most is not None and most < self.client.profile.page_size else None
        pages = self.client.pages(one.document, one.variables, cursor=one.cursor, page_size=few)
        for page in pages if most != 0 else ():
            objects = page.objects if most is None else page.objects[: most - read]
            read += len(objects)
            report.update(f"{read:,} objects")
            yield {"objects": objects}
            if most is not None and read >= most:
                more = page.next_cursor is not None or len(objects) < len(page.objects)
                report.finish(f"{read:,} objects{', and there are more' if more else ''}")
                return
        report.finish(f"{read:,} objects")
