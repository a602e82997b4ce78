"""Chaos: kills, restarts, errors, cut connections, expiring tokens; every event is handled at least once."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
import time
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from support import TODAY

import motoolkit
from motoolkit.errors import MoError

SEED = int(os.environ.get("MOTOOLKIT_CHAOS_SEED", "1"))
EVENTS, SUBJECTS = 20_000, 15_000
KILLS, RESTARTS = 20, 5
FAULTS = ("502=0.05", "cut=0.05", "expired=0.02", "spurious-null=0.05")
SESSION = "11111111-2222-4333-8444-555555555555"
SECONDS = 400
LISTENER = Path(__file__).with_name("chaos_listener.py")
NAMESPACE = 'mutation { event_namespace_declare(input: {name: "kaos", public: true}) { name } }'
SEND = 'event_send(input: {namespace: "kaos", routing_key: "%s", subject: "%s"})'


@dataclass
class Served:
    """A sandbox with a state file, killed and started again on one port."""

    folder: Path
    port: int = 0
    process: subprocess.Popen | None = None

    @property
    def url(self):
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        """Serve, on the port of the last time."""
        if not self.port:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "motoolkit", "sandbox", "--port", str(self.port), "--today", TODAY]
        command += ["--persons", "0", "--state", str(self.folder / "state"), "--token-lifetime", "4"]
        command += ["--session", SESSION, *(word for fault in FAULTS for word in ("--fault", fault))]
        with (self.folder / "sandbox.log").open("a") as errors:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        for line in self.process.stdout:
            if line.startswith("sandbox ready"):
                return
        pytest.fail((self.folder / "sandbox.log").read_text())

    def kill(self):
        """End it as a failing machine would."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def is_empty(self):
        """Tell whether nothing waits for the listener, to whom alone MO tells that."""
        while True:
            try:
                with motoolkit.connect(self.url) as mo:
                    return not mo.execute("{ events(limit: 1) { objects { subject } } }")["events"]["objects"]
            except MoError:
                time.sleep(0.1)

    def ask(self, document):
        """Ask until a usable answer comes; return when each attempt (any may count) began, and the data."""
        sent = []
        while True:
            sent.append(time.monotonic())
            try:
                headers = {"session": SESSION}
                answer = httpx.post(
                    f"{self.url}/graphql/v30", json={"query": document}, headers=headers
                ).json()
            except (httpx.TransportError, ValueError):
                time.sleep(0.1)
                continue
            assert "errors" not in answer, answer["errors"][0]
            return sent, answer["data"]


@dataclass
class Sent:
    """Sends events at a pace, and knows when those of each subject may have come to MO."""

    served: Served
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    number: int = 0

    def run(self):
        """Send all; a quarter of them are about subjects that had one before."""
        chance = random.Random(SEED)  # noqa: S311 - no secret
        subjects = [f"emne-{number}" for number in range(SUBJECTS)]
        wanted = subjects + chance.choices(subjects, k=EVENTS - SUBJECTS)
        chance.shuffle(wanted)
        for at in range(0, EVENTS, 100):
            part = wanted[at : at + 100]
            fields = (f"e{n}: {SEND % (key_of(s), s)}" for n, s in enumerate(part))
            sent, _ = self.served.ask(f"mutation {{ {' '.join(fields)} }}")
            for subject in part:
                self.times[subject] += sent
            self.number += len(part)
            time.sleep(0.1)


def key_of(subject):
    """Return what a subject's events are sent under."""
    return "ting" if int(subject.rpartition("-")[2]) % 2 else "sager"


@pytest.fixture
def served(tmp_path):
    """Serve an empty MO that has all the faults."""
    box = Served(tmp_path)
    box.start()
    yield box
    box.kill()


class Victim:
    """A listener in a process of its own, that is killed and started again."""

    def __init__(self, url, folder):
        self.url, self.folder, self.starts = url, folder, 0
        self.log = folder / "handled.log"
        self.log.touch()
        self.start()

    def start(self):
        """Begin where the last one was killed; while MO is down that takes several attempts."""
        self.starts += 1
        command = [sys.executable, str(LISTENER), self.url, str(self.log), str(self.starts)]
        environ = {**os.environ, "MOTOOLKIT_EVENTS": str(self.folder / "events.sqlite3")}
        with (self.folder / "listener.log").open("a") as errors:
            self.process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environ
            )

    def revive(self):
        """Start it again when it has given up on a MO that was down."""
        if self.process.poll() is not None:
            self.process.stdout.close()
            self.start()

    def kill(self):
        """End it in the middle of whatever it does."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.start()

    def stop(self):
        """End it as a service manager does, and return its last words."""
        assert self.process.stdout.readline() == "listening\n"
        self.process.terminate()
        last, _ = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, (self.folder / "listener.log").read_text()[-2000:]
        return last.strip()


def wreak_havoc(served, victim):
    """Kill the listener twenty times, always while it handles something, and MO five times."""
    chance = random.Random(SEED + 1)  # noqa: S311 - no secret
    blows = ["listener"] * KILLS + ["mo"] * RESTARTS
    chance.shuffle(blows)
    end = time.monotonic() + SECONDS
    for blow in blows:
        size = victim.log.stat().st_size
        while victim.log.stat().st_size == size:
            assert time.monotonic() < end, (victim.folder / "listener.log").read_text()[-2000:]
            victim.revive()
            time.sleep(0.02)
        time.sleep(chance.random() * 0.7)
        if blow == "mo":
            served.kill()
            time.sleep(0.5 * chance.random())
            served.start()
        else:
            victim.kill()


def wait_until_nothing_waits(served, victim):
    """Let what failed come again at once, instead of after three minutes, until MO keeps no event."""
    end, size = time.monotonic() + SECONDS, -1
    while not served.is_empty():
        assert time.monotonic() < end, (victim.folder / "listener.log").read_text()[-2000:]
        victim.revive()
        while size != (size := victim.log.stat().st_size):
            time.sleep(2)
        httpx.post(f"{served.url}/sandbox/events/reset-last-tried")


@dataclass
class Handled:
    """What the victim wrote down: (process, subject, began, ended or None, failed or not)."""

    spans: dict[tuple[str, str], list[tuple[float, float | None]]]
    began: dict[str, list[float]]
    failed: int

    @classmethod
    def read(cls, log):
        """Read the log; a kill may have torn its lines nowhere, since each is one write."""
        spans, began, failed = defaultdict(list), defaultdict(list), 0
        for line in log.read_text().splitlines():
            what, process, at, subject = line.split(" ")
            key, moment = (process, subject), float(at)
            if what == "began":
                spans[key].append((moment, None))
                continue
            start, _ = spans[key].pop()
            spans[key].append((start, moment))
            if what == "ended":
                began[subject].append(start)
            failed += what == "failed"
        return cls(spans, began, failed)

    def duplicates(self, subject, sent):
        """Return how often a subject was handled again although nothing had been sent since."""
        began = sorted(self.began[subject])
        news = {bisect_right(began, at) for at in sent}
        return len(began) - len(news)


def test_every_event_is_handled_at_least_once_whatever_happens(served, tmp_path):
    """20,000 events, 20 kills of the listener, 5 of MO, 5 % errors, 5 % cuts, tokens that expire."""
    served.ask(NAMESPACE)
    victim = Victim(served.url, tmp_path)
    while len(served.ask("{ event_listeners { objects { uuid } } }")[1]["event_listeners"]["objects"]) < 2:
        victim.revive()
        time.sleep(0.1)
    sent = Sent(served)
    sender = threading.Thread(target=sent.run)
    sender.start()
    wreak_havoc(served, victim)
    sender.join(SECONDS)
    assert sent.number == EVENTS
    wait_until_nothing_waits(served, victim)
    numbers = victim.stop()

    handled = Handled.read(victim.log)
    lost = [
        s for s, at in sent.times.items() if not any(began >= at[-1] for began in handled.began.get(s, ()))
    ]
    assert lost == [], f"{len(lost)} events were acknowledged and not handled, or never came"
    for (_, subject), spans in handled.spans.items():
        assert all(ended and ended <= later for (_, ended), (later, _) in pairwise(spans)), subject
    times = sum(map(len, handled.began.values()))
    duplicates = sum(handled.duplicates(subject, at) for subject, at in sent.times.items())
    sys.stdout.write(
        f"\n{EVENTS} events of {SUBJECTS} subjects, {victim.starts} listeners, {RESTARTS} restarts of MO: "
        f"handled {times} times, {duplicates} of them duplicates ({duplicates / times:.1%}), "
        f"{EVENTS - times + duplicates} merged with one that still waited; failed {handled.failed} times\n"
        f"the last listener: {numbers}\n"
    )
    assert duplicates <= 0.2 * times
