"""A nested document as flat reads and local joins, and its answer from the mirror."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from motoolkit.catalogue import CATALOGUE
from motoolkit.errors import InputError
from motoolkit.language import tr
from motoolkit.mirror import Mirror
from motoolkit.model import today_in_denmark
from motoolkit.probes.flat._context import Context
from motoolkit.probes.flat._fetch import fetch
from motoolkit.probes.flat._html import html
from motoolkit.probes.flat._needs import Needs
from motoolkit.probes.flat._reading import Reader
from motoolkit.probes.flat._reads import reads_of
from motoolkit.probes.flat._rows import Rows
from motoolkit.probes.flat._sql import select
from motoolkit.probes.flat._steps import answer
from motoolkit.probes.flat._text import text
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
    def notes(self) -> tuple[str, ...]:
        """What to know about an answer from the mirror."""
        names = {step.name for top in self.steps for step in top.walk()}
        found = []
        if names & {"validities", "validity"}:
            found.append(
                tr(
                    "Rows of one object that touch and say the same in every field are one in the mirror;"
                    " MO may cut them in two."
                )
            )
        if unsteered := self.query.unsteered:
            found.append(
                tr("{fields}: as today, for MO has them of no other day.", fields=", ".join(unsteered))
            )
        return tuple(found)

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

    def read(self, client: Client) -> Rows:
        """Read what is needed, and nothing else, just for this document: its ``reads`` as they stand.

        Faster than ``load`` where it is for one answer only; a mirror answers the next question too.

        Raises:
            InputError: some of the document can not be had flat.
            MoError: as ``Client.pages``.
        """
        self._check()
        return fetch(client, self.reads, self.needs.all())

    def frame(self, source: Mirror | Rows, *, show_cpr: bool = False) -> pd.DataFrame:
        """Return what ``motoolkit.query.ask(...).frame()`` would, from a mirror or what ``read`` gave.

        Raises:
            InputError: there are several top-level fields, or some of it can not be had flat.
            MirrorError: the mirror does not hold what is needed.
        """
        if len(self.steps) != 1:
            raise InputError(
                tr("The query has {number} top-level fields.", number=len(self.steps)),
                remedy=tr("Take frames(), which gives one for each."),
            )
        (frame,) = self.frames(source, show_cpr=show_cpr).values()
        return frame

    def frames(self, source: Mirror | Rows, *, show_cpr: bool = False) -> Frames:
        """Return the frame of each top-level field, by its name in the answer; else as ``frame``."""
        self._check()
        rows = source if isinstance(source, Rows) else Rows.of(source, self.needs.all())
        return Frames(
            {
                one.key: self.query.framed(one, [answer(step, rows, None)], show_cpr=show_cpr)
                for one, step in zip(self.query.readings, self.steps, strict=True)
            }
        )

    def sql(self) -> str:
        """Return one SELECT with what is read and joined; blank where none would be right."""
        if len(self.steps) != 1 or self.refusals:
            return ""
        top = next((name for name in CATALOGUE if self.steps[0].name in (name, CATALOGUE[name].twin)), "")
        return select(top, self.reads, self.joins)

    def text(self) -> str:
        """Return what becomes of the document as text."""
        return text(self)

    def __repr__(self) -> str:
        return self.text()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: FBT001 - IPython's call
        printer.text("Rewriting(...)" if cycle else self.text())

    def _repr_html_(self) -> str:
        return html(self)

    def _check(self) -> None:
        if refusals := self.refusals:
            raise InputError(refusals[0], remedy=tr("Ask MO itself: mo.query(document)."))
