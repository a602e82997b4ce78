"""Write the tables of AD's rules and settings into docs/ad.md; ``--check`` writes nothing."""

from __future__ import annotations

import inspect
import re
import sys
from dataclasses import MISSING, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from page import keep

from motoolkit.ad.rules import RULES
from motoolkit.profile.ad import (
    AdSettings,
    Discriminator,
    Externals,
    FieldRule,
    GroupRules,
    KindRule,
    UsernameRules,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from dataclasses import Field

DOCS = Path(__file__).resolve().parents[1] / "docs/ad.md"
TABLES = {
    "kinds": KindRule,
    "fields": FieldRule,
    "discriminator": Discriminator,
    "usernames": UsernameRules,
    "externals": Externals,
    "groups": GroupRules,
}
"""Settings that are tables of their own."""


def rules() -> str:
    """Return the rules as Markdown, in order of code; what is said of several subjects has one row."""
    found: dict[tuple[str, ...], list[str]] = {}
    for sort, held in RULES.items():
        for rule in held:
            kind = rule.kind
            row = (kind.code, kind.severity.name.lower(), kind.explanation, kind.remedy)
            found.setdefault(row, []).append(sort.replace("_", " "))
    rows = (
        _row(
            f"`{code}`", severity, ", ".join(dict.fromkeys(found[code, severity, what, remedy])), what, remedy
        )
        for code, severity, what, remedy in sorted(found)
    )
    return "\n".join(
        [_row("code", "severity", "of", "what it means", "what one does"), "|---|---|---|---|---|", *rows]
    )


def settings() -> str:
    """Return the settings as Markdown: those of a directory, then those that are tables of their own."""
    rows = [_row(f"`{name}`", what, default) for name, what, default in _told(AdSettings)]
    for table, shape in TABLES.items():
        rows += [_row(f"`{table}.{name}`", what, default) for name, what, default in _told(shape)]
    return "\n".join([_row("setting", "what", "unless given"), "|---|---|---|", *rows])


def _told(shape: type[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield name, meaning and default of each field of a dataclass, from its docstring."""
    section = (inspect.getdoc(shape) or "").partition("Attributes:\n")[2]
    meanings = dict(re.findall(r"^ {4}(\w+): (.+(?:\n {8}.+)*)", section, re.MULTILINE))
    for field in fields(shape):
        if shape is AdSettings and field.name in TABLES:
            continue
        what = " ".join(meanings[field.name].split()).replace("``", "`")
        yield field.name, what.rstrip("."), _default(field)


def _default(field: Field[Any]) -> str:
    value = field.default if field.default_factory is MISSING else field.default_factory()
    if value in (MISSING, "", (), None):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join("→".join(each) if isinstance(each, tuple) else str(each) for each in value)
    return f"`{value}`" if isinstance(value, str) else f"{value:g}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def tables() -> Iterator[tuple[str, str, str]]:
    """Yield both tables with the lines around them."""
    for name, table in (("rules", rules()), ("settings", settings())):
        yield f"<!-- {name}: made by tools/ad_rules.py -->", table, f"<!-- end of {name} -->"


if __name__ == "__main__":
    sys.exit(keep(DOCS, tables()))
