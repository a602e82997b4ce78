"""Texts that Excel can hold."""

from __future__ import annotations

import re
from typing import Final

MAX_TEXT: Final = 32_767
"""The characters that fit into a cell."""

_MAX_SHEET_NAME: Final = 31
# Excel reads _x0041_ in a text as "A", so such a text gets its underscore escaped.
_ESCAPE_ALIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_BREAKS: Final = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")
# What XML 1.0 can not hold, and lone halves of surrogate pairs.
_FORBIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return the text as Excel can show it: line breaks as blanks, control characters gone.

    A leading = + - or @ stays: in a string cell it is inert, and an apostrophe before it would be visible.
    """
    if not text.isprintable():
        text = _FORBIDDEN.sub("", _BREAKS.sub(" ", text))
    return _ESCAPE_ALIKE.sub("_x005F_", text) if "_x" in text else text


def sheet_name(wanted: str, taken: set[str]) -> str:
    r"""Return ``wanted`` as a name that Excel accepts and that is not in ``taken``, whatever the case.

    Excel allows 31 characters, none of ``[]:*?/\``, and no apostrophe at either end.
    """
    stem = re.sub(r"[\[\]:*?/\\]", " ", clean(wanted)).strip().strip("'")[:_MAX_SHEET_NAME] or "Ark"
    name, number = stem, 1
    while name.casefold() in {other.casefold() for other in taken}:
        number += 1
        ending = f" ({number})"
        name = f"{stem[: _MAX_SHEET_NAME - len(ending)]}{ending}"
    return name
