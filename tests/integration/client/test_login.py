"""Who we are: Keycloak, given tokens, sessions, and what is said when MO does not believe it."""

from __future__ import annotations

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from motoolkit.client import aconnect, connect
from motoolkit.errors import AuthenticationError, TransportError

ME = "{ me { username } }"
TOKEN = "/auth/realms/mo/protocol/openid-connect/token"
UNAUTHENTICATED = {"data": None, "errors": [{"message": "User is not authenticated"}]}
SESSION = "5e551011-0000-4000-8000-000000000001"


def test_a_url_alone_is_not_enough_for_a_real_mo(mo):
    """The error names the ways in."""
    with pytest.raises(AuthenticationError) as caught:
        connect(mo.url)
    assert caught.value.message == f"MO at {mo.url} wants to know who asks, and no credentials were given."
    assert "MOTOOLKIT_CLIENT_SECRET" in caught.value.remedy


def test_a_sandbox_tells_its_own_credentials(mo):
    """So its URL alone is enough."""
    told = {
        "auth_server": f"{mo.url}/auth",
        "realm": "mo",
        "client_id": "motoolkit",
        "client_secret": mo.secret,
    }
    mo.paths["/sandbox"] = mo.reply(json.dumps(told).encode())
    with connect(mo.url) as client:
        client.execute(ME)


def test_given_credentials_are_not_replaced_by_a_sandboxes(mo, way_in):
    """Who says who they are is not asked again: a server must not choose where secrets go."""
    with connect(mo.url, **way_in):
        assert mo.hits["/sandbox"] == 0


def test_everything_can_come_from_the_environment(mo, monkeypatch):
    """No file, no argument."""
    for name, value in {
        "MO_URL": mo.url,
        "AUTH_SERVER": f"{mo.url}/auth",
        "REALM": "mo",
        "CLIENT_ID": "hr",
        "CLIENT_SECRET": mo.secret,
        "GRAPHQL_VERSION": "28",
    }.items():
        monkeypatch.setenv(f"MOTOOLKIT_{name}", value)
    with connect() as client:
        assert client.version == 28
        client.execute(ME)


def test_a_legacy_session_is_let_in(mo):
    """MO's own ``session`` header."""
    with connect(mo.url, session=SESSION) as client:
        client.execute(ME)
    assert TOKEN not in mo.hits


def test_an_unknown_session_is_refused_without_being_shown(mo):
    """It is as good as a password."""
    with pytest.raises(AuthenticationError) as caught:
        connect(mo.url, session="0dd5e551-0000-4000-8000-000000000002")
    assert "does not know the session (given)" in str(caught.value)
    assert "0dd5e551" not in str(caught.value)


def test_a_user_with_a_password_is_let_in(mo, way_in):
    """Keycloak's password grant; the client is confidential here."""
    with connect(mo.url, **way_in, username="bente", password="hunter2") as client:
        client.execute(ME)


def test_a_wrong_password_is_told_as_such(mo, way_in):
    """By whose account, not by which password."""
    with pytest.raises(AuthenticationError) as caught:
        connect(mo.url, **way_in, username="bente", password="wrong-horse")
    assert caught.value.message.startswith(
        "Keycloak does not accept the user name or the password for user bente"
    )
    assert "wrong-horse" not in str(caught.value)


def test_a_wrong_secret_is_told_as_such(mo, way_in):
    """Keycloak says unauthorized_client; people are told that it is the secret, without the secret."""
    with pytest.raises(AuthenticationError) as caught:
        connect(mo.url, **way_in | {"client_secret": "wrong-horse"})
    assert caught.value.message == f"Keycloak does not accept the secret for client hr ({mo.url}/auth)."
    assert "wrong-horse" not in str(caught.value)
    assert mo.hits[TOKEN] == 1


def test_a_wrong_realm_is_told_as_such(mo, way_in):
    """Keycloak answers 404."""
    with pytest.raises(AuthenticationError, match="has no realm 'moo'"):
        connect(mo.url, **way_in, realm="moo")


def test_a_login_server_that_is_down_is_named(mo, way_in):
    """It is not MO that can not be reached."""
    with pytest.raises(TransportError, match=r"The login server at http://127\.0\.0\.1:1 can not be reached"):
        connect(mo.url, **way_in | {"auth_server": "http://127.0.0.1:1/auth"})


def test_a_login_server_that_sends_a_web_page_is_named(mo, way_in):
    """A proxy before Keycloak."""
    mo.paths[TOKEN] = mo.reply(b"<!doctype html><title>Log ind</title>")
    with pytest.raises(TransportError, match=r"Keycloak at .* sent a web page \('Log ind'\)"):
        connect(mo.url, **way_in)


def test_an_expired_token_is_told_with_what_it_held(mo, make_jwt):
    """Expiry, client, audience and issuer; never the token."""
    token = make_jwt(exp=time.time() - 3600, azp="hr", aud="account", uuid="x", iss="https://kc/realms/mo")
    with pytest.raises(AuthenticationError) as caught:
        connect(mo.url, token=token)
    assert "it expired" in caught.value.message
    assert "60 minutes ago" in caught.value.message
    assert "client hr, audience account, issuer https://kc/realms/mo" in caught.value.message
    assert caught.value.remedy == "Fetch a new token."
    assert token not in str(caught.value)
    assert token.split(".")[1] not in str(caught.value)


def test_a_token_without_uuid_is_told_as_such(mo, make_jwt):
    """MO can not tell who acts; with no azp it refuses outright."""
    with pytest.raises(AuthenticationError) as caught:
        connect(mo.url, token=make_jwt(exp=time.time() + 3600, aud=["account", "mo"]))
    assert "it holds no azp, which MO requires; it holds no uuid" in caught.value.message
    assert "audience account and mo" in caught.value.message


def test_clocks_that_differ_are_told_as_such(mo, make_jwt):
    """The token is from the future."""
    with pytest.raises(AuthenticationError, match="10 minutes ahead: the clocks differ"):
        connect(mo.url, token=make_jwt(iat=time.time() + 601, exp=time.time() + 900, azp="hr", uuid="x"))


def test_one_token_serves_many_requests(mo, client):
    """It is fetched once."""
    for _ in range(3):
        client.execute(ME)
    assert mo.hits[TOKEN] == 1


def test_a_token_is_renewed_before_it_expires(mo, way_in):
    """30 s ahead, or half way where it lives shorter: here after 0.1 of 0.2 s."""
    mo.token_seconds = 0.2
    with connect(mo.url, **way_in) as client:
        time.sleep(0.15)
        client.execute(ME)
    assert mo.hits[TOKEN] == 2


def test_a_token_that_mo_rejects_is_renewed_once(mo, client):
    """MO says so with HTTP 200 and an error in it (measured)."""
    mo.revoked.add(mo.tokens[0])
    client.execute(ME)
    assert mo.hits[TOKEN] == 2


def test_a_token_that_a_proxy_rejects_is_renewed_once(mo, client):
    """A proxy says so with HTTP 401."""
    mo.answers.append(mo.reply(b"Unauthorized", status=401))
    client.execute(ME)
    assert mo.hits[TOKEN] == 2


def test_a_second_rejection_is_believed(mo, client):
    """No third token is fetched, and the refusal is explained."""
    mo.answers.extend([UNAUTHENTICATED, UNAUTHENTICATED, {"data": {"me": None}}])
    with pytest.raises(AuthenticationError, match="its issuer or signature is not MO's"):
        client.execute(ME)
    assert mo.hits[TOKEN] == 2


def test_threads_share_one_token(mo, way_in):
    """Eight threads that start at once fetch one."""
    with connect(mo.url, concurrency=8, **way_in) as client:
        _ = client.schema
        mo.revoked.add(mo.tokens[0])
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: client.execute(ME), range(8)))
    assert mo.hits[TOKEN] == 2


def test_tasks_share_one_token(mo, way_in):
    """Eight tasks that start at once fetch one."""

    async def run() -> None:
        async with await aconnect(mo.url, concurrency=8, **way_in) as client:
            mo.revoked.add(mo.tokens[0])
            await asyncio.gather(*(client.execute(ME) for _ in range(8)))

    asyncio.run(run())
    assert mo.hits[TOKEN] == 2


def test_who_mo_takes_us_for_is_told_in_plain_words(mo, client):
    """A special actor stands for no one in particular."""
    actor = {"uuid": "face1e55-baad-1110-006d-697373696e67", "display_name": None}
    me = {"actor": actor, "username": "hr", "email": None, "roles": ["read_class"]}
    mo.answers.append({"data": {"me": me}})
    found = client.me()
    assert found.meaning == "the token holds no uuid claim, so writes carry no name"
    assert (found.can("read_class"), found.can("read_employee")) == (True, False)


def test_no_secret_is_in_logs_or_reprs(mo, way_in, caplog):
    """Not in httpx's, not in ours, at the chattiest level."""
    caplog.set_level("DEBUG")
    with connect(mo.url, **way_in) as client:
        client.execute(ME)
        shown = [repr(client), repr(client.profile), str(client.profile.credentials)]
    everything = "\n".join([*shown, *caplog.messages])
    assert "/graphql/v30" in everything
    assert mo.secret not in everything
    assert mo.tokens[0] not in everything
