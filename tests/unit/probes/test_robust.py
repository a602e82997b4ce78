"""Statistics on numbers that were recorded, and on numbers whose answer is known."""

from __future__ import annotations

import pytest

from motoolkit.probes.robust import difference, drift, estimate, fit, is_drift, ratio, spread, typical


def test_what_others_disturb_does_not_count():
    """Three of five times are too long: what is typical stays."""
    assert typical([1.01, 1.02, 2.5, 3.0, 3.2]) == pytest.approx(1.01, abs=0.01)
    assert typical([]) == 0.0


def test_the_interval_holds_what_is_typical():
    """Narrow where times agree, and the same for the same numbers."""
    found = estimate([1.0, 1.1, 1.05, 1.02, 1.3])
    assert 1.0 <= found.low <= found.value <= found.high < 1.3
    assert estimate([1.0, 1.1, 1.05, 1.02, 1.3]) == found


def test_the_spread_of_times_takes_no_notice_of_one_that_is_off():
    """The median absolute deviation, scaled."""
    assert spread([1.0, 1.1, 0.9, 1.0, 9.0]) == pytest.approx(0.148, abs=0.01)


def test_a_difference_that_noise_explains_is_not_above_zero():
    """Overlapping times make an interval around zero; separate ones do not."""
    assert not difference([1.0, 1.2, 0.9, 1.1], [1.05, 0.95, 1.1, 1.0]).is_above_zero
    assert difference([1.0, 1.2, 0.9, 1.1], [0.5, 0.55, 0.6, 0.5]).is_above_zero


@pytest.mark.parametrize(("power", "expected"), [(1, 1.0), (2, 2.0), (0.5, 0.5), (0, 0.0)])
def test_the_power_of_growth_is_found(power, expected):
    """Costs that grow with the n-th power of the number of parents."""
    costs = [(n, [0.1 + 0.002 * n**power] * 4, [0.1] * 4) for n in (25, 50, 100)]
    found = fit(costs)
    assert found.exponent == pytest.approx(expected, abs=1e-6)


def test_the_slope_is_seconds_for_each_parent():
    """4 ms for each parent, as recorded on a sandbox at its pace."""
    costs = [
        (25, [0.30, 0.31, 0.30, 0.33], [0.20, 0.20, 0.21, 0.20]),
        (50, [0.45, 0.46, 0.45, 0.45], [0.25, 0.26, 0.25, 0.25]),
        (100, [0.75, 0.76, 0.78, 0.75], [0.35, 0.35, 0.35, 0.36]),
    ]
    found = fit(costs)
    assert found.slope.value == pytest.approx(0.004, abs=0.0003)
    assert found.slope.is_above_zero
    assert found.exponent == pytest.approx(1.0, abs=0.05)


def test_one_number_of_parents_tells_no_growth():
    """There is no line through a point."""
    found = fit([(10, [1.0, 1.1], [0.5, 0.5])])
    assert (found.slope.value, found.exponent) == (0.0, None)


def test_how_many_times_as_long_has_an_interval():
    """Twice as long, surely; and nothing of nothing."""
    found = ratio([1.0, 1.02, 1.01, 1.3], [2.0, 2.1, 2.02, 2.0])
    assert (round(found.value, 1), found.low > 1.5) == (2.0, True)
    assert ratio([], [1.0]).value == 1.0


@pytest.mark.parametrize(
    ("control", "expected"),
    [
        ((0.1, 0.1, 0.11, 0.1, 0.1, 0.12), False),
        ((0.1, 0.1, 0.11, 0.2, 0.25, 0.3), True),
        ((0.1, 0.1, 0.5, 0.1, 0.1, 0.1), False),
        ((0.3, 0.3, 0.31, 0.1, 0.1, 0.1), True),
        ((0.1, 0.5), False),
    ],
    ids=["steady", "slower", "one slow moment", "faster", "too few"],
)
def test_a_mo_that_changes_its_pace_is_told_from_noise(control, expected):
    """By the small query that is always the same."""
    assert is_drift(drift(control)) is expected
