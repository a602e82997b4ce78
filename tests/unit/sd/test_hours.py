"""How long SD is closed, on ordinary nights and on those on which the clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from motoolkit.errors import SdClosedError
from motoolkit.model import COPENHAGEN
from motoolkit.sd.client._hours import OpeningHours

HOUR = 3600


def closed(now):
    """Ask at a moment, and return the error."""
    with pytest.raises(SdClosedError) as error:
        OpeningHours("06:00-22:00", now=lambda: now).check()
    return error.value


@pytest.mark.parametrize(
    ("evening", "hours"),
    [
        (datetime(2026, 11, 23, 23, tzinfo=COPENHAGEN), 7),
        # Trap: two times of one zone are subtracted as clocks show them.
        (datetime(2027, 3, 27, 23, tzinfo=COPENHAGEN), 6),
        (datetime(2026, 10, 24, 23, tzinfo=COPENHAGEN), 8),
    ],
    ids=["ordinary", "to summer time", "to winter time"],
)
def test_one_waits_until_the_clocks_show_six(evening, hours):
    """An hour less in March and one more in October."""
    error = closed(evening)
    assert error.retry_after == hours * HOUR
    assert (error.opens - evening.astimezone(UTC)).total_seconds() == hours * HOUR
    assert f"{error.opens:%H:%M}" == "06:00"


@pytest.mark.parametrize(("fold", "hours"), [(0, 4.5), (1, 3.5)])
def test_half_past_two_comes_twice_in_october(fold, hours):
    """Which of the two it is counts."""
    assert closed(datetime(2026, 10, 25, 2, 30, tzinfo=COPENHAGEN, fold=fold)).retry_after == hours * HOUR


def test_the_machines_own_zone_does_not_count():
    """A server in UTC asks for the same hours."""
    assert closed(datetime(2027, 3, 27, 22, tzinfo=UTC)).retry_after == 6 * HOUR
