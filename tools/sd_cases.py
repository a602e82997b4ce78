"""Write the table of SD-Løn's planted cases into docs/sandbox.md; ``--check`` writes nothing."""

from __future__ import annotations

import sys
from pathlib import Path

from page import keep

from motoolkit.sandbox.sd import SD_PLANTED, Expected, SdCase

DOCS = Path(__file__).resolve().parents[1] / "docs/sandbox.md"
BEGIN, END = "<!-- SD's cases: made by tools/sd_cases.py -->", "<!-- end -->"


def table() -> str:
    """Return the cases as Markdown: first those in which both sides agree, last those that need MO."""
    rows = [row(name, case) for name, case in SD_PLANTED.items()]
    return "\n".join(["| case | where | what | found |", "|---|---|---|---|", *rows]) + "\n"


def row(name: str, case: SdCase) -> str:
    """Return one line of the table."""
    numbers = [f"{case.institution}-{number}" for number in case.numbers]
    where = ", ".join([*numbers, case.unit_name] if case.unit_name else numbers)
    needs = " *(`everything` only)*" if case.needs_mo else ""
    found = "; ".join(map(finding, case.findings)) or "nothing"
    return f"| `{name}` | {where} | {case.sentence}{needs} | {found} |"


def finding(expected: Expected) -> str:
    """Return what is found, in what attribute, when, and how it looks."""
    parts = [f"`{expected.kind}`"]
    if expected.attribute not in {"", "active"}:
        parts.append(expected.attribute)
    if expected.start is not None:
        parts.append(f"from {expected.start}" + (f" until {expected.end}" if expected.end else ""))
    if expected.patterns:
        parts.append(f"({', '.join(expected.patterns)})")
    return " ".join(parts) + ("" if expected.shown else ", counted only")


if __name__ == "__main__":
    sys.exit(keep(DOCS, [(BEGIN, table(), END)]))
