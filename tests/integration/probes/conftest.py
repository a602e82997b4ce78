"""Sandboxes that take a real MO's time over each object, so that what is slow there is slow here."""

from __future__ import annotations

from datetime import date

import pytest
from support import TODAY, launch

import motoolkit

DAY = date.fromisoformat(TODAY)


@pytest.fixture(scope="module")
def paced(tmp_path_factory):
    """Serve 60 persons at a quarter of a real MO's pace."""
    log = tmp_path_factory.mktemp("paced") / "log"
    running = launch("--today", TODAY, "--persons", "60", "--pace", "1", log=log)
    yield running
    running.stop()


@pytest.fixture
def client(paced):
    """A client of it."""
    with motoolkit.connect(paced.url) as found:
        yield found


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Tell it in the language of the tests."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")
