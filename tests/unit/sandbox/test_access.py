"""Who may read what: tokens as from Keycloak, MO's one answer for strangers, roles field by field."""

from __future__ import annotations

import time

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from unit.sandbox.conftest import SESSION
from unit.sandbox.worlds import ANNA, ENGAGEMENT, JOB, LEAF, TREE, a_class, engagement, person

STRANGER = {"data": None, "errors": [{"message": "User is not authenticated"}]}
TOKEN_PATH = "/auth/realms/mo/protocol/openid-connect/token"


@pytest.fixture(scope="module", autouse=True)
def world(small):
    """Units, and one engagement."""
    small.put(*TREE, person(ANNA, "Anna"), a_class(JOB, "job"), engagement(ENGAGEMENT, ANNA, LEAF))


def ask(small, query, headers):
    """Ask with these headers only."""
    return httpx.post(f"{small.url}/graphql/v30", json={"query": query}, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer x"},
        {"authorization": "Basic bW90b29sa2l0OnNhbmRib3g="},
        {"session": "00000000-0000-4000-8000-000000000000"},
    ],
)
@pytest.mark.parametrize("query", ["{ __typename }", "{ version { mo_hash } }", "{ nope }"])
def test_strangers_get_one_answer(small, headers, query):
    """Trap: HTTP 200, whatever they ask and whatever they show."""
    answer = ask(small, query, headers)
    assert (answer.status_code, answer.json()) == (200, STRANGER)


def test_a_legacy_session_is_let_in(small):
    """As MO's own special actor, with every role."""
    actor = "actor { __typename uuid ... on SpecialActor { key } }"
    me = ask(small, f"{{ me {{ {actor} username roles }} }}", {"session": SESSION}).json()["data"]["me"]
    assert me["actor"] == {
        "__typename": "SpecialActor",
        "uuid": "00000000-0000-0000-0000-000000000001",
        "key": "LEGACY_AUTH",
    }
    assert {"admin", "owner", "service_api", "read_org_unit", "terminate_ituser", "fetch_event"} <= {
        *me["roles"]
    }
    # A real MO's legacy session has 168 of them, and none to read the events of others.
    assert (len(me["roles"]), "read_event_all" in me["roles"]) == (168, False)


def test_a_token_is_what_keycloak_would_sign(small):
    """RS256, its key among the certs by ``kid``, and the claims that MO reads."""
    certs = httpx.get(f"{small.url}/auth/realms/mo/protocol/openid-connect/certs").json()
    decoded = jwt.decode(small.token("motoolkit", "sandbox"), KeySet.import_key_set(certs))
    assert decoded.header["alg"] == "RS256"
    assert decoded.claims["azp"] == "motoolkit"
    assert decoded.claims["exp"] - decoded.claims["iat"] == 300
    assert "read_engagement" in decoded.claims["realm_access"]["roles"]
    assert set(certs["keys"][0]) >= {"kty", "kid", "n", "e"}
    assert "d" not in certs["keys"][0]


def test_a_token_opens(small):
    """The default client may do everything."""
    headers = {"authorization": f"Bearer {small.token('motoolkit', 'sandbox')}"}
    body = ask(small, "{ me { username } org_units { objects { uuid } } }", headers).json()
    assert len(body["data"]["org_units"]["objects"]) == 4
    assert body["data"]["me"] == {"username": "service-account-motoolkit"}


def test_an_expired_token_opens_nothing(start_sandbox):
    """With five seconds of leeway, as MO grants."""
    running = start_sandbox("--empty", "--token-lifetime", "1")
    form = {"grant_type": "client_credentials", "client_id": "motoolkit", "client_secret": "sandbox"}
    token = httpx.post(f"{running.url}{TOKEN_PATH}", data=form).json()["access_token"]
    asked = {"json": {"query": "{ __typename }"}, "headers": {"authorization": f"Bearer {token}"}}
    assert httpx.post(f"{running.url}/graphql/v30", **asked).json() == {"data": {"__typename": "Query"}}
    time.sleep(7.1)
    assert httpx.post(f"{running.url}/graphql/v30", **asked).json() == STRANGER


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        (
            {"grant_type": "client_credentials", "client_id": "motoolkit", "client_secret": "x"},
            401,
            "unauthorized_client",
        ),
        (
            {"grant_type": "client_credentials", "client_id": "nobody", "client_secret": "x"},
            401,
            "invalid_client",
        ),
        (
            {"grant_type": "password", "client_id": "mo", "username": "motoolkit", "password": "x"},
            401,
            "invalid_grant",
        ),
        ({"grant_type": "magic"}, 400, "unsupported_grant_type"),
    ],
)
def test_refused_logins_look_like_keycloaks(small, form, status, error):
    """Status and ``error``; a client that is not known is told apart from a wrong secret."""
    answer = httpx.post(f"{small.url}{TOKEN_PATH}", data=form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_client_may_log_in_by_basic_authentication(small):
    """As many libraries do unasked; Keycloak takes both."""
    form = {"grant_type": "client_credentials"}
    answer = httpx.post(f"{small.url}{TOKEN_PATH}", data=form, auth=("motoolkit", "sandbox"))
    assert answer.json()["token_type"] == "Bearer"
    refused = httpx.post(f"{small.url}{TOKEN_PATH}", data=form, auth=("motoolkit", "x"))
    assert (refused.status_code, refused.json()["error"]) == (401, "unauthorized_client")


def test_the_password_grant(small):
    """A client's name and secret are also a user's."""
    form = {"grant_type": "password", "client_id": "mo", "username": "hr", "password": "secret"}
    token = httpx.post(f"{small.url}{TOKEN_PATH}", data=form).json()["access_token"]
    assert "data" in ask(small, "{ me { username } }", {"authorization": f"Bearer {token}"}).json()


def test_a_denied_list_takes_everything_with_it(small):
    """Trap: a list at the top is not null, so other aliases are lost too."""
    headers = {"authorization": f"Bearer {small.token('units')}"}
    body = ask(small, "{ org_units { objects { uuid } } persons { objects { uuid } } }", headers).json()
    assert body["data"] is None
    assert body["errors"][0]["message"] == "No policy approved the access"
    assert body["errors"][0]["path"] == ["persons"]


def test_a_denied_field_that_may_be_null_is_null(small):
    """The rest is kept, and the error tells where."""
    headers = {"authorization": f"Bearer {small.token('units')}"}
    fields = "name unit_level_response { uuid }"
    query = f'{{ org_units(filter: {{names: ["Rod"]}}) {{ objects {{ current {{ {fields} }} }} }} }}'
    body = ask(small, query, headers).json()
    found = body["data"]["org_units"]["objects"]
    assert found == [{"current": {"name": "Rod", "unit_level_response": None}}]
    assert body["errors"][0]["path"] == ["org_units", "objects", 0, "current", "unit_level_response"]


def test_a_denied_field_that_may_not_be_null_takes_the_slice(small):
    """Trap: without the role for units an engagement's ``current`` is null."""
    headers = {"authorization": f"Bearer {small.token('hr')}"}
    query = "{ engagements { objects { uuid current { org_unit_response { uuid } } } } }"
    body = ask(small, query, headers).json()
    assert body["data"]["engagements"]["objects"] == [{"uuid": ENGAGEMENT, "current": None}]


def test_plain_values_need_no_role_of_their_own(small):
    """Trap: the deprecated UUIDs tell what the field beside them must not."""
    headers = {"authorization": f"Bearer {small.token('hr')}"}
    query = "{ engagements { objects { current { org_unit_uuid } } } }"
    body = ask(small, query, headers).json()
    assert body == {"data": {"engagements": {"objects": [{"current": {"org_unit_uuid": LEAF}}]}}}


def test_the_old_service_api_is_gone(small):
    """401 for strangers, 403 without its role."""
    assert httpx.get(f"{small.url}/service/o/").status_code == 401
    headers = {"authorization": f"Bearer {small.token('hr')}"}
    answer = httpx.get(f"{small.url}/service/o/", headers=headers)
    assert (answer.status_code, answer.json()["msg"]) == (403, "The Service API is gone")
