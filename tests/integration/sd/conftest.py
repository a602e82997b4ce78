"""A stage for SD's answers, and clients that ask it without pauses."""

from __future__ import annotations

import pytest
import stamina
from sd_stage import PASSWORD, serving

from motoolkit.sd import connect_sd


@pytest.fixture(scope="module")
def server():
    """Run the server."""
    with serving() as stage:
        yield stage


@pytest.fixture
def stage(server):
    """Give a test an empty stage."""
    server.asked.clear()
    server.by_path.clear()
    return server


@pytest.fixture(autouse=True)
def no_waiting():
    """Try three times, without pauses."""
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def connect(stage):
    """Connect to the stage, as ``connect()`` with any settings."""
    opened = []

    def connect(**settings):
        given = {"sd_url": stage.url, "sd_username": "SY0001", "sd_password": PASSWORD, "sd_hours": "always"}
        opened.append(connect_sd(**{**given, **settings}))
        return opened[-1]

    yield connect
    for client in opened:
        client.close()
