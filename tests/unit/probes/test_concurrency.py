"""Levels, digests, and what recorded times come to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from motoolkit.probes import ConcurrencyRun
from motoolkit.probes._concurrency_results import Level
from motoolkit.probes.concurrency import digest, levels


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Tell it in the language of the tests."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def run(*found, **changed):
    """Return a run of eight pages."""
    return ConcurrencyRun(
        "http://mo", datetime(2026, 11, 23, tzinfo=UTC), 8, 50, 8, 3, levels=found, **changed
    )


@pytest.mark.parametrize(
    ("limit", "expected"), [(1, [1]), (2, [1, 2]), (4, [1, 2, 4]), (6, [1, 2, 4, 6]), (8, [1, 2, 4, 8])]
)
def test_levels_double_up_to_the_limit(limit, expected):
    """And never beyond it."""
    assert levels(limit) == expected


def test_a_digest_takes_no_notice_of_order():
    """MO promises none; another value is another answer."""
    one = [{"uuid": "a", "held": [1, 2]}, {"uuid": "b", "held": []}]
    other = [{"held": [], "uuid": "b"}, {"held": [2, 1], "uuid": "a"}]
    assert digest(one) == digest(other)
    assert digest(one) != digest([{"uuid": "a", "held": [1, 3]}, {"uuid": "b", "held": []}])


def test_a_mo_of_one_process_gains_nothing():
    """As measured: 2.8 s one at a time, 3.3 s two at a time, 2.4 s all at once."""
    found = run(
        Level(1, (2.8, 2.9, 2.8), (0.35,)),
        Level(2, (3.3, 3.2, 3.3), (0.8,)),
        Level(8, (2.4, 2.6, 2.5), (2.0,)),
    )
    assert found.verdict == "Parallel requests do not help: MO answers one at a time."
    assert found.rightness == "All answers were the same as one at a time."


def test_a_mo_of_several_processes_helps():
    """The level that gains most is named."""
    found = run(
        Level(1, (2.8, 2.9, 2.8), (0.35,)),
        Level(2, (1.5, 1.5, 1.6), (0.4,)),
        Level(4, (0.8, 0.8, 0.9), (0.4,)),
    )
    assert found.verdict == "Parallel requests help: 4 at a time are 3.5 times as fast."


def test_wrong_answers_and_an_early_stop_are_told():
    """And the run is the same after JSON."""
    found = run(
        Level(1, (2.8,), (0.35,)), Level(2, (), (), 0), Level(4, (), (), 2), stopped="MO has no room."
    )
    assert "2 answers were wrong under load." in str(found)
    assert "! MO has no room." in str(found)
    assert found.verdict == "It can not be told whether parallel requests help."
    assert ConcurrencyRun.from_json(found.to_json()) == found
