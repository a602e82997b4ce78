"""One MO for all contract tests: the sandbox, or with --mo-url a real one that is seeded when empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from contract.seeding import seed
from contract.town import Town
from support import launch

import motoolkit
from motoolkit.model import today_in_denmark
from motoolkit.sandbox.municipality import municipality

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.sandbox.records import Record

PERSONS = 500
SESSION = "5e551011-0000-4000-8000-000000000001"
SUBSTITUTE_ROLES = (
    "c1110000-0000-4000-8000-000000000001",
    "c1110000-0000-4000-8000-000000000002",
    "c1110000-0000-4000-8000-000000000004",
)


@dataclass(frozen=True)
class Mo:
    """A MO that holds the municipality as of ``today``, and the session that opens it."""

    url: str
    session: str
    today: date
    records: tuple[Record, ...]

    def query(self, document: str, version: int = 30, **variables: Any) -> dict[str, Any]:
        """Ask MO by plain HTTP, without the toolkit; errors are the test's to expect."""
        answer = httpx.post(
            f"{self.url}/graphql/v{version}",
            json={"query": document, "variables": variables},
            headers={"session": self.session},
            timeout=300,
        )
        return answer.json()

    def data(self, document: str, version: int = 30, **variables: Any) -> dict[str, Any]:
        """Ask MO by plain HTTP and expect an answer without errors."""
        answer = self.query(document, version, **variables)
        assert "errors" not in answer, answer["errors"][:3]
        return answer["data"]


@pytest.fixture(scope="session")
def mo(request, tmp_path_factory):
    """The MO under test."""
    today = today_in_denmark()
    records = tuple(municipality(persons=PERSONS, today=today))
    url, session = request.config.getoption("--mo-url"), request.config.getoption("--mo-session")
    if url:
        real = Mo(url.rstrip("/"), session or SESSION, today, records)
        if not real.data("{ org_units(limit: 1) { objects { uuid } } }")["org_units"]["objects"]:
            seed(real.url, real.session, records)
        yield real
        return
    roles = (argument for role in SUBSTITUTE_ROLES for argument in ("--substitute-role", role))
    log = tmp_path_factory.mktemp("contract") / "sandbox.log"
    size = ("--persons", str(PERSONS), "--today", str(today), "--session", SESSION)
    running = launch(*size, *roles, log=log)
    yield Mo(running.url, SESSION, today, records)
    running.stop()


@pytest.fixture(scope="module")
def town(mo):
    """A town of the module's own in the MO under test, gone afterwards."""
    with motoolkit.connect(mo.url, session=mo.session) as client:
        town = Town.of(client, mo.records)
        yield town
        town.leave()
