"""Sending events of one's own, and letting MO tell of everything anew."""

from __future__ import annotations

import pytest

import motoolkit
from motoolkit.errors import AuthorisationError, EventError, InputError
from motoolkit.events import Listener, Outgoing, Sender, refresh


def test_what_is_sent_is_heard(mo, name, until):
    """Routing key, subject and priority come as they were sent."""
    sender, events = Sender(mo, "lager", public=True), []
    listener = Listener(mo, name, namespace="lager", temporary=True)
    listener.add(events.append, "vare")
    with listener:
        sender.send("vare", "stol", priority=5)
        until(lambda: listener.stats.acknowledged == 1)
    assert [(e.routing_key, e.subject, e.priority, e.namespace) for e in events] == [
        ("vare", "stol", 5, "lager")
    ]


def test_what_is_sent_twice_is_one_event_with_the_more_urgent_priority(mo, name, until):
    """Here and in MO, as long as nobody has fetched it."""
    sender, events = Sender(mo, "lager", public=True), []
    listener = Listener(mo, name, namespace="lager", temporary=True)
    listener.add(events.append, "vare")
    listener.start()
    listener.pause()
    until(lambda: listener.stats.in_hand == 0 and listener.stats.state == "paused")
    assert sender.send_many([Outgoing("vare", "bord", 9), Outgoing("vare", "bord", 3)]) == 1
    sender.send("vare", "bord", priority=7)
    listener.resume()
    until(lambda: listener.stats.acknowledged >= 1)
    listener.stop()
    assert [(event.subject, event.priority) for event in events][-1] in {("bord", 3), ("bord", 7)}
    assert len(events) <= 2


def test_many_are_sent_a_hundred_in_a_request(mo, served):
    """Two hundred and fifty take three requests."""
    sender = Sender(mo, "lager", public=True)
    before = motoolkit.connect(served.url)
    with before as other:
        asked = other.transport.http.get("/sandbox").json()["requests"]
        assert sender.send_many(Outgoing("vare", f"nr {number}") for number in range(250)) == 250
        assert other.transport.http.get("/sandbox").json()["requests"] - asked == 3


@pytest.mark.parametrize("fault", ["502=2", "cut=2", "cut-after=2"])
def test_a_lost_answer_is_asked_for_again(mo, served, fault):
    """Sending twice is sending once."""
    sender = Sender(mo, "lager", public=True)
    served.post("/sandbox/faults", [fault])
    sender.send("vare", "stol")


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (("vare", ""), "A subject of 0 characters can not be sent"),
        (("vare", "x" * 221), "A subject of 221 characters can not be sent"),
        (("vare", "x", 0), "The priority 0 can not be"),
        ((" ", "x"), "A routing key is empty"),
    ],
)
def test_what_mo_would_not_take_is_refused_before_anything_is_sent(mo, event, message):
    """One bad event among good ones sends none."""
    sender = Sender(mo, "lager", public=True)
    with pytest.raises(InputError, match=message):
        sender.send_many([Outgoing("vare", "god"), Outgoing(*event)])


def test_mos_own_namespace_is_mos(mo):
    """Nobody else sends in it."""
    with pytest.raises(EventError, match="MO alone sends in its namespace"):
        Sender(mo, "mo")
    with pytest.raises(InputError, match="A namespace needs a name"):
        Sender(mo, " ")


def test_a_namespace_of_another_owner_is_refused_in_plain_words(log_in, start_sandbox):
    """And one that was declared otherwise too."""
    box = start_sandbox("--persons", "0", "--client", "other:secret:create_event_namespace")
    with log_in(box, "other", "secret") as other, motoolkit.connect(box.url) as ours:
        Sender(other, "deres", public=True)
        with pytest.raises(EventError, match="The namespace 'deres' is another owner's"):
            Sender(ours, "deres", public=True)
        Sender(ours, "vores")
        with pytest.raises(EventError, match="'vores' was declared with public=False"):
            Sender(ours, "vores", public=True)


def test_a_missing_role_is_named(log_in, start_sandbox):
    """To declare a namespace, and to send in it."""
    box = start_sandbox(
        "--persons", "0", "--client", "a:secret:fetch_event", "--client", "b:secret:create_event_namespace"
    )
    with (
        log_in(box, "a", "secret") as poor,
        pytest.raises(AuthorisationError, match="create_event_namespace"),
    ):
        Sender(poor, "x")
    with log_in(box, "b", "secret") as poor, pytest.raises(AuthorisationError, match="send_event"):
        Sender(poor, "x").send("a", "b")


def test_a_refresh_tells_of_all_objects_of_all_time(mo, name, until):
    """Trap: without an open window MO would leave out what has ended or not begun (domain 13)."""
    subjects = set()
    listener = Listener(mo, name, temporary=True)
    listener.add(lambda event: subjects.add(event.subject), "engagement")
    expected = {
        found["uuid"] for page in mo.read("engagements", fields=["user_key"]) for found in page.objects
    }
    alive = mo.execute("{ engagements { objects { uuid } } }")["engagements"]["objects"]
    with listener:
        told = refresh(mo, "engagement", page_size=50)
        until(lambda: subjects >= expected)
    assert set(told) == expected == subjects
    assert len(alive) < len(expected)


def test_a_refresh_is_for_our_own_listeners(name, log_in, start_sandbox):
    """Trap: MO would publish to everybody without an owner (domain 13)."""
    roles = "create_event_listener,fetch_event,acknowledge_event"
    box = start_sandbox("--persons", "20", "--client", f"other:secret:{roles}")
    with log_in(box, "other", "secret") as other, motoolkit.connect(box.url) as ours:
        query = "mutation ($i: ListenerCreateInput!) { event_listener_declare(input: $i) { uuid } }"
        theirs = other.execute(query, {"i": {"user_key": name, "routing_key": "person"}})
        refresh(ours, "person")
        fetch = "query ($f: EventFilter!) { event_fetch(filter: $f) { subject } }"
        uuid = theirs["event_listener_declare"]["uuid"]
        assert other.execute(fetch, {"f": {"listener": uuid}})["event_fetch"] is None
        refresh(ours, "person", owner=other.me().uuid)
        assert other.execute(fetch, {"f": {"listener": uuid}})["event_fetch"] is not None


def test_a_refresh_can_be_narrowed(mo):
    """By MO's own filter; the window stays open."""
    unit = mo.execute("{ org_units(limit: 1) { objects { uuid } } }")["org_units"]["objects"][0]["uuid"]
    assert refresh(mo, "org_unit", filter={"uuids": [unit]}) == [unit]


@pytest.mark.parametrize("fault", ["502=1", "cut=2"])
def test_a_refresh_survives_lost_answers(mo, served, fault):
    """Telling twice is telling once."""
    pages = list(mo.read("persons", fields=["user_key"]))
    everybody = sorted(found["uuid"] for page in pages for found in page.objects)
    served.post("/sandbox/faults", [fault])
    assert sorted(refresh(mo, "person", page_size=20)) == everybody


def test_what_can_not_be_refreshed_is_refused(mo):
    """A routing key that MO has not, a priority below one."""
    with pytest.raises(InputError, match="There is no routing key 'persons'"):
        refresh(mo, "persons")
    with pytest.raises(InputError, match="The priority 0 can not be"):
        refresh(mo, "person", priority=0)
