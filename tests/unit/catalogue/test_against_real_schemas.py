"""The catalogue against the schemas that a real MO published."""

from __future__ import annotations

from functools import cache, partial

import pytest
from graphql import build_schema, parse, validate
from graphql.validation import NoDeprecatedCustomRule

from motoolkit.catalogue import CATALOGUE, MUTATION_ROLES, WRITINGS, as_of_document, read_document

VERSIONS = (22, 25, 28, 29, 30)


@cache
def _schema(path):
    return build_schema(path.read_text(), assume_valid=True)


@pytest.fixture(params=VERSIONS)
def version(request):
    """Each of the versions whose schema is at hand."""
    return request.param


@pytest.fixture
def schema(conformance, version):
    """The schema of a real MO at that version."""
    return _schema(conformance / "schema" / f"v{version}.graphql")


@pytest.mark.parametrize("name", CATALOGUE)
@pytest.mark.parametrize("document", [read_document, partial(read_document, asserted=True), as_of_document])
def test_every_generated_document_is_valid(schema, version, name, document):
    """A real MO would accept each document that the catalogue generates."""
    assert validate(schema, parse(document(CATALOGUE[name], version))) == []


def test_a_document_with_an_unknown_field_is_not_valid(schema):
    """The check above can fail."""
    assert validate(schema, parse("{ engagements { objects { uuid nope } } }"))


@pytest.mark.parametrize("name", CATALOGUE)
def test_generated_documents_use_deprecated_fields_for_several_links_only(schema, version, name):
    """Trap: deprecated twins are N+1 and blow up on ended classes; the slice's own UUIDs do neither."""
    several = {r.uuids_field for r in CATALOGUE[name].references if r.many}
    errors = validate(schema, parse(read_document(CATALOGUE[name], version)), [NoDeprecatedCustomRule])
    assert {e.nodes[0].name.value for e in errors} == several


@pytest.mark.parametrize("name", CATALOGUE)
def test_scalars_have_their_real_types(schema, name):
    """Each scalar and each twin of it has the type that the real schema gives it."""
    fields = schema.type_map[CATALOGUE[name].type].fields
    for scalar in CATALOGUE[name].scalars:
        assert str(fields[scalar.name].type) == scalar.graphql_type, scalar.name
        for twin, kind in scalar.twins.items():
            assert str(fields[twin].type) == kind, twin
            assert fields[twin].deprecation_reason, twin


@pytest.mark.parametrize("name", CATALOGUE)
def test_references_have_their_real_types(schema, name):
    """Each reference points at the collection that the real schema says, and so do its twins."""
    fields = schema.type_map[CATALOGUE[name].type].fields
    for reference, target in CATALOGUE[name].targets(CATALOGUE):
        ending = "Paged!" if reference.many else "!" if reference.required else ""
        assert str(fields[reference.field].type) == f"{target.response_type}{ending}", reference.name
        for twin, kind in reference.twins.items():
            assert str(fields[twin].type) == kind, twin


@pytest.mark.parametrize("name", CATALOGUE)
def test_listings_exist_from_the_version_that_they_say(schema, version, name):
    """``managers_response`` came with v24; all other listings are in every version."""
    fields = schema.type_map[CATALOGUE[name].type].fields
    for listing in CATALOGUE[name].listings:
        assert (listing.field in fields) == (listing.since <= version), listing.field
        target = CATALOGUE[listing.target]
        assert target.reference(listing.by).target == name
        if listing.twin:
            assert listing.twin in fields


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_start_is_open_only_where_mo_says_so(schema, name):
    """Persons, classes, facets and itsystems may be valid from minus infinity."""
    collection = CATALOGUE[name]
    validity = schema.type_map[collection.type].fields["validity"].type
    assert str(validity) == f"{collection.validity_type}!"
    assert str(schema.type_map["Query"].fields[name].args["filter"].type) == collection.filter_type


@pytest.mark.parametrize("kind", list(WRITINGS))
def test_the_inputs_of_mutations_are_the_real_ones(schema, kind):
    """Every input has the fields, types and needs that the catalogue says, and no other."""
    writing = WRITINGS[kind]
    for action in ("create", "update"):
        real = {
            name: str(field.type)
            for name, field in schema.type_map[writing.input_type(action)].fields.items()
        }
        ours = {given.name: given.graphql_type(action) for given in writing.of(action)}
        ours |= {given.twin: given.type for given in writing.of(action) if given.twin}
        ours["uuid"] = "UUID!" if action == "update" else "UUID"
        if "validity" in real:
            ours["validity"] = f"{writing.validity}!"
        assert real == ours


@pytest.mark.parametrize("kind", list(WRITINGS))
def test_the_mutations_are_the_real_ones(schema, kind):
    """Every action and every plural exists under the name that the catalogue gives."""
    writing = WRITINGS[kind]
    for action in writing.actions:
        assert writing.mutation(action) in schema.mutation_type.fields
    for mutation, action in writing.plural.items():
        argument = schema.mutation_type.fields[mutation].args["input"]
        assert str(argument.type) == f"[{writing.input_type(action)}!]!"


@pytest.mark.parametrize("kind", list(WRITINGS))
def test_inputs_fill_fields_of_the_collection(kind):
    """What an input fills is a stored field of the collection that it writes to."""
    writing = WRITINGS[kind]
    stored = {field.name for field in CATALOGUE[writing.collection].stored}
    assert {given.field for given in writing.inputs if given.field} <= stored


def test_every_mutation_of_objects_has_a_role(schema):
    """Also the plural ones; the words are MO's own (read in its source)."""
    objects = {name for name in schema.mutation_type.fields if not name.startswith(("event_", "upload_"))}
    assert objects - {"org_create"} == MUTATION_ROLES.keys() & schema.mutation_type.fields.keys()
    assert MUTATION_ROLES["addresses_create"] == "create_address"
    assert MUTATION_ROLES["employee_update"] == "update_employee"
    assert MUTATION_ROLES["itassociation_terminate"] == "terminate_association"
    assert MUTATION_ROLES["related_units_update"] == "update_related_unit"
    assert MUTATION_ROLES["class_refresh"] == "refresh_class"
