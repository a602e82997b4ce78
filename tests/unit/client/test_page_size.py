"""How many objects the next page asks for."""

from __future__ import annotations

from motoolkit.client._paging import PageSize


def test_quick_pages_grow_to_a_bound():
    """Doubling at most, 2,000 at most."""
    size = PageSize(500, most=2000)
    sizes = []
    for _ in range(3):
        size.learn(0.1, size.current)
        sizes.append(size.current)
    assert sizes == [1000, 2000, 2000]


def test_slow_pages_shrink_towards_three_seconds():
    """Halving at most: one slow page is no trend."""
    size = PageSize(500, most=2000)
    size.learn(4.0, 500)
    assert size.current == 375
    size.learn(60.0, 375)
    assert size.current == 187


def test_a_page_is_never_smaller_than_fifty():
    """The round trip would cost more than the page."""
    size = PageSize(100, most=2000)
    for _ in range(5):
        size.shrink()
    assert size.current == 50


def test_a_start_below_fifty_stays():
    """Who asks for 7 gets 7."""
    size = PageSize(7, most=7)
    size.shrink()
    size.learn(0.1, 7)
    assert size.current == 7


def test_a_short_page_teaches_nothing():
    """It was quick because it was short."""
    size = PageSize(500, most=2000)
    size.learn(0.001, 3)
    assert size.current == 500
