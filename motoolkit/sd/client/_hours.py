"""SD-Løn's opening hours: outside of them nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from motoolkit.errors import SdClosedError
from motoolkit.model import COPENHAGEN
from motoolkit.profile.sd import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Callable


def copenhagen_now() -> datetime:
    """Return what clocks show in Copenhagen."""
    return datetime.now(COPENHAGEN)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When SD may be asked, every day of the week, by Copenhagen's clocks.

    Attributes:
        text: ``06:00-22:00`` or ``always``.
        now: the clock.
    """

    text: str
    now: Callable[[], datetime] = copenhagen_now

    def check(self) -> None:
        """Do nothing within the hours.

        Raises:
            SdClosedError: SD is closed; ``opens`` is when it opens.
        """
        now = self.now().astimezone(COPENHAGEN)
        opens = self.opens(now)
        if opens is None:
            return
        day = "today" if opens.date() == now.date() else "tomorrow"
        error = SdClosedError(
            f"SD-Løn is closed at {now:%H:%M}: it answers {self.text.replace('-', ' to ')} Danish time.",
            remedy=f"Try again when it opens, {day} at {opens:%H:%M}; other hours are the setting sd_hours.",
            # Two times of one zone are subtracted as clocks show them: an hour wrong when those are changed.
            retry_after=(opens.astimezone(UTC) - now.astimezone(UTC)).total_seconds(),
        )
        error.opens = opens
        raise error

    def opens(self, now: datetime) -> datetime | None:
        """Return when SD opens next; None where it is open."""
        if self.text == ALWAYS:
            return None
        first, last = self.text.split("-")
        clock = f"{now:%H:%M}"
        if first <= clock < last:
            return None
        day = now.date() if clock < first else now.date() + timedelta(days=1)
        return datetime.combine(day, time.fromisoformat(first), COPENHAGEN)
