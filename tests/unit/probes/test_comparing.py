"""Two runs: faster, slower, noise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.probes.runs import result, run, series

from motoolkit.errors import InputError
from motoolkit.probes import ProbeRun, Verdict, compare


def timed(*times):
    """Return a run whose one probe took these times."""
    return run(result(series=(series("whole", times),)))


BEFORE = timed(2.0, 1.00, 1.02, 1.31, 1.01)


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ((2.0, 1.50, 1.52, 1.60, 1.51), Verdict.SLOWER),
        ((2.0, 0.50, 0.52, 0.60, 0.51), Verdict.FASTER),
        ((2.0, 1.03, 0.98, 1.40, 1.01), Verdict.NOISE),
        ((2.0, 0.90, 1.80, 1.00, 2.50), Verdict.NOISE),
        ((2.0, 1.50, 1.52), Verdict.NOISE),
    ],
    ids=["slower", "faster", "the same", "scattered", "too few"],
)
def test_a_change_is_told_where_noise_does_not_explain_it(times, expected):
    """By the interval of the ratio, and only when it is worth telling."""
    (change,) = compare(BEFORE, timed(*times)).changes
    assert change.verdict is expected


def test_queries_of_one_run_alone_are_new_or_gone():
    """They are told, and not judged."""
    other = run(replace(result(), name="other"))
    assert [(c.name, c.verdict) for c in compare(run(), other).changes] == [
        ("other", Verdict.NEW),
        ("recorded", Verdict.GONE),
    ]


def test_the_pace_of_mo_itself_is_told_beside():
    """A MO that is slower altogether is no query that got slower."""
    found = compare(run(), run(control=(0.20, 0.21, 0.20, 0.22)))
    assert found.control.verdict is Verdict.SLOWER
    assert found.only(Verdict.SLOWER) == []


def test_pages_of_other_sizes_are_compared_by_the_object():
    """Half the objects in half the time is the same."""
    smaller = result(
        page_size=50, series=(series("whole", [1.0, 0.51, 0.50, 0.52], page_size=50, objects=50),)
    )
    (change,) = compare(BEFORE, run(smaller)).changes
    assert change.verdict is Verdict.NOISE


def test_runs_of_different_mos_are_not_compared():
    """One sentence names both."""
    with pytest.raises(InputError, match=r"mo\.example\.org and http://other"):
        compare(run(), run(mo="http://other"))


def test_a_run_is_the_same_after_json():
    """All of it, the fields and their nature too."""
    again = ProbeRun.from_json(run().to_json())
    assert again.to_json() == run().to_json()
    assert again.probes[0].places == run().probes[0].places


@pytest.mark.parametrize(
    ("text", "told"),
    [("{}", "holds no results"), ("[", "holds no results"), ('{"version": 9}', "is of version 9")],
)
def test_what_is_no_run_is_refused(text, told):
    """With what to do."""
    with pytest.raises(InputError, match=told):
        ProbeRun.from_json(text, "x.json")
