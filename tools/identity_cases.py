"""Write the table of the planted cases of identities into docs/sandbox.md; ``--check`` writes nothing."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from page import keep

from motoolkit.sandbox.identities import IDENTITIES_PLANTED, Expected, IdentityCase, odd_identities

DOCS = Path(__file__).resolve().parents[1] / "docs/sandbox.md"
BEGIN, END = "<!-- Cases of identities: made by tools/identity_cases.py -->", "<!-- end of identities -->"


def table() -> str:
    """Return the cases as Markdown."""
    names = {
        record.uuid: "{given_name} {surname}".format(**record.slices[0].values)
        for record in odd_identities(date(2026, 11, 23))
        if record.collection == "persons"
    }
    rows = [row(name, case, names) for name, case in IDENTITIES_PLANTED.items()]
    return "\n".join(["| case | who | what | found |", "|---|---|---|---|", *rows]) + "\n"


def row(name: str, case: IdentityCase, names: dict[str, str]) -> str:
    """Return one line of the table."""
    found = "; ".join(map(finding, case.findings)) or "nothing"
    return f"| {name} | {names.get(case.person, '')} | {case.sentence} | {found} |"


def finding(expected: Expected) -> str:
    """Return what is found, since when, and how grave where that is not as always."""
    since = f" from {expected.start}" if expected.start else ""
    return f"`{expected.kind}`{since}" + (f" ({expected.severity})" if expected.severity else "")


if __name__ == "__main__":
    sys.exit(keep(DOCS, [(BEGIN, table(), END)]))
