"""When a listener counts as well, by its numbers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from motoolkit.events import Stats
from motoolkit.events._health import examine
from motoolkit.model import COPENHAGEN

NOW = datetime(2026, 11, 23, 12, tzinfo=COPENHAGEN)
LATELY = NOW - timedelta(seconds=5)
LONG_AGO = NOW - timedelta(seconds=600)


def listening(**numbers):
    """Return the numbers of a listener that began an hour ago."""
    return Stats(state="listening", started=NOW - timedelta(hours=1), **numbers)


def test_a_listener_that_hears_from_mo_is_well():
    """Five seconds are what an idle one waits between two questions."""
    health = examine(listening(last_answer=LATELY), NOW)
    assert (health.ok, health.sentence) == (True, "The listener listens.")
    assert health.as_json("payroll") == {
        "status": "ok",
        "listener": "payroll",
        "state": "listening",
        "message": "The listener listens.",
        "seconds_since_answer": 5.0,
    }


@pytest.mark.parametrize(
    ("stats", "sentence"),
    [
        (listening(last_answer=LONG_AGO), "MO has not answered for 600 seconds."),
        (listening(), "MO has not answered for 3600 seconds."),
        (Stats(state="ill", problem="MO answered 502 to 010190-1234."), "MO answered 502 to 010190-xxxx."),
        (listening(last_answer=LATELY, problem="payroll.handle hangs"), "payroll.handle hangs"),
        (Stats(), "The listener has not begun."),
        (Stats(state="stopped", last_answer=LATELY), "The listener has stopped."),
    ],
)
def test_what_is_wrong_is_one_sentence_without_cpr_numbers(stats, sentence):
    """For the page of whoever is on call."""
    health = examine(stats, NOW)
    assert (health.ok, health.sentence) == (False, sentence)


def test_silence_is_no_illness_where_mo_is_not_asked():
    """While it is paused, or has its hands full with slow handlers."""
    assert examine(listening(last_answer=LONG_AGO, in_hand=20), NOW).ok
    assert examine(Stats(state="paused", last_answer=LONG_AGO), NOW).ok
