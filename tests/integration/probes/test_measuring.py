"""Probes on a sandbox with a real MO's pace: slow fields are named, and no mishap stops the rest."""

from __future__ import annotations

from datetime import date

import httpx
import pytest
from support import TODAY

import motoolkit
from motoolkit.probes import Probe, measure
from motoolkit.probes.fields import Growth
from motoolkit.probes.showing import notices_of
from motoolkit.probes.tables import ranked

DAY = date.fromisoformat(TODAY)
MIXED = Probe(
    "mixed",
    """{ engagements { objects { uuid current { user_key person { name }
      old: job_function { name } job_function_response { current { name } }
      org_unit_response { uuid } } } } }""",
    page_size=24,
)
UNITS = Probe(
    "units",
    "{ org_units { objects { uuid current { name child_count unit_type_response { current { name } } } } } }",
    page_size=16,
)
BROKEN = Probe("broken", "{ engagements { objects { uuid current { no_such_field } } } }")
SMALL = Probe("small", "{ engagements { objects { uuid current { user_key } } } }", page_size=8)


@pytest.fixture(scope="module")
def run(paced):
    """Two probes that can be measured, and one that can not between them."""
    with motoolkit.connect(paced.url) as client:
        return measure(client, [MIXED, BROKEN, UNITS], as_of=DAY, rounds=3, versions=[22])


def test_the_fields_that_ask_for_each_parent_are_named(run):
    """The deprecated links and the walk in the tree, and no link that is read in one go."""
    named = {(probe.name, cost.name) for probe, cost in ranked(run) if cost.growth is Growth.EACH}
    assert named == {("mixed", "person"), ("mixed", "old"), ("units", "child_count")}


def test_the_walk_in_the_tree_ranks_first(run):
    """It costs most for each parent, at a real MO's pace."""
    assert next((probe.name, cost.name) for probe, cost in ranked(run)) == ("units", "child_count")


def test_a_deprecated_link_is_dearer_than_the_new_one(run):
    """By measuring both in the same place."""
    costs = {cost.name: cost for cost in run.probes[0].costs}
    assert costs["person"].times_instead > 1.5
    assert costs["old"].times_instead > 1.5


def test_reading_flat_is_advised_first_for_the_tree(run):
    """With the query and the join written out."""
    advice = next(each for each in run.advice if each.probe == "units")
    assert (advice.way, advice.collections) == ("all", "classes, org_units")
    assert "unit_type_uuid = classes.uuid" in advice.text()


def test_an_error_in_a_query_is_told_by_name_and_the_others_are_measured(run):
    """One sentence from the schema; nothing was sent."""
    broken = run.probes[1]
    assert "no_such_field" in broken.error
    assert [probe.name for probe in run.measured] == ["mixed", "units"]
    assert [told.split(":")[0] for told in notices_of(run)] == ["broken"]


def test_versions_are_measured_beside_each_other(run):
    """In the same rounds."""
    mixed = run.probes[0]
    older, newer = (mixed.found("whole", version=version) for version in (22, 30))
    assert len(older.shots) >= 3
    assert len(newer.shots) >= 4


def test_what_is_kept_holds_no_names(run, client):
    """Only queries, counts and times."""
    person = next(client.read("persons")).objects[0]["validities"][0]
    text = run.to_json()
    assert person["surname"] not in text
    assert person["cpr_number"] not in text


def test_a_run_whose_time_is_over_keeps_what_it_has(client):
    """Marked as partial; what was not reached says so."""
    found = measure(client, [MIXED, UNITS], as_of=DAY, rounds=500, seconds=4)
    assert found.partial
    assert found.probes[0].whole.shots
    assert found.probes[0].partial
    assert found.probes[1].error == "Not measured."
    assert "The time of 4 seconds was over." in notices_of(found)


def test_a_run_that_is_stopped_by_hand_keeps_what_it_has(client, monkeypatch):
    """Ctrl-C in the middle of the tenth request."""
    timed, sent = client.timed, []

    def interrupted(*args, **options):
        sent.append(args)
        if len(sent) == 10:
            raise KeyboardInterrupt
        return timed(*args, **options)

    monkeypatch.setattr(client, "timed", interrupted)
    found = measure(client, [MIXED, UNITS], as_of=DAY, rounds=3)
    assert found.partial
    assert found.notices == ("It was stopped by hand.",)
    assert sum(len(series.shots) for series in found.probes[0].series) == 7
    assert len(sent) == 10


def test_a_mo_that_has_enough_is_left_alone(start_sandbox):
    """Its pool is full: nothing more is sent, not even the next probe."""
    running = start_sandbox("--persons", "20", "--fault", "queuepool=0.3")
    with motoolkit.connect(running.url) as client:
        _ = client.schema
        before = httpx.get(f"{running.url}/sandbox").json()["requests"]
        found = measure(client, [SMALL, UNITS], as_of=DAY, rounds=10)
        after = httpx.get(f"{running.url}/sandbox").json()["requests"]
    assert found.partial
    assert "MO has enough" in found.notices[0]
    shots = sum(len(series.shots) for probe in found.probes for series in probe.series)
    assert after - before == shots + len(found.control) + 1


def test_a_cut_connection_is_one_measurement_less(start_sandbox, monkeypatch):
    """The request is not made again, and the run goes on."""
    running = start_sandbox("--persons", "20")
    with motoolkit.connect(running.url) as client:
        _ = client.schema
        timed, sent = client.timed, []

        def cutting(*args, **options):
            sent.append(args)
            if len(sent) == 5:
                running.post("/sandbox/faults", ["cut=2"])
            return timed(*args, **options)

        monkeypatch.setattr(client, "timed", cutting)
        found = measure(client, [SMALL] * 3, as_of=DAY, rounds=3)
    assert not found.partial
    assert [probe.name for probe in found.measured] == ["small"] * 3


def test_a_mo_that_gets_slower_makes_results_unsure(start_sandbox, monkeypatch):
    """The small query that is always the same tells it."""
    running = start_sandbox("--persons", "20")
    with motoolkit.connect(running.url) as client:
        timed, sent = client.timed, []

        def slowing(*args, **options):
            sent.append(args)
            if len(sent) == 18:
                running.post("/sandbox/faults", ["slow@0.3"])
            return timed(*args, **options)

        monkeypatch.setattr(client, "timed", slowing)
        found = measure(client, [SMALL], as_of=DAY, rounds=12, seconds=60)
    assert found.probes[0].unsure
    assert any("unsure" in told for told in notices_of(found))
