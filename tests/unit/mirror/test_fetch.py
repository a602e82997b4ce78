"""Several iterators drained at once."""

from __future__ import annotations

import threading

import pytest

from motoolkit.errors import TransportError
from motoolkit.mirror._fetch import concurrently


def test_each_source_keeps_its_order():
    """Pages of one collection arrive in order, whatever the others do."""
    items = list(concurrently([lambda: iter("abc"), lambda: iter("xyz"), lambda: iter("123")], 2))
    assert "".join(i for i in items if i in "abc") == "abc"
    assert "".join(i for i in items if i in "xyz") == "xyz"
    assert sorted(items) == sorted("abcxyz123")


def test_no_more_than_the_workers_run_at_a_time():
    """A MO is never asked for more at a time than the profile allows."""
    running, most, lock = 0, 0, threading.Lock()

    def source():
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        yield threading.current_thread().name
        with lock:
            running -= 1

    assert len(list(concurrently([source] * 20, 2))) == 20
    assert most <= 2


def test_an_error_comes_out_and_ends_the_others():
    """The first error is raised where the items are received, and nothing goes on behind one's back."""

    def endless():
        while True:
            yield 1

    def broken():
        yield 2
        raise TransportError("The line is cut.")

    with pytest.raises(TransportError, match="The line is cut"):
        list(concurrently([endless, broken], 2))
    assert not [t for t in threading.enumerate() if "_drain" in t.name]


def test_no_sources_give_nothing():
    """Nothing changed, nothing to fetch."""
    assert list(concurrently([], 2)) == []
