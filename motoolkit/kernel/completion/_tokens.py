"""GraphQL text as tokens, whatever state it is in: whoever types has not finished yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from graphql import GraphQLSyntaxError, Source
from graphql.language import Lexer

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME: Final = "Name"
STRING: Final = "String"
BLOCK: Final = "BlockString"
COMMENT: Final = "Comment"
_END: Final = "<EOF>"
_TEXTS: Final = frozenset({STRING, BLOCK, COMMENT})
_WORDS: Final = frozenset({NAME, "Int", "Float"})
_IGNORED: Final = re.compile(r"[\s,\ufeff]*")
_UNFINISHED: Final = re.compile(r'"""(?s:.*)|"[^\n\r]*')


class Token(NamedTuple):
    """A token, named as graphql-core names it; a string's value is without its quotes.

    ``open`` tells that a string is not closed: it then goes to the end of its line, a block to the text's.
    """

    kind: str
    value: str
    start: int
    end: int
    open: bool = False

    def holds(self, cursor: int) -> bool:
        """Tell whether who types there is writing this token."""
        if self.kind in _WORDS or self.kind == COMMENT or self.open:
            return self.start < cursor <= self.end
        return self.kind in _TEXTS and self.start < cursor < self.end


class Parted(NamedTuple):
    """The tokens before the cursor, the one that is being written, and those after it."""

    before: list[Token]
    at: Token | None
    after: list[Token]


def part(text: str, cursor: int) -> Parted:
    """Part a text's tokens at the cursor; comments count only when the cursor is inside."""
    parted = Parted([], None, [])
    for token in tokens(text):
        if token.holds(cursor):
            parted = parted._replace(at=token)
        elif token.kind != COMMENT:
            (parted.before if token.end <= cursor else parted.after).append(token)
    return parted


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text; a character that GraphQL does not know is passed over."""
    lexer, position = Lexer(Source(text)), 0
    while position < len(text):
        try:
            found = lexer.read_next_token(position)
        except GraphQLSyntaxError:
            position = _IGNORED.match(text, position).end()  # type: ignore[union-attr]  # it matches nothing too
            unfinished = _UNFINISHED.match(text, position)
            if unfinished:
                quotes = 3 if unfinished[0].startswith('"""') else 1
                kind = BLOCK if quotes > 1 else STRING
                yield Token(kind, unfinished[0][quotes:], position, unfinished.end(), open=True)
            position = unfinished.end() if unfinished else position + 1
            continue
        if found.kind.value == _END:
            return
        yield Token(found.kind.value, found.value or "", found.start, found.end)
        position = found.end
