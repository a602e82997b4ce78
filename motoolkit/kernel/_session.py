"""What the magics of one notebook share: the MO, the day, and the mirror."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import MirrorError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graphql import GraphQLSchema

    from motoolkit.client import Client
    from motoolkit.kernel.magics._explain import Asked
    from motoolkit.mirror import Mirror

MO: Final = "mo"
MIRROR: Final = "mirror"


class Session:
    """The MO, the day and the mirror of a notebook.

    They are the notebook's own variables ``mo`` and ``mirror`` wherever it has them: a notebook that has
    connected by itself is asked nothing twice.  ``as_of`` is the day of everything, None for today;
    ``asked`` is the query of the last ``%%mo`` cell.
    """

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names
        self._client: Client | None = None
        self._mirror: Mirror | None = None
        self.as_of: date | None = None
        self.asked: Asked | None = None
        self._changing = threading.Lock()

    @property
    def connected(self) -> bool:
        """Whether there is a MO already."""
        return self._found_client() is not None

    @property
    def client(self) -> Client:
        """The MO; the first use connects to ``MOTOOLKIT_PROFILE``, else to the sandbox.

        Raises:
            MoError: as ``motoolkit.connect``.
        """
        if found := self._found_client():
            return found
        from motoolkit.client import connect

        return self._take(connect(None), instead=False)

    def use(self, profile: str | None) -> Client:
        """Connect to another MO; the mirror and the schema of the one before are let go of.

        Args:
            profile: a profile's name or a URL; None as for ``motoolkit.connect``.

        Raises:
            MoError: as ``motoolkit.connect``; the MO of before stays.
        """
        from motoolkit.client import connect

        return self._take(connect(profile), instead=True)

    def _take(self, made: Client, *, instead: bool) -> Client:
        """Work with a client from now on; completion may have connected meanwhile, in its own thread."""
        with self._changing:
            found = None if instead else self._found_client()
            if found is not None:
                made.close()
                return found
            self._let_go()
            self._client = made
            self._keep(MO, made)
            return made

    @property
    def schema(self) -> GraphQLSchema:
        """MO's schema."""
        return self.client.schema

    def schema_if_known(self) -> GraphQLSchema | None:
        """Return MO's schema if it has been read already: whoever types must not wait."""
        client = self._found_client()
        return client.known_schema if client else None

    @property
    def has_mirror(self) -> bool:
        """Whether there is a mirror already."""
        return self._found_mirror() is not None

    @property
    def mirror(self) -> Mirror:
        """The mirror.

        Raises:
            MirrorError: there is none yet.
        """
        if found := self._found_mirror():
            return found
        raise MirrorError("There is no mirror yet.", remedy="Load one: %mo mirror load.")

    def load_mirror(self, collections: Iterable[str] | None = None) -> Mirror:
        """Read MO into a mirror in memory, or into the notebook's own.

        Raises:
            MoError: as ``Mirror.load``.
        """
        from motoolkit.mirror import Mirror

        client = self.client
        mirror = self._found_mirror() or Mirror.open()
        mirror.load(client, collections)
        if self._found_mirror() is None:
            self._mirror = mirror
            self._keep(MIRROR, mirror)
        return mirror

    def today(self) -> date:
        """Return the day of everything: that of ``%mo at``, else today in Denmark."""
        if self.as_of is not None:
            return self.as_of
        from datetime import datetime

        from motoolkit.model import COPENHAGEN

        return datetime.now(COPENHAGEN).date()

    def close(self) -> None:
        """Let go of what this made; the notebook's own stay."""
        self._let_go()

    def _found_client(self) -> Client | None:
        named = self._names.get(MO)
        return named if _is(named, "motoolkit.client._client", "Client") else self._client

    def _found_mirror(self) -> Mirror | None:
        named = self._names.get(MIRROR)
        return named if _is(named, "motoolkit.mirror._mirror", "Mirror") else self._mirror

    def _keep(self, name: str, value: Any) -> None:
        """Give the notebook a variable, unless it uses the name for something else."""
        taken = self._names.get(name)
        if taken is None or type(taken) is type(value):
            self._names[name] = value

    def _let_go(self) -> None:
        for name, made in ((MO, self._client), (MIRROR, self._mirror)):
            if made is not None:
                made.close()
                if self._names.get(name) is made:
                    del self._names[name]
        self._client = self._mirror = None


def _is(value: Any, module: str, name: str) -> bool:
    """Tell whether a value is of a class, without importing the class for whoever never uses it."""
    return any((kind.__module__, kind.__name__) == (module, name) for kind in type(value).__mro__)
