"""Events a second against FastRAMQPI, requests an event, and what an idle listener costs.

FastRAMQPI can not share our environment (it needs gql below 4): name a Python that has it with
``MOTOOLKIT_FASTRAMQPI=PYTHON``.  The MO is a sandbox, or a real one: ``--mo-url URL --token-url URL``, where
the latter is a sandbox whose tokens that MO accepts (FastRAMQPI knows no sessions).
"""

from __future__ import annotations

import os
import subprocess
import time
from collections import deque
from pathlib import Path
from statistics import median

import pytest

import motoolkit
from motoolkit.events import Listener, Outgoing, Sender

PYTHON = os.environ.get("MOTOOLKIT_FASTRAMQPI")
FASTRAMQPI = Path(__file__).with_name("fastramqpi_listener.py")
NAMESPACE, KEY = "måling", "ting"
EVENTS, PARALLEL = 600, 10


@pytest.fixture
def credentials(request, start_sandbox):
    """Log in to the MO under test by tokens of a sandbox."""
    url, tokens = (request.config.getoption(name) for name in ("--mo-url", "--token-url"))
    sandbox = tokens or start_sandbox("--persons", "0").url
    return {
        "mo_url": url or sandbox,
        "client_id": "motoolkit",
        "client_secret": "sandbox",
        "auth_server": f"{sandbox}/auth",
    }


@pytest.fixture
def mo(credentials):
    """Connect."""
    given = dict(credentials)
    with motoolkit.connect(given.pop("mo_url"), realm="mo", **given) as client:
        yield client


@pytest.fixture
def send(mo):
    """Send so many events of different subjects."""
    sender = Sender(mo, NAMESPACE, public=True)

    def send(number, start=0):
        sender.send_many(Outgoing(KEY, f"emne {n}") for n in range(start, start + number))

    return send


@pytest.fixture
def declare(mo):
    """Declare a listener before events are sent; delete it afterwards with what is left."""
    document = "mutation ($i: ListenerCreateInput!) { event_listener_declare(input: $i) { uuid } }"
    delete = "mutation ($i: ListenerDeleteInput!) { event_listener_delete(input: $i) }"
    declared = []

    def declare(user_key):
        given = {"namespace": NAMESPACE, "user_key": user_key, "routing_key": KEY}
        declared.append(mo.execute(document, {"i": given})["event_listener_declare"]["uuid"])

    yield declare
    for uuid in declared:
        mo.execute(delete, {"i": {"uuid": uuid, "delete_pending_events": True}})


def of_fastramqpi(credentials, log):
    """Return events a second, from the first to the last; it acknowledges each as soon as it is handled."""
    environ = {**os.environ, **{name.upper(): value for name, value in credentials.items()}}
    command = [PYTHON, str(FASTRAMQPI), NAMESPACE, "fastramqpi", KEY, str(PARALLEL), str(log)]
    log.touch()
    with log.with_suffix(".err").open("w") as errors:
        running = subprocess.Popen(command, env=environ, stderr=errors)
    end = time.monotonic() + 300
    while len(log.read_text().splitlines()) < EVENTS:
        assert running.poll() is None, log.with_suffix(".err").read_text()[-2000:]
        assert time.monotonic() < end
        time.sleep(0.2)
    time.sleep(1)
    running.terminate()
    running.wait()
    times = [float(line) for line in log.read_text().splitlines()]
    return EVENTS / (times[EVENTS - 1] - times[0])


def of_ours(mo):
    """Return events a second, from the first one handled to the last one acknowledged, and the numbers."""
    times = []

    async def handle(_event):
        times.append(time.monotonic())

    listener = Listener(mo, "motoolkit", namespace=NAMESPACE, parallel=PARALLEL)
    listener.add(handle, KEY)
    with listener:
        while listener.stats.acknowledged < EVENTS:
            time.sleep(0.02)
        end = time.monotonic()
    assert len(times) == EVENTS
    return EVENTS / (end - times[0]), listener.stats


@pytest.mark.skipif(not PYTHON, reason="MOTOOLKIT_FASTRAMQPI names no Python that has FastRAMQPI")
def test_three_times_as_many_events_a_second_as_fastramqpi(mo, credentials, send, declare, tmp_path):
    """With the same handler and parallelism; and less than a fifth of a request an event."""
    send(0)
    declare("fastramqpi")
    declare(f"motoolkit-{KEY}")
    send(EVENTS)
    ours, stats = of_ours(mo)
    theirs = of_fastramqpi(credentials, tmp_path / "theirs")
    ratio = ours / theirs
    requests = stats.requests / EVENTS
    print(f"\nevents a second: FastRAMQPI {theirs:.0f}, motoolkit {ours:.0f}: {ratio:.1f} times")
    print(f"requests an event: FastRAMQPI 2, motoolkit {requests:.3f}")
    assert requests < 0.2
    assert ratio >= 3


def test_a_new_event_is_seen_within_two_seconds(mo, send):
    """While not idle: in the minute after the last one."""
    seen, waits = deque(), []
    listener = Listener(mo, "ventetid", namespace=NAMESPACE, temporary=True)
    listener.add(lambda _event: seen.append(time.monotonic()), KEY)
    with listener:
        for number in range(8):
            time.sleep(3 + number * 0.37)
            sent = time.monotonic()
            send(1, start=number)
            while not seen:
                time.sleep(0.01)
            waits.append(seen.popleft() - sent)
    print(f"\nseconds until a new event is handled: median {median(waits):.2f}, at most {max(waits):.2f}")
    assert max(waits) < 2


def test_an_idle_listener_asks_less_than_every_other_second(mo, send):
    """After a minute of silence, whatever number of routing keys."""
    send(0)
    listener = Listener(mo, "tavs", namespace=NAMESPACE, temporary=True)
    for number in range(14):
        listener.add(lambda _event: None, f"ting {number}")
    with listener:
        time.sleep(65)
        before = listener.stats.requests
        time.sleep(30)
        a_second = (listener.stats.requests - before) / 30
    print(f"\nrequests a second of an idle listener of 14 routing keys: {a_second:.2f}")
    assert a_second < 0.5
