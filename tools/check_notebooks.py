"""Fail when a committed notebook holds outputs (a runbook has to), or a CPR-like number."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

CPR = re.compile(r"\b(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}-?\d{4}\b")


def complaints(path: Path) -> list[str]:
    """Return what is wrong with one notebook, a sentence each."""
    text = path.read_text(encoding="utf-8")
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    found = []
    if "runbooks" in path.parts:
        if [cell["execution_count"] for cell in cells] != list(range(1, len(cells) + 1)):
            found.append(f"{path}: a runbook is committed as `make runbooks` leaves it.")
    elif any(cell["outputs"] or cell["execution_count"] for cell in cells):
        found.append(f"{path}: clear all outputs before committing.")
    if CPR.search(text):
        found.append(f"{path}: holds something that looks like a CPR number.")
    return found


def main(paths: list[str]) -> int:
    """Check the named notebooks, or all under notebooks/."""
    chosen = [Path(p) for p in paths] or sorted(Path("notebooks").rglob("*.ipynb"))
    wrong = [sentence for path in chosen for sentence in complaints(path)]
    print("\n".join(wrong) if wrong else f"{len(chosen)} notebooks are clean.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
