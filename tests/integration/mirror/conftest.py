"""A mirror of the shared sandbox, and what that sandbox was made from."""

from __future__ import annotations

from datetime import date

import pytest
import stamina
from integration.mirror.proxy import Line

from motoolkit.client import connect
from motoolkit.mirror import Mirror
from motoolkit.sandbox.municipality import municipality


@pytest.fixture(scope="session")
def records():
    """The records that the shared sandbox serves."""
    return list(municipality(persons=400, today=date(2026, 11, 23)))


@pytest.fixture(scope="session")
def town(sandbox):
    """Load a mirror of the shared sandbox; tests only ask it."""
    with connect(sandbox.url) as client, Mirror.open() as mirror:
        mirror.load(client)
        yield mirror


@pytest.fixture
def line():
    """Lay lines to MOs that the test can cut; a cut is given up on at once."""
    lines = []

    def lay(target):
        lines.append(Line(target))
        return lines[-1]

    with stamina.set_testing(True, attempts=1):
        yield lay
    for laid in lines:
        laid.close()
