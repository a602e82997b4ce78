"""Nested queries of 500 engagements: asked of MO as they are, and read flat and joined here."""

from __future__ import annotations

import time
from datetime import date

import pytest
from contract.conftest import SESSION, Mo
from support import TODAY, launch

import motoolkit
from motoolkit.probes.flat import rewrite
from motoolkit.query import ask

pytestmark = pytest.mark.filterwarnings("ignore::motoolkit.DeprecatedFieldWarning")

TWINS = """{ engagements(limit: 500) { objects { uuid current {
    user_key person { name cpr_number } org_unit { name user_key }
    engagement_type_response { current { name } } primary { user_key } validity { from to } } } } }"""
"""As many integrations still ask: one query for each engagement and link."""
LISTS = """{ engagements(limit: 500) { objects { uuid current {
    user_key job_function_response { current { name } }
    person_response { current { name
      addresses_response { objects { current { value } } }
      itusers_response { objects { current { user_key itsystem_response { current { name } } } } } } }
    org_unit_response { current { name ancestors { name } } }
    managers(inherit: true, exclude_self: true) { person { name } }
    validity { from to } } } } }"""
"""As a report asks for everything about everybody."""
TIMES = 5
"""How many times faster it is to be at least."""


@pytest.fixture(scope="module")
def mo(request, tmp_path_factory):
    """A sandbox that costs what a real MO does, or with --mo-url a real one that contract tests seeded."""
    url = request.config.getoption("--mo-url")
    today = date.fromisoformat(TODAY)
    if url:
        yield Mo(url, request.config.getoption("--mo-session") or SESSION, today, ())
        return
    log = tmp_path_factory.mktemp("flat") / "log"
    running = launch("--today", TODAY, "--session", SESSION, "--persons", "500", "--pace", "4", log=log)
    yield Mo(running.url, SESSION, today, ())
    running.stop()


def timed(job):
    """Return what a job gives, and how many seconds it takes."""
    started = time.perf_counter()
    return job(), time.perf_counter() - started


@pytest.mark.parametrize("document", [TWINS, LISTS], ids=["twins", "lists"])
def test_flat_reads_beat_the_nested_query(mo, capsys, request, document):
    """From a mirror that is there anyhow by much; on a real MO also with the reading of what is needed.

    The sandbox's pace knows what objects cost, and nothing of a query for each of them.
    """
    with motoolkit.connect(mo.url, session=mo.session) as client:
        # Both ways need the schema and pandas: they are there before the clock starts.
        assert ask(client, "{ facets(limit: 1) { objects { uuid } } }").frame().shape == (1, 1)
        rewriting, looking = timed(lambda: rewrite(client, document, as_of=mo.today, today=mo.today))
        rows, reading = timed(lambda: rewriting.read(client))
        ours, joining = timed(lambda: rewriting.frame(rows))
        mirror, loading = timed(lambda: rewriting.load(client))
        with mirror:
            again, asking = timed(lambda: rewriting.frame(mirror))
        mos, nested = timed(lambda: ask(client, document, as_of=mo.today).frame())
    ways = {
        "read flat": looking + reading + joining,
        "mirror loaded for it": looking + loading + asking,
        "mirror there": looking + asking,
    }
    with capsys.disabled():
        told = ", ".join(f"{way} {took:.2f} s ({nested / took:.1f} times)" for way, took in ways.items())
        print(f"\n{len(mos)} rows: nested {nested:.2f} s; {told}")
    assert len(ours) == len(again) == len(mos)
    assert nested / ways["mirror there"] > TIMES
    if request.config.getoption("--mo-url"):
        assert nested > ways["read flat"]
