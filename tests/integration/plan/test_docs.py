"""The page about plans does what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from motoolkit.plan import Plan

if TYPE_CHECKING:
    from support import Sandbox

PAGE = Path(__file__).parents[3] / "docs" / "plans.md"
TESTS = Path(__file__).parents[2]


@pytest.fixture
def holstebro(start_sandbox, monkeypatch, tmp_path) -> Sandbox:
    """A sandbox under the name that the page uses."""
    running = start_sandbox("--persons", "20")
    profiles = tmp_path / "profiles.toml"
    profiles.write_text(f'[profiles.holstebro]\nmo_url = "{running.url}"\n')
    monkeypatch.setenv("MOTOOLKIT_CONFIG", str(profiles))
    return running


def blocks(language: str) -> list[str]:
    """Return what the page shows in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)


@pytest.mark.usefixtures("holstebro")
def test_the_python_of_the_page_runs(capsys):
    """From top to bottom, against one sandbox; its assertions hold."""
    shared: dict[str, Any] = {}
    for block in blocks("python"):
        exec(compile(block, str(PAGE), "exec"), shared)  # noqa: S102 - it is our own page
    shared["mo"].close()
    assert capsys.readouterr().out.startswith("<Plan 'Undo ")
    assert shared["back"].left


def test_the_json_of_the_page_is_a_plan():
    """As a program may write it."""
    (text,) = blocks("json")
    plan = Plan.from_json(text)
    assert [(o.action, dict(o.values)) for o in plan] == [("update", {"name": "Digitale medier"})]


def test_every_test_that_the_page_names_is_there():
    """The table of traps points at what holds them."""
    named = set(re.findall(r"`(test_\w+)`", PAGE.read_text()))
    written = {
        name
        for file in TESTS.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(), re.MULTILINE)
    }
    assert len(named) > 30
    assert named - written == set()
