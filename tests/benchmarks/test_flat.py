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
    """With the reading of every collection that is needed, and from a mirror that is there already."""
    with motoolkit.connect(mo.url, session=mo.session) as client:
        # Both ways need the schema and pandas: they are there before the clock starts.
        assert ask(client, "{ facets(limit: 1) { objects { uuid } } }").frame().shape == (1, 1)
        as_of = mo.today
        rewriting, looking = timed(lambda: rewrite(client, document, as_of=as_of, today=mo.today))
        mirror, loading = timed(lambda: rewriting.load(client))
        with mirror:
            ours, joining = timed(lambda: rewriting.frame(mirror))
        mos, nested = timed(lambda: ask(client, document, as_of=as_of).frame())
    whole = looking + loading + joining
    with capsys.disabled():
        print(
            f"\n{len(mos)} rows: nested {nested:.2f} s; flat {whole:.2f} s (load {loading:.2f} s), "
            f"{nested / whole:.1f} times; from a mirror {looking + joining:.3f} s, "
            f"{nested / (looking + joining):.0f} times"
        )
    assert len(ours) == len(mos)
    assert nested / (looking + joining) > TIMES
