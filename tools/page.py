"""Tables in the docs that are made of the code: between two comments of the page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def keep(page: Path, tables: Iterable[tuple[str, str, str]]) -> int:
    """Write tables into a page, or with ``--check`` only return 1 where the page is outdated.

    Args:
        page: the file.
        tables: of each the line before it, its lines, and the line after it.

    Raises:
        ValueError: the page has no place for a table.
    """
    before = after = page.read_text("utf-8")
    for begin, table, end in tables:
        head, found, rest = after.partition(f"{begin}\n")
        _, ended, tail = rest.partition(f"{end}\n")
        if not (found and ended):
            raise ValueError(f"{page.name} has no place between {begin} and {end}")
        after = f"{head}{begin}\n{table.rstrip()}\n{end}\n{tail}"
    if "--check" in sys.argv[1:]:
        return int(before != after)
    page.write_text(after, "utf-8")
    return 0
