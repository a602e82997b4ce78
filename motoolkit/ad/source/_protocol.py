"""What can be read of a directory, whatever it is read from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import TracebackType

    from motoolkit.ad.records import Delta, Snapshot
    from motoolkit.profile.ad import AdSettings


class DirectorySource(Protocol):
    """One directory, read whole, by what changed, or object by object; never written to.

    Reading is synchronous and belongs to one thread; call it through ``asyncio.to_thread``.
    """

    settings: AdSettings

    rereads: bool
    """Whether reading again is looking again; a file says the same however often it is read."""

    def snapshot(self) -> Snapshot:
        """Read all of it.

        Raises:
            AdError: it can not be read, or not to its end; there is no half snapshot.
        """
        ...

    def changes(self, cookie: str, *, known: Collection[str] = ()) -> Delta:
        """Read what changed since a cookie; every object that is in it is in it whole.

        A link to what is deleted goes away without a change of what holds it: who keeps groups and managers
        reads those that pointed to what is ``gone`` again, with ``read``.

        Args:
            cookie: of a snapshot's header or of the delta before.
            known: GUIDs of all that is held.  Without the right to see deletions, what is gone is found by
                comparing with them; where they are missing, with what this source read itself.

        Raises:
            AdAnewError: it can not go on from there; a new snapshot can.
            AdError: it can not be read.
        """
        ...

    def read(self, guids: Collection[str]) -> Delta:
        """Read these objects as they are now; ``gone`` has those that are not there.  It has no cookie.

        Raises:
            AdError: they can not be read.
        """
        ...

    def close(self) -> None:
        """Let go of the connection; a closed source opens again when it is read."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
