"""The text of ``type Mutation`` and its inputs, derived from what the catalogue says of writing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from motoolkit.catalogue import CATALOGUE, WRITINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.catalogue import Action, Writing

_FIXED: Final = """
input RAValidityInput { from: DateTime! to: DateTime }
input RAOpenValidityInput { from: DateTime to: DateTime }
input ValidityInput { from: DateTime to: DateTime }
input RelatedUnitsUpdateInput {
  uuid: UUID origin: UUID! destination: [UUID!] validity: RAValidityInput!
}
input OrganisationCreate { municipality_code: Int }
"""

_FIXED_FIELDS: Final = """
  related_units_update(input: RelatedUnitsUpdateInput!): RelatedUnitResponse!
  org_create(input: OrganisationCreate!): Organisation!
"""

_BIRTH_GIVES_THE_START: Final = ("person", "create")
"""The one input without a validity."""


def mutation_types() -> Iterator[str]:
    """Yield the input types."""
    yield _FIXED
    for writing in WRITINGS.values():
        for action in ("create", "update"):
            yield _input(writing, action)
        vacate = "vacate: Boolean! = false" if writing.kind == "person" else ""
        name = writing.input_type("terminate")
        yield f"input {name} {{ uuid: UUID! from: DateTime to: DateTime! {vacate} }}"


def mutation_fields() -> Iterator[str]:
    """Yield the fields of ``type Mutation``."""
    yield _FIXED_FIELDS
    for writing in WRITINGS.values():
        response = CATALOGUE[writing.collection].response_type
        for action in writing.actions:
            argument = "uuid: UUID!" if action == "delete" else f"input: {writing.input_type(action)}!"
            yield f"{writing.mutation(action)}({argument}): {response}!"
        for name, action in writing.plural.items():
            yield f"{name}(input: [{writing.input_type(action)}!]!): [{response}!]!"


def _input(writing: Writing, action: Action) -> str:
    fields = ["uuid: UUID!" if action == "update" else "uuid: UUID"]
    if (writing.kind, action) != _BIRTH_GIVES_THE_START:
        fields.append(f"validity: {writing.validity}!")
    for given in writing.of(action):
        default = "" if given.default is None else f" = {json.dumps(given.default)}"
        fields.append(f"{given.name}: {given.graphql_type(action)}{default}")
        if given.twin:
            fields.append(f"{given.twin}: {given.type}")
    return f"input {writing.input_type(action)} {{ {' '.join(fields)} }}"
