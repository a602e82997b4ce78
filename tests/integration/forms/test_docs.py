"""The pages about forms do what they say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[3] / "docs"
FORMS = Path(__file__).parents[3] / "motoolkit/forms"


def _blocks(page):
    return re.findall(r"^```python\n(.*?)^```$", (DOCS / page).read_text(), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ["forms.md", "deputies.md"])
def test_the_python_of_the_page_runs(page, town, monkeypatch, tmp_path):
    """From top to bottom, against one sandbox; its assertions hold."""
    profiles = tmp_path / "profiles.toml"
    profiles.write_text(f'[profiles.holstebro]\nmo_url = "{town.url}"\n')
    monkeypatch.setenv("MOTOOLKIT_CONFIG", str(profiles))
    shared: dict[str, Any] = {}
    for block in _blocks(page):
        exec(compile(block, page, "exec"), shared)  # noqa: S102 - it is our own page
    shared["mo"].close()
    assert shared["result"].ok


@pytest.mark.parametrize(("page", "folder"), [("forms.md", "onboarding"), ("deputies.md", "deputies")])
def test_every_code_of_the_checks_is_on_the_page(page, folder):
    """The table names all that can be told."""
    written = set()
    for file in (FORMS / folder).glob("_*.py"):
        text = file.read_text()
        written |= set(re.findall(r'Trouble\([^,]+, [^,]+, [^,]+, "([a-z-]+)"', text))
        written |= set(re.findall(r'place\.trouble\(\s*[^,]+, "([a-z-]+)"', text))
        written |= set(re.findall(r'trouble\([^,]+, "([a-z-]+)"', text))
    named = set(re.findall(r"`([a-z-]+)`", (DOCS / page).read_text()))
    assert len(written) > 7
    assert written - named == set()
