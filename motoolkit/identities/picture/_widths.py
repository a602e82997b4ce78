"""How wide words are, and as much of them as there is room for.

No browser is asked: widths are those of DejaVu Sans, which is wider than what most pages use.
"""

from __future__ import annotations

import re
from typing import Final

_WIDTHS: Final = (
    (0.3, " ,.IJijl·'"),
    (0.4, "-/:;\\f|!()[]rt"),
    (0.5, '"*_`sz–'),
    (0.56, "?Lc"),
    (0.62, "FPTYaekovxyøåéöä•»«"),
    (0.66, "$0123456789EKSbdghnpqu{}üß"),
    (0.72, "ABCRVXZÅ"),
    (0.78, "DGHNU"),
    (0.85, "&OQwØ#+<=>M^~"),
)
_WIDEST: Final = 1.0
_BOLD: Final = 1.1
_EMS: Final = {letter: width for width, letters in _WIDTHS for letter in letters}
_ELLIPSIS: Final = "…"
_PIECES: Final = re.compile(r"[^\s@-]*[@-]|[^\s@-]+\s*|\s+")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is at a size of letters."""
    return sum(_EMS.get(letter, _WIDEST) for letter in text) * size * (_BOLD if bold else 1)


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return as much of a text as there is room for, with an ellipsis where it is cut."""
    if width(text, size, bold=bold) <= room:
        return text
    left = room - width(_ELLIPSIS, size, bold=bold)
    kept = 0
    while kept < len(text) and width(text[: kept + 1], size, bold=bold) <= left:
        kept += 1
    return f"{text[:kept].rstrip()}{_ELLIPSIS}"


def wrapped(text: str, room: float, size: float, most: int, *, bold: bool = False) -> tuple[str, ...]:
    """Return a text in at most so many lines, parted at blanks, dashes and @; what is too long is cut."""
    lines: list[str] = []
    for piece in _PIECES.findall(text):
        longer = lines[-1] + piece if lines else piece
        if lines and (len(lines) == most or width(longer.rstrip(), size, bold=bold) <= room):
            lines[-1] = longer
        else:
            lines.append(piece)
    return tuple(cut(line.strip(), room, size, bold=bold) for line in lines)
