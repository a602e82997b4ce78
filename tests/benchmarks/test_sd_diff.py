"""What comparing a whole institution costs, and that the cost grows with the number of persons alone.

``make bench`` prints the table; how it grows and what memory it takes are asserted.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

SIZES = (3_000, 10_000, 30_000)
MOST_MEMORY = 1_500
"""MB, for 30,000 persons with 60,000 employments and 300,000 intervals a side."""

_CHILD = """
import json, re, sys, time
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from motoolkit.sd._side import Side, empty_oddities
from motoolkit.sd.diff import compare
from motoolkit.sd.mapping import Mapping

persons = int(sys.argv[1])
chance = np.random.default_rng(7)
count = 2 * persons
person = np.arange(count) // 2
born = [f"{1 + n % 28:02}{1 + n // 28 % 12:02}{n // 336 % 100:02}" for n in range(persons)]
cprs = np.array([f"{day}{n % 9000 + 1000}" for n, day in enumerate(born)])
numbers = np.array([f"{n:06}" for n in range(count)])
units = np.array([f"5c0a7a52-0000-4a00-8a00-{n:012x}" for n in range(600)])
START = np.datetime64("2005-01-01", "s")
DAY = np.timedelta64(1, "D")


def subjects(in_mo):
    employments = {
        "sort": "employment",
        "pair": [f"{cprs[p]}/NS-{n.lstrip('0')}" for p, n in zip(person, numbers)],
        "institution": "NS",
        "number": [f"NS-{n}" for n in numbers] if in_mo else numbers,
        "cpr": cprs[person],
        "label": [f"Nora Nummer {p}" for p in person],
        "uuid": [f"e{n}" for n in range(count)] if in_mo else "",
        "person_uuid": [f"p{p}" for p in person] if in_mo else "",
    }
    people = {
        "sort": "person", "pair": cprs, "institution": "NS", "number": "", "cpr": cprs,
        "label": [f"Nora Nummer {p}" for p in range(persons)],
        "uuid": [f"p{p}" for p in range(persons)] if in_mo else "", "person_uuid": "",
    }
    frames = [pd.DataFrame(columns, dtype=object) for columns in (employments, people)]
    return pd.concat(frames, ignore_index=True)


begin = START + chance.integers(0, 3000, count) * DAY
open_ended = chance.random(count) < 0.6
end = np.where(open_ended, np.datetime64("NaT", "s"), begin + chance.integers(800, 3000, count) * DAY)
middle = begin + chance.integers(100, 700, count) * DAY
unit, other = (units[chance.integers(0, 600, count)] for _ in range(2))
job = np.array([f"{n}" for n in 1000 + chance.integers(0, 400, count)])


def intervals(damaged):
    # A whole employment and a border in it: five intervals an employment.
    off = np.where(damaged, 30, 0) * DAY
    last = np.where(np.roll(damaged, 1) & open_ended, begin + 6000 * DAY, end)
    parts = [
        ("active", begin, last, np.full(count, "true")),
        ("unit", begin, middle + off, unit),
        ("unit", middle + off, last, np.where(unit == other, units[0], other)),
        ("job_function", begin, last, np.where(np.roll(damaged, 2), "0000", job)),
        ("title", begin, last, np.full(count, "Medarbejder")),
    ]
    frames = [
        pd.DataFrame({
            "subject": np.arange(count), "attribute": name, "start": start, "end": stop,
            "value": pd.Series(value, dtype=object),
        })
        for name, start, stop, value in parts
    ]
    names = pd.DataFrame({
        "subject": count + np.arange(persons), "attribute": "name", "start": np.datetime64("NaT", "s"),
        "end": np.datetime64("NaT", "s"),
        "value": pd.Series([f"Nora Nummer {p}" for p in range(persons)], dtype=object),
    })
    made = pd.concat([*frames, names], ignore_index=True)
    return made.sort_values(["subject", "attribute", "start"], kind="stable", ignore_index=True)


def side(in_mo):
    damaged = chance.random(count) < 0.02 if in_mo else np.zeros(count, bool)
    return Side(subjects(in_mo), intervals(damaged), empty_oddities())


def peak():
    # Not ru_maxrss, which a child inherits from the process that started it.
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024


sd, mo = side(False), side(True)
held = peak()
mapping = Mapping.read("sdtool-plus-municipality", prefix=True)
costs = []
for _ in range(2):
    began = time.process_time()
    found = compare(sd, mo, mapping, as_of=date(2020, 1, 1))
    costs.append(time.process_time() - began)
rows = {"persons": persons, "intervals": len(sd.intervals), "found": len(found)}
print(json.dumps({**rows, "seconds": min(costs), "held": held, "peak": peak()}))
"""


@pytest.fixture(scope="module")
def runs():
    """What each size costs, in a process of its own."""
    found = [_measured(size) for size in SIZES]
    print()
    for one in found:
        print(
            f"{one['persons']:>6,} persons, {one['intervals']:>7,} intervals a side: {one['found']:>6,} found"
            f" in {one['seconds']:.2f} s CPU, {1e6 * one['seconds'] / one['persons']:.0f} µs a person; "
            f"peak {one['peak']:.0f} MB, of it {one['held']:.0f} MB for the sides"
        )
    return found


def _measured(persons):
    command = [sys.executable, "-c", _CHILD, str(persons)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_cost_grows_with_the_persons_alone(runs):
    """A person among 30,000 costs no more than half as much again as one among 3,000."""
    first, last = runs[0], runs[-1]
    assert last["seconds"] / last["persons"] < 1.5 * first["seconds"] / first["persons"]
    assert last["intervals"] >= 300_000
    assert last["found"] >= 3_000


def test_memory_of_a_large_institution(runs):
    """With both sides in it."""
    assert runs[-1]["peak"] < MOST_MEMORY
