"""What may stand outside the selections of a GraphQL document: operations, their variables, fragments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLError, OperationType, type_from_ast
from graphql.language import parse_type

from motoolkit.kernel.completion._frames import Frame, Kind, Names, Selection, Values
from motoolkit.kernel.completion._tokens import NAME

if TYPE_CHECKING:
    from motoolkit.kernel.completion._tokens import Token

OPERATIONS: Final = {kind.value: kind for kind in OperationType}
_FRAGMENT: Final = "fragment"


class Definitions(Frame):
    """The document itself: operations and fragments."""

    def __init__(self, names: Names) -> None:
        super().__init__(names)
        self.expects = Kind.DEFINITION
        self._word = ""
        self._name = ""
        self._inner: Any = names.schema.query_type

    def take(self, token: Token) -> Frame | None:
        """Read one token; return the frame that it opens."""
        if token.kind == "@" or self.expects is Kind.DIRECTIVE:
            self._directive(token)
        elif token.kind == NAME:
            self._names(token.value)
        elif token.kind == "(":
            return self._arguments_of_directive() if self.directive else Variables(self.names, self)
        elif token.kind == "{":
            opened = Selection(self.names, self, "", self._inner)
            self.expects, self._inner = Kind.DEFINITION, self.names.schema.query_type
            self._word = self.directive = ""
            return opened
        return None

    def _names(self, name: str) -> None:
        if self.expects is Kind.CONDITION:
            self._inner = self.names.schema.get_type(name)
            self.names.fragments[self._name] = self._inner
            self.expects = Kind.NOTHING
        elif self._word == _FRAGMENT and name == "on":
            self.expects = Kind.CONDITION
        elif self.expects is Kind.DEFINITION and name in {*OPERATIONS, _FRAGMENT}:
            self._word, self.expects = name, Kind.NOTHING
            if name in OPERATIONS:
                self._inner = self.names.schema.get_root_type(OPERATIONS[name])
        else:
            self._name = name


class Variables(Values):
    """``($limit: int = 5)`` after an operation's name."""

    closer = ")"

    def __init__(self, names: Names, above: Frame) -> None:
        super().__init__(names, above, "")
        self.expects = Kind.DECLARATION
        self.last = ""
        self._type = ""

    def take(self, token: Token) -> Frame | None:
        """Read one token; return the frame that it opens."""
        if token.kind == "$":
            self.expects, self._type = Kind.DECLARATION, ""
        elif token.kind == "@" or self.expects is Kind.DIRECTIVE:
            self._directive(token)
        elif token.kind == "(" and self.directive:
            return self._arguments_of_directive()
        elif token.kind == ":":
            self.expects, self._type = Kind.TYPE, ""
        elif token.kind == "=":
            self.expects, self.type = Kind.VALUE, self._known_type()
        elif self.expects is Kind.VALUE:
            made = self._value(token)
            self.expects = Kind.DECLARATION
            return made
        elif self._type or self.expects is Kind.TYPE:
            self._part_of_type(token)
        elif token.kind == NAME:
            self.last = token.value
            self.names.declared[token.value] = ""
            self.expects = Kind.NOTHING
        return None

    def _part_of_type(self, token: Token) -> None:
        self._type += token.value or token.kind
        self.names.declared[self.last] = self._type
        is_whole = token.kind != "[" and self._type.count("[") == self._type.count("]")
        self.expects = Kind.DECLARATION if is_whole else Kind.TYPE if token.kind == "[" else Kind.NOTHING

    def _known_type(self) -> Any:
        """Return the type that was just read, None where there is no such."""
        text, self._type = self._type, ""
        try:
            return type_from_ast(self.names.schema, parse_type(text))
        except GraphQLError:
            return None
