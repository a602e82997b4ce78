"""A sandbox that is killed or stopped, and started again from its state file."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid5

import httpx
import pytest

SESSION = "5e551011-0000-4000-8000-000000000001"
ANNA = "be000000-0000-4000-8000-000000000001"
BO = "be000000-0000-4000-8000-000000000002"
DEPUTY = "c1110000-0000-4000-8000-000000000001"


@pytest.fixture
def path(tmp_path):
    """Where the state is kept."""
    return tmp_path / "state"


@pytest.fixture
def start(start_sandbox, path):
    """Start an empty sandbox that keeps its state."""
    return lambda *args: start_sandbox("--empty", "--session", SESSION, "--state", str(path), *args)


def ask(running, query, **variables):
    """Return the data of an answer."""
    answer = httpx.post(
        f"{running.url}/graphql/v30",
        json={"query": query, "variables": variables},
        headers={"session": SESSION},
        timeout=60,
    ).json()
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


def create(running, uuid, name):
    """Create a person."""
    query = "mutation ($input: EmployeeCreateInput!) { employee_create(input: $input) { uuid } }"
    return ask(running, query, input={"uuid": uuid, "given_name": name, "surname": "Holm", "user_key": name})


def listen(running):
    """Declare a listener to persons and return its UUID."""
    query = "mutation ($input: ListenerCreateInput!) { event_listener_declare(input: $input) { uuid } }"
    wanted = {"namespace": "mo", "user_key": "k", "routing_key": "person"}
    return ask(running, query, input=wanted)["event_listener_declare"]["uuid"]


def names(running):
    """Return who there is."""
    query = (
        "{ persons { objects { validities(start: null, end: null) { name } registrations { start note } } } }"
    )
    return ask(running, query)["persons"]["objects"]


def kill(running):
    """End it as a power cut would."""
    running.process.kill()
    running.process.wait()


def test_a_kill_loses_nothing_that_was_answered(start):
    """The answer goes out when the change is in the file."""
    running = start()
    for count in range(30):
        create(running, f"be000000-0000-4000-8000-0000000001{count:02}", f"P{count}")
    before = names(running)
    kill(running)
    assert names(start()) == before
    assert len(before) == 30


def test_files_listeners_events_and_acknowledgements_survive_a_kill(start):
    """And what was fetched still hides."""
    running = start()
    fetch = f'{{ event_fetch(filter: {{listener: "{listen(running)}"}}) {{ subject token }} }}'
    for uuid, name in ((ANNA, "Anna"), (BO, "Bo")):
        create(running, uuid, name)
    running.post("/sandbox/events/emit", {})
    first, second = (ask(running, fetch)["event_fetch"] for _ in range(2))
    ask(running, f'mutation {{ event_acknowledge(input: {{token: "{first["token"]}"}}) }}')
    kill(running)
    again = start()
    assert ask(again, fetch) == {"event_fetch": None}
    again.post("/sandbox/events/reset-last-tried", {})
    assert ask(again, fetch)["event_fetch"] == second
    assert ask(again, fetch) == {"event_fetch": None}


def test_a_change_without_its_event_yet_gets_it_after_a_kill(start):
    """The generator goes on from where it was."""
    running = start("--event-delay", "3600")
    listen(running)
    create(running, ANNA, "Anna")
    kill(running)
    again = start("--event-delay", "3600")
    assert ask(again, "{ events { objects { subject } } }") == {"events": {"objects": []}}
    assert again.post("/sandbox/events/emit", {}).json() == {"changed": 1}
    assert ask(again, "{ events { objects { subject } } }") == {"events": {"objects": [{"subject": ANNA}]}}


def test_an_orderly_stop_keeps_all_of_it_too(start, path):
    """The file is shorter then; substitute roles and the day are in it."""
    running = start("--substitute-role", DEPUTY, "--today", "2026-11-30")
    create(running, ANNA, "Anna")
    before = names(running)
    running.stop()
    assert len(path.read_text().splitlines()) == 3
    again = start("--today", "2026-11-30")
    assert names(again) == before
    again.stop()


def test_the_records_door_is_kept_and_all_or_nothing(start):
    """As a mutation is."""
    running = start()
    record = {"collection": "persons", "uuid": ANNA, "slices": []}
    broken = {
        "put": [record | {"slices": [{"start": None, "end": None, "values": {"given_name": "Anna"}}]}, {}]
    }
    assert httpx.post(f"{running.url}/sandbox/records", json=broken).status_code == 400
    assert names(running) == []
    running.post("/sandbox/records", {"put": broken["put"][:1]})
    before = names(running)
    kill(running)
    assert len(before) == 1
    assert names(start()) == before


def test_options_for_a_new_world_are_named_when_they_are_not_used(start, path):
    """One plain sentence on standard error; without them, only where the world is from."""
    start().stop()
    said = start("--persons", "50", "--seed", "7").log.read_text()
    assert said.splitlines() == [
        f"The world is read from {path}.",
        "It is as it was left; not used for it: --persons, --seed, --empty.",
    ]


@pytest.mark.parametrize("content", ["nope\n", '{"format": "motoolkit sandbox state", "version": 9}\n'])
def test_a_file_that_is_none_stops_the_start(path, content):
    """One error, no traceback, and the file as it was."""
    path.write_text(content)
    command = [sys.executable, "-m", "motoolkit", "sandbox", "--port", "0", "--state", str(path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert str(path) in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_text() == content


def test_the_file_is_lines_of_json(start, path):
    """So that one can look into it."""
    running = start()
    create(running, ANNA, "Anna")
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines[0]["format"] == "motoolkit sandbox state"
    assert [(one["committed"][0][:2], one["written"]) for one in lines[2:]] == [(["persons", ANNA], 1)]


def test_kills_in_the_midst_of_writing(start):
    """Four clients write while the sandbox is killed, again and again: what was answered is there."""
    answered, unsure = set(), set()

    def write(running, client):
        for count in range(10_000):
            uuid = str(uuid5(UUID(BO), f"{running.url} {client} {count}"))
            try:
                create(running, uuid, "Mylder")
            except httpx.TransportError:
                unsure.add(uuid)
                return
            answered.add(uuid)

    for _ in range(3):
        running = start()
        with ThreadPoolExecutor() as pool:
            writing = [pool.submit(write, running, client) for client in range(4)]
            end, enough = time.monotonic() + 60, len(answered) + 20
            while len(answered) < enough:
                assert time.monotonic() < end
                time.sleep(0.01)
            kill(running)
        for one in writing:
            one.result()
    found = {one["uuid"] for one in ask(start(), "{ persons { objects { uuid } } }")["persons"]["objects"]}
    assert len(answered) >= 60
    assert answered <= found <= answered | unsure
