"""A nested document as flat reads and local joins, and its answer from the mirror."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from motoolkit.errors import InputError
from motoolkit.language import tr
from motoolkit.mirror import Mirror
from motoolkit.model import today_in_denmark
from motoolkit.probes.flat._context import Context
from motoolkit.probes.flat._needs import Needs
from motoolkit.probes.flat._reading import Reader
from motoolkit.probes.flat._reads import reads_of
from motoolkit.probes.flat._rows import Rows
from motoolkit.probes.flat._steps import answer
from motoolkit.query import Frames, ask

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from motoolkit.client import Client, Document
    from motoolkit.probes.flat._needs import Join
    from motoolkit.probes.flat._reads import Read
    from motoolkit.probes.flat._steps import Step
    from motoolkit.query import Query


def rewrite(
    client: Client,
    document: Document,
    variables: Mapping[str, Any] | None = None,
    *,
    as_of: date | str | None = None,
    today: date | None = None,
) -> Rewriting:
    """Look a nested query through, and tell how to read it flat; nothing but the schema is read yet.

    Args:
        client: the MO.
        document: a query.
        variables: its variables, which it need not declare.
        as_of: the day for everything in the document that does not say itself of when it is.
        today: MO's day, which is that of what says nothing; without it Denmark's.

    Raises:
        InputError: the document would change something.
        SchemaError: it does not fit MO's schema.
    """
    query = ask(client, document, variables, as_of=as_of)
    needs, day = Needs(), today or today_in_denmark()
    steps = tuple(
        Reader(one, client.schema, Context(needs, day, client.version)).step() for one in query.readings
    )
    reads = tuple(reads_of(needs, client.version))
    return Rewriting(query, steps, reads, tuple(needs.joins.values()), needs)


@dataclass(frozen=True, slots=True, repr=False)
class Rewriting:
    """What becomes of a nested document.

    Attributes:
        query: the document as it would be asked.
        steps: its top-level fields, with what each field in them becomes.
        reads: the collections to read flat.
        joins: the links to follow locally.
        needs: the columns that are needed, by collection.
    """

    query: Query
    steps: tuple[Step, ...]
    reads: tuple[Read, ...]
    joins: tuple[Join, ...]
    needs: Needs

    @property
    def refusals(self) -> tuple[str, ...]:
        """What can not be had from the mirror, a sentence each."""
        return tuple(
            dict.fromkeys(
                tr("{path} can not be had from the mirror: {why}.", path=step.path, why=step.refused)
                for top in self.steps
                for step in top.walk()
                if step.refused
            )
        )

    @property
    def ok(self) -> bool:
        """Whether the mirror can answer all of it."""
        return not self.refusals

    @property
    def slow(self) -> tuple[tuple[str, str], ...]:
        """The fields that cost MO a query for each object above them, each with why."""
        return tuple((step.path, step.slow) for top in self.steps for step in top.walk() if step.slow)

    def load(self, client: Client) -> Mirror:
        """Read the collections that are needed into a mirror in memory.

        Raises:
            InputError: some of the document can not be had from a mirror.
            MoError: as ``Mirror.load``.
        """
        self._check()
        mirror = Mirror.open()
        try:
            mirror.load(client, [read.collection for read in self.reads])
        except BaseException:
            mirror.close()
            raise
        return mirror

    def frame(self, mirror: Mirror, *, show_cpr: bool = False) -> pd.DataFrame:
        """Return what ``motoolkit.query.ask(...).frame()`` would, from a mirror.

        Raises:
            InputError: there are several top-level fields, or some of it can not be had from a mirror.
            MirrorError: the mirror does not hold what is needed.
        """
        if len(self.steps) != 1:
            raise InputError(
                tr("The query has {number} top-level fields.", number=len(self.steps)),
                remedy=tr("Take frames(), which gives one for each."),
            )
        (frame,) = self.frames(mirror, show_cpr=show_cpr).values()
        return frame

    def frames(self, mirror: Mirror, *, show_cpr: bool = False) -> Frames:
        """Return the frame of each top-level field, by its name in the answer."""
        self._check()
        rows = Rows(mirror, self.needs.all())
        return Frames(
            {
                one.key: self.query.framed(one, [answer(step, rows, None)], show_cpr=show_cpr)
                for one, step in zip(self.query.readings, self.steps, strict=True)
            }
        )

    def _check(self) -> None:
        if refusals := self.refusals:
            raise InputError(refusals[0], remedy=tr("Ask MO itself: mo.query(document)."))
