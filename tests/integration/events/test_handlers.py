"""Handlers that raise, hang or block: found out, named, and in nobody else's way."""

from __future__ import annotations

import asyncio
import threading
import time


def test_a_handler_that_raises_leaves_the_event_to_mo(served, send, listen, caplog, waiting, until):
    """It is not acknowledged, it is named, it comes again when MO says so, and other events go on."""
    attempts = []

    def handle(event):
        attempts.append(event.subject)
        if event.subject == "dårlig" and attempts.count("dårlig") == 1:
            raise ValueError("kan ikke gemme 010190-1234")

    listener = listen(handle)
    with listener:
        send("dårlig", "god")
        until(lambda: listener.stats.acknowledged == 1 and listener.stats.failed == 1)
        assert waiting(listener) == ["dårlig"]
        [stuck] = listener.stuck()
        assert (stuck.routing_key, stuck.subject, stuck.failures) == ("ting", "dårlig", 1)
        assert stuck.error == "ValueError: kan ikke gemme 010190-xxxx"
        served.post("/sandbox/events/reset-last-tried", None)
        until(lambda: listener.stats.acknowledged == 2)
        assert listener.stuck() == []
    assert sorted(attempts[:2]) + attempts[2:] == ["dårlig", "god", "dårlig"]
    assert "010190-1234" not in caplog.text
    assert "handle failed with ting dårlig" in caplog.text


def test_all_handlers_of_a_key_must_succeed(send, listen, waiting, until):
    """One that fails keeps the event, and the rest are not begun."""
    seen = []

    def fail(_event):
        raise RuntimeError("nej")

    listener = listen(lambda event: seen.append(event.subject), fail, lambda _event: seen.append("never"))
    with listener:
        send("a")
        until(lambda: listener.stats.failed == 1)
        assert (seen, waiting(listener)) == (["a"], ["a"])


def test_an_async_handler_that_hangs_is_cancelled_and_named(send, listen, caplog, waiting, until):
    """Its event is left to MO, and the others go on."""
    listener = listen(hang_after=0.3)
    listener.add(_sleep_long, "ting")
    with listener:
        send("a")
        until(lambda: listener.stats.failed == 1)
        assert waiting(listener) == ["a"]
        assert "hung for 0.3 s and was cancelled" in listener.stuck()[0].error
    assert "_sleep_long has not ended after 0.3 s with ting a" in caplog.text


async def _sleep_long(_event):
    await asyncio.sleep(60)


def test_a_plain_handler_that_hangs_keeps_its_subject_and_lets_the_others_pass(send, listen, until):
    """A thread can not be cancelled; its event counts when it ends after all."""
    go_on, seen = threading.Event(), []

    def handle(event):
        if event.subject == "a":
            go_on.wait(30)
        seen.append(event.subject)

    listener = listen(handle, hang_after=0.3)
    with listener:
        send("a", "b")
        until(lambda: listener.stats.hanging == 1 and seen == ["b"])
        assert "hangs with ting a" in listener.stats.problem
        go_on.set()
        until(lambda: listener.stats.acknowledged == 2)
        assert (listener.stats.hanging, listener.stats.problem) == (0, None)


def test_a_handler_that_blocks_the_loop_is_found_out_and_named(send, listen, caplog, until):
    """An async handler that never awaits stops everything else: fetching, acknowledging, other handlers."""

    async def block(_event):
        time.sleep(2.6)  # noqa: ASYNC251 - that is the fault

    listener = listen(block)
    with listener:
        send("a")
        until(lambda: listener.stats.blocked == 1)
        until(lambda: listener.stats.acknowledged == 1)
    assert "block (ting a) blocks the event loop" in caplog.text
