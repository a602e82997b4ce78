"""One sandbox for all tests of forms, and what can be chosen in it."""

from __future__ import annotations

from datetime import date

import pytest
from support import TODAY, launch

import motoolkit
from motoolkit.forms import Choices
from motoolkit.forms.onboarding import Lookup

AS_OF = date.fromisoformat(TODAY)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Serve a small municipality that the tests of one file may write to."""
    running = launch("--today", TODAY, "--persons", "60", log=tmp_path_factory.mktemp("forms") / "log")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def mo(town):
    """A client of it."""
    with motoolkit.connect(town.url) as client:
        yield client


@pytest.fixture(scope="module")
def choices(mo):
    """What can be chosen in it."""
    return Choices.of(mo)


@pytest.fixture
def lookup(mo):
    """Questions to it, none asked yet."""
    return Lookup(mo)
