"""How much waits in MO for a listener that is paused."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from motoolkit.client import connect
from motoolkit.errors import MoError
from motoolkit.events._directory import listeners

if TYPE_CHECKING:
    from motoolkit.client import Client
    from motoolkit.profile import Profile

_SECONDS_BETWEEN_QUESTIONS: Final = 3.0


class Backlog:
    """Asks MO now and then how much waits for the listeners of a name; not for several threads."""

    def __init__(self, profile: Profile, name: str) -> None:
        self._profile = profile
        self._name = name
        self._client: Client | None = None
        self._count = 0
        self._asked = float("-inf")

    def count(self) -> int:
        """Return how many events wait, as of some seconds ago at most; what MO does not tell is as it was."""
        if time.monotonic() - self._asked >= _SECONDS_BETWEEN_QUESTIONS:
            try:
                self._client = self._client or connect(self._profile)
                self._count = sum(entry.waiting or 0 for entry in listeners(self._client, self._name))
            except MoError:
                # The listener itself tells when MO is ill.
                pass
            self._asked = time.monotonic()
        return self._count

    def close(self) -> None:
        """Close the client."""
        if self._client is not None:
            self._client.close()
