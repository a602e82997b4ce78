"""What a column of a report is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from motoolkit.model import Cpr

if TYPE_CHECKING:
    from collections.abc import Callable

    from motoolkit.reports.rows import Row

Kind = Literal["text", "int", "date", "pct", "bool"]
Value = str | int | float | bool | date | Cpr | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column, as data.

    Attributes:
        key: the name that parameters and frames use.
        heading: the Danish heading.
        getter: what the column shows of a row.
        kind: the cell's type; numbers that are names (Tjenestenummer, BvN) are text.
        width: in characters; None to fit the content.
        sensitive: whether it holds CPR numbers.
        reads_cpr: whether it is worked out from them; no other report reads any.
    """

    key: str
    heading: str
    getter: Callable[[Row], Value]
    kind: Kind = "text"
    width: float | None = None
    sensitive: bool = False
    reads_cpr: bool = False
