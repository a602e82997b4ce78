"""The last line of defence: nothing that looks like a CPR number stays in a notebook that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.model import mask_all
from motoolkit.runner._notebook import from_dict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode

_BINARY: Final = frozenset({"image/png", "image/jpeg", "image/gif", "application/pdf"})


def redact(notebook: NotebookNode, replacements: Mapping[str, str]) -> NotebookNode:
    """Return the notebook with CPR numbers masked and ``replacements`` made in every text of it.

    Pictures in binary formats are left alone: ten digits in their base64 are chance.
    """
    return from_dict(_clean(notebook, replacements))


def redact_text(text: str, replacements: Mapping[str, str]) -> str:
    """Mask CPR numbers and make the ``replacements``, the longest first."""
    for old in sorted(replacements, key=len, reverse=True):
        text = text.replace(old, replacements[old])
    return mask_all(text)


def _clean(value: Any, replacements: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return redact_text(value, replacements)
    if isinstance(value, dict):
        return {key: entry if key in _BINARY else _clean(entry, replacements) for key, entry in value.items()}
    if isinstance(value, list):
        return [_clean(entry, replacements) for entry in value]
    return value
