"""The code in docs/ad.md runs on the sandbox, and its tables are those of the code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import openpyxl

from motoolkit.ad.values import PREFIXES, VALUES

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "ad.md"


def test_the_code_of_the_page_runs(sandbox, tmp_path):
    """Block after block."""
    names = {"profile": sandbox.url, "out_dir": tmp_path}
    try:
        for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL):
            exec(block, names)  # noqa: S102 - the page's own code
    finally:
        for opened in {"mo", "mirror"} & set(names):
            names[opened].close()
    assert openpyxl.load_workbook(tmp_path / "ad_fund.xlsx").sheetnames[1] == "Enheder"


def test_the_tables_are_what_the_tool_writes():
    """Rules in their own words, settings as their docstrings say; run tools/ad_rules.py."""
    command = [sys.executable, str(ROOT / "tools" / "ad_rules.py"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0


def test_every_value_of_mo_is_on_the_page():
    """What ``fields`` can name."""
    page = PAGE.read_text().replace("`_10`", "`engagement.extension_10`")
    numbered = {f"engagement.extension_{number}" for number in range(2, 10)}
    assert [name for name in VALUES if name not in numbered and f"`{name}`" not in page] == []
    assert [prefix for prefix in PREFIXES if f"`{prefix}." not in page] == []
