"""What can not be had flat: noted on the way while a document is looked through, raised when rows tell it."""

from __future__ import annotations

from motoolkit.errors import InputError
from motoolkit.language import tr


class Refused(Exception):  # noqa: N818 - no error: it ends as a sentence in ``Rewriting.refusals``
    """One part of a document can not be rewritten; says why."""


def unanswerable(path: str, why: str) -> InputError:
    """Return the error for what only the rows themselves tell."""
    return InputError(
        tr("{path} can not be answered from the mirror: {why}.", path=path, why=why),
        remedy=tr("Ask MO itself: mo.query(document)."),
    )
