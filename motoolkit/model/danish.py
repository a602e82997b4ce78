"""Danish alphabetical order, without a system locale.

Containers rarely have ``da_DK``, and Python's own order puts Å before Æ and upper before lower case.
"""

from __future__ import annotations

import unicodedata

# The three ASCII characters after z stand for æ, ø and å; ä, ö and their like sort with them.
_LETTERS = str.maketrans(
    {
        "æ": "{",
        "ä": "{",
        "ø": "|",
        "ö": "|",
        "ő": "|",
        "œ": "|",
        "å": "}",
        "ü": "y",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "þ": "th",
    }
)


def danish_key(text: str | None) -> str:
    """Return the key that sorts ``text`` as a Dane expects; use it as ``sorted(names, key=danish_key)``.

    Æ, Ø and Å come last and aa counts as å (ä as æ, ö as ø, ü as y); case and other accents matter only
    between otherwise equal texts. ``None`` and blank texts come first.
    """
    if text is None or not (stripped := text.strip()):
        return ""
    folded = unicodedata.normalize("NFC", stripped).casefold().replace("aa", "å").translate(_LETTERS)
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    # NUL sorts before every letter, so the original text decides only when the rest is equal.
    return f"{folded}\0{stripped}"
