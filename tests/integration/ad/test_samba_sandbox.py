"""The sandbox's directories, written into two real domains, are audited over LDAPS as they are from files."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import httpx
import ldap3
import pytest
from ad_dc import DOMAINS, PASSWORD
from support import launch

from motoolkit import connect
from motoolkit.ad import COLLECTIONS, audit, decode
from motoolkit.mirror import Mirror
from motoolkit.profile import ad_settings_from_json
from motoolkit.profile.ad import KindRule
from motoolkit.sandbox.ad import directories, tidied
from motoolkit.sandbox.ad.loading import load
from motoolkit.sandbox.municipality import municipality

pytestmark = pytest.mark.ad

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
PERSONS = 10
PAST = ("whenCreated", "whenChanged", "lastLogonTimestamp", "pwdLastSet")
"""What only a server writes; without it nobody would be stale."""
UNHELD = {
    "DUP-UPN": "a domain controller refuses a second account with the same userPrincipalName",
}
"""Findings that a real server can not be made to hold, and why."""
READERS = KindRule(kind="service", sam="svc-(audit|plain)")
"""The accounts that read: they are in the real domains only."""


class Town:
    """MO and two domains with the directories of a mode in them."""

    def __init__(self, mode, start_dc, log) -> None:
        made = municipality(today=TODAY, persons=PERSONS)
        self.made = directories(tidied(made, TODAY) if mode == "clean" else made, TODAY, mode)
        self.dcs = {domain.name: start_dc(domain.name) for domain in DOMAINS}
        with ThreadPoolExecutor(len(DOMAINS)) as pool:
            loaded = dict(zip(self.made, pool.map(self._write, self.made.values()), strict=True))
        self.refused = [place for each in loaded.values() for place, _ in each.refused]
        self.unknown = [name for each in loaded.values() for name in each.unknown]
        self.guids = {old: new for each in loaded.values() for old, new in each.guids.items()}
        wanted = ("--today", str(TODAY), "--persons", str(PERSONS), "--ad", mode, "--sd", "clean")
        self.box = launch(*wanted, log=log)
        assert self.box.post("/sandbox/ad/guids", self.guids).json()["changed"] > 0

    def _write(self, directory):
        """Write a directory into its domain, with its past, and return what became of it."""
        dc = self.dcs[directory.name]
        server = ldap3.Server(dc.address, 636, use_ssl=True, get_info=ldap3.ALL)
        admin = f"Administrator@{dc.domain.dns}"
        with ldap3.Connection(server, admin, PASSWORD) as connection:
            loaded = load(directory.entries, connection, password=PASSWORD)
        past = {}
        for each in directory.entries:
            guid = decode.guid(each.attributes["objectGUID"][0])
            loaded.guids[guid] = loaded.guids.get(guid) or self._own(dc, each)
            past[loaded.guids[guid]] = {name: each.text(name) for name in PAST if name in each.attributes}
        dc.backdate(past)
        return loaded

    def _own(self, dc, entry) -> str:
        """Return the GUID of what a domain has by itself."""
        sam = entry.text("sAMAccountName")
        return dc.guid(f"CN={sam},CN=Users,{dc.base}") if sam else ""

    def audited(self):
        """Return what an audit over LDAPS finds."""
        told = {each["name"]: each for each in httpx.get(f"{self.box.url}/sandbox").json()["ad"]}
        sources = [self._source(dc, told[name]) for name, dc in self.dcs.items()]
        with connect(self.box.url) as client, Mirror.open() as mirror:
            mirror.load(client, COLLECTIONS)
            found = audit(sources, mirror, as_of=TODAY, now=NOON)
            found.confirm(client)
        for each in sources:
            each.close()
        return found

    def _source(self, dc, told):
        settings, reads = ad_settings_from_json(told), dc.settings()
        reach = {name: getattr(reads, name) for name in ("url", "username", "password", "ca_file")}
        source = dc.source()
        source.settings = replace(settings, files=(), kinds=(READERS, *settings.kinds), **reach)
        return source

    def expected(self):
        """Return what is planted, with the real domains' GUIDs, counted."""
        return Counter(
            (each.code, self._key(each), each.attribute)
            for directory in self.made.values()
            for each in directory.expected
        )

    def _key(self, each) -> str:
        parts = [self.guids.get(part, part) for part in each.key.split("/")]
        if each.code == "GRP-CYCLE":
            # A circle is told once, at the group with the first GUID.
            parts[1] = min(self._circle(parts[0], parts[1]))
        return "/".join(parts)

    def _circle(self, ad, guid):
        with self.dcs[ad].source() as source:
            members = {each.guid: each.members for each in source.snapshot().groups}
        circle = [guid]
        for each in circle:
            circle += [m for m in members.get(each, ()) if m in members and m not in circle]
        return [each for each in circle if guid in _reached(members, each)]


def _reached(members, start):
    found = list(members.get(start, ()))
    for each in found:
        found += [m for m in members.get(each, ()) if m not in found]
    return found


@pytest.fixture(params=["clean", "planted"])
def town(request, start_dc, tmp_path):
    """The municipality in a mode."""
    town = Town(request.param, start_dc, tmp_path / "sandbox.log")
    town.mode = request.param
    yield town
    town.box.stop()
    for dc in town.dcs.values():
        dc.stop()


def test_all_that_is_planted_is_found_over_ldaps_and_nothing_else(town):
    """Nothing in a domain that agrees with MO, and else all but what no domain controller holds."""
    found = town.audited()
    have = Counter((each.kind.code, each.subject.key, each.attribute) for each in found.findings)
    wanted = town.expected()
    assert (town.mode == "clean") is (not wanted)
    kept = Counter({each: number for each, number in wanted.items() if each[0] not in UNHELD})
    assert (have - kept, kept - have) == (Counter(), Counter())
    assert town.unknown == []
    assert len(town.refused) == sum(each[0] in UNHELD for each in wanted)
