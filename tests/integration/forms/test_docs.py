"""The pages about forms do what they say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from motoolkit.forms.onboarding import RULES

DOCS = Path(__file__).parents[3] / "docs"
CHECKS = Path(__file__).parents[3] / "motoolkit/forms/onboarding"


def _blocks(page):
    return re.findall(r"^```python\n(.*?)^```$", (DOCS / page).read_text(), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ["forms.md"])
def test_the_python_of_the_page_runs(page, town, monkeypatch, tmp_path):
    """From top to bottom, against one sandbox; its assertions hold."""
    profiles = tmp_path / "profiles.toml"
    profiles.write_text(f'[profiles.holstebro]\nmo_url = "{town.url}"\n')
    monkeypatch.setenv("MOTOOLKIT_CONFIG", str(profiles))
    shared: dict[str, Any] = {}
    for block in _blocks(page):
        exec(compile(block, page, "exec"), shared)  # noqa: S102 - it is our own page
    shared["mo"].close()
    assert shared["field"].label == "Enhed"


def test_every_code_of_the_checks_is_on_the_page():
    """The table names all that can be told."""
    written = set()
    for file in CHECKS.glob("_*.py"):
        text = file.read_text()
        written |= set(re.findall(r'place\.trouble\(\s*[^,]+, "([a-z-]+)"', text))
        written |= set(re.findall(r'trouble\([^,]+, "([a-z-]+)"', text))
    named = set(re.findall(r"`([a-z-]+)`", (DOCS / "forms.md").read_text()))
    assert len(RULES) == 10
    assert len(written) > 12
    assert written - named == set()
