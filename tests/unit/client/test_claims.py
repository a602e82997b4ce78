"""What a refused token held, without the token."""

from __future__ import annotations

import base64
import json

import pytest

from motoolkit.client._claims import claims, explain_token

NOW = 1_795_431_600.0  # 2026-11-23 12:00 in Copenhagen
GOOD = {
    "exp": NOW + 300,
    "iat": NOW,
    "azp": "hr",
    "uuid": "x",
    "aud": "account",
    "iss": "https://kc/realms/mo",
}


def jwt(held):
    """Write a token."""
    return f"h.{base64.urlsafe_b64encode(json.dumps(held).encode()).rstrip(b'=').decode()}.s"


def explained(**changes):
    """Explain a token that is good but for these claims; None takes one away."""
    held = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return explain_token(jwt(held), "MO", now=NOW).message


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"exp": NOW - 65}, "it expired 2026-11-23 11:58:55, 65 seconds ago"),
        ({"exp": NOW - 7200}, "it expired 2026-11-23 10:00:00, 2 hours ago"),
        ({"nbf": NOW + 300}, "it is only valid from 2026-11-23 12:05:00, 5 minutes ahead: the clocks differ"),
        ({"azp": None}, "it holds no azp, which MO requires"),
        ({"uuid": None}, "it holds no uuid, so MO can not tell who acts"),
        ({}, "it is valid by its own dates, so its issuer or signature is not MO's"),
    ],
)
def test_the_reason_is_found_in_the_claims(changes, sentence):
    """What MO would mind, in plain words."""
    assert f"MO does not accept the token: {sentence} (" in explained(**changes)


def test_clocks_may_differ_by_five_seconds():
    """As MO lets them."""
    assert "valid by its own dates" in explained(exp=NOW - 4, iat=NOW + 4)


def test_what_it_held_is_told():
    """Client, audience, issuer and expiry."""
    assert explained().endswith(
        "(client hr, audience account, issuer https://kc/realms/mo, expires 2026-11-23 12:05:00)."
    )


@pytest.mark.parametrize("token", ["", "abc", "a.b", "a.%%%.c", "a.bnVsbA.c", "Bearer a.b.c"])
def test_what_is_no_token_is_told_as_such(token):
    """People paste all sorts of things."""
    assert claims(token) is None
    assert "it is no JWT of three parts" in explain_token(token, "MO", now=NOW).message


def test_claims_of_odd_types_do_no_harm():
    """Somebody else made the token."""
    assert "expires" not in explained(exp="soon", aud=None)
    assert "at no real time" in explained(exp=1e300)
