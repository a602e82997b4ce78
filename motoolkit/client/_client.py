"""The synchronous client: notebooks, reports, the command line."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from motoolkit.client._base import ME, BaseClient, read_identity
from motoolkit.client._calls import get_json, get_raw
from motoolkit.client._opening import served_steps
from motoolkit.client._schemas import mo_version_steps
from motoolkit.client._transport import HttpxTransport
from motoolkit.errors import InputError, MoError

if TYPE_CHECKING:
    from collections.abc import Collection as Names
    from collections.abc import Iterator, Mapping
    from datetime import date
    from types import TracebackType
    from typing import Self

    import httpx
    import pandas as pd
    from graphql import GraphQLSchema

    from motoolkit.client._calls import Steps
    from motoolkit.client._check import Document, Prepared
    from motoolkit.client._identity import Identity
    from motoolkit.client._paging import Page, Pager
    from motoolkit.client._timing import Timed
    from motoolkit.plan import Plan
    from motoolkit.profile import Profile

R = TypeVar("R")


class Client(BaseClient):
    """One MO.  Threads may share it, and it works inside a running event loop.

    ``profile`` tells how MO is reached, ``url`` where.  ``transport`` is a gql transport for those who bring
    gql's own client.  Close it, or use it in a ``with`` statement.
    """

    def __init__(self, profile: Profile) -> None:
        self.transport = HttpxTransport(profile)
        super().__init__(profile, self.transport)
        self._opening = threading.RLock()

    @property
    def version(self) -> int:
        """The GraphQL version in use: the pinned one, else the newest that MO and the toolkit share.

        Raises:
            InputError: MO does not serve the pinned version.
            TransportError, AuthenticationError: MO gives no usable answer, or turns us away.
        """
        with self._opening:
            if self._version is None:
                self._version = self._run(self._meeting())
            return self._version

    @property
    def schema(self) -> GraphQLSchema:
        """MO's schema in this version; read once, kept between runs.

        Raises:
            TransportError: MO does not hand it out.
        """
        with self._opening:
            if self._schema is None:
                self._schema = self._run(self._reading_schema(self.version))
            return self._schema

    def query(
        self,
        document: Document,
        variables: Mapping[str, Any] | None = None,
        *,
        as_of: date | str | None = None,
        every: bool = False,
        show_cpr: bool = False,
    ) -> pd.DataFrame:
        """Return the answer to a query as a data frame: typed columns, a row for each leaf (docs/queries.md).

        Args:
            document: one top-level field; a collection is read page by page, so it needs no cursor.
            variables: texts, numbers, dates, UUIDs and lists of them; the document need not declare them.
            as_of: the day for everything in the document that does not say itself of when it is.
            every: read on past the document's own ``limit``.
            show_cpr: show CPR numbers.

        Raises:
            InputError: the document has several top-level fields, or is a mutation.
            MoError: as ``execute``.
        """
        from motoolkit.query import ask

        asked = ask(self, document, variables, as_of=as_of)
        self._warn(asked.deprecated)
        return asked.frame(every=every, show_cpr=show_cpr)

    def execute(
        self,
        document: Document,
        variables: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        once: bool = False,
    ) -> dict[str, Any]:
        """Send a document and return MO's data.

        Args:
            document: GraphQL text, or what gql made of it.
            variables: texts, numbers, dates and UUIDs; a variable that the document lacks is refused.
            timeout: seconds, for a query that is known to be slow; None for the profile's.
            once: send it once, whatever comes back.

        Queries are sent again after a cut connection, a busy or a closed server; mutations never.

        Raises:
            SchemaError: the document does not fit MO's schema; nothing was sent.
            QueryError: MO refused; its kinds are AuthorisationError, NotFoundError and ValidationError.
            AuthenticationError, TransportError, BusyError: no answer of MO's came.
        """
        prepared = self._prepare(document, self.schema, self.version)
        self._warn(prepared.deprecated)
        return self._run(self._executing(prepared, variables, self.schema, self.version, timeout, once=once))

    def timed(
        self,
        document: Document,
        variables: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
    ) -> Timed[dict[str, Any]]:
        """Send a query once, and return MO's data with how long it took; deprecated fields are not told.

        Raises:
            InputError: the document changes something.
            MoError: as ``execute``.
        """
        prepared = self._prepare(document, self.schema, self.version)
        if not prepared.repeatable:
            raise InputError(
                "The document changes something in MO.", remedy="Only queries that read can be timed."
            )
        steps = self._executing(prepared, variables, self.schema, self.version, timeout, once=True)
        timed = self.transport.timed(next(steps))
        try:
            steps.send(timed.answer)
        except StopIteration as done:
            return replace(timed, answer=done.value)
        raise AssertionError

    def pages(
        self,
        document: Document,
        variables: Mapping[str, Any] | None = None,
        *,
        cursor: str | None = None,
        page_size: int | None = None,
    ) -> Iterator[Page]:
        """Read page by page; the document aliases its paged field ``page`` and takes $limit and $cursor.

        Args:
            document: GraphQL text, or what gql made of it.
            variables: the others than ``limit`` and ``cursor``.
            cursor: a page's ``next_cursor`` to continue after, of the same run.
            page_size: objects in the first page and at most; None for the profile's, which adapts.

        Raises:
            SchemaError: the document does not fit, or can not be paged.
            MoError: as ``execute``.
        """
        prepared = self._prepare(document, self.schema, self.version)
        self._warn(prepared.deprecated)
        return self._turned(self._pager(prepared, variables, self.schema, cursor, page_size), prepared)

    def read(
        self,
        collection: str,
        *,
        fields: Names[str] | None = None,
        filter: Mapping[str, Any] | None = None,  # noqa: A002 - MO's own word
        asserted: str | None = None,
        cursor: str | None = None,
        page_size: int | None = None,
    ) -> Iterator[Page]:
        """Read a collection of the catalogue, every validity, page by page.

        Args:
            collection: its name (``engagements``).
            fields: the catalogue's names of the wanted fields; None for all that a mirror keeps.
            filter: MO's filter; its window is all time unless ``from_date`` and ``to_date`` are given.
            asserted: an instant of MO's clock, to read what MO held to be true then.  It takes that with one
                of ``uuids`` only (measured).
            cursor: a page's ``next_cursor`` to continue after, of the same run.
            page_size: objects in the first page and at most; None for the profile's, which adapts.

        Raises:
            InputError: there is no such collection.
            MoError: as ``execute``.
        """
        document, variables = self._reading(collection, fields, filter, self.version, asserted)
        prepared = self._prepare(document, self.schema, self.version)
        return self._turned(self._pager(prepared, variables, self.schema, cursor, page_size), prepared)

    def _turned(self, pager: Pager, prepared: Prepared) -> Iterator[Page]:
        while not pager.done:
            yield self._run(self._turning(pager, prepared, self.schema, self.version))

    def me(self) -> Identity:
        """Ask MO who it takes us for, and which roles we have."""
        return read_identity(self.execute(ME))

    def mo_version(self) -> str | None:
        """Ask MO for its version; None where it was not built as a package."""
        return self._run(mo_version_steps(self._place))

    def served_versions(self) -> list[int]:
        """Ask MO which of the GraphQL versions that the toolkit knows it serves, newest first."""
        return self._run(served_steps(self._place))

    def health(self) -> dict[str, Any]:
        """Ask MO how its parts are; that needs no login (newsletter 6.2)."""
        told: dict[str, Any] = self.transport.send(get_json("/health/", self._place))
        return told

    def look(self, path: str) -> httpx.Response:
        """Return MO's response to a GET without a login, whatever it is."""
        return self.transport.send(get_raw(path))

    def plan(self, reason: str = "") -> Plan:
        """Return an empty plan for this MO: the only way in which the toolkit writes.

        Args:
            reason: why, for every operation that does not say it itself.
        """
        from motoolkit.plan import Plan

        return Plan(reason, client=self)

    def close(self) -> None:
        """Close the connections."""
        self.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, steps: Steps[R]) -> R:
        try:
            call = next(steps)
            while True:
                try:
                    result = self.transport.send(call)
                except MoError as error:
                    call = steps.throw(error)
                else:
                    call = steps.send(result)
        except StopIteration as done:
            found: R = done.value
            return found
