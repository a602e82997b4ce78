"""How long a request takes, as httpx tells it."""

from __future__ import annotations

import time

from motoolkit.client._timing import Stopwatch


def test_the_time_runs_from_the_last_request_sent():
    """A token that is renewed first is a request of its own, and does not count."""
    watch = Stopwatch()
    watch.note("http11.send_request_headers.started", {})
    time.sleep(0.05)
    watch.note("http11.receive_response_headers.complete", {})
    watch.note("http11.send_request_headers.started", {})
    watch.note("http11.receive_response_headers.complete", {})
    watch.stop()
    timed = watch.timed("answer", 7)
    assert timed.whole < 0.05
    assert 0 <= timed.first <= timed.whole
    assert (timed.answer, timed.size) == ("answer", 7)
