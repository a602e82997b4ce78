"""A sandbox that starts empty, and the few objects that a test puts into it."""

from __future__ import annotations

import httpx
import pytest
from support import launch

SESSION = "5e551011-0000-4000-8000-000000000001"
CLIENTS = ("units:secret:read_org_unit", "hr:secret:read_engagement,read_employee,read_class", "short:secret")


class Small:
    """A sandbox with a small world of one's own."""

    def __init__(self, running):
        self.running = running
        self.url = running.url
        self.http = httpx.Client(base_url=running.url, headers={"session": SESSION}, timeout=60)

    def put(self, *records):
        """Assert records, each as a new registration."""
        return self.running.post("/sandbox/records", {"put": list(records)}).json()["now"]

    def delete(self, *what):
        """Delete objects: pairs of collection and UUID."""
        return self.running.post("/sandbox/records", {"delete": list(what)}).json()["now"]

    def ask(self, query, version=30, variables=None, headers=None):
        """Return MO's body, errors and all."""
        body = {"query": query, "variables": variables}
        return self.http.post(f"/graphql/v{version}", json=body, headers=headers).json()

    def data(self, query, version=30, variables=None):
        """Return the data of an answer without errors."""
        answer = self.ask(query, version, variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def token(self, client, secret="secret"):
        """Log in as a service account."""
        return httpx.post(
            f"{self.url}/auth/realms/mo/protocol/openid-connect/token",
            data={"grant_type": "client_credentials", "client_id": client, "client_secret": secret},
        ).json()["access_token"]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """One empty sandbox a module; its clock stands at 2026-11-23."""
    clients = (argument for client in CLIENTS for argument in ("--client", client))
    running = launch(
        "--empty", "--today", "2026-11-23", "--session", SESSION, *clients,
        log=tmp_path_factory.mktemp("small") / "log",
    )  # fmt: skip
    made = Small(running)
    yield made
    made.http.close()
    running.stop()
