"""A query to be measured: by name, one top-level field, a page of its collection at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLError, OperationDefinitionNode, parse, print_ast

from motoolkit.errors import InputError, SchemaError
from motoolkit.language import tr
from motoolkit.model import mask_all
from motoolkit.probes._documents import collection_of, inlined, only_top, tops, variables_used

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import DocumentNode

PAGE_SIZE: Final = 100
ENDINGS: Final = (".graphql", ".gql")


@dataclass(frozen=True, slots=True)
class Probe:
    """A query to be measured.

    Attributes:
        name: what results and comparisons call it.
        document: a query of one top-level field; MO loses a connection when one of several fails.
        title: what it is, for people.
        variables: its variables.
        page_size: how many objects are asked for at most; small fractions of it tell how times grow.
    """

    name: str
    document: str
    title: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)
    page_size: int = PAGE_SIZE

    @property
    def told(self) -> str:
        """The title in the language in use, else the name."""
        return tr(self.title) if self.title else self.name

    @property
    def shown(self) -> str:
        """The document as results keep it, CPR numbers masked."""
        return mask_all(self.document)

    @property
    def tree(self) -> DocumentNode:
        """The document, with its fragments where they are used.

        Raises:
            SchemaError: it is no query of one top-level field.
        """
        document = inlined(parsed(self.document, self.name))
        if (number := len(tops(document))) != 1:
            raise SchemaError(
                f"The probe {self.name} has {number} top-level fields.",
                remedy="Measure one at a time: Probe.read cuts a file into them.",
            )
        return document

    @property
    def collection(self) -> str:
        """The collection that it reads."""
        return collection_of(self.tree)

    def given(self, document: DocumentNode) -> dict[str, Any]:
        """Return the variables that a form of the document uses."""
        used = variables_used(document)
        return {name: value for name, value in self.variables.items() if name in used}

    @classmethod
    def read(
        cls, path: str | Path, variables: Mapping[str, Any] | None = None, *, page_size: int = PAGE_SIZE
    ) -> list[Probe]:
        """Return the probes of a file of GraphQL: one for each of its top-level fields.

        Args:
            path: of the file.
            variables: of the document; each probe takes those that it uses.
            page_size: how many objects are asked for at most.

        Raises:
            InputError: the file can not be read.
            SchemaError: it is no GraphQL, or no query.
        """
        file = Path(path).expanduser()
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
            raise InputError(f"{file} can not be read: {reason}.", remedy="Check the path.") from None
        return cls.parts(file.stem, text, variables, page_size=page_size)

    @classmethod
    def parts(
        cls,
        name: str,
        document: str,
        variables: Mapping[str, Any] | None = None,
        *,
        page_size: int = PAGE_SIZE,
    ) -> list[Probe]:
        """Return a probe for each top-level field of a document; of several, each is called after its field.

        Raises:
            SchemaError: it is no GraphQL, or no query.
        """
        tree = inlined(parsed(document, name))
        fields = tops(tree)
        given = dict(variables or {})
        if len(fields) == 1:
            return [cls(name, document, variables=given, page_size=page_size)]
        keys = [(top.alias or top.name).value for top in fields]
        return [
            cls(f"{name}-{key}", print_ast(only_top(tree, top)), variables=given, page_size=page_size)
            for key, top in zip(keys, fields, strict=True)
        ]


def parsed(document: str, name: str) -> DocumentNode:
    """Return a document that holds one operation.

    Raises:
        SchemaError: it is no GraphQL, holds another number of operations, or changes something.
    """
    try:
        tree = parse(document, no_location=True)
    except GraphQLError as error:
        raise SchemaError(
            f"The probe {name} is no GraphQL: {mask_all(' '.join(error.message.split()))}",
            remedy="Look for a brace, bracket or quotation mark too many or too few.",
        ) from None
    operations = [d for d in tree.definitions if isinstance(d, OperationDefinitionNode)]
    if len(operations) != 1 or operations[0].operation.value != "query":
        raise SchemaError(
            f"The probe {name} holds {len(operations)} operations, of which none may change anything.",
            remedy="Give it one query.",
        )
    return tree
