"""What becomes of an event: handled at least once, in order, and acknowledged."""

from __future__ import annotations

import asyncio
import logging
import time
from itertools import pairwise

import pytest

from motoolkit.errors import InputError
from motoolkit.events import Listener


def test_what_happens_in_mo_is_told_and_acknowledged(mo, name, waiting, until):
    """A change raises the event of its object, and of nothing else (domain 13)."""
    seen = []
    listener = Listener(mo, name, temporary=True)
    listener.add(seen.append, "org_unit", "engagement", "person")
    unit = mo.execute("{ org_units(limit: 1) { objects { uuid current { name } } } }")["org_units"][
        "objects"
    ][0]
    with listener:
        plan = mo.plan("Prøve")
        plan.update("org_unit", unit["uuid"], start="2026-11-23", name="Nyt navn")
        assert plan.apply().ok
        until(lambda: listener.stats.acknowledged == 1)
        assert waiting(listener) == []
    assert [(event.routing_key, event.subject, event.namespace) for event in seen] == [
        ("org_unit", unit["uuid"], "mo")
    ]
    assert seen[0].collection.name == "org_units"


def test_many_events_take_few_requests(send, listen, until):
    """Under a fifth of a request an event: MO is asked for many at a time, in one document."""
    listener = listen(lambda _event: None)
    listener.start()
    listener.pause()
    send(*(f"emne {number}" for number in range(300)))
    before = listener.stats.requests
    listener.resume()
    until(lambda: listener.stats.acknowledged == 300)
    asked = listener.stats.requests - before
    listener.stop()
    assert asked / 300 < 0.2


def test_one_subject_is_never_handled_twice_at_once_and_its_last_event_is_seen(send, listen, until):
    """An event that comes while an older one is handled waits for it, and is handled then."""
    spans = []

    async def handle(event):
        began = time.monotonic()
        await asyncio.sleep(0.1)
        spans.append((event.subject, began, time.monotonic()))

    listener = listen(handle)
    with listener:
        for _ in range(8):
            send("a", "b")
        last = time.monotonic()
        until(
            lambda: listener.stats.in_hand == 0 and listener.stats.acknowledged == listener.stats.handled > 1
        )
        time.sleep(0.5)
        until(lambda: listener.stats.in_hand == 0)
    for subject in "ab":
        own = sorted(span[1:] for span in spans if span[0] == subject)
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(own))
        assert own[-1][1] > last
    everything = sorted(span[1:] for span in spans)
    assert any(earlier[1] > later[0] for earlier, later in pairwise(everything))


def test_urgent_events_come_first(send, listen, until):
    """Priority 1 before the rest (domain 13)."""
    seen = []
    listener = listen(lambda event: seen.append(event.subject), parallel=1, batch=1)
    listener.start()
    listener.pause()
    time.sleep(1.2)
    send("a", "b", "c")
    send("haster", priority=1)
    listener.resume()
    until(lambda: listener.stats.acknowledged == 4)
    listener.stop()
    assert seen[0] == "haster"


def test_events_of_objects_that_are_gone_come_like_others(mo, name, until):
    """Trap: the subject of an event may no longer exist when it is handled (domain 19.20)."""
    seen = []
    listener = Listener(mo, name, temporary=True)
    listener.add(seen.append, "org_unit")
    plan = mo.plan("Prøve")
    unit = plan.create(
        "org_unit", start="2026-11-23", name="Kortvarig", unit_type=_class(mo, "org_unit_type")
    )
    assert plan.apply().ok
    with listener:
        gone = mo.plan("Prøve")
        gone.delete("org_unit", unit)
        assert gone.apply().ok
        until(lambda: unit in [event.subject for event in seen])
    chosen = {"f": {"uuids": [unit], "from_date": None, "to_date": None}}
    query = "query ($f: OrganisationUnitFilter) { org_units(filter: $f) { objects { uuid } } }"
    assert mo.execute(query, chosen)["org_units"]["objects"] == []


def _class(mo, facet):
    query = "query ($f: ClassFilter) { classes(filter: $f) { objects { uuid } } }"
    return mo.execute(query, {"f": {"facet": {"user_keys": [facet]}}})["classes"]["objects"][0]["uuid"]


def test_what_changed_is_not_known_without_a_mirror(send, listen, until):
    """The remedy is in the error."""
    seen = []
    with listen(seen.append):
        send("a")
        until(lambda: seen)
    with pytest.raises(InputError, match="What changed in ting a is not known") as caught:
        _ = seen[0].changes
    assert "mirror=mirror" in caught.value.remedy


def test_no_token_and_no_secret_is_in_what_is_shown(send, listen, caplog, until):
    """Not in a repr, and not in the log."""
    caplog.set_level(logging.DEBUG, logger="motoolkit.events")
    seen = []
    with listen(seen.append) as listener:
        send("a")
        until(lambda: seen)
    assert seen[0].token
    assert seen[0].token not in f"{seen[0]!r} {listener!r} {caplog.text}"
