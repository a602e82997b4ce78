"""The page about findings does what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[3] / "docs/findings.md"


def test_the_python_of_the_page_runs(sandbox, monkeypatch, tmp_path):
    """From top to bottom, against a sandbox; its assertions hold, and it writes what it names."""
    profiles = tmp_path / "profiles.toml"
    profiles.write_text(f'[profiles.holstebro]\nmo_url = "{sandbox.url}"\n')
    monkeypatch.setenv("MOTOOLKIT_CONFIG", str(profiles))
    shared: dict[str, Any] = {"out_dir": tmp_path / "out"}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL):
        exec(compile(block, PAGE.name, "exec"), shared)  # noqa: S102 - it is our own page
    shared["mo"].close()
    assert {path.name for path in shared["out_dir"].iterdir()} == {"people_fund.xlsx", "accept.toml"}
