"""A sandbox of the module's own, a namespace in it, listeners, and a file of failures that is the test's."""

from __future__ import annotations

import time

import pytest
from support import TODAY, launch

import motoolkit
from motoolkit.events import Listener

NAMESPACE = "prøve"
DECLARE = "mutation ($n: String!) { event_namespace_declare(input: {name: $n, public: true}) { name } }"
SEND = "mutation ($i: EventSendInput!) { event_send(input: $i) }"
PENDING = "query ($f: FullEventFilter) { events(filter: $f) { objects { subject } } }"
QUIET = ["502=0", "cut=0", "cut-after=0", "spurious-null=0", "expired=0"]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Serve a small municipality whose events come at once."""
    log = tmp_path_factory.mktemp("sandbox") / "log"
    running = launch("--today", TODAY, "--persons", "60", "--event-delay", "0.05", log=log)
    yield running
    running.stop()


@pytest.fixture
def mo(served):
    """Log in to it, and own a public namespace."""
    with motoolkit.connect(served.url) as client:
        client.execute(DECLARE, {"n": NAMESPACE})
        yield client
    served.post("/sandbox/faults", QUIET)


@pytest.fixture(autouse=True)
def failures_of_its_own(tmp_path, monkeypatch):
    """Remember what fails in this test's folder."""
    monkeypatch.setenv("MOTOOLKIT_EVENTS", str(tmp_path / "events.sqlite3"))


@pytest.fixture
def name(request):
    """Name a listener after its test."""
    return request.node.name


@pytest.fixture
def send(mo):
    """Send events in the namespace."""

    def send(*subjects, routing_key="ting", priority=10000):
        for subject in subjects:
            given = {"namespace": NAMESPACE, "routing_key": routing_key, "subject": subject}
            mo.execute(SEND, {"i": {**given, "priority": priority}})

    return send


@pytest.fixture
def listen(mo, name):
    """Make listeners of the namespace; they leave nothing in MO unless told to."""

    def listen(*functions, **settings):
        listener = Listener(mo, name, **{"namespace": NAMESPACE, "temporary": True, **settings})
        for function in functions:
            listener.add(function, "ting")
        return listener

    return listen


@pytest.fixture
def waiting(mo):
    """Tell which subjects wait in a listener."""

    def waiting(listener):
        keys = [f"{listener.name}-{key}" for key in listener.routing_keys]
        found = mo.execute(PENDING, {"f": {"listeners": {"user_keys": keys}}})
        return sorted(event["subject"] for event in found["events"]["objects"])

    return waiting


@pytest.fixture
def until():
    """Wait until something holds."""

    def until(condition, seconds=15.0):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it never came true"
            time.sleep(0.02)

    return until


@pytest.fixture
def log_in():
    """Log in to a sandbox as a service account of the test's own."""

    def log_in(box, client_id, secret):
        server = f"{box.url}/auth"
        return motoolkit.connect(
            box.url, auth_server=server, realm="mo", client_id=client_id, client_secret=secret
        )

    return log_in
