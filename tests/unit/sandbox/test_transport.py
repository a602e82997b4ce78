"""MO over HTTP: what is served where, what is plain text, and what is HTTP 200 with errors."""

from __future__ import annotations

import httpx
import pytest
from unit.sandbox.worlds import TREE

NAMELESS = {"query": "{ __typename }"}


@pytest.fixture(scope="module", autouse=True)
def world(small):
    """Four units."""
    small.put(*TREE)


@pytest.mark.parametrize("version", [21, 22, 23, 24, 25, 26, 27, 28, 29, 30])
def test_versions_that_are_served(small, version):
    """Each answers."""
    assert small.data("{ __typename }", version) == {"__typename": "Query"}


@pytest.mark.parametrize("version", [20, 31])
def test_versions_that_are_not(small, version):
    """404 with MO's body, for POST and for the schema."""
    for answer in (
        small.http.post(f"/graphql/v{version}", json=NAMELESS),
        small.http.get(f"/graphql/v{version}/schema.graphql"),
    ):
        assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})


def test_there_is_no_newest_version_to_post_to(small):
    """Trap: POST /graphql is 405, GET leads people to the newest page."""
    assert small.http.post("/graphql", json=NAMELESS).status_code == 405
    answer = small.http.get("/graphql")
    assert (answer.status_code, answer.headers["location"]) == (307, "/graphql/v30")


def test_a_trailing_slash_leads_away(small):
    """Trap: a client that follows the 307 with GET loses its body."""
    answer = small.http.post("/graphql/v30/", json=NAMELESS)
    assert answer.status_code == 307
    assert answer.headers["location"].endswith("/graphql/v30")


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ({"json": [NAMELESS]}, "Batching is not enabled"),
        (
            {"content": "{", "headers": {"content-type": "application/json"}},
            "Unable to parse request body as JSON",
        ),
        ({"json": {}}, "No GraphQL query found in the request"),
        ({"content": "x", "headers": {"content-type": "text/plain"}}, "Unsupported content type"),
    ],
)
def test_requests_that_are_none(small, sent, text):
    """Four answers are 400 and plain text; all other failures are HTTP 200."""
    answer = small.http.post("/graphql/v30", **sent)
    assert (answer.status_code, answer.text) == (400, text)
    assert answer.headers["content-type"].startswith("text/plain")


def test_queries_over_get(small):
    """With variables as JSON; without a query it is a page for people; a mutation is refused."""
    query = "query ($n: [String!]) { org_units(filter: {names: $n}) { objects { current { name } } } }"
    answer = small.http.get("/graphql/v30", params={"query": query, "variables": '{"n": ["Rod"]}'})
    assert answer.json() == {"data": {"org_units": {"objects": [{"current": {"name": "Rod"}}]}}}
    assert small.http.get("/graphql/v30").headers["content-type"].startswith("text/html")
    mutation = {"query": "mutation { org_create(input: {municipality_code: 101}) { uuid } }"}
    answer = small.http.get("/graphql/v30", params=mutation)
    assert (answer.status_code, answer.text) == (400, "mutations are not allowed when using GET")


@pytest.mark.parametrize("query", ["{ nope }", "{", "subscription { x }"])
def test_a_query_that_does_not_fit_is_http_200(small, query):
    """Trap: look at ``errors``, never at the status."""
    answer = small.http.post("/graphql/v30", json={"query": query})
    body = answer.json()
    assert (answer.status_code, body["data"]) == (200, None)
    assert body["errors"]


def test_the_first_operation_runs_without_being_named(small):
    """Trap: GraphQL would refuse, MO runs the first and is silent about the rest."""
    assert small.data("query A { __typename } query B { me { username } }") == {"__typename": "Query"}


def test_the_schema_is_public(small):
    """As text, without a login."""
    answer = httpx.get(f"{small.url}/graphql/v30/schema.graphql")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "type OrganisationUnit " in answer.text


def test_health_and_version_are_public(small):
    """As MO's own."""
    with httpx.Client(base_url=small.url) as anybody:
        assert anybody.get("/health/").json() == {"dataset": True, "dar": False}
        assert anybody.get("/health/live").status_code == 204
        assert anybody.get("/health/ready").status_code == 204
        assert anybody.get("/version/").json()["mo_version"] == "sandbox"
    query = '{ healths(filter: {identifiers: ["dataset"]}) { objects { identifier status } } }'
    assert small.data(query) == {"healths": {"objects": [{"identifier": "dataset", "status": True}]}}


def test_the_sandbox_tells_how_to_log_in(small):
    """Its address alone is enough."""
    assert httpx.get(f"{small.url}/sandbox").json() | {"requests": 0, "faults": []} == {
        "auth_server": f"{small.url}/auth",
        "realm": "mo",
        "client_id": "motoolkit",
        "client_secret": "sandbox",
        "session": "5e551011-0000-4000-8000-000000000001",
        "today": "2026-11-23",
        "requests": 0,
        "faults": [],
        "sd": {
            "url": small.url,
            "username": "SYNORDBY",
            "password": "loenseddel",
            "institutions": ["NK", "NS", "N2"],
            "mode": "planted",
        },
        "ad": small_ad(small.url),
    }


def small_ad(url):
    """Return what a MO that holds nothing tells of its directories: their places, and no units."""
    told = httpx.get(f"{url}/sandbox").json()["ad"]
    assert [(each["name"], each["itsystem"], each["scope_units"]) for each in told] == [
        ("admin", "AD", []),
        ("skole", "SKOLE-AD", []),
    ]
    assert [each["files"] for each in told] == [
        [f"{url}/sandbox/ad/{name}.ldif"] for name in ("admin", "skole")
    ]
    return told


def test_at_a_real_mos_pace_each_object_takes_its_time(start_sandbox):
    """Trap: what is quick on the sandbox may be slow at the customer's; ``--pace`` shows it beforehand."""
    slow = start_sandbox(
        "--persons", "81", "--pace", "10", "--session", "5e551011-0000-4000-8000-000000000009"
    )
    headers = {"session": "5e551011-0000-4000-8000-000000000009"}
    query = {"query": "{ persons(limit: 50) { objects { uuid } } }"}
    answer = httpx.post(f"{slow.url}/graphql/v30", json=query, headers=headers)
    assert len(answer.json()["data"]["persons"]["objects"]) == 50
    assert answer.elapsed.total_seconds() >= 0.5
