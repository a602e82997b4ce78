"""Directories against MO, the sandbox or a real one; the directories are the municipality's own."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

import motoolkit
from motoolkit import events
from motoolkit.ad import COLLECTIONS, audit, open_source
from motoolkit.ad.stuck import stuck_events
from motoolkit.model import COPENHAGEN
from motoolkit.profile import ad_settings_from_json
from motoolkit.profile.ad import AdSettings
from motoolkit.sandbox.ad import directories, ldif
from motoolkit.sandbox.municipality import uid

pytestmark = pytest.mark.contract


@pytest.fixture(scope="module")
def planted(mo, tmp_path_factory):
    """Return the directories that deviate as planted, and a source of each."""
    folder = tmp_path_factory.mktemp("ad")
    found = directories(mo.records, mo.today, "planted")
    sources = []
    for name, directory in found.items():
        file = folder / f"{name}.ldif"
        file.write_text(ldif(directory))
        settings = ad_settings_from_json(dict(directory.settings))
        sources.append(open_source(replace(settings, files=(str(file),))))
    return found, sources


@pytest.mark.parametrize("version", [25, 30])
def test_what_is_planted_is_found_in_each_version(mo, planted, version):
    """Exactly that, of the municipality; whatever else a real MO holds is left out."""
    found, sources = planted
    with ExitStack() as stack:
        client = motoolkit.connect(mo.url, session=mo.session, graphql_version=version)
        mirror = motoolkit.Mirror.open()
        stack.callback(client.close)
        stack.callback(mirror.close)
        mirror.load(client, COLLECTIONS)
        now = datetime.combine(mo.today, time(12), COPENHAGEN)
        findings = audit(sources, mirror, as_of=mo.today, now=now).findings
    ours = {record.uuid for record in mo.records}
    have = Counter(
        (each.kind.code, each.subject.key, each.attribute)
        for each in findings
        if not each.subject.uuid or each.subject.uuid in ours
    )
    wanted = Counter(
        (each.code, each.key, each.attribute) for place in found.values() for each in place.expected
    )
    assert (have - wanted, wanted - have) == (Counter(), Counter())


def test_events_that_nobody_fetches_are_told_of_whom_they_are_about(mo, tmp_path, monkeypatch):
    """A real MO too lists them without telling since when (SYNC-STUCK)."""
    monkeypatch.setenv("MOTOOLKIT_EVENTS", str(tmp_path / "events.sqlite3"))
    declare = "mutation ($i: ListenerCreateInput!) { event_listener_declare(input: $i) { uuid } }"
    somebody = uid("persons", "hans")
    settings = AdSettings(name="admin", listeners=("contract-ldap-*",))
    with motoolkit.connect(mo.url, session=mo.session) as client:
        client.execute(declare, {"i": {"user_key": "contract-ldap-person", "routing_key": "person"}})
        events.refresh(client, "person", filter={"uuids": [somebody]})
        now = datetime.now(UTC)
        first = stuck_events(client, [settings], now)
        later = stuck_events(client, [settings], now + timedelta(minutes=16))
        events.forget(client, "contract-ldap-person")
    assert first == ((), ())
    assert (somebody, ("contract-ldap-person",)) in {(e.subject, e.listeners) for e in later.events}
