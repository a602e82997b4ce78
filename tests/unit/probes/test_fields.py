"""What fields cost, told from times that were recorded."""

from __future__ import annotations

import pytest
from unit.probes.runs import JOB, PERSON, result, run, series

from motoolkit.probes.fields import Growth
from motoolkit.probes.tables import ranked, slow_fields


def test_the_deprecated_link_is_the_dearest_and_asks_for_each_parent():
    """0.6 of 1.0 s, growing with the number of parents."""
    first, second = result().costs
    assert (first.name, first.growth, first.parents) == ("person", Growth.EACH, 100)
    assert first.share.value == pytest.approx(0.6, abs=0.02)
    assert first.each == pytest.approx(0.006, abs=0.0003)
    assert first.line.exponent == pytest.approx(1.0, abs=0.1)
    assert (second.name, second.growth) == ("job_function_response", Growth.FREE)


def test_a_deprecated_link_is_held_against_the_new_one():
    """0.6 s beside 0.2 s."""
    assert result().costs[0].times_instead == pytest.approx(3.0, abs=0.2)


def test_a_link_that_is_read_in_one_go_is_none_that_asks_for_each():
    """Its cost may grow with what is read, and the catalogue knows how."""
    slow = (
        series("whole", [1.0, 1.0, 1.0, 1.0]),
        series("whole", [0.5, 0.5, 0.5, 0.5], page_size=50, objects=50),
        series("without", [0.5, 0.5, 0.5, 0.5], JOB, parents=100),
        series("without", [0.25, 0.25, 0.25, 0.25], JOB, page_size=50, objects=50, parents=50),
    )
    (cost,) = result(series=slow).costs
    assert cost.growth is Growth.ALL


def test_a_cost_that_does_not_grow_is_steady():
    """As much for 25 parents as for 100."""
    same = (
        series("whole", [1.0, 1.0, 1.0, 1.0]),
        series("whole", [0.7, 0.7, 0.7, 0.7], page_size=50, objects=50),
        series("without", [0.5, 0.5, 0.5, 0.5], PERSON, parents=100),
        series("without", [0.2, 0.2, 0.2, 0.2], PERSON, page_size=50, objects=50, parents=50),
    )
    (cost,) = result(series=same).costs
    assert cost.growth is Growth.STEADY


def test_noise_is_called_unsure_and_ranks_nowhere():
    """Times that overlap tell nothing."""
    noisy = (
        series("whole", [1.0, 1.0, 1.6, 0.8, 1.3]),
        series("without", [1.0, 0.9, 1.5, 0.7, 1.4], PERSON, parents=100),
    )
    (cost,) = result(series=noisy).costs
    assert cost.growth is Growth.UNSURE
    assert ranked(run(result(series=noisy))) == []


def test_the_cold_round_does_not_count():
    """It took twice as long, and is told beside the rest."""
    whole = result().whole
    assert whole.cold == 2.0
    assert whole.seconds == pytest.approx(1.01, abs=0.01)


def test_the_ranking_is_by_what_each_parent_costs():
    """One field is dear enough to be told."""
    table = slow_fields(run())
    assert [(row[0], row[1], row[3]) for row in table.rows] == [("recorded", "person", "60 %")]
