"""What a check asks MO, and what it says of the roles that one has."""

from __future__ import annotations

import pytest

import motoolkit


def seats(town, number):
    """Return a plan of some new engagements."""
    plan = town.plan()
    for _ in range(number):
        plan.create("engagement", start="2020-01-01", **town.least("engagement"))
    return plan


@pytest.fixture
def counted(breakable, monkeypatch):
    """The town's requests, counted."""
    transport, sent = breakable.town.client.transport, []
    send = transport.send
    monkeypatch.setattr(transport, "send", lambda request: (sent.append(request), send(request))[1])
    return sent


def test_requests_do_not_grow_with_the_plan(breakable, counted):
    """Two hundred operations are looked up in as many requests as one."""
    assert seats(breakable.town, 1).check().ok
    one = len(counted)
    assert seats(breakable.town, 200).check().ok
    assert len(counted) == 2 * one
    assert one < 10


ROLES = "read_class,read_engagement,read_employee,read_facet,read_itsystem,read_org_unit,create_engagement"


@pytest.fixture
def lacking(start_sandbox):
    """A client whose token has few roles, and one that has all."""
    running = start_sandbox(
        "--persons", "20", "--client", f"few:horse:{ROLES}", "--client", "owns:horse:owner," + ROLES
    )
    keycloak = {"auth_server": f"{running.url}/auth", "client_secret": "horse"}
    with (
        motoolkit.connect(running.url, client_id="few", **keycloak) as few,
        motoolkit.connect(running.url, client_id="owns", **keycloak) as owns,
    ):
        yield few, owns


def test_roles_that_the_token_lacks(lacking):
    """They are errors, each said once; whoever owns things may write these all the same."""
    few, owns = lacking
    found = few.read("engagements", page_size=2)
    first, second = next(found).objects[:2]
    plan = few.plan()
    for each in (first, second):
        plan.update(
            "engagement", each["uuid"], start=each["validities"][0]["validity"]["from"][:10], user_key="K"
        )
    (problem,) = plan.check().errors
    assert (problem.code, problem.operation) == ("missing-role", 0)
    assert problem.text == "The token lacks the role update_engagement, which 2 mutations of the plan need."
    assert not plan.apply(dry_run=True).ok
    assert [p.code for p in plan.check(owns).warnings] == ["missing-role"]
