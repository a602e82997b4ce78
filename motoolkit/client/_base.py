"""All that a client does but the I/O: both faces, sync and async, run these steps."""

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE, EVER, read_document
from motoolkit.client._answers import judge
from motoolkit.client._auth import auth_for, held_token
from motoolkit.client._calls import Steps, post_graphql
from motoolkit.client._check import (
    DeprecatedFieldWarning,
    Document,
    Prepared,
    check_variables,
    document_text,
    prepare,
)
from motoolkit.client._claims import SPECIAL_ACTORS, claims
from motoolkit.client._identity import Identity
from motoolkit.client._opening import negotiation_steps, sandbox_steps
from motoolkit.client._paging import MOST, Page, Pager, PageSize, check_pageable
from motoolkit.client._schemas import schema_steps

if TYPE_CHECKING:
    from collections.abc import Collection as Names
    from collections.abc import Iterable, Mapping

    from graphql import GraphQLSchema

    from motoolkit.client._transport import Wire
    from motoolkit.profile import Profile

_MAX_PREPARED: Final = 256
ME: Final = "{ me { actor { uuid display_name } username email roles } }"


class BaseClient:
    """The state of a client and its procedures, as steps."""

    def __init__(self, profile: Profile, wire: Wire) -> None:
        self.profile = profile
        self.url = profile.mo_url
        self._place = f"MO at {profile.mo_url}"
        self._wire = wire
        self._wire.auth = auth_for(profile.credentials, self._place)
        self._version: int | None = None
        self._schema: GraphQLSchema | None = None
        self._prepared: dict[str, Prepared] = {}
        self._warned: set[str] = set()

    if TYPE_CHECKING:

        @property
        def version(self) -> int:
            """The GraphQL version in use."""

        @property
        def schema(self) -> GraphQLSchema:
            """MO's schema in this version."""

    def __repr__(self) -> str:
        speaks = f", GraphQL v{self._version}" if self._version else ""
        return f"<{type(self).__name__} {self.url}{speaks}>"

    @property
    def claims(self) -> dict[str, Any] | None:
        """What the token in use holds, unverified; None without one, or before the first request."""
        token = held_token(self._wire.auth)
        return None if token is None else claims(token.reveal())

    @property
    def known_schema(self) -> GraphQLSchema | None:
        """MO's schema if it has been read already, for those who can not wait for it."""
        return self._schema

    @property
    def known_version(self) -> int | None:
        """The GraphQL version if it has been agreed on already; nothing is asked."""
        return self._version

    def check(self, document: Document, variables: Mapping[str, Any] | None = None) -> Prepared:
        """Hold a document against MO's schema; nothing is sent.

        A variable that is given need not be declared: it is declared as what it is used for.

        Raises:
            SchemaError: the document does not fit, or a variable is unknown, missing or of the wrong kind.
        """
        prepared = prepare(document_text(document), self.schema, self.version, variables or ())
        check_variables(prepared, self.schema, variables or {})
        return prepared

    def _meeting(self) -> Steps[int]:
        """Find out who we are here, if only the URL was given, and which version to speak."""
        if self.profile.credentials is None:
            found = yield from sandbox_steps()
            self._wire.auth = auth_for(found, self._place)
        self._wire.version = yield from negotiation_steps(self.profile.graphql_version, self._place)
        return self._wire.version

    def _reading_schema(self, version: int) -> Steps[GraphQLSchema]:
        return (yield from schema_steps(self.url, version, self._place))

    def _prepare(self, document: Document, schema: GraphQLSchema, version: int) -> Prepared:
        """Check a document once; the toolkit's own come again and again."""
        text = document_text(document)
        prepared = self._prepared.get(text)
        if prepared is None:
            if len(self._prepared) >= _MAX_PREPARED:
                self._prepared.clear()
            prepared = self._prepared[text] = prepare(text, schema, version)
        return prepared

    def _warn(self, deprecated: Iterable[str]) -> None:
        for told in deprecated:
            if told not in self._warned:
                self._warned.add(told)
                warnings.warn(told, DeprecatedFieldWarning, stacklevel=3)

    def _executing(
        self,
        prepared: Prepared,
        variables: Mapping[str, Any] | None,
        schema: GraphQLSchema,
        version: int,
        timeout: float | None,
        *,
        once: bool = False,
    ) -> Steps[dict[str, Any]]:
        given = dict(variables or {})
        check_variables(prepared, schema, given)
        payload = {"query": prepared.text, "variables": given}
        answer = yield post_graphql(
            version,
            lambda: payload,
            self._place,
            repeatable=prepared.repeatable and not once,
            timeout=timeout,
        )
        return judge(answer, prepared, schema)

    def _pager(
        self,
        prepared: Prepared,
        variables: Mapping[str, Any] | None,
        schema: GraphQLSchema,
        cursor: str | None,
        page_size: int | None,
    ) -> Pager:
        check_pageable(prepared)
        given = dict(variables or {})
        check_variables(prepared, schema, given)
        size = PageSize(page_size or self.profile.page_size, page_size or MOST)
        return Pager(given, cursor, size, time.monotonic)

    def _turning(self, pager: Pager, prepared: Prepared, schema: GraphQLSchema, version: int) -> Steps[Page]:
        answer = yield post_graphql(
            version,
            lambda: {"query": prepared.text, "variables": pager.variables()},
            self._place,
            repeatable=prepared.repeatable,
            on_busy=pager.size.shrink,
        )
        return pager.accept(judge(answer, prepared, schema))

    @staticmethod
    def _reading(
        collection: str,
        fields: Names[str] | None,
        filter: Mapping[str, Any] | None,  # noqa: A002 - MO's own word
        version: int,
        asserted: str | None = None,
    ) -> tuple[str, dict[str, Any]]:
        """Return the document and the variables that read a collection, of all time unless told otherwise."""
        variables: dict[str, Any] = {"filter": {**EVER, **(filter or {})}}
        if asserted is not None:
            variables["asserted"] = variables["filter"]["registration_time"] = asserted
        document = read_document(CATALOGUE.find(collection), version, fields, asserted=asserted is not None)
        return document, variables


def read_identity(data: dict[str, Any]) -> Identity:
    """Return who MO takes us for."""
    me = data["me"]
    uuid = str(me["actor"]["uuid"])
    return Identity(
        uuid=uuid,
        name=me["username"] or me["actor"]["display_name"],
        email=me["email"],
        roles=frozenset(me["roles"]),
        meaning=SPECIAL_ACTORS.get(uuid),
    )
