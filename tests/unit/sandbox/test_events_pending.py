"""Events that wait: in which order they are handed out, for how long they hide, and what lets go of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motoolkit.sandbox.events import EventError, EventStore, Token, back_off

ANNA, BO = "a0000000-0000-4000-8000-000000000001", "b0000000-0000-4000-8000-000000000002"
NOBODY = "00000000-0000-4000-8000-00000000eeee"


class Clock:
    """A real time that is moved by hand."""

    def __init__(self):
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self):
        """Tell it."""
        return self.now

    def pass_(self, seconds):
        """Let time go by."""
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    """Noon."""
    return Clock()


@pytest.fixture
def store(clock):
    """An event system, and a namespace in which Anna sends."""
    made = EventStore(clock)
    made.declare_namespace("lager", owner=ANNA, public=True)
    return made


@pytest.fixture
def listener(store):
    """Anna's listener."""
    return store.declare_listener("min", "vare", owner=ANNA, namespace="lager").uuid


@pytest.fixture
def send(store, listener):  # noqa: ARG001  # somebody listens
    """Send to Anna's listener."""
    return lambda subject, **more: store.send("lager", "vare", subject, sender=ANNA, **more)


@pytest.fixture
def fetch(store, listener):
    """Fetch the subject that Anna gets, or None."""

    def subject():
        event = store.fetch(listener, actor=ANNA)
        return event and event.subject

    return subject


def subjects(store):
    """Return what waits."""
    return sorted(event.subject for event in store.events({}))


def test_events_come_by_priority(send, fetch):
    """1 is the most urgent, and 10000 what is not told."""
    send("sidst")
    send("midt", priority=20)
    send("først", priority=1)
    assert [fetch(), fetch(), fetch(), fetch()] == ["først", "midt", "sidst", None]


def test_of_equally_urgent_events_the_least_fetched_comes_first(store, send, fetch):
    """So that one which always fails does not keep the others waiting."""
    send("gammel")
    assert fetch() == "gammel"
    store.reset_back_off()
    send("ny")
    assert [fetch(), fetch()] == ["ny", "gammel"]


def test_silenced_events_come_last_but_do_come(store, listener, send, fetch):
    """Silence is about alerts, and not about delivery."""
    send("stille", priority=1)
    send("andet")
    store.silence({"uuids": [listener]}, ["stille", "findes-ikke"])
    assert [fetch(), fetch()] == ["andet", "stille"]


def test_silence_outlives_a_new_change(store, listener, send):
    """The event that waits takes the new one in and stays silenced (measured)."""
    send("stille", priority=5)
    store.silence({"uuids": [listener]}, ["stille"])
    send("stille", priority=7)
    (event,) = store.events({})
    assert (event.priority, event.silenced) == (5, True)


def test_unsilencing_lets_nothing_hold_an_event_back(store, send, fetch):
    """It touches only what was silenced."""
    send("stille", priority=1)
    send("andet", priority=2)
    store.silence({}, ["stille"])
    assert [fetch(), fetch(), fetch()] == ["andet", "stille", None]
    store.unsilence({})
    assert [fetch(), fetch()] == ["stille", None]


def test_rerun_lets_nothing_hold_events_back(store, send, fetch):
    """Those that the conditions select, and they are returned."""
    send("et", priority=1)
    send("to", priority=2)
    assert [fetch(), fetch()] == ["et", "to"]
    assert [event.subject for event in store.rerun({"priorities": [2]})] == ["to"]
    assert [fetch(), fetch()] == ["to", None]


@pytest.mark.parametrize(
    ("fetched", "seconds"),
    [(1, 180), (7, 180), (8, 256), (9, 512), (12, 4096), (15, 32768), (16, 61200), (1000, 61200)],
)
def test_back_off_doubles_from_three_minutes_to_seventeen_hours(fetched, seconds):
    """Measured on a real MO by moving its timestamps."""
    assert back_off(fetched) == timedelta(seconds=seconds)


def test_a_fetched_event_is_hidden_for_three_minutes(clock, send, fetch):
    """Without an acknowledgement it comes again, just after them."""
    send("vare")
    assert [fetch(), fetch()] == ["vare", None]
    clock.pass_(180)
    assert fetch() is None
    clock.pass_(0.001)
    assert fetch() == "vare"


def test_an_event_that_is_never_acknowledged_hides_longer_each_time(clock, send, fetch):
    """After the ninth fetch it takes 512 seconds."""
    send("vare")
    for _ in range(9):
        assert fetch() == "vare"
        clock.pass_(600)
    assert fetch() == "vare"
    clock.pass_(600)
    assert fetch() is None


def test_two_changes_of_one_subject_are_one_event(store, send):
    """It has the more urgent of both priorities."""
    send("vare", priority=50)
    send("vare", priority=7)
    send("vare", priority=900)
    assert [(event.subject, event.priority) for event in store.events({})] == [("vare", 7)]


def test_a_new_change_ends_the_hiding(send, fetch):
    """What has been fetched nine times starts anew."""
    send("vare")
    assert fetch() == "vare"
    send("vare")
    assert fetch() == "vare"


def test_a_stale_token_lets_go_of_nothing(store, listener, send):
    """Trap: the subject changed while it was handled, so it comes again."""
    send("vare")
    stale = store.fetch(listener, actor=ANNA).token
    send("vare")
    store.acknowledge(stale, actor=ANNA)
    assert subjects(store) == ["vare"]
    fresh = store.fetch(listener, actor=ANNA).token
    store.acknowledge(fresh, actor=ANNA)
    assert subjects(store) == []


def test_acknowledging_twice_or_after_the_listener_is_no_error(store, listener, send):
    """MO says true to all of it."""
    send("vare")
    token = store.fetch(listener, actor=ANNA).token
    store.acknowledge(token, actor=ANNA)
    store.acknowledge(token, actor=ANNA)
    store.acknowledge(Token(NOBODY, NOBODY), actor=ANNA)
    store.delete_listener(listener)
    store.acknowledge(token, actor=ANNA)
    assert subjects(store) == []


def test_only_the_owner_fetches_and_acknowledges(store, listener, send):
    """To others there is nothing, and what they acknowledge stays."""
    send("vare")
    assert store.fetch(listener, actor=BO) is None
    assert store.fetch(NOBODY, actor=BO) is None
    token = store.fetch(listener, actor=ANNA).token
    store.acknowledge(token, actor=BO)
    assert subjects(store) == ["vare"]


def test_nothing_is_not_the_end(store, listener, send):
    """Trap: a real MO answers null to some of those who fetch in parallel, though events wait."""
    send("vare")
    assert store.fetch(listener, actor=ANNA, spurious=lambda: True) is None
    assert store.fetch(listener, actor=ANNA).subject == "vare"


def test_a_token_survives_being_sent():
    """Base64 of two UUIDs; what is none is refused."""
    token = Token(NOBODY, ANNA)
    assert Token.parse(str(token)) == token
    for rubbish in ("rubbish", "YWJj", "", "æ", 7, None):
        with pytest.raises(EventError, match="Could not parse EventToken"):
            Token.parse(rubbish)


def test_one_event_goes_to_each_who_listens(store, send):
    """Each handles it on its own."""
    other = store.declare_listener("anden", "vare", owner=BO, namespace="lager").uuid
    store.declare_listener("tredje", "hylde", owner=BO, namespace="lager")
    send("x")
    token = store.fetch(other, actor=BO).token
    assert len(store.events({})) == 2
    store.acknowledge(token, actor=BO)
    assert [event.listener for event in store.events({}, owner=BO)] == []
    assert len(store.events({}, owner=ANNA)) == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"priority": 0}, "priority must be natural"),
        ({"subject": "x" * 221}, "Too large subject"),
        ({"namespace": "findes-ikke"}, r"Namespace does not exist\."),
        ({"sender": BO}, "You are not the owner of that namespace"),
    ],
)
def test_what_may_not_be_sent(store, given, message):
    """Not even in a public namespace, where all may listen, may others send."""
    asked = {"namespace": "lager", "routing_key": "vare", "subject": "x", "sender": ANNA} | given
    with pytest.raises(EventError, match=message):
        store.send(**asked)


def test_the_longest_subject(store, send):
    """220 characters, whatever they are."""
    send("æ" * 220)
    assert subjects(store) == ["æ" * 220]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["en", "to"]),
        ({"subjects": ["to"]}, ["to"]),
        ({"priorities": [1, 3]}, ["en"]),
        ({"silenced": True}, ["to"]),
        ({"silenced": False}, ["en"]),
        ({"listeners": {"user_keys": ["anden"]}}, []),
        ({"subjects": []}, []),
    ],
)
def test_pending_events_are_filtered(store, send, given, expected):
    """All conditions must hold."""
    send("en", priority=1)
    send("to", priority=2)
    store.silence({}, ["to"])
    assert sorted(event.subject for event in store.events(given)) == expected


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "fetch", "acknowledge", "silence", "rerun", "undo", "later"]),
        st.integers(0, 5),
        st.sampled_from([1, 10, 10000]),
    ),
    max_size=60,
)


@given(steps=STEPS)
def test_events_are_handed_out_in_the_order_of_the_rule(steps):
    """Whatever happens: unsilenced, urgent, seldom fetched and old ones first, and none that hides."""
    clock = Clock()
    store = EventStore(clock)
    listener = store.declare_listener("u", "k", owner=ANNA)
    for what, which, priority in steps:
        undo = []
        if what == "add":
            store.add("k", f"s{which}", priority=priority)
        elif what == "silence":
            store.silence({}, [f"s{which}"])
        elif what == "rerun":
            store.rerun({"subjects": [f"s{which}"]})
        elif what == "undo":
            store.add("k", f"s{which}", priority=priority, undo=undo)
            store.fetch(listener.uuid, actor=ANNA, undo=undo)
            for take_back in reversed(undo):
                take_back()
        elif what == "later":
            clock.pass_(60 * which)
        elif (event := store.fetch(listener.uuid, actor=ANNA)) and what == "acknowledge":
            store.acknowledge(event.token, actor=ANNA)
        due = [
            event
            for event in store.events({})
            if event.last_tried is None or clock.now - event.last_tried > back_off(event.fetched)
        ]
        best = min(((e.silenced, e.priority, e.fetched) for e in due), default=None)
        found = store.peek(listener.uuid, actor=ANNA)
        assert (found and (found.silenced, found.priority, found.fetched)) == best


def test_what_is_handed_out_again_and_again_is_kept_once():
    """Events that are let go of by nobody, as by a listener that is killed, fill no memory."""
    clock = Clock()
    store = EventStore(clock)
    listener = store.declare_listener("u", "k", owner=ANNA)
    for number in range(100):
        store.add("k", f"s{number}")
    for _ in range(100):
        store.fetch(listener.uuid, actor=ANNA)
        store.reset_back_off()
    entries = [heap for heaps in (store._pending._ready, store._pending._hidden) for heap in heaps.values()]
    assert sum(map(len, entries)) < 3000
    assert store.fetch(listener.uuid, actor=ANNA).fetched == 2
