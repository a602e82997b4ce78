"""The code in docs/sd.md runs on the sandbox, and its settings and errors are all there are."""

from __future__ import annotations

import re
from pathlib import Path

from motoolkit import errors
from motoolkit.profile._settings import READERS
from motoolkit.sd import Mapping
from motoolkit.sd._kinds import KINDS

PAGE = Path(__file__).parents[3] / "docs" / "sd.md"


def test_the_code_of_the_page_runs(sandbox, capsys, tmp_path):
    """Block after block."""
    names = {"profile": sandbox.url, "out_dir": tmp_path}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL):
        exec(block, names)  # noqa: S102 - the page's own code
    for opened in ("sd", "mo", "mirror"):
        names[opened].close()
    assert capsys.readouterr().out == "person\n"
    assert len(names["timeline"].employments) >= 1
    assert len(names["tree"].parents) >= 3


def test_every_setting_and_every_error_is_on_the_page():
    """A new one is written down with the code."""
    page = PAGE.read_text()
    assert [name for name in READERS if name.startswith("sd_") and f"`{name}`" not in page] == []
    kinds = [name for name in vars(errors) if name.startswith("Sd")]
    assert [name for name in kinds if f"`{name}`" not in page] == []


def test_every_kind_is_on_the_page():
    """In the words and the order of the code, so that nobody reads of another severity."""
    rows = [
        f"| `{kind.code}` | {kind.severity.name.lower()} | {kind.explanation} | {kind.remedy} |"
        for kind in KINDS.values()
    ]
    assert "\n".join(rows) in PAGE.read_text()


def test_every_pattern_is_on_the_page():
    """All that the comparison names."""
    source = "".join(path.read_text() for path in (PAGE.parents[1] / "motoolkit/sd/diff").glob("*.py"))
    named = set(re.findall(r'"(shifted_\w+|off_by_one|gap|overlap|future_\w+|\w+_by_unit_rule)"', source))
    assert len(named) == 8
    assert [name for name in named if f"`{name}`" not in PAGE.read_text()] == []


def test_the_mapping_file_of_the_page_is_one(tmp_path):
    """Settings that are gone, or called otherwise, are refused."""
    (text,) = re.findall(r"```toml\n(base = .*?)```", PAGE.read_text(), re.DOTALL)
    (tmp_path / "customer.toml").write_text(text)
    mapping = Mapping.read(tmp_path / "customer.toml")
    assert (mapping.title, mapping.resync) == ("extension_3", "sdtool-plus")
