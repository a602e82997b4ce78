"""The code in docs/sd.md runs on the sandbox, and its settings and errors are all there are."""

from __future__ import annotations

import re
from pathlib import Path

from motoolkit import errors
from motoolkit.profile._settings import READERS

PAGE = Path(__file__).parents[3] / "docs" / "sd.md"


def test_the_code_of_the_page_runs(sandbox, capsys):
    """Block after block."""
    names = {"profile": sandbox.url}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL):
        exec(block, names)  # noqa: S102 - the page's own code
    names["sd"].close()
    assert capsys.readouterr().out == "person\n"
    assert len(names["timeline"].employments) >= 1
    assert len(names["tree"].parents) >= 3


def test_every_setting_and_every_error_is_on_the_page():
    """A new one is written down with the code."""
    page = PAGE.read_text()
    assert [name for name in READERS if name.startswith("sd_") and f"`{name}`" not in page] == []
    kinds = [name for name in vars(errors) if name.startswith("Sd")]
    assert [name for name in kinds if f"`{name}`" not in page] == []
