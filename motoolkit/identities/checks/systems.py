"""Systems none of whose accounts is for an engagement: one finding a system, not one an account."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from motoolkit.identities import kinds
from motoolkit.identities.checks._hit import Hit
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.identities._owned import Owned
    from motoolkit.identities.checks._hit import Circumstances


class UnlinkedSystems:
    """Counts, person by person, the accounts in such systems of who has several engagements today."""

    def __init__(self, known: Circumstances) -> None:
        self._known = known
        self._found: Counter[str] = Counter()

    def look(self, one: Owned) -> None:
        """Count the accounts of a person."""
        today = self._known.as_of
        if not any(start <= today < end for start, end in one.in_parallel):
            return
        for row in one.itusers:
            if row.start <= today < row.end and row.itsystem not in self._known.linking_systems:
                self._found[row.itsystem] += 1

    def hits(self) -> Iterator[Hit]:
        """Yield the systems."""
        for system, number in self._found.items():
            told = tr("Accounts of persons with several engagements: {number}", number=number)
            name = self._known.names.system(system)
            yield Hit(kinds.UNLINKED_SYSTEM, "itsystem", system, name, [], others=told)
