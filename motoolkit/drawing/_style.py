"""What all pictures and cards share: JupyterLab's colours where there are any, and colours for elsewhere."""

from __future__ import annotations

from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Text itself has the colour of the page around it: fallbacks are seen on white and on black.
QUIET: Final = "var(--jp-ui-font-color2, #808080)"
RULE: Final = "1px solid var(--jp-border-color2, rgba(128, 128, 128, 0.35))"
GOOD: Final = "var(--jp-success-color0, #2e8b45)"
BAD: Final = "var(--jp-error-color1, #d13438)"
WARN: Final = "var(--jp-warn-color0, #b06f00)"
CELL: Final = (
    "text-align: left; vertical-align: top; white-space: normal; line-height: 1.4; color: inherit; "
    f"padding: 3px 16px 3px 0; border: 0; border-top: {RULE}; background: none"
)
_FACT: Final = f"{CELL}; border-top: 0"
_ROW: Final = "background: none"
_TABLE: Final = "border-collapse: collapse; margin: 2px 0; font-size: 13px; table-layout: auto"
PAGE: Final = "font-size: 13px; line-height: 1.5; max-width: 1000px"


def safe(text: object) -> str:
    """Return a text as HTML shows it, CPR numbers masked."""
    return escape(mask_all(str(text)))


def span(text: object, style: str = "", hint: str = "") -> str:
    """Return a piece of text; the hint shows where the mouse rests."""
    title = f' title="{safe(hint)}"' if hint else ""
    return f'<span{title} style="{style}">{safe(text)}</span>'


def card(title: str, body: str, quiet: str = "") -> str:
    """Return a frame with a heading; the body is HTML already."""
    beside = f' <span style="color: {QUIET}">{safe(quiet)}</span>' if quiet else ""
    box = f"{PAGE}; border: {RULE}; border-radius: 4px; padding: 8px 14px 10px; margin: 2px 0"
    return f'<div style="{box}"><div><b style="font-size: 15px">{safe(title)}</b>{beside}</div>{body}</div>'


def heading(text: str, quiet: str = "") -> str:
    """Return the heading of a part of a card."""
    beside = f' <span style="color: {QUIET}; font-weight: normal">{safe(quiet)}</span>' if quiet else ""
    return f'<div style="margin: 12px 0 2px; font-weight: 600">{safe(text)}{beside}</div>'


def facts_table(facts: Iterable[tuple[str, str]]) -> str:
    """Return named facts, one a line."""
    rows = "".join(
        f'<tr style="{_ROW}"><td style="{_FACT}; color: {QUIET}; white-space: nowrap">{safe(name)}</td>'
        f'<td style="{_FACT}">{safe(text)}</td></tr>'
        for name, text in facts
    )
    return f'<table style="{_TABLE}"><tbody>{rows}</tbody></table>'


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], styles: Iterable[str] = ()) -> str:
    """Return a table of cells that are HTML already, each row with a style of its own."""
    head = "".join(
        f'<th style="{_FACT}; color: {QUIET}; font-weight: normal">{safe(name)}</th>' for name in headings
    )
    body = "\n".join(_row(row, look) for row, look in zip_longest(rows, styles, fillvalue=""))
    return (
        f'<table style="{_TABLE}"><thead><tr style="{_ROW}">{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def _row(cells: Sequence[str], look: str) -> str:
    inside = "".join(f'<td style="{CELL}">{cell}</td>' for cell in cells)
    return f'<tr style="{_ROW}; {look}">{inside}</tr>'


def page(body: str, title: str = "motoolkit") -> str:
    """Return a page of its own around HTML: it fetches nothing, and follows the reader's light or dark."""
    look = (
        ":root { color-scheme: light dark } "
        "body { font-family: system-ui, sans-serif; max-width: 1000px; margin: 24px auto; padding: 0 16px }"
    )
    return (
        '<!doctype html><html lang="da"><head><meta charset="utf-8">'
        f"<title>{safe(title)}</title><style>{look}</style></head><body>{body}</body></html>"
    )
