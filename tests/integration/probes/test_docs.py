"""The page about probes does what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from motoolkit.probes import SUITE
from motoolkit.probes.fields import Growth

PAGE = Path(__file__).parents[3] / "docs/probes.md"


def test_the_python_of_the_page_runs(paced, monkeypatch, tmp_path):
    """Against a sandbox at a real MO's pace."""
    profiles = tmp_path / "profiles.toml"
    profiles.write_text(f'[profiles.holstebro]\nmo_url = "{paced.url}"\n')
    monkeypatch.setenv("MOTOOLKIT_CONFIG", str(profiles))
    shared: dict[str, Any] = {}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL):
        exec(compile(block, PAGE.name, "exec"), shared)  # noqa: S102 - it is our own page
    shared["mo"].close()
    assert [probe.name for probe in shared["run"].measured] == ["engagements-links"]


def test_every_way_to_grow_is_told_and_every_query_named(monkeypatch):
    """On the page, and in the help of the command."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")
    page = PAGE.read_text()
    assert [growth for growth in Growth if growth.label not in page] == []
    from motoolkit.cli.probe import run

    assert [name for name in SUITE if name not in run.help] == []
