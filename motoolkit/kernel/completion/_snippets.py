"""Where in a cell the GraphQL is: below ``%%mo``, or in the string that a client is asked with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAGIC: Final = re.compile(r"\s*%%mo(?=\s|$)[^\n]*(?:\n|$)")
_PIECE: Final = re.compile(r"""#[^\n]*|(?:\b(?P<prefix>[A-Za-z]{1,2}))?(?P<quote>\"{3}|'{3}|["'])""")
_INNER: Final = {
    '"""': re.compile(r'(?:\\.|(?!""").)*', re.DOTALL),
    "'''": re.compile(r"(?:\\.|(?!''').)*", re.DOTALL),
    '"': re.compile(r'(?:\\(?s:.)|[^\\\n"])*'),
    "'": re.compile(r"(?:\\(?s:.)|[^\\\n'])*"),
}
_ASKED: Final = re.compile(r"(?<![\w.])(\w+)\s*\.\s*(?:query|execute|pages)\s*\(\s*(?:document\s*=\s*)?$")
_LONG_CALL: Final = 200
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED: Final = {"n": " \n", "t": " \t", "\n": " \n", "\\": " \\"}


@dataclass(frozen=True, slots=True)
class Snippet:
    """A GraphQL document in a cell, and the cursor in it.

    ``client`` is whom it asks, None for the session's.  ``is_cell`` tells that Python's names fill its
    variables.  ``quote`` is Python's quote around it, "" in a cell.
    """

    text: str
    cursor: int
    client: Any = None
    quote: str = ""

    @property
    def is_cell(self) -> bool:
        """Whether it is a ``%%mo`` cell."""
        return self.client is None


def find_snippet(cell: str, cursor: int, names: Mapping[str, Any]) -> Snippet | None:
    """Return the document that the cursor is in, None in anything else.

    A call counts when the name before its dot is a client in ``names``, which is looked at and never
    evaluated.  F-strings and bytes are left alone.
    """
    if first := _MAGIC.match(cell):
        inside = cursor >= first.end() and first[0].endswith("\n")
        return Snippet(cell[first.end() :], cursor - first.end()) if inside else None
    return _string(cell, cursor, names)


def _string(cell: str, cursor: int, names: Mapping[str, Any]) -> Snippet | None:
    position = 0
    while found := _PIECE.search(cell, position):
        if found.end() > cursor:
            return None
        if not found["quote"]:
            position = found.end()
            continue
        inner = _INNER[found["quote"]].match(cell, found.end())
        if inner is None:
            return None
        if cursor <= inner.end():
            return _asked(cell, cursor, found, inner[0], names)
        position = inner.end() + len(found["quote"]) * cell.startswith(found["quote"], inner.end())
    return None


def _asked(
    cell: str, cursor: int, opening: re.Match[str], inner: str, names: Mapping[str, Any]
) -> Snippet | None:
    prefix = (opening["prefix"] or "").lower()
    call = _ASKED.search(cell[max(0, opening.start() - _LONG_CALL) : opening.start()])
    client = names.get(call[1]) if call else None
    if prefix not in {"", "r", "u"} or not is_client(client):
        return None
    text = inner if prefix == "r" else _ESCAPE.sub(lambda m: _ESCAPED.get(m[1], f" {m[1]}"), inner)
    return Snippet(text, cursor - opening.end(), client, opening["quote"])


def is_client(value: object) -> bool:
    """Tell whether a value is a client, sync or async, without importing what one is."""
    return any(
        (kind.__module__, kind.__name__) == ("motoolkit.client._base", "BaseClient")
        for kind in type(value).__mro__
    )
