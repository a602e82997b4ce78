"""What notebooks show beside the findings themselves: a piece of HTML with its words, and the root causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.drawing import QUIET, card, safe, span, table
from motoolkit.language import tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from motoolkit.findings._findings import Findings


class Shown:
    """HTML that a notebook shows, and the same in words."""

    def __init__(self, html: str, text: str) -> None:
        self._html = html
        self._text = mask_all(text)

    def _repr_html_(self) -> str:
        return self._html

    def __repr__(self) -> str:
        return self._text


def causes_shown(findings: Findings) -> Shown:
    """Return the root causes: mend one of them, and all that comes from it goes."""
    groups = [group for group in findings.grouped() if group.cause]
    if not groups:
        none = tr("Nothing was found to come from a cause that it shares with others.")
        return Shown(card(tr("Root causes"), f"<p>{safe(none)}</p>"), none)
    names = [tr("Root cause"), tr("Found"), tr("Of these: who or what")]
    cells = [(group.cause, str(len(group.findings)), _first(group.findings)) for group in groups]
    rows = [[safe(cause), safe(number), span(first, f"color: {QUIET}")] for cause, number, first in cells]
    return Shown(card(tr("Root causes"), table(names, rows)), "\n".join("  ".join(row) for row in cells))


def _first(findings: Findings, most: int = 3) -> str:
    labels = list(dict.fromkeys(finding.subject.label for finding in findings))
    more = tr("… and {number} more", number=len(labels) - most) if len(labels) > most else ""
    return ", ".join(filter(None, [*labels[:most], more]))
