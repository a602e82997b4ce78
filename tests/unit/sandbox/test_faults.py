"""Mishaps on demand: each befalls as many requests as it was told to, and then none."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from unit.sandbox.worlds import ANNA, BO, UNKNOWN, person

from motoolkit.sandbox.server.faults import ALWAYS, FAULTS

ASKED = "{ __typename }"
FINE = {"data": {"__typename": "Query"}}


def post(small):
    """Ask once."""
    return small.http.post("/graphql/v30", json={"query": ASKED})


@pytest.fixture(autouse=True)
def calm(small):
    """Start and end without mishaps."""
    usual = [*(f"{name}=0" for name in FAULTS if name not in ALWAYS), *ALWAYS]
    small.running.post("/sandbox/faults", usual)
    small.running.post("/sandbox/restart", {})
    yield
    small.running.post("/sandbox/faults", usual)
    small.running.post("/sandbox/restart", {})


def test_a_request_that_fails_twice_and_then_succeeds(small):
    """As behind a proxy whose MO restarts."""
    small.running.post("/sandbox/faults", ["502=2"])
    assert [post(small).status_code for _ in range(3)] == [502, 502, 200]


def test_a_connection_that_is_cut(small):
    """In the middle of the answer."""
    small.running.post("/sandbox/faults", ["cut=1"])
    with pytest.raises(httpx.RemoteProtocolError):
        post(small)
    assert post(small).json() == FINE


def test_an_exhausted_pool(small):
    """Trap: HTTP 200 with an error that only its words tell."""
    small.running.post("/sandbox/faults", ["queuepool=1"])
    answer = post(small)
    assert answer.status_code == 200
    assert answer.json()["errors"][0]["message"].startswith("QueuePool limit of size 5 overflow 10 reached")
    assert post(small).json() == FINE


def test_a_login_page_instead_of_data(small):
    """HTTP 200 and HTML."""
    small.running.post("/sandbox/faults", ["html=1"])
    assert post(small).headers["content-type"].startswith("text/html")


def test_a_token_that_is_no_longer_accepted(small):
    """Once."""
    small.running.post("/sandbox/faults", ["unauthorized=1"])
    assert post(small).json()["errors"] == [{"message": "User is not authenticated"}]
    assert post(small).json() == FINE


def test_a_slow_answer(small):
    """Two seconds late."""
    small.running.post("/sandbox/faults", ["slow=1"])
    with pytest.raises(httpx.ReadTimeout):
        small.http.post("/graphql/v30", json={"query": ASKED}, timeout=0.5)


def test_a_rate_is_repeatable(start_sandbox):
    """The same mishaps in each run, about as many as asked for."""
    runs = []
    for _ in range(2):
        running = start_sandbox("--empty", "--fault", "502=0.5")
        answers = [httpx.post(f"{running.url}/graphql/v30", json={"query": ASKED}) for _ in range(20)]
        runs.append([answer.status_code for answer in answers])
    assert runs[0] == runs[1]
    assert 4 <= runs[0].count(502) <= 16


@pytest.mark.parametrize("fault", ["nope=1", "502=x", "cut=0.x", "stall@x", "502@3"])
def test_unknown_faults_are_refused(small, fault):
    """400 with a sentence."""
    answer = httpx.post(f"{small.url}/sandbox/faults", json=[fault])
    assert answer.status_code == 400
    assert answer.json()["error"]


def create(small, uuid, name):
    """Create a person."""
    values = f'given_name: "{name}", surname: "Holm", user_key: "{name}"'
    return small.http.post(
        "/graphql/v30",
        json={"query": f'mutation {{ employee_create(input: {{uuid: "{uuid}", {values}}}) {{ uuid }} }}'},
    )


def there(small, uuid):
    """Tell whether there is such a person."""
    query = "query ($u: [UUID!]) { persons(filter: {uuids: $u}) { objects { uuid } } }"
    return small.data(query, variables={"u": uuid})["persons"]["objects"] != []


def test_a_mutation_whose_connection_is_cut_before(small):
    """Nothing of it was executed; queries get through."""
    uuid = "be000000-0000-4000-8000-00000000cb01"
    small.running.post("/sandbox/faults", ["cut-before=1"])
    assert not there(small, uuid)
    with pytest.raises(httpx.RemoteProtocolError):
        create(small, uuid, "Cut")
    assert not there(small, uuid)
    assert create(small, uuid, "Cut").json() == {"data": {"employee_create": {"uuid": uuid}}}


def test_a_mutation_whose_connection_is_cut_after(small):
    """Trap: the client can not tell it from the other, and here all of it is committed."""
    uuid = "be000000-0000-4000-8000-00000000ca01"
    small.running.post("/sandbox/faults", ["cut-after=1"])
    assert not there(small, uuid)
    with pytest.raises(httpx.RemoteProtocolError):
        create(small, uuid, "Cut")
    assert there(small, uuid)


def test_a_stalled_mutation_is_executed_after_its_client_has_given_up(small):
    """Trap: whoever reads back at once sees nothing of it."""
    uuid = "be000000-0000-4000-8000-000000005701"
    small.running.post("/sandbox/faults", ["stall=1@1"])
    small.http.timeout = 0.3
    with pytest.raises(httpx.ReadTimeout):
        create(small, uuid, "Stall")
    small.http.timeout = 60
    assert not there(small, uuid)
    end = time.monotonic() + 20
    while not there(small, uuid):
        assert time.monotonic() < end


def test_an_update_that_changes_nothing_discards_its_request(small):
    """Trap: no error, and what stood before it is lost; ``noop-trap=0`` is a MO that one could wish for."""
    small.put(person(ANNA, "Anna"))
    query = """mutation ($uuid: UUID!) {
        a: employee_create(input: {uuid: $uuid, given_name: "Tabt", surname: "Holm", user_key: "t"}) { uuid }
        b: employee_update(input: {uuid: "%s", given_name: "Anna", validity: {from: "2020-01-01"}}) { uuid }
    }"""
    query %= ANNA
    small.data(query, variables={"uuid": BO})
    lost = "be000000-0000-4000-8000-000000000105"
    small.data(query, variables={"uuid": lost})
    assert not there(small, lost)
    small.running.post("/sandbox/faults", ["noop-trap=0"])
    small.data(query, variables={"uuid": lost})
    assert there(small, lost)


def test_a_fetch_that_finds_nothing_although_something_waits(small):
    """Trap: null says nothing about what waits."""
    listen = 'event_listener_declare(input: {namespace: "mo", user_key: "f", routing_key: "person"}) { uuid }'
    listener = small.data(f"mutation {{ {listen} }}")["event_listener_declare"]["uuid"]
    small.put(person(ANNA, "Ane"))
    small.running.post("/sandbox/events/emit", {})
    fetch = f'{{ event_fetch(filter: {{listener: "{listener}"}}) {{ subject }} }}'
    small.running.post("/sandbox/faults", ["spurious-null=1"])
    assert small.data(fetch) == {"event_fetch": None}
    assert small.data(fetch) == {"event_fetch": {"subject": ANNA}}


def test_a_token_that_expires_after_it_was_accepted(small):
    """For good; a new one is let in, and a session does not expire."""
    tokens = [{"authorization": f"Bearer {small.token('short')}", "session": ""} for _ in range(2)]
    refused = {"data": None, "errors": [{"message": "User is not authenticated"}]}
    small.running.post("/sandbox/faults", ["expired=1"])
    assert small.ask(ASKED) == FINE
    answers = [small.ask(ASKED, headers=tokens[0]) for _ in range(3)]
    assert answers == [FINE, refused, refused]
    assert small.ask(ASKED, headers=tokens[1]) == FINE


FAILING = f'{{ a: org_units(filter: {{uuids: ["{UNKNOWN}"], from_date: null}}) {{ objects {{ uuid }} }} %s }}'


def test_failing_requests_of_several_fields_exhaust_the_pool(small):
    """Trap: the fifteenth takes MO down, while its health is fine; only a restart helps."""
    small.running.post("/sandbox/faults", ["leak@0.1"])
    for _ in range(15):
        answer = small.ask(FAILING % "b: __typename")
        assert answer["errors"][0]["path"] == ["a"]
    answers = [small.ask(ASKED) for _ in range(2)]
    assert [answer["errors"][0]["message"][:15] for answer in answers] == ["QueuePool limit"] * 2
    assert small.http.get("/health/live").status_code == 204
    small.running.post("/sandbox/restart", {})
    assert small.ask(ASKED) == FINE


def test_failing_alone_or_in_turn_leaks_nothing(small):
    """The only field of a query, and aliased mutations."""
    small.running.post("/sandbox/faults", ["leak@0.1"])
    end = f'engagement_terminate(input: {{uuid: "{UNKNOWN}", to: "2020-01-01"}}) {{ uuid }}'
    for query in (FAILING % "", f"mutation {{ a: {end} b: {end} }}"):
        for _ in range(16):
            assert small.ask(query)["errors"]
    assert small.ask(ASKED) == FINE


def test_a_plural_create_that_fails_leaks(small):
    """Trap: its objects are made side by side; prefer aliases."""
    small.running.post("/sandbox/faults", ["leak@0.1"])
    classes = f'engagement_type: "{UNKNOWN}", job_function: "{UNKNOWN}", user_key: "e"'
    who = f'person: "{UNKNOWN}", org_unit: "{UNKNOWN}", validity: {{from: "2020-01-01"}}'
    one = f"{{{who}, {classes}}}"
    for _ in range(15):
        assert small.ask(f"mutation {{ engagements_create(input: [{one}, {one}]) {{ uuid }} }}")["errors"]
    assert small.ask(ASKED)["errors"][0]["message"].startswith("QueuePool limit")


def test_others_are_answered_while_a_long_request_is_executed(start_sandbox):
    """One request is executed at a time, but the server is not silent meanwhile."""
    running = start_sandbox("--persons", "400", "--session", "5e551011-0000-4000-8000-000000000009")
    fields = "engagements_response { objects { current { org_unit_response { current { name } } } } }"
    parts = (f"a{n}: persons {{ objects {{ current {{ {fields} }} }} }}" for n in range(8))
    query = {"query": f"{{ {' '.join(parts)} }}"}
    headers = {"session": "5e551011-0000-4000-8000-000000000009"}
    with ThreadPoolExecutor() as pool:
        long = pool.submit(httpx.post, f"{running.url}/graphql/v30", json=query, headers=headers, timeout=60)
        waits = []
        while not long.done():
            waits.append(httpx.get(f"{running.url}/health/live").elapsed.total_seconds())
            time.sleep(0.02)
    taken = long.result().elapsed.total_seconds()
    assert max(waits) < taken / 3
