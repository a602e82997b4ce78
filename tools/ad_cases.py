"""Write the table of the directories' planted cases into docs/sandbox.md; ``--check`` writes nothing."""

from __future__ import annotations

import sys
from pathlib import Path

from motoolkit.sandbox.ad import AD_PLANTED, AdCase, Expected

DOCS = Path(__file__).resolve().parents[1] / "docs/sandbox.md"
BEGIN, END = "<!-- AD's cases: made by tools/ad_cases.py -->\n", "<!-- end of AD's -->\n"


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


def main() -> int:
    """Write the table, or tell that it is outdated."""
    before = DOCS.read_text("utf-8")
    head, _, rest = before.partition(BEGIN)
    _, _, tail = rest.partition(END)
    after = head + BEGIN + table() + END + tail
    if "--check" in sys.argv[1:]:
        return int(before != after)
    DOCS.write_text(after, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
