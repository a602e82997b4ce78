"""Findings of earlier runs, in the file of the mirror."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from motoolkit.errors import InputError
from motoolkit.findings import Acceptance, Finding, FindingStore, Subject
from motoolkit.mirror import Mirror
from motoolkit.model import MISSING, Validity

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def store():
    """Return a store in memory."""
    with Mirror.open() as mirror:
        yield FindingStore(mirror, keep_runs=3)


def seen(findings):
    """Return what is said of each."""
    return [(f.kind.code, f.seen, f.first_seen) for f in findings]


def test_the_first_run_has_nothing_to_be_compared_with(store, three):
    """So nothing is new, and its day is the one on which all were first seen."""
    kept = store.keep(three, ran_at=NOON)
    assert {(f.seen, f.first_seen) for f in kept} == {("", date(2026, 11, 23))}
    assert (kept.previous, kept.gone) == (None, ())


def test_the_next_run_tells_what_is_new_still_there_and_gone(store, make, three):
    """By key, with the day on which it was first seen."""
    store.keep(make(three[0], three[1], as_of=date(2026, 11, 20)), ran_at=NOON)
    moved = replace(three[1], mo="Fjordskolen")
    kept = store.keep(make(moved, three[2]), ran_at=NOON)
    assert seen(kept) == [
        ("wrong_unit", "still", date(2026, 11, 20)),
        ("wrong_title", "new", date(2026, 11, 23)),
    ]
    assert seen(kept.gone) == [("active_extra", "gone", date(2026, 11, 20))]
    assert kept.previous == date(2026, 11, 20)


def test_what_is_kept_is_what_was_found(store, three):
    """Periods, no value and an empty one, patterns, facts, grades and accepts."""
    accepted = replace(three[0], accepted=Acceptance("Aftalt", date(2027, 1, 1), "KK"))
    found = three.holding([accepted, *three[1:]], notices=["Husk det."])
    kept = store.keep(found, ran_at=NOON)
    again = store.last("sd", "NS")
    assert list(again) == [replace(kept[0], mo="true"), kept[1], replace(kept[2], source="")]
    assert (again[0].source, again[2].undecided) == (MISSING, True)
    for name in ("title", "kinds", "as_of", "source", "checked", "parameters", "notices", "scope"):
        assert getattr(again, name) == getattr(found, name)


def test_the_day_of_first_sight_outlives_the_run_that_saw_it(store, make, three):
    """Only three runs are kept, and the finding is of the first."""
    for day in range(1, 6):
        kept = store.keep(make(three[0], as_of=date(2026, 11, day)), ran_at=NOON)
    assert seen(kept) == [("active_extra", "still", date(2026, 11, 1))]
    assert [(run.number, run.findings, run.new) for run in store.runs("sd")] == [
        (5, 1, 0),
        (4, 1, 0),
        (3, 1, 0),
    ]


def test_runs_of_another_scope_are_another_line(store, make, three):
    """After a run for one person all others are not gone."""
    store.keep(three, ran_at=NOON)
    one = store.keep(make(three[0], scope="NS, Bo Bo"), ran_at=NOON)
    assert (one.previous, one.gone) == (None, ())
    assert [run.scope for run in store.runs()] == ["NS, Bo Bo", "NS"]


def test_namesakes_are_counted(store, make, three):
    """Two persons born on one day have one masked key: one new, one still there."""
    finding = Finding(three[0].kind, Subject("person", "250284-xxxx", "Kaj"), validity=Validity())
    store.keep(make(finding), ran_at=NOON)
    assert [f.seen for f in store.keep(make(finding, finding), ran_at=NOON)] == ["still", "new"]
    assert [f.seen for f in store.keep(make(finding), ran_at=NOON).gone] == ["gone"]


def test_no_cpr_number_is_kept(make, three, tmp_path):
    """Nor in parameters and values."""
    found = replace(three[1], source="2502841234", mo=["250284-1234"], detail="2502841234")
    with Mirror.open(tmp_path / "nordby.duckdb", key="k") as mirror:
        store = FindingStore(mirror)
        store.keep(make(found), ran_at=NOON)
        tables = [str(store._shelf.query(f"SELECT * FROM findings.{table}")) for table in ("runs", "found")]
    assert "250284-xxxx" in tables[0]
    assert tables[1].count("250284-xxxx") == 4
    assert "1234" not in "".join(tables)


def test_a_run_that_is_not_kept_is_refused(store, three):
    """With those that are."""
    store.keep(three, ran_at=NOON)
    with pytest.raises(InputError, match=r"There is no run '7'. Known: 1."):
        store.load(7)


def test_ten_thousand_findings_are_kept_in_a_moment(store, make, three):
    """All of them are there, and all are still there the next time."""
    many = [replace(three[1], subject=Subject("employment", str(n), "")) for n in range(10_000)]
    store.keep(make(*many), ran_at=NOON)
    assert {finding.seen for finding in store.keep(make(*many), ran_at=NOON)} == {"still"}
