"""How long a server asks us to wait."""

from __future__ import annotations

import httpx
import pytest

from motoolkit.client._failures import retry_after

NOON = "Mon, 23 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "Mon, 23 Nov 2026 12:00:45 GMT", "Date": NOON}, 45.0),
        ({"Retry-After": "Mon, 23 Nov 2026 11:00:00 GMT", "Date": NOON}, 0.0),
        ({"Retry-After": "Mon, 23 Nov 2026 12:00:45 GMT"}, None),
        ({"Retry-After": "soon", "Date": NOON}, None),
        ({"Retry-After": "-3", "Date": NOON}, None),
        ({}, None),
    ],
)
def test_it_is_read_as_seconds_or_as_a_date_by_the_servers_own_clock(headers, seconds):
    """What can not be read asks for nothing."""
    assert retry_after(httpx.Response(503, headers=headers)) == seconds
