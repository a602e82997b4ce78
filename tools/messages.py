"""Compile the Danish texts, and say which texts of the code have none; ``--check`` writes nothing."""

from __future__ import annotations

import ast
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "motoolkit/locale/da/LC_MESSAGES/motoolkit.po"
SOURCES = (ROOT / "motoolkit", ROOT / "widgets/motoolkit_widgets")
EVER = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS: dict[str, None] = {"tr": None, "N_": None}


def used() -> set[str]:
    """Return the texts that the code shows."""
    found = {
        str(each[2])
        for source in SOURCES
        for each in extract_from_dir(source, [("**.py", "python")], keywords=KEYWORDS)
    }
    return found | {text for source in SOURCES for file in source.rglob("*.py") for text in formatted(file)}


def formatted(file: Path) -> Iterator[str]:
    """Yield the texts of a module that stand within f-strings, where Babel does not look (Python 3.11)."""
    nodes = (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.JoinedStr))
    for call in (part for node in nodes for part in ast.walk(node) if isinstance(part, ast.Call)):
        text = call.args[0] if call.args else None
        if isinstance(call.func, ast.Name) and call.func.id in KEYWORDS and isinstance(text, ast.Constant):
            yield str(text.value)


def compiled(catalog: Catalog) -> bytes:
    """Return a catalogue as gettext reads it; it says nothing of when it was made."""
    catalog.creation_date = catalog.revision_date = EVER
    target = BytesIO()
    write_mo(target, catalog)
    return target.getvalue()


def main() -> int:
    """Compile, or check; return 1 where something is missing."""
    catalog = read_po(PO.open("rb"), locale="da")
    told = {str(message.id): str(message.string) for message in catalog if message.id}
    wanted = used()
    problems = [f"no Danish: {text!r}" for text in sorted(wanted) if not told.get(text)]
    problems += [f"not used: {text!r}" for text in sorted(told.keys() - wanted)]
    target = PO.with_suffix(".mo")
    if "--check" not in sys.argv:
        target.write_bytes(compiled(catalog))
    elif not target.exists() or target.read_bytes() != compiled(catalog):
        problems.append(f"{target.name} is not what {PO.name} gives: run tools/messages.py")
    print("\n".join(problems) or f"{len(told)} texts, all in Danish.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
