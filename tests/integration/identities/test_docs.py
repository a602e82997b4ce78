"""The code in docs/identities.md runs on the sandbox, and its kinds are all there are."""

from __future__ import annotations

import re
from pathlib import Path

from motoolkit.identities.kinds import KINDS

PAGE = Path(__file__).parents[3] / "docs" / "identities.md"


def test_the_code_of_the_page_runs(sandbox, monkeypatch, tmp_path):
    """Block after block; "holstebro" is the sandbox."""
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL):
        exec(block.replace('"holstebro"', repr(sandbox.url)), names)  # noqa: S102 - the page's own code
    for opened in ("mo", "mirror"):
        names[opened].close()
    assert repr(names["picture"]).startswith("Hans Holm · 23-11-2026")
    assert (tmp_path / "hans.html").exists()


def test_every_kind_is_on_the_page():
    """In the words and the order of the code, so that nobody reads of another severity."""
    rows = [
        f"| `{kind.code}` | {kind.severity.name.lower()} | {kind.explanation} | {kind.remedy} |"
        for kind in KINDS
    ]
    assert "\n".join(rows) in PAGE.read_text()
