"""What a report of 50,000 engagements costs beside writing its rows: ratios within one run.

``make bench`` prints the table; the limits are asserted.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest

from motoolkit.catalogue import CATALOGUE
from motoolkit.mirror import _layout
from motoolkit.mirror._store import Store
from motoolkit.sandbox.municipality import municipality

PERSONS = 50_000
KEY = "benchmark"
DAY = date(2026, 11, 23)

_CHILD = """
import json, re, sys, time
from datetime import date
from pathlib import Path

from xlsxwriter import Workbook

from motoolkit.mirror import Mirror
from motoolkit.reports import REPORTS, ReportParameters, write_workbook

folder, key, name = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
parameters = ReportParameters(as_of=date(2026, 11, 23))
clock = time.process_time


def bare(rows):
    with Workbook(folder / "bare.xlsx", {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)


with Mirror.open(folder / "mirror.duckdb", key=key) as mirror:
    began = clock()
    table = REPORTS[name].build(mirror, parameters)
    build = clock() - began
    began = clock()
    write_workbook(table, folder)
    write = clock() - began
    # Not ru_maxrss, which a child inherits from the process that started it.
    peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
texts = [tuple(cell if isinstance(cell, int) else str(cell or "") for cell in row) for row in table.rows]
began = clock()
bare(texts)
print(json.dumps({"rows": len(table), "build": build, "write": write, "bare": clock() - began, "peak": peak}))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with an encrypted mirror of a municipality of 50,000 engagements."""
    folder = tmp_path_factory.mktemp("report")
    store = Store.open(folder / "mirror.duckdb", KEY)
    rows = {name: [] for name in CATALOGUE}
    for record in municipality(persons=PERSONS, today=DAY):
        rows[record.collection] += [_row(record, period) for period in record.slices]
    with store.transaction():
        for name, collection in CATALOGUE.items():
            table = f"base.{_layout.table(name)}"
            store.execute(f"CREATE TABLE {table} {_layout.definition(collection)}")
            store.append(table, collection, rows[name])
            store.execute(*_layout.publish(name))
        store.note(
            mo_url="https://mo.nordby.example",
            graphql_version="30",
            collections=" ".join(CATALOGUE),
            fingerprint=_layout.fingerprint(),
            loaded_at="2026-11-23T06:00:00+01:00",
            refreshed_at="2026-11-23T06:00:00+01:00",
        )
    store.close()
    return folder


def _row(record, period):
    """Return one period as the texts that a load would have brought."""
    values = (period.values.get(field.name) for field in CATALOGUE[record.collection].stored)
    return (record.uuid, _text(period.start), _text(period.end), *map(_text, values))


def _text(value):
    if isinstance(value, tuple):
        return " ".join(value)
    return None if value is None else str(value)


@pytest.mark.parametrize("name", ["engagements-managers-cpr", "engagements-managers"])
def test_making_a_report_takes_no_longer_than_writing_its_rows(folder, name):
    """CPU time of building against bare XlsxWriter on the same rows, in a process of its own; best of two."""
    runs = [_measured(folder, name) for _ in range(2)]
    best = min(runs, key=lambda run: run["build"] / run["bare"])
    peak = max(run["peak"] for run in runs)
    print(
        f"\n{name}: {best['rows']:,} rows; build {best['build']:.2f} s, write {best['write']:.2f} s, "
        f"bare XlsxWriter {best['bare']:.2f} s; build/bare {best['build'] / best['bare']:.2f}, "
        f"write/bare {best['write'] / best['bare']:.2f}; peak {peak:.0f} MB"
    )
    assert best["rows"] >= 50_000
    assert best["build"] <= best["bare"]
    assert peak < 600


def _measured(folder, name):
    command = [sys.executable, "-c", _CHILD, str(folder), KEY, name]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)
