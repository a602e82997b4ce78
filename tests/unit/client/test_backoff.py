"""How long is waited before a request is sent again, and when it is not."""

from __future__ import annotations

import pytest

from motoolkit.client._calls import Call
from motoolkit.client._retrying import Backoff
from motoolkit.errors import AuthenticationError, BusyError, QueryError, TransportError


def backoff(**settings):
    """Decide about a call."""
    return Backoff(Call("POST", "/graphql/v30", lambda response: response, **settings))


def test_a_busy_mo_is_given_ever_more_time_and_then_up():
    """5, 15 and 30 seconds: a request that waits for MO's pool takes 30 s itself (measured)."""
    decide = backoff()
    busy = BusyError("busy", repeatable=True)
    assert [decide(busy) for _ in range(4)] == [5.0, 15.0, 30.0, False]


def test_a_server_that_asks_for_more_time_gets_it():
    """But not more than two minutes: a person waits."""
    assert backoff()(BusyError("busy", repeatable=True, retry_after=60.0)) == 60.0
    assert backoff()(BusyError("busy", repeatable=True, retry_after=1.0)) == 5.0
    assert backoff()(BusyError("busy", repeatable=True, retry_after=3600.0)) is False


def test_what_can_not_get_better_is_not_tried_again():
    """A certificate, a login, a refusal."""
    decide = backoff()
    for error in (TransportError("x"), AuthenticationError("x"), QueryError("x"), ValueError("x")):
        assert decide(error) is False


def test_what_may_get_better_waits_as_stamina_says():
    """A cut connection."""
    assert backoff()(TransportError("cut", repeatable=True)) is True


def test_what_must_not_be_repeated_is_not():
    """Whatever went wrong."""
    decide = backoff(repeatable=False)
    assert decide(TransportError("cut", repeatable=True)) is False
    assert decide(BusyError("busy", repeatable=True)) is False


@pytest.mark.parametrize("can_shrink", [True, False])
def test_what_took_too_long_is_only_tried_smaller(can_shrink):
    """A page can be halved; a query can not."""
    shrunk = []
    decide = backoff(on_busy=(lambda: shrunk.append(1)) if can_shrink else None)
    assert decide(BusyError("slow")) == (5.0 if can_shrink else False)
    assert shrunk == [1] * can_shrink
