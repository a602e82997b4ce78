"""Write the table of the directories' planted cases into docs/sandbox.md; ``--check`` writes nothing."""

from __future__ import annotations

import sys
from pathlib import Path

from page import keep

from motoolkit.sandbox.ad import AD_PLANTED, AdCase, Expected

DOCS = Path(__file__).resolve().parents[1] / "docs/sandbox.md"
BEGIN, END = "<!-- AD's cases: made by tools/ad_cases.py -->", "<!-- end of AD's -->"


def table() -> str:
    """Return the cases as Markdown, those of MO itself first and those that need an odd MO last."""
    rows = [row(name, case) for name, case in AD_PLANTED.items()]
    return "\n".join(["| case | where | what | found |", "|---|---|---|---|", *rows]) + "\n"


def row(name: str, case: AdCase) -> str:
    """Return one line of the table."""
    when = " *(in every mode)*" if case.always else " *(`everything` only)*" if case.needs_mo else ""
    found = "; ".join(map(finding, case.findings)) or "nothing"
    return f"| `{name}` | {case.directory}: {case.subject} | {case.sentence}{when} | {found} |"


def finding(expected: Expected) -> str:
    """Return what is found, of what, in what attribute, and how bad where that is not usual."""
    attribute = f" {expected.attribute}" if expected.attribute else ""
    severity = f" ({expected.severity})" if expected.severity else ""
    return f"`{expected.code}` {expected.sort}{attribute}{severity}"


if __name__ == "__main__":
    sys.exit(keep(DOCS, [(BEGIN, table(), END)]))
