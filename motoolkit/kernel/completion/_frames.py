"""What may stand where in a GraphQL document: one frame for each pair of brackets, each told its tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_composite_type,
)

from motoolkit.kernel.completion._tokens import BLOCK, NAME, STRING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLArgument, GraphQLInputField, GraphQLInputType, GraphQLSchema

    from motoolkit.kernel.completion._tokens import Token


class Kind(Enum):
    """What the document expects next.

    A CONDITION is the type after ``on``, an ENTRY an argument or a field of an input, a VARIABLE one that is
    used and a DECLARATION one that is declared.
    """

    DEFINITION = auto()
    FIELD = auto()
    SPREAD = auto()
    CONDITION = auto()
    DIRECTIVE = auto()
    ENTRY = auto()
    VALUE = auto()
    VARIABLE = auto()
    DECLARATION = auto()
    TYPE = auto()
    NOTHING = auto()


@dataclass
class Names:
    """What a document names: its variables with their types, and its fragments with theirs.

    ``wanted`` holds the type that each variable's place has, declared or not.
    """

    schema: GraphQLSchema
    declared: dict[str, str] = field(default_factory=dict)
    wanted: dict[str, str] = field(default_factory=dict)
    fragments: dict[str, Any] = field(default_factory=dict)


class Frame:
    """A pair of brackets: what it has read so far, and so what it expects next.

    ``opener`` names what stands before the brackets (``employees``), ``above`` the frame around it.
    """

    closer = ""

    def __init__(self, names: Names, above: Frame | None = None, opener: str = "") -> None:
        self.names = names
        self.above = above
        self.opener = opener
        self.expects = Kind.NOTHING
        self.chosen: set[str] = set()
        self.directive = ""

    def take(self, token: Token) -> Frame | None:
        """Read one token; return the frame that it opens."""
        raise NotImplementedError

    def _directive(self, token: Token) -> Frame | None:
        """Read ``@name(``, which may follow nearly anything."""
        if token.kind == "@":
            self.expects = Kind.DIRECTIVE
        elif token.kind == NAME:
            self.directive = token.value
            self.expects = Kind.NOTHING
        return None

    def _arguments_of_directive(self) -> Entries:
        found = self.names.schema.get_directive(self.directive)
        return Entries(self.names, self, self.directive, found.args if found else {})


class Selection(Frame):
    """``{ ... }`` after a field, a fragment or an operation."""

    closer = "}"

    def __init__(self, names: Names, above: Frame | None, opener: str, parent: Any) -> None:
        super().__init__(names, above, opener)
        self.parent = parent
        self.expects = Kind.FIELD
        self.last = ""
        self._inner: Any = None

    @property
    def fields(self) -> Mapping[str, Any]:
        """The fields of the type that is selected from; a union has none."""
        return getattr(self.parent, "fields", {})

    def take(self, token: Token) -> Frame | None:
        """Read one token; return the frame that it opens."""
        if token.kind == "@" or self.expects is Kind.DIRECTIVE:
            self._directive(token)
            if token.kind != "@":
                self.expects = Kind.FIELD
        elif token.kind == NAME:
            self._name(token.value)
        elif token.kind == "...":
            self.expects, self._inner, self.directive = Kind.SPREAD, self.parent, ""
        elif token.kind == ":":
            self.chosen.discard(self.last)
        elif token.kind == "(":
            return self._arguments()
        elif token.kind == "{":
            self.expects = Kind.FIELD
            return Selection(self.names, self, self.last, self._inner)
        return None

    def _name(self, name: str) -> None:
        if self.expects is Kind.SPREAD:
            self.expects = Kind.CONDITION if name == "on" else Kind.FIELD
        elif self.expects is Kind.CONDITION:
            self.expects, self._inner = Kind.FIELD, self.names.schema.get_type(name)
        else:
            self.last, self.directive = name, ""
            self.chosen.add(name)
            found = self.fields.get(name)
            inner = get_named_type(found.type) if found else None
            self._inner = inner if is_composite_type(inner) else None

    def _arguments(self) -> Frame:
        if self.directive:
            return self._arguments_of_directive()
        found = self.fields.get(self.last)
        return Entries(self.names, self, self.last, found.args if found else {})


class Values(Frame):
    """What holds values: arguments, input objects and lists."""

    def __init__(self, names: Names, above: Frame | None, opener: str) -> None:
        super().__init__(names, above, opener)
        self.type: GraphQLInputType | None = None
        self.strings: list[str] = []

    def _value(self, token: Token) -> Frame | None:
        """Read a value, or what opens one."""
        if token.kind == "$":
            self.expects = Kind.VARIABLE
        elif token.kind == "[":
            return Items(self.names, self, self.opener, item_type(self.type))
        elif token.kind == "{":
            return self._object()
        elif token.kind in {STRING, BLOCK}:
            self.strings.append(token.value)
        elif token.kind == NAME and self.expects is Kind.VARIABLE and self.type:
            self.names.wanted.setdefault(token.value, str(self.type))
        return None

    def _object(self) -> Entries:
        inner = get_named_type(self.type) if self.type else None
        return Object(self.names, self, self.opener, inner)


class Entries(Values):
    """``( ... )`` after a field or a directive: names with values."""

    closer = ")"

    def __init__(
        self,
        names: Names,
        above: Frame | None,
        opener: str,
        entries: Mapping[str, GraphQLArgument | GraphQLInputField],
    ) -> None:
        super().__init__(names, above, opener)
        self.entries = entries
        self.expects = Kind.ENTRY
        self.last = ""
        self.inner: dict[str, Values] = {}

    def take(self, token: Token) -> Frame | None:
        """Read one token; return the frame that it opens."""
        if token.kind == ":":
            self.expects = Kind.VALUE
        elif self.expects is Kind.ENTRY:
            self._name(token)
        else:
            made = self._value(token)
            if token.kind != "$":
                self.expects = Kind.ENTRY
            if isinstance(made, Values):
                made.opener = self.last
                self.inner[self.last] = made
            return made
        return None

    def _name(self, token: Token) -> None:
        if token.kind == NAME:
            self.last = token.value
            self.chosen.add(token.value)
            entry = self.entries.get(token.value)
            self.type = entry.type if entry else None


class Object(Entries):
    """``{ ... }`` in a value: an input object; ``filled`` is its type, None where that is unknown."""

    closer = "}"

    def __init__(self, names: Names, above: Frame | None, opener: str, kind: Any) -> None:
        self.filled = kind if isinstance(kind, GraphQLInputObjectType) else None
        super().__init__(names, above, opener, self.filled.fields if self.filled else {})


class Items(Values):
    """``[ ... ]``: values of one type."""

    closer = "]"

    def __init__(self, names: Names, above: Frame | None, opener: str, kind: GraphQLInputType | None) -> None:
        super().__init__(names, above, opener)
        self.type = kind
        self.expects = Kind.VALUE

    def take(self, token: Token) -> Frame | None:
        """Read one token; return the frame that it opens."""
        made = self._value(token)
        if token.kind == NAME:
            self.chosen.add(token.value)
        if token.kind != "$":
            self.expects = Kind.VALUE
        return made


def item_type(kind: GraphQLInputType | None) -> Any:
    """Return what a list holds; a value that stands for a list of one is as good."""
    bare = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    return bare.of_type if isinstance(bare, GraphQLList) else bare
