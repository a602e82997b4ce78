"""The page about events does what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from motoolkit.events import ROUTING_KEYS
from motoolkit.events._metrics import registry
from motoolkit.events._stats import Stats

PAGE = Path(__file__).parents[3] / "docs" / "events.md"


@pytest.fixture
def holstebro(start_sandbox, monkeypatch, tmp_path):
    """A sandbox under the name that the page uses, whose events come at once."""
    running = start_sandbox("--persons", "20", "--event-delay", "0.05")
    profiles = tmp_path / "profiles.toml"
    profiles.write_text(f'[profiles.holstebro]\nmo_url = "{running.url}"\n')
    monkeypatch.setenv("MOTOOLKIT_CONFIG", str(profiles))
    return running


@pytest.mark.usefixtures("holstebro")
def test_the_python_of_the_page_runs():
    """From top to bottom, against one sandbox."""
    shared: dict[str, Any] = {}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL):
        exec(compile(block, str(PAGE), "exec"), shared)  # noqa: S102 - it is our own page
    shared["mirror"].close()
    shared["mo"].close()
    assert shared["told"][0].startswith("name [2027-01-01, …): ")
    assert set(shared["told"][1:]) == {"2026-09", "2026-10", "2026-11"}


def test_all_routing_keys_and_metrics_are_on_the_page():
    """What is new is told."""
    text = PAGE.read_text()
    names = {family.name.removeprefix("motoolkit_events_") for family in registry("x", Stats).collect()}
    assert [key for key in ROUTING_KEYS if f"`{key}`" not in text] == []
    assert [name for name in names if not re.search(rf"`{name}(_total)?`", text)] == []
