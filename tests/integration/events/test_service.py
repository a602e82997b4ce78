"""A handler as a service: ``motoolkit events run``, its health, its metrics, its log and its end."""

from __future__ import annotations

import signal

import pytest
from integration.events.processes import Command

HANDLERS = """
import asyncio, time

def good(event):
    pass

def no_event():
    pass

def bad(event):
    raise ValueError("Karen, 0101905050, is unknown")

def hang(event):
    time.sleep(3)

async def block(event):
    time.sleep(5)

def told(event):
    print([(change.field, change.new) for change in event.changes], flush=True)

LIMIT = 3
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with a module of handlers."""
    (tmp_path / "handlers.py").write_text(HANDLERS)
    (tmp_path / "broken.py").write_text("import nowhere_to_be_found\n")
    return tmp_path


@pytest.fixture
def serve(folder, name, mo):
    """Run services of the namespace; what they leave in MO is deleted."""
    started = []

    def serve(handler, *options, namespace="prøve", routing_key="ting"):
        words = ("events", "run", handler, "--name", name, "--namespace", namespace, "--port", "0")
        command = Command(folder, *words, "--routing-key", routing_key, "--profile", mo.url, *options)
        started.append(command)
        return command

    yield serve
    for command in started:
        if command.process.poll() is None:
            command.process.kill()
            command.process.wait()


def listening(command):
    """Wait until a service listens."""
    command.wait_for(lambda: command.logged(message="listening"))
    return command


def test_a_service_handles_tells_how_it_fares_and_stops_on_sigterm(serve, send):
    """Exit code 0, and a last line of numbers; the log says routing key, subject and seconds."""
    service = listening(serve("handlers:good"))
    send("a", "b")
    service.wait_for(lambda: service.metrics()["motoolkit_events_acknowledged_total"] == 2)
    numbers = service.metrics()
    assert numbers["motoolkit_events_fetched_total"] == numbers["motoolkit_events_handled_total"] == 2
    assert numbers["motoolkit_events_healthy"] == 1
    assert numbers["motoolkit_events_seconds_since_answer"] < 10
    status, health = service.health()
    assert (status, health["status"], health["message"]) == (200, "ok", "The listener listens.")
    assert service.stop() == 0
    (a,) = service.logged(outcome="handled", subject="a")
    assert (a["routing_key"], a["level"], a["seconds"] < 1) == ("ting", "info", True)
    assert service.log[-1]["message"] == "stopped"
    assert (service.log[-1]["handled"], service.log[-1]["acknowledged"]) == (2, 2)


def test_a_handler_that_raises_is_told_of_without_cpr_numbers(serve, send):
    """The error stands in the log; the number does not."""
    service = listening(serve("handlers:bad"))
    send("a")
    (line,) = service.wait_for(lambda: service.logged(outcome="failed"))
    assert line["level"] == "error"
    assert "handlers.bad failed with ting a: ValueError: Karen, 010190-xxxx, is unknown" in line["message"]
    assert service.metrics()["motoolkit_events_failed_total"] == 1
    assert service.stop() == 0
    assert "5050" not in service.out + service.err


def test_a_handler_that_hangs_makes_the_service_ill_until_it_ends(serve, send):
    """/health names it."""
    service = listening(serve("handlers:hang", "--hang-after", "0.3"))
    send("a")
    service.wait_for(lambda: service.health()[0] == 503)
    assert service.health()[1]["message"] == "handlers.hang hangs with ting a"
    assert service.metrics()["motoolkit_events_hanging"] == 1
    service.wait_for(lambda: service.health()[0] == 200)
    assert service.stop() == 0


def test_a_handler_that_blocks_the_event_loop_is_named_meanwhile(serve, send):
    """/health and /metrics answer all the same."""
    service = listening(serve("handlers:block"))
    send("a")
    service.wait_for(lambda: service.health()[0] == 503)
    assert "handlers.block (ting a) blocks the event loop" in service.health()[1]["message"]
    assert service.metrics()["motoolkit_events_blocked_total"] == 1
    service.wait_for(lambda: service.health()[0] == 200)
    assert service.stop() == 0


def test_a_mo_that_is_ill_makes_the_service_ill(serve, send, served):
    """In MO's or the client's own words, and well again when MO is."""
    service = listening(serve("handlers:good"))
    served.post("/sandbox/faults", ["502"])
    status, health = service.wait_for(lambda: service.health()[0] == 503 and service.health())
    assert (status, health["state"]) == (503, "ill")
    assert "502" in health["message"]
    served.post("/sandbox/faults", ["502=0"])
    service.wait_for(lambda: service.health()[0] == 200, seconds=40)
    send("a")
    service.wait_for(lambda: service.logged(outcome="handled"))
    assert service.stop() == 0


def test_what_changed_comes_from_a_mirror_in_a_file(serve, mo, folder, monkeypatch):
    """It is made and loaded at the first start."""
    monkeypatch.setenv("MOTOOLKIT_MIRROR_KEY", "a key")
    options = ("--mirror", folder / "mirror.duckdb")
    service = listening(serve("handlers:told", *options, namespace="mo", routing_key="org_unit"))
    unit = mo.execute("{ org_units(limit: 1) { objects { uuid } } }")["org_units"]["objects"][0]["uuid"]
    plan = mo.plan("Prøve")
    plan.update("org_unit", unit, start="2026-12-01", name="Et andet navn")
    assert plan.apply().ok
    service.wait_for(lambda: service.out == "[('name', 'Et andet navn')]\n")
    assert service.stop() == 0


@pytest.mark.parametrize(
    ("handler", "routing_key", "sentence"),
    [
        ("handlers", "person", "'handlers' names no handler."),
        ("nowhere:good", "person", "There is no module 'nowhere', neither in "),
        ("broken:good", "person", "The module 'broken' can not be imported (ModuleNotFoundError"),
        ("handlers:goood", "person", "There is no handler 'handlers:goood'."),
        ("handlers:LIMIT", "person", "LIMIT in handlers is no function, but of the type int."),
        ("handlers:no_event", "person", "The handler handlers.no_event can not be called with an event."),
        ("handlers:good", "persn", "There is no routing key 'persn'."),
    ],
)
def test_what_can_not_run_is_told_before_anything_begins(serve, handler, routing_key, sentence):
    """One sentence, one way out, exit code 1, and nothing in MO."""
    command = serve(handler, routing_key=routing_key, namespace="mo")
    assert command.end() == 1
    told, way_out = command.err.splitlines()
    assert told.startswith(f"Error: {sentence}")
    assert way_out


def test_a_port_that_is_taken(serve):
    """The other service goes on."""
    first = listening(serve("handlers:good"))
    (line,) = first.logged(message="starting")
    port = line["health"].rpartition(":")[2].partition("/")[0]
    second = serve("handlers:good", "--port", port)
    assert second.end() == 1
    assert "Address already in use" in second.err
    assert first.health()[0] == 200
    assert first.stop() == 0


def test_a_missing_role_is_named(folder, start_sandbox, monkeypatch):
    """MO does not let us declare: the role's name is what to ask for."""
    monkeypatch.setenv("POOR", "secret")
    box = start_sandbox("--persons", "5", "--client", "poor:secret:read_person")
    words = ("events", "run", "handlers:good", "--name", "x", "--routing-key", "person", "--port", "0")
    server = ("--auth-server", f"{box.url}/auth", "--client-id", "poor", "--client-secret", "env:POOR")
    assert Command(folder, "profile", "add", "poor", box.url, *server).end() == 0
    service = Command(folder, *words, "--profile", "poor")
    assert service.end() == 1
    assert "create_event_listener" in service.log[-1]["message"]


def test_ctrl_c_is_as_good_as_sigterm(serve):
    """What was begun is finished."""
    service = listening(serve("handlers:good"))
    assert service.stop(signal.SIGINT) == 0
    assert service.log[-1]["message"] == "stopped"
