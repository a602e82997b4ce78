"""GraphQL documents, parsed and held against MO's schema before anything is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import compress
from typing import TYPE_CHECKING, Any, Final, cast

from gql import GraphQLRequest, gql
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoDeprecatedCustomRule,
    OperationDefinitionNode,
    OperationType,
    print_ast,
    print_source_location,
    validate,
)
from graphql.execution.values import VariableValues, get_variable_values

from motoolkit.catalogue import CATALOGUE, Scalar
from motoolkit.client._declaring import declare
from motoolkit.client._filters import check_filter, check_literal_filters
from motoolkit.errors import SchemaError
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from motoolkit.catalogue import Listing, Reference

Document = str | GraphQLRequest | DocumentNode

_NO_FIELD: Final = re.compile(r"^Cannot query field '\w+' on type '(\w+)'")
_FEW: Final = 20
_SYNTAX_REMEDY: Final = "Look for a brace, bracket or quotation mark too many or too few before the caret."
_CONSUMING: Final = frozenset({"event_fetch"})
"""Query fields that change something in MO all the same (measured)."""


class DeprecatedFieldWarning(UserWarning):
    """A document uses a field that MO will remove; each field is told once a client."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that fits the schema.

    ``repeatable`` tells whether it may be sent twice: it is a query and consumes nothing.
    """

    text: str
    document: DocumentNode
    operation: OperationDefinitionNode
    deprecated: tuple[str, ...]

    @property
    def is_query(self) -> bool:
        """Whether it reads only, as far as GraphQL knows."""
        return self.operation.operation is OperationType.QUERY

    @property
    def repeatable(self) -> bool:
        """Whether sending it twice does no harm."""
        names = {s.name.value for s in self.operation.selection_set.selections if isinstance(s, FieldNode)}
        return self.is_query and not names & _CONSUMING

    def answers_as(self, key: str) -> bool:
        """Tell whether a top-level field answers under this name."""
        fields = [s for s in self.operation.selection_set.selections if isinstance(s, FieldNode)]
        return any((f.alias or f.name).value == key for f in fields)

    def declares(self, variable: str) -> bool:
        """Tell whether the document takes a variable of this name."""
        return any(v.variable.name.value == variable for v in self.operation.variable_definitions or ())


def document_text(document: Document) -> str:
    """Return a document as text: as it was written, or printed by graphql-core."""
    if isinstance(document, str):
        return document
    return print_ast(document.document if isinstance(document, GraphQLRequest) else document)


def prepare(text: str, schema: GraphQLSchema, version: int, given: Iterable[str] = ()) -> Prepared:
    """Parse a document and check it.

    Args:
        text: the document.
        schema: what it is held against.
        version: the GraphQL version of the schema.
        given: variables that are declared for a document that uses them without declaring them.

    Raises:
        SchemaError: it is no GraphQL, asks for what MO lacks, holds several operations, or a filter of which
            MO would not read all.
    """
    try:
        document = gql(text).document
    except GraphQLError as error:
        raise _schema_error(error, [error], schema, version) from None
    _operation(document)
    declared = declare(document, schema, given)
    if errors := sorted(validate(schema, declared), key=_is_leftover):
        raise _schema_error(errors[0], errors, schema, version)
    check_literal_filters(declared)
    warned = validate(schema, declared, [NoDeprecatedCustomRule])
    told = tuple(_one_line(e.message) for e in warned)
    sent = text if declared is document else print_ast(declared)
    return Prepared(sent, declared, _operation(declared), told)


def check_variables(prepared: Prepared, schema: GraphQLSchema, variables: Mapping[str, Any]) -> None:
    """Hold the variables against what the document declares; MO would ignore one that it does not know.

    Raises:
        SchemaError: a variable is unknown, missing, of the wrong kind, or a filter of which MO would not
            read all.
    """
    declared = [v.variable.name.value for v in prepared.operation.variable_definitions or ()]
    for name in variables:
        if name not in declared:
            near = get_close_matches(name, declared, n=1)
            raise SchemaError(
                f"The document declares no variable ${name}.",
                remedy=f"Did you mean ${near[0]}?" if near else _listed("It declares", declared),
            )
    coerced = get_variable_values(schema, prepared.operation.variable_definitions or (), dict(variables))
    if not isinstance(coerced, VariableValues):
        raise SchemaError(_one_line(coerced[0].message), remedy="Correct the variable.")
    check_filter(variables)


def _listed(lead: str, names: Sequence[str]) -> str:
    return f"{lead} {', '.join(f'${n}' for n in names) or 'none'}."


def _operation(document: DocumentNode) -> OperationDefinitionNode:
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if len(operations) != 1:
        raise SchemaError(
            f"The document holds {len(operations)} operations.",
            remedy="Send one at a time: MO would run the first and leave out the rest without a word.",
        )
    return operations[0]


def _schema_error(
    error: GraphQLError, errors: Sequence[GraphQLError], schema: GraphQLSchema, version: int
) -> SchemaError:
    location = error.locations[0] if error.locations else None
    sentence, _, near = _one_line(error.message).partition(" Did you mean ")
    where = f"Line {location.line}, column {location.column}: " if location else ""
    remedies = [
        f"Did you mean {near}" if near else _offered(sentence, schema),
        _newer(error, version),
        _own_scalar(sentence),
        _SYNTAX_REMEDY if isinstance(error, GraphQLSyntaxError) else "",
        _and_more(len(errors) - 1),
    ]
    return SchemaError(
        f"{where}{sentence}",
        remedy=" ".join(filter(None, remedies)) or f"See what MO's GraphQL v{version} offers.",
        line=location.line if location else None,
        column=location.column if location else None,
        excerpt=_excerpt(error),
    )


def _is_leftover(error: GraphQLError) -> bool:
    """Tell whether an error may be gone when the others are: a variable that nothing uses."""
    return " is never used" in error.message


def _and_more(count: int) -> str:
    return {0: "", 1: "There is one more error."}.get(count, f"There are {count} more errors.")


def _excerpt(error: GraphQLError) -> tuple[str, ...]:
    """Return the lines around an error with a caret below it."""
    if not error.source or not error.locations:
        return ()
    _, *shown = print_source_location(error.source, error.locations[0]).splitlines()
    caret = next(number for number, line in enumerate(shown) if line.endswith("^"))
    told = (
        number in {caret - 1, caret} or line.partition("|")[2].strip() for number, line in enumerate(shown)
    )
    return tuple(mask_all(line) for line in compress(shown, told))


def _offered(sentence: str, schema: GraphQLSchema) -> str:
    """List the fields of a small type: who forgot ``current`` sees that nothing else leads on."""
    found = _NO_FIELD.search(sentence)
    kind = schema.type_map.get(found[1]) if found else None
    if not isinstance(kind, GraphQLObjectType) or len(kind.fields) > _FEW:
        return ""
    names = [name for name, field in kind.fields.items() if field.deprecation_reason is None]
    return f"{kind.name} has {', '.join(sorted(names))}."


def _newer(error: GraphQLError, version: int) -> str:
    """Tell which version has a field that this one lacks, where the catalogue knows."""
    node = error.nodes[0] if error.nodes else None
    if not isinstance(node, FieldNode):
        return ""
    since = _SINCE.get(node.name.value, 0)
    return f"GraphQL v{since} and later have it; this is v{version}." if since > version else ""


def _own_scalar(sentence: str) -> str:
    fits = "'Int'" in sentence and "'int'" in sentence
    return "MO's limits are of its own scalar: declare $limit: int." if fits else ""


def _one_line(text: str) -> str:
    return mask_all(" ".join(text.split()))


_SINCE: Final[Mapping[str, int]] = {
    (described.name if isinstance(described, Scalar) else described.field): described.since
    for collection in CATALOGUE.values()
    for described in cast(
        "Iterable[Scalar | Reference | Listing]",
        (*collection.scalars, *collection.references, *collection.listings),
    )
}
