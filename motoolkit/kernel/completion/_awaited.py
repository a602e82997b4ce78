"""What typing needs of MO: fetched once, in the background, and waited for a moment at most."""

from __future__ import annotations

import threading
import time
import weakref
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphql import GraphQLSchema

    from motoolkit.kernel.completion._keys import Keys

T = TypeVar("T")

PATIENCE: Final = 2.0
"""Seconds that typing may stand still for MO, once."""
_AGAIN_AFTER: Final = 30.0
"""Seconds until a MO that gave no answer is asked again."""


class SessionLike(Protocol):
    """What is needed of a session."""

    @property
    def connected(self) -> bool:
        """Whether there is a MO already."""

    @property
    def client(self) -> Any:
        """The MO; the first use connects."""

    @property
    def schema(self) -> GraphQLSchema:
        """Its schema."""


class Awaited(Generic[T]):
    """Something that is fetched when it is first asked for, and never in the way of whoever asks."""

    def __init__(self, fetch: Callable[[], T]) -> None:
        self._fetch = fetch
        self._thread: threading.Thread | None = None
        self._value: T | None = None
        self._ended = 0.0
        self._patience = PATIENCE

    def value(self) -> T | None:
        """Return it; None while it is not there, and where MO gives none."""
        if self._value is None:
            self._start()
            self._wait()
        return self._value

    def _start(self) -> None:
        is_over = self._thread is None or not self._thread.is_alive()
        if is_over and (self._thread is None or time.monotonic() - self._ended > _AGAIN_AFTER):
            self._patience = PATIENCE
            self._thread = threading.Thread(target=self._run, name="motoolkit-completion", daemon=True)
            self._thread.start()

    def _wait(self) -> None:
        """Wait as long as there is patience left: it is spent once, not at every keystroke."""
        if self._thread is not None and self._thread.is_alive() and self._patience > 0:
            began = time.monotonic()
            self._thread.join(self._patience)
            self._patience -= time.monotonic() - began

    def _run(self) -> None:
        try:
            self._value = self._fetch()
        except Exception:  # noqa: BLE001 - nothing that MO or a network does may reach whoever types
            self._value = None
        self._ended = time.monotonic()


class Knowledge:
    """The schemas and the user keys of the MOs that a notebook talks to."""

    def __init__(self, session: SessionLike) -> None:
        self._session = session
        self._connecting = Awaited(lambda: session.schema)
        self._schemas: weakref.WeakKeyDictionary[Any, Awaited[GraphQLSchema]] = weakref.WeakKeyDictionary()
        self._keys: weakref.WeakKeyDictionary[Any, Awaited[Keys]] = weakref.WeakKeyDictionary()

    def schema(self, client: Any = None) -> GraphQLSchema | None:
        """Return the schema of a client's MO, of the session's if none is named; the first use connects."""
        # This takes longer than MO does, and no network is in it: it comes before the clock starts.
        import motoolkit.client  # noqa: F401

        client = client or self._connected()
        if client is None:
            return self._connecting.value()
        if client not in self._schemas:
            known = weakref.ref(client)
            self._schemas[client] = Awaited(lambda: known().schema)  # type: ignore[union-attr]  # it is asked now
        return self._schemas[client].value()

    def keys(self, client: Any = None) -> Keys | None:
        """Return the user keys of a client's MO; None as long as nobody has connected."""
        from motoolkit.kernel.completion._keys import read_keys

        client = client or self._connected()
        if client is None:
            return None
        if client not in self._keys:
            known = weakref.ref(client)
            self._keys[client] = Awaited(lambda: read_keys(known()))
        return self._keys[client].value()

    def _connected(self) -> Any:
        return self._session.client if self._session.connected else None
