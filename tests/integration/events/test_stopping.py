"""Stopping, draining, pausing, and going on where one was."""

from __future__ import annotations

import asyncio
import os
import signal
import time

import pytest


def test_a_listener_that_was_down_goes_on_where_it_was(send, listen, until):
    """MO keeps what happens meanwhile; nothing is lost."""
    seen = []
    with listen(seen.append, temporary=False):
        send("a")
        until(lambda: len(seen) == 1)
    send("b", "c")
    listener = listen(seen.append)
    with listener:
        until(lambda: listener.stats.acknowledged == 2)
    assert [event.subject for event in seen] == ["a", "b", "c"]


def test_while_paused_nothing_is_fetched(send, listen, waiting, until):
    """What happens meanwhile waits in MO."""
    listener = listen(lambda _event: None)
    with listener:
        listener.pause()
        time.sleep(1.2)
        fetched = listener.stats.requests
        send("a")
        time.sleep(0.5)
        assert (listener.stats.state, listener.stats.requests) == ("paused", fetched)
        assert waiting(listener) == ["a"]
        listener.resume()
        until(lambda: listener.stats.acknowledged == 1)


def test_stopping_finishes_what_was_begun_and_gives_back_the_rest(send, listen, waiting, until):
    """Nothing is half handled, and what was not begun can be had at once."""
    ended = []

    async def handle(event):
        await asyncio.sleep(0.5)
        ended.append(event.subject)

    listener = listen(handle, parallel=2, temporary=False)
    listener.start()
    send(*"abcdef")
    until(lambda: listener.stats.in_hand >= 4)
    stats = listener.stop()
    assert len(ended) == stats.handled == stats.acknowledged
    assert len(waiting(listener)) == 6 - len(ended)
    again = listen(handle)
    with again:
        until(lambda: len(ended) == 6, seconds=10)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_stop_a_listener_cleanly(send, listen, number):
    """A service manager's stop, and Ctrl-C."""
    began = asyncio.Event()

    async def handle(_event):
        began.set()
        await asyncio.sleep(0.3)

    listener = listen(handle)

    async def main():
        task = asyncio.create_task(listener.run())
        while listener.stats.state != "listening":
            await asyncio.sleep(0.01)
        await asyncio.to_thread(send, "a")
        await began.wait()
        os.kill(os.getpid(), number)
        return await task

    before = signal.getsignal(number)
    stats = asyncio.run(main())
    assert (stats.state, stats.acknowledged) == ("stopped", 1)
    assert signal.getsignal(number) is before


def test_a_cancelled_run_stops_as_cleanly(send, listen):
    """As when a cell of a notebook is interrupted."""
    listener = listen(lambda _event: time.sleep(0.3))

    async def main():
        task = asyncio.create_task(listener.run())
        while listener.stats.state != "listening":
            await asyncio.sleep(0.01)
        await asyncio.to_thread(send, "a")
        while not listener.stats.in_hand:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert (listener.stats.state, listener.stats.acknowledged) == ("stopped", 1)


def test_a_temporary_listener_leaves_nothing_in_mo(mo, send, listen, until):
    """What nobody acknowledges would raise alarms at MO's hosting (design: Mirror)."""
    listener = listen(lambda _event: None)
    with listener:
        send("a")
        until(lambda: listener.stats.acknowledged == 1)
        listener.pause()
        time.sleep(1.2)
        send("b")
    keys = [
        one["user_key"]
        for one in mo.execute("{ event_listeners { objects { user_key } } }")["event_listeners"]["objects"]
    ]
    assert f"{listener.name}-ting" not in keys


def test_draining_tries_all_that_waits_and_ends(send, listen):
    """Also what MO holds back because it failed; what fails again is left."""

    def handle(event):
        if event.subject == "dårlig":
            raise ValueError("nej")

    with listen(handle, temporary=False) as listener:
        pass
    send("a", "b", "dårlig")
    stats = asyncio.run(listener.drain())
    assert (stats.handled, stats.failed, stats.state) == (2, 1, "stopped")
    stats = asyncio.run(listener.drain())
    assert (stats.handled, stats.failed) == (2, 2)
    assert listener.stuck()[0].failures == 2


def test_draining_what_is_empty_ends_at_once(listen):
    """Nothing waits, so there is nothing to wait for."""
    stats = asyncio.run(listen(lambda _event: None).drain())
    assert stats.fetched == 0
