"""What checks of everybody's identities cost, and that the cost grows with the persons alone.

``make bench`` prints the table; the time of one core, the memory and how both grow are asserted.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SIZES = (7_500, 15_000, 30_000)
MOST_SECONDS = 20
"""Of one core, for 30,000 persons: the limit that the checks were ordered with."""
MOST_MEMORY = 1_500
"""MB, for the same; the mirror in memory included."""

_CHILD = r"""
import json, re, sys, time
from datetime import date
from pathlib import Path

sys.path.insert(0, sys.argv[2])
from identity_mirror import filled

from motoolkit.identities import check

TODAY = date(2026, 11, 23)
persons = int(sys.argv[1])


def uuid(sort, number):
    return f"{sort:08x}-0000-4000-8000-{number:012x}"


PERSON, UNIT, CLASS, SYSTEM, JOB, ACCOUNT, MAIL, ROLE, PHONE, FACET = range(1, 11)
rows = {"org_units": [], "persons": [], "engagements": [], "itusers": [], "addresses": [], "rolebindings": []}
rows["classes"] = [
    (uuid(CLASS, n), None, None, {"user_key": key, "name": key, "scope": scope, "it_system": system})
    for n, (key, scope, system) in enumerate(
        [("primary", "", None), ("non-primary", "", None), ("Email", "EMAIL", None), ("Phone", "PHONE", None),
         ("laerer", "", uuid(SYSTEM, 1))] + [(f"job{j}", "", None) for j in range(200)]
    )
]
rows["itsystems"] = [
    (uuid(SYSTEM, n), None, None, {"user_key": f"S{n}", "name": f"System {n}"}) for n in range(4)
]
for n in range(1, 600):
    above = uuid(UNIT, (n - 1) // 6) if n > 1 else None
    unit = {"name": f"Enhed {n}", "user_key": f"E{n}", "parent": above}
    rows["org_units"].append((uuid(UNIT, n), None, None, unit))


def add(table, number, start, end, sort, **values):
    rows[table].append((uuid(sort, number), start, end, values))


jobs = accounts = mails = roles = 0
for n in range(persons):
    me = uuid(PERSON, n)
    names = {"given_name": f"Nora{n % 900}", "surname": f"Holm{n}", "user_key": me}
    rows["persons"].append((me, None, None, names))
    mine = []
    # Every fifth has two engagements, every fiftieth three; most have changed once, some have left.
    for k in range(3 if n % 50 == 0 else 2 if n % 5 == 0 else 1):
        left = "2026-06-01" if n % 11 == 0 and not k else None
        values = {"person": me, "user_key": f"NK-{n:06}{k}", "job_function": uuid(CLASS, 5 + n % 200),
                  "primary": uuid(CLASS, 0 if not k else 1)}
        add("engagements", jobs, "2019-01-01", "2023-01-01", JOB, org_unit=uuid(UNIT, 1 + n % 598), **values)
        there = uuid(UNIT, 1 + (n + n % 3) % 598)
        add("engagements", jobs, "2023-01-01", left, JOB, org_unit=there, **values)
        mine.append(uuid(JOB, jobs))
        jobs += 1
    for k in range(3 if n % 4 == 0 else 2):
        links = mine[:1] if k == 0 else mine if k == 1 else []
        end = "2026-06-01" if n % 22 == 0 and not k else None
        add("itusers", accounts, "2019-01-01", end, ACCOUNT, person=me, itsystem=uuid(SYSTEM, k),
            user_key=f"u{n if n % 997 else n % 7:06}", external_id=uuid(FACET, accounts), engagements=links,
            primary=uuid(CLASS, 0))
        add("addresses", mails, "2019-01-01", None, MAIL, person=me, value=f"u{n}.{k}@nordby.example",
            address_type=uuid(CLASS, 2), ituser=uuid(ACCOUNT, accounts) if (n + k) % 29 else None)
        mails += 1
        if k == 1:
            add("rolebindings", roles, "2019-01-01", None, ROLE, ituser=uuid(ACCOUNT, accounts),
                role=uuid(CLASS, 4), org_unit=uuid(UNIT, 1 + n % 598))
            roles += 1
        accounts += 1
    phone = {"value": f"+45{n:08}", "address_type": uuid(CLASS, 3)}
    add("addresses", n, "2019-01-01", None, PHONE, person=me, **phone)
mirror = filled(rows)
del rows


def memory(name):
    # Not ru_maxrss, which a child inherits from the process that started it.
    return int(re.search(rf"{name}:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


before = memory("VmRSS")
Path("/proc/self/clear_refs").write_text("5")
began = time.process_time()
found = check(mirror, TODAY)
seconds = time.process_time() - began
print(json.dumps({"persons": persons, "engagements": jobs, "accounts": accounts, "found": len(found.findings),
                  "seconds": seconds, "before": before, "peak": memory("VmHWM")}))
"""


@pytest.fixture(scope="module")
def measured():
    """Return what the checks of each size took, each in a process of its own."""
    tests = str(Path(__file__).resolve().parents[1])
    rows = []
    for size in SIZES:
        command = [sys.executable, "-c", _CHILD, str(size), tests]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        rows.append(json.loads(done.stdout))
    print("\n   persons  engagements  accounts    found  core s  MB before  MB peak")
    for row in rows:
        print(
            f"{row['persons']:10,}{row['engagements']:13,}{row['accounts']:10,}{row['found']:9,}"
            f"{row['seconds']:8.1f}{row['before']:11.0f}{row['peak']:9.0f}"
        )
    return rows


def test_thirty_thousand_persons_are_checked_in_twenty_seconds_of_one_core(measured):
    """Reading them from the mirror included; DuckDB's own threads count."""
    assert measured[-1]["seconds"] < MOST_SECONDS


def test_they_have_room_in_memory(measured):
    """The mirror in memory included."""
    assert measured[-1]["peak"] < MOST_MEMORY


def test_a_person_costs_the_same_however_many_there_are(measured):
    """Within what two runs of the same differ."""
    costs = [row["seconds"] / row["persons"] for row in measured]
    assert costs[-1] < 1.5 * costs[0]
