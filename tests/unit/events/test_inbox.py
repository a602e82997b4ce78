"""What a listener has in hand: order within a subject, one at a time, newer for older."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motoolkit.events._event import Event
from motoolkit.events._inbox import Inbox, Put

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def event(subject, token, *, key="engagement", received=NOW):
    """Return an event as it is fetched."""
    return Event(key, subject, 10000, received, token=token)


def inbox():
    """Return an empty inbox."""
    return Inbox(timedelta(seconds=150))


def test_events_of_different_subjects_are_taken_in_order_and_side_by_side():
    """Several subjects are handled in parallel."""
    held = inbox()
    for subject in "abc":
        held.put(event(subject, f"{subject}1"))
    assert [held.take().subject for _ in range(3)] == ["a", "b", "c"]
    assert held.take() is None


def test_a_subject_is_never_handled_twice_at_a_time():
    """A newer event of a subject waits until the older one is released, and others overtake it."""
    held = inbox()
    held.put(event("a", "a1"))
    first = held.take()
    held.put(event("a", "a2"))
    held.put(event("b", "b1"))
    assert held.take().subject == "b"
    assert held.take() is None
    held.release(first, handled=True)
    assert held.take().token == "a2"


def test_a_subject_of_two_routing_keys_is_handled_in_the_order_in_which_it_came():
    """Order is kept for a subject, whatever kind of event it is."""
    held = inbox()
    held.put(event("a", "k1", key="ituser"))
    held.put(event("a", "k2", key="rolebinding"))
    first = held.take()
    assert (first.routing_key, held.take()) == ("ituser", None)
    held.release(first, handled=True)
    assert held.take().routing_key == "rolebinding"


def test_a_newer_event_takes_the_place_of_one_that_was_not_begun():
    """MO made the older token worthless when the newer event came (domain 13, measured)."""
    held = inbox()
    for token in ("a1", "a2"):
        held.put(event("a", token))
    held.put(event("b", "b1"))
    assert held.put(event("a", "a3")) is Put.MERGED
    assert [held.take().token for _ in range(2)] == ["a3", "b1"]


def test_what_comes_again_while_it_is_in_hand_is_not_handled_twice():
    """MO hands an event out again after three minutes, whoever still has it."""
    held = inbox()
    assert held.put(event("a", "a1")) is Put.NEW
    assert held.put(event("a", "a1")) is Put.DUPLICATE
    held.take()
    assert held.put(event("a", "a1")) is Put.DUPLICATE
    assert held.take() is None


def test_what_was_handled_is_known_when_its_acknowledgement_was_lost():
    """It is acknowledged again, and not handled again."""
    held = inbox()
    held.put(event("a", "a1"))
    held.release(held.take(), handled=True)
    assert held.put(event("a", "a1")) is Put.HANDLED


def test_what_failed_is_handled_again_when_it_comes_again():
    """A failing handler leaves the event to MO's retry."""
    held = inbox()
    held.put(event("a", "a1"))
    held.release(held.take(), handled=False)
    assert held.put(event("a", "a1")) is Put.NEW


def test_what_has_waited_for_longer_than_mo_hides_it_is_let_go():
    """After three minutes somebody else may have it."""
    held = inbox()
    held.put(event("a", "a1"))
    held.put(event("b", "b1", received=NOW + timedelta(seconds=100)))
    late = event("c", "c1", received=NOW + timedelta(seconds=200))
    assert [stale.subject for stale in held.drop_stale(late)] == ["a"]
    assert held.take().subject == "b"


STEPS = st.lists(st.tuples(st.sampled_from(["put", "take", "done", "fail"]), st.integers(0, 4)), max_size=80)


@given(steps=STEPS)
def test_whatever_happens_each_subject_ends_with_its_newest_event(steps):
    """For every event put in, one of its subject that is as new or newer is handled in the end.

    What failed comes again unless there is a newer one, for that has made its token worthless in MO.
    """
    held, busy, number, newest, handled = inbox(), [], 0, {}, {}

    def finish(taken, *, well):
        held.release(taken, handled=well)
        if well:
            handled[taken.subject] = max(handled.get(taken.subject, 0), int(taken.token))

    for what, which in steps:
        if what == "put":
            number += 1
            newest[str(which)] = number
            held.put(event(str(which), str(number)))
        elif what == "take" and (taken := held.take()):
            assert taken.subject not in {one.subject for one in busy}
            busy.append(taken)
        elif what in {"done", "fail"} and busy:
            taken = busy.pop(which % len(busy))
            finish(taken, well=what == "done")
            if what == "fail" and int(taken.token) == newest[taken.subject]:
                held.put(taken)
    while busy or held.waiting:
        for taken in busy:
            finish(taken, well=True)
        busy = [taken] if (taken := held.take()) else []
    assert {s: n for s, n in newest.items() if handled.get(s, 0) < n} == {}
    assert len(held) == 0
