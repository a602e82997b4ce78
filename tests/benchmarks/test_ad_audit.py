"""What an audit of directories costs from what was read, and that the cost grows with the accounts alone.

``make bench`` prints the table; the time of one core, the memory and how both grow are asserted.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SIZES = (12_500, 25_000, 50_000)
MOST_SECONDS = 30
"""Of one core, for 50,000 accounts and 60,000 engagements: the limit that the audit was ordered with."""
MOST_MEMORY = 1_500
"""MB, for the same."""

_CHILD = """
import json, re, sys, time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, sys.argv[2])
from ad_stage import NOW, TODAY, Stage, uid
from unit.ad.test_watch_property import BASE, _settings

from motoolkit.ad._causes import with_causes
from motoolkit.ad._guards import once_only, without_the_young
from motoolkit.ad._judging import Judging
from motoolkit.ad.world import World
from motoolkit.profile.ad import Externals, GroupRules, UsernameRules

accounts = int(sys.argv[1])
engagements = accounts * 6 // 5
people = accounts * 19 // 20
stage = Stage(replace(
    _settings("admin"), itsystem="AD", fk_itsystem="FK", link_itsystem="", others_too=True,
    externals=Externals(),
    search_bases=(BASE,), ou_parking="", usernames=UsernameRules(pattern="[ux][0-9]{6}"),
    groups=GroupRules(below=(f"OU=Roller,{BASE}",)),
))
stage.mo("itsystems", "FK", user_key="FK", name="FK Organisation")
places = {-1: f"OU=Enheder,{BASE}"}
for number in range(400):
    above = (number - 1) // 7 if number else -1
    places[number] = f"OU=Enhed {number},{places[above]}"
    stage.mo("org_units", f"u{number}", name=f"Enhed {number}", user_key=f"E{number}",
             parent=uid(f"u{above}") if number else "")
    stage.ou(f"Enhed {number}", dn=places[number])
    stage.mo("managers", f"m{number}", person=uid(f"p{number}"), org_unit=uid(f"u{number}"))
for number in range(200):
    stage.mo("classes", f"job{number}", name=f"Stilling {number}", user_key=f"J{number}")
stage.mo("classes", "primary", user_key="primary", name="Primær")
stage.mo("classes", "mail", user_key="EmailEmployee", name="E-mail", scope="EMAIL")


def leader(number):
    # Who leads a unit is led from above.
    return number % 400 if number >= 400 else (number - 1) // 7


members = {number: [] for number in range(1000)}
for number in range(people):
    cpr, sam = f"{number % 28 + 1:02}01{number // 28 % 100:02}{number % 10000:04}", f"u{number:06}"
    odd = number % 50 == 0
    names = {"given_name": f"Nora{number % 900}", "surname": f"Holm{number}"}
    stage.mo("persons", f"p{number}", cpr=cpr, **names)
    account = stage.account(
        sam, cn=f"{sam}", mail=f"{sam}@nordby.example", upn=f"{sam}@nordby.example", cpr=cpr,
        display_name=f"Nora{number % 900} Holm{number}", given_name=names["given_name"],
        surname=names["surname"],
        dn=f"CN={sam},{places[number % 400]}", created=datetime(2020, 1, 1, tzinfo=UTC),
        last_logon=NOW - timedelta(days=3), engagement=f"NK-{number:06}",
        manager=uid(f"admin/u{leader(number):06}") if number else "",
        attributes={"samaccountname": (sam,), "givenname": (names["given_name"],),
                    "sn": ("Hansen" if odd else names["surname"],),
                    "displayname": (f"Nora{number % 900} Holm{number}",), "mail": (f"{sam}@nordby.example",),
                    "department": (f"Enhed {number % 400}",), "title": (f"Stilling {number % 200}",)},
    )
    stage.mo("itusers", f"i{number}", user_key=sam, external_id=account.guid, itsystem=uid("AD"),
             person=uid(f"p{number}"), primary=uid("primary"),
             engagements=tuple(uid(f"e{each}") for each in range(number, engagements, people)))
    stage.mo("itusers", f"f{number}", user_key=account.guid, external_id=uid(f"fk{number}"),
             itsystem=uid("FK"), person=uid(f"p{number}"))
    stage.mo("addresses", f"a{number}", value=f"{sam}@nordby.example", address_type=uid("mail"),
             person=uid(f"p{number}"), ituser=uid(f"i{number}"))
    members[number % 1000].append(account.guid)
for number in range(engagements):
    stage.mo("engagements", f"e{number}", user_key=f"NK-{number:06}", person=uid(f"p{number % people}"),
             org_unit=uid(f"u{number % 400}"), job_function=uid(f"job{number % 200}"),
             primary=uid("primary") if number < people else "", fraction=1_000_000)
for number in range(accounts - people):
    stage.account(f"x{number:06}", created=NOW - timedelta(days=900), dn=f"CN=x{number},{BASE}")
for number, guids in members.items():
    stage.group(f"G{number}", members=tuple(guids), dn=f"CN=G{number},OU=Grupper,{BASE}", managed_by=guids[0])
snapshots = stage.snapshots()


def peak():
    # Not ru_maxrss, which a child inherits from the process that started it.
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024


began = time.process_time()
world = World(stage.settings, as_of=TODAY, now=NOW)
for collection, objects in stage.rows.items():
    world.table(collection).fill({uuid: tuple(rows) for uuid, rows in objects.items()})
for snapshot in snapshots:
    world.load(snapshot)
loaded = time.process_time() - began
judging = Judging(world)
found = list(once_only(without_the_young(with_causes(judging.findings()), world), ()))
seconds = time.process_time() - began
rows = {"accounts": accounts, "engagements": engagements, "found": len(found)}
print(json.dumps({**rows, "loading": loaded, "seconds": seconds, "peak": peak()}))
"""


@pytest.fixture(scope="module")
def measured():
    """Return what an audit of each size took, each in a process of its own."""
    tests = str(Path(__file__).resolve().parents[1])
    rows = []
    for size in SIZES:
        command = [sys.executable, "-c", _CHILD, str(size), tests]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        rows.append(json.loads(done.stdout))
    print("\n  accounts  engagements    found  loading s   total s   peak MB")
    for row in rows:
        print(
            f"{row['accounts']:10,}{row['engagements']:13,}{row['found']:9,}"
            f"{row['loading']:11.1f}{row['seconds']:10.1f}{row['peak']:10.0f}"
        )
    return rows


def test_fifty_thousand_accounts_are_audited_in_half_a_minute_of_one_core(measured):
    """Loading what was read into the world included."""
    assert measured[-1]["seconds"] < MOST_SECONDS


def test_they_have_room_in_memory(measured):
    """Made-up snapshots included."""
    assert measured[-1]["peak"] < MOST_MEMORY


def test_an_account_costs_the_same_however_many_there_are(measured):
    """Within what two runs of the same differ."""
    costs = [row["seconds"] / row["accounts"] for row in measured]
    assert costs[-1] < 1.5 * costs[0]
