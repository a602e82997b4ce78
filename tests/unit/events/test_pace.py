"""How much is asked for, and how often."""

from __future__ import annotations

from motoolkit.events._pace import Pace


def test_a_queue_that_gives_all_it_is_asked_for_is_asked_for_more():
    """One, two, four, … up to a batch."""
    pace, sizes = Pace(16, now=0.0), []
    for _ in range(6):
        asked = pace.ask(["a"], room=100)
        sizes.append(len(asked))
        pace.learn(asked, asked, now=1.0)
    assert sizes == [1, 2, 4, 8, 16, 16]


def test_a_queue_that_gives_less_is_asked_for_what_it_gave():
    """The number of requests stays small, and so does the number of empty answers."""
    pace = Pace(16, now=0.0)
    for _ in range(4):
        asked = pace.ask(["a"], room=100)
        pace.learn(asked, asked, now=1.0)
    asked = pace.ask(["a"], room=100)
    pace.learn(asked, asked[:3], now=1.0)
    assert len(pace.ask(["a"], room=100)) == 3


def test_all_queues_are_asked_in_one_request():
    """Fifteen routing keys cost one request when nothing happens."""
    keys = [f"queue {number}" for number in range(15)]
    assert sorted(Pace(50, now=0.0).ask(keys, room=100)) == sorted(keys)


def test_where_there_is_less_room_than_queues_they_take_turns():
    """None starves."""
    pace, keys = Pace(50, now=0.0), ["a", "b", "c"]
    assert {pace.ask(keys, room=1)[0] for _ in range(3)} == set(keys)


def test_one_full_queue_does_not_crowd_out_the_others():
    """Each queue is asked before any is asked a second time."""
    pace = Pace(8, now=0.0)
    for _ in range(4):
        pace.learn(["full"] * 8, ["full"] * 8, now=0.0)
    asked = pace.ask(["full", "b", "c"], room=8)
    assert sorted(set(asked)) == ["b", "c", "full"]
    assert asked.count("full") == 6


def test_looks_grow_rarer_and_stay_within_a_second_while_something_may_come():
    """A new event is seen within two seconds when not idle."""
    pace = Pace(8, now=0.0)
    assert [pace.pause(now=float(n)) for n in range(6)] == [0.1, 0.2, 0.4, 0.8, 1.0, 1.0]


def test_after_a_minute_of_silence_a_listener_asks_less_than_every_other_second():
    """The idle load is under 0.5 requests a second."""
    pace = Pace(8, now=0.0)
    pauses = [pace.pause(now=61.0 + n) for n in range(10)]
    assert pauses[-1] == 5.0
    assert pauses == sorted(pauses)


def test_an_event_wakes_a_listener_that_slept():
    """After one it looks often again."""
    pace = Pace(8, now=0.0)
    for n in range(10):
        pace.pause(now=100.0 + n)
    pace.learn(["a"], ["a"], now=120.0)
    assert [pace.pause(now=121.0), pace.pause(now=122.0)] == [0.1, 0.2]
