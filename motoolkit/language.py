"""The language of what users see: Danish, or English where ``MOTOOLKIT_LANG=en``.

Texts stand in English where they are used, as ``tr("First day")``; Danish ones are in
``locale/da/LC_MESSAGES/motoolkit.po``, compiled by ``tools/messages.py``.
"""

from __future__ import annotations

import gettext
import os
from functools import cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("da", "en")
LOCALE: Final = Path(__file__).with_name("locale")


def language() -> str:
    """Return the language in use: ``MOTOOLKIT_LANG``, Danish unless it says ``en``."""
    chosen = os.environ.get("MOTOOLKIT_LANG", "").strip().lower()[:2]
    return chosen if chosen in LANGUAGES else "da"


def tr(text: str, /, **values: object) -> str:
    """Return a text in the language in use, with ``{named}`` values filled in.

    Args:
        text: the English text.
        values: what its braces name; without any, braces stay as they are.
    """
    found = _catalogue(language()).gettext(text) if text else ""
    return found.format(**values) if values else found


@cache
def _catalogue(chosen: str) -> gettext.NullTranslations:
    return gettext.translation("motoolkit", LOCALE, languages=[chosen], fallback=True)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "translate this where it is shown"
    """Mark a text of a table to be translated where it is shown."""
    return text
