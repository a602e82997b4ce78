"""MO's events that wait for an integration, as an audit asks for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from support import launch

from motoolkit import connect, events
from motoolkit.ad.stuck import stuck_events
from motoolkit.profile.ad import AdSettings

DECLARE = "mutation ($i: ListenerCreateInput!) { event_listener_declare(input: $i) { uuid } }"
SETTINGS = AdSettings(name="admin", listeners=("ldap-*",), lag_minutes=15)


@pytest.fixture(scope="module")
def mo(tmp_path_factory):
    """Serve a municipality in which two integrations stand still, each with an event about somebody."""
    box = launch("--persons", "5", log=tmp_path_factory.mktemp("stuck") / "sandbox.log")
    with connect(box.url) as client:
        for name in ("ldap-person", "rollekatalog"):
            client.execute(DECLARE, {"i": {"user_key": name, "routing_key": "person"}})
        events.refresh(client, "person", filter={"uuids": [_somebody(client)]})
        yield client
    box.stop()


@pytest.fixture(autouse=True)
def memory(tmp_path, monkeypatch):
    """Remember nothing of other tests."""
    monkeypatch.setenv("MOTOOLKIT_EVENTS", str(tmp_path / "events.sqlite3"))


def _somebody(client):
    return client.execute("{ persons(limit: 1) { objects { uuid } } }")["persons"]["objects"][0]["uuid"]


def test_what_waits_too_long_for_the_named_listeners_is_told(mo):
    """From the first look on, which is when it was first seen waiting; other integrations' are not ours."""
    now = datetime.now(UTC)
    assert stuck_events(mo, [SETTINGS], now).events == ()
    (found,) = stuck_events(mo, [SETTINGS], now + timedelta(minutes=16)).events
    assert (found.ad, found.subject, found.listeners) == ("admin", _somebody(mo), ("ldap-person",))
    assert abs(found.since - now) < timedelta(minutes=1)


def test_nobody_is_asked_where_no_listener_is_named(mo):
    """The other directory's integration may be no listener of MO's at all."""
    assert stuck_events(mo, [AdSettings(name="skole")], datetime.now(UTC)) == ((), ())


def test_a_silenced_event_is_known_and_no_finding(mo):
    """Somebody has looked at it already."""
    now = datetime.now(UTC)
    stuck_events(mo, [SETTINGS], now)
    events.silence(mo, "ldap-person", [_somebody(mo)])
    assert stuck_events(mo, [SETTINGS], now + timedelta(hours=1)).events == ()
    events.unsilence(mo, "ldap-person")
    assert len(stuck_events(mo, [SETTINGS], now + timedelta(hours=1)).events) == 1
