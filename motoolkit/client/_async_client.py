"""The asynchronous client: services, event listeners, many requests at a time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from motoolkit.client._base import ME, BaseClient, read_identity
from motoolkit.client._schemas import mo_version_steps
from motoolkit.client._transport import AsyncHttpxTransport
from motoolkit.errors import InputError, MoError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from collections.abc import Collection as Names
    from datetime import date
    from types import TracebackType
    from typing import Self

    import pandas as pd
    from graphql import GraphQLSchema

    from motoolkit.client._calls import Steps
    from motoolkit.client._check import Document
    from motoolkit.client._identity import Identity
    from motoolkit.client._paging import Page
    from motoolkit.profile import Profile

R = TypeVar("R")


class AsyncClient(BaseClient):
    """``Client`` for ``await``: the same names, arguments, results and errors.

    ``aconnect`` or ``async with`` opens it; ``version`` and ``schema`` are known from then on.
    """

    def __init__(self, profile: Profile) -> None:
        self.transport = AsyncHttpxTransport(profile)
        super().__init__(profile, self.transport)
        self._opening = asyncio.Lock()

    async def open(self) -> Self:
        """Meet MO: log in, agree on a version, read the schema.  Opening twice does nothing.

        Raises:
            InputError: MO does not serve the pinned version.
            TransportError, AuthenticationError: MO gives no usable answer, or turns us away.
        """
        async with self._opening:
            if self._version is None:
                self._version = await self._run(self._meeting())
            if self._schema is None:
                self._schema = await self._run(self._reading_schema(self._version))
        return self

    @property
    def version(self) -> int:
        """The GraphQL version in use.

        Raises:
            InputError: the client is not open yet.
        """
        if self._version is None:
            raise _not_open()
        return self._version

    @property
    def schema(self) -> GraphQLSchema:
        """MO's schema in this version.

        Raises:
            InputError: the client is not open yet.
        """
        if self._schema is None:
            raise _not_open()
        return self._schema

    async def query(
        self,
        document: Document,
        variables: Mapping[str, Any] | None = None,
        *,
        as_of: date | str | None = None,
        every: bool = False,
        show_cpr: bool = False,
    ) -> pd.DataFrame:
        """Return the answer to a query as a data frame; as ``Client.query``."""
        from motoolkit.query import ask

        asked = ask(self, document, variables, as_of=as_of)
        self._warn(asked.deprecated)
        return await asked.aframe(every=every, show_cpr=show_cpr)

    async def execute(
        self,
        document: Document,
        variables: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,  # noqa: ASYNC109 - it is httpx that watches the time
    ) -> dict[str, Any]:
        """Send a document and return MO's data, as ``Client.execute``."""
        await self.open()
        prepared = self._prepare(document, self.schema, self.version)
        self._warn(prepared.deprecated)
        return await self._run(self._executing(prepared, variables, self.schema, self.version, timeout))

    async def pages(
        self,
        document: Document,
        variables: Mapping[str, Any] | None = None,
        *,
        cursor: str | None = None,
        page_size: int | None = None,
    ) -> AsyncIterator[Page]:
        """Read page by page, as ``Client.pages``."""
        await self.open()
        prepared = self._prepare(document, self.schema, self.version)
        self._warn(prepared.deprecated)
        pager = self._pager(prepared, variables, self.schema, cursor, page_size)
        while not pager.done:
            yield await self._run(self._turning(pager, prepared, self.schema, self.version))

    async def read(
        self,
        collection: str,
        *,
        fields: Names[str] | None = None,
        filter: Mapping[str, Any] | None = None,  # noqa: A002 - MO's own word
        asserted: str | None = None,
        cursor: str | None = None,
        page_size: int | None = None,
    ) -> AsyncIterator[Page]:
        """Read a collection of the catalogue, every validity, as ``Client.read``."""
        await self.open()
        document, variables = self._reading(collection, fields, filter, self.version, asserted)
        prepared = self._prepare(document, self.schema, self.version)
        pager = self._pager(prepared, variables, self.schema, cursor, page_size)
        while not pager.done:
            yield await self._run(self._turning(pager, prepared, self.schema, self.version))

    async def me(self) -> Identity:
        """Ask MO who it takes us for, and which roles we have."""
        return read_identity(await self.execute(ME))

    async def mo_version(self) -> str | None:
        """Ask MO for its version; None where it was not built as a package."""
        return await self._run(mo_version_steps(self._place))

    async def close(self) -> None:
        """Close the connections."""
        await self.transport.close()

    async def __aenter__(self) -> Self:
        try:
            return await self.open()
        except BaseException:
            await self.close()
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _run(self, steps: Steps[R]) -> R:
        try:
            call = next(steps)
            while True:
                try:
                    result = await self.transport.send(call)
                except MoError as error:
                    call = steps.throw(error)
                else:
                    call = steps.send(result)
        except StopIteration as done:
            found: R = done.value
            return found


def _not_open() -> InputError:
    return InputError(
        "The client is not open yet.", remedy="Use `await motoolkit.aconnect(...)` or `async with`."
    )
