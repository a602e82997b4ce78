"""Where in a GraphQL document the cursor stands, and what may stand there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.kernel.completion._frames import Frame, Kind, Names
from motoolkit.kernel.completion._operations import Definitions
from motoolkit.kernel.completion._tokens import BLOCK, NAME, STRING, part

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from motoolkit.kernel.completion._tokens import Token

_CLOSERS: Final = frozenset({"}", ")", "]"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor stands.

    ``kind`` tells what the document expects there, ``frame`` between which brackets; ``fragment`` is what has
    been typed of it.  ``last`` is the name before it (``limit:``) and ``type`` that of its value.
    ``in_string`` and ``after_dollar`` tell what the fragment follows.
    """

    kind: Kind
    frame: Frame
    fragment: str
    last: str
    type: Any
    in_string: bool
    after_dollar: bool

    @property
    def names(self) -> Names:
        """What the whole document names, also after the cursor."""
        return self.frame.names


def find_place(text: str, cursor: int, schema: GraphQLSchema) -> Place | None:
    """Find out what may stand at the cursor; None where nothing can be said, as in a comment.

    The document may be unfinished or wrong.  What follows the cursor is read too: which fields are chosen
    already, and which variables the document declares and uses.
    """
    before, at, after = part(text, cursor)
    if at and at.kind not in {NAME, STRING, BLOCK}:
        return None
    walk = _Walk(schema)
    walk.read(before)
    frame = walk.frame
    place = Place(
        frame.expects,
        frame,
        _typed(text, at, cursor),
        last=getattr(frame, "last", frame.opener),
        type=getattr(frame, "type", None),
        in_string=at is not None and at.kind != NAME,
        after_dollar=bool(before) and before[-1].kind == "$",
    )
    walk.read(after)
    says_nothing = place.kind is Kind.NOTHING or (place.in_string and place.kind is not Kind.VALUE)
    return None if says_nothing else place


def _typed(text: str, at: Token | None, cursor: int) -> str:
    if at is None:
        return ""
    quotes = {NAME: 0, STRING: 1, BLOCK: 3}[at.kind]
    return text[at.start + quotes : cursor]


class _Walk:
    """The frames that are open after each token."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._open: list[Frame] = [Definitions(Names(schema))]

    @property
    def frame(self) -> Frame:
        """The innermost."""
        return self._open[-1]

    def read(self, tokens: list[Token]) -> None:
        """Read on."""
        for token in tokens:
            if token.kind not in _CLOSERS or not self._close(token.kind):
                self._take(token)

    def _take(self, token: Token) -> None:
        if token.kind == "{" and self.frame.closer == ")" and self.frame.expects is Kind.ENTRY:
            self._open.pop()  # somebody forgot the parenthesis
        opened = self.frame.take(token)
        if opened is not None:
            self._open.append(opened)

    def _close(self, closer: str) -> bool:
        """Close the innermost brackets of this kind, with whatever was left open in them."""
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].closer == closer:
                del self._open[depth:]
                return True
        return False
