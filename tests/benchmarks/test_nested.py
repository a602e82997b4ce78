"""The report read flat through a mirror, against the nested queries that upstream's report sends."""

from __future__ import annotations

import time
from datetime import date

import pytest
from contract.conftest import SESSION, Mo
from contract.nested import Nested
from support import TODAY, launch

import motoolkit
from motoolkit.reports import REPORTS, ReportParameters


@pytest.fixture(scope="module")
def mo(request, tmp_path_factory):
    """The sandbox, or with --mo-url a real MO that the contract tests have seeded."""
    url = request.config.getoption("--mo-url")
    if url:
        yield Mo(url, request.config.getoption("--mo-session") or SESSION, date.fromisoformat(TODAY), ())
        return
    log = tmp_path_factory.mktemp("nested") / "log"
    running = launch("--today", TODAY, "--session", SESSION, log=log)
    yield Mo(running.url, SESSION, date.fromisoformat(TODAY), ())
    running.stop()


def seconds(job) -> float:
    """Return how long a job takes."""
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


def test_reading_flat_beats_asking_nested(mo, capsys):
    """The whole way, from nothing to rows, of both newsletter reports."""
    tops = mo.data("{ org_units(filter: {parent: null}) { objects { uuid current { name } } } }")
    root = next(o["uuid"] for o in tops["org_units"]["objects"] if o["current"]["name"] == "Nordby Kommune")

    def flat() -> None:
        with motoolkit.connect(mo.url, session=mo.session) as client, motoolkit.Mirror.open() as mirror:
            mirror.load(client)
            for report in REPORTS.values():
                report.build(mirror, ReportParameters(as_of=mo.today, root=root))

    ours, nested = seconds(flat), seconds(lambda: list(Nested(mo, root).rows()))
    with capsys.disabled():
        print(f"\nflat {ours:.1f} s, nested {nested:.1f} s: {nested / ours:.1f} times")
    assert ours < nested
