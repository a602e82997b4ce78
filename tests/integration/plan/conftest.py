"""A sandbox of a test's own that can be broken, and a town in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from contract.town import Town
from support import TODAY, Sandbox

import motoolkit
from motoolkit.sandbox.municipality import municipality

SESSION = "5e551011-0000-4000-8000-000000000001"
PERSONS = 20


@dataclass
class Breakable:
    """A sandbox whose faults can be turned on, and a town in it."""

    running: Sandbox
    town: Town

    def fault(self, *names: str) -> None:
        """Turn faults on (``cut-after=1``)."""
        self.running.post("/sandbox/faults", list(names))

    def names(self, collection: str) -> list[str]:
        """Return the user_keys of all objects that a collection has now."""
        page = f"{{ {collection} {{ objects {{ current {{ user_key }} }} }} }}"
        return [o["current"]["user_key"] for o in self.town.client.execute(page)[collection]["objects"]]


@pytest.fixture
def breakable(start_sandbox):
    """A small sandbox of the test's own."""
    running = start_sandbox("--persons", str(PERSONS), "--session", SESSION)
    records = tuple(municipality(persons=PERSONS, today=date.fromisoformat(TODAY)))
    with motoolkit.connect(running.url, session=SESSION, timeout=2) as client:
        yield Breakable(running, Town.of(client, records))
