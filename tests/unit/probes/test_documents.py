"""Documents taken apart, held against a real MO's schema."""

from __future__ import annotations

import pytest
from graphql import build_schema, parse, print_ast, validate

from motoolkit.errors import SchemaError
from motoolkit.probes import SUITE, Probe
from motoolkit.probes._documents import all_instead, counted, cut, instead, joined, label, places, without
from motoolkit.probes._links import Nature

DOCUMENT = """{ engagements { objects { uuid current { user_key
  person { name addresses { value } } job_function_response { current { name } } } } } }"""


@pytest.fixture(scope="module")
def schema(conformance):
    """Return a real MO's schema."""
    return build_schema((conformance / "schema" / "v30.graphql").read_text(), assume_valid=True)


def one_line(document):
    """Return a document on one line."""
    return " ".join(print_ast(document).split())


def found(schema, document=DOCUMENT):
    """Return the nested fields by their labels."""
    return {label(place.path): place for place in places(parse(document), schema)}


def test_nested_fields_are_told_by_what_the_catalogue_knows(schema):
    """What stands between an object and its values is no field of its own."""
    told = {
        name: (place.link.nature, place.link.targets, place.depth) for name, place in found(schema).items()
    }
    assert told == {
        "person": (Nature.TWIN, ("persons",), 1),
        "person.addresses": (Nature.LIST_TWIN, ("addresses",), 2),
        "job_function_response": (Nature.RESPONSE, ("classes",), 1),
    }


def test_a_field_is_left_out_with_all_that_is_in_it(schema):
    """And nothing is left empty."""
    document = "{ engagements { objects { current { person { name } } } } }"
    (place,) = places(parse(document), schema)
    assert one_line(without(parse(document), place.path)) == (
        "{ engagements { objects { current { __typename } } } }"
    )


def test_variables_that_nothing_uses_any_more_are_not_declared(schema):
    """MO refuses a document that declares one."""
    document = """query($at: DateTime) { engagements { objects { current {
      user_key person_response { current(at: $at) { name } } } } } }"""
    (place,) = places(parse(document), schema)
    assert one_line(without(parse(document), place.path)) == (
        "{ engagements { objects { current { user_key } } } }"
    )


def test_a_deprecated_field_is_replaced_under_its_own_key(schema):
    """By the catalogue; a list gets its objects."""
    changed = instead(parse(DOCUMENT), found(schema)["person"])
    assert "person: person_response { current { name addresses { value } } }" in one_line(changed)
    both = one_line(all_instead(parse(DOCUMENT), found(schema).values()))
    assert "addresses: addresses_response { objects { current { value } } }" in both
    assert validate(schema, parse(both)) == []


def test_a_field_that_is_read_flat_leaves_its_key(schema):
    """A link leaves the UUID that it is joined by; a list leaves nothing, its own objects hold the key."""
    assert "person_key: person_response { uuid }" in one_line(
        joined(parse(DOCUMENT), found(schema)["person"])
    )
    assert "addresses" not in one_line(joined(parse(DOCUMENT), found(schema)["person.addresses"]))


def test_a_document_is_cut_at_a_depth(schema):
    """Depth 1 keeps what hangs on the objects themselves."""
    document = parse(DOCUMENT)
    assert "addresses" not in one_line(cut(document, found(schema).values(), 1))
    assert one_line(cut(document, found(schema).values(), 0)) == (
        "{ engagements { objects { uuid current { user_key } } } }"
    )


def test_leaders_that_are_looked_for_further_up_are_a_walk(schema):
    """``inherit`` makes a list climb the tree."""
    document = """{ org_units { objects { current { managers_response(inherit: true) { objects { uuid } }
      child_count ancestors { name } } } } }"""
    told = {name: place.link.nature for name, place in found(schema, document).items()}
    assert told == dict.fromkeys(["managers_response", "child_count", "ancestors"], Nature.CLIMB)


def test_parents_are_counted_in_the_answer():
    """Through lists, and not where there is nothing."""
    answer = {"objects": [{"current": {"person": [{"a": 1}, {"a": 2}]}}, {"current": None}]}
    assert counted(answer, ("objects",)) == 2
    assert counted(answer, ("objects", "current")) == 1
    assert counted(answer, ("objects", "current", "person")) == 2


@pytest.mark.parametrize("version", [22, 25, 30])
def test_every_query_of_the_suite_fits_mo(conformance, version):
    """And each form of it that is measured, in each version that serves the query."""
    schema = build_schema((conformance / "schema" / f"v{version}.graphql").read_text(), assume_valid=True)
    for probe in SUITE.values():
        if validate(schema, probe.tree):
            assert version < 25, probe.name
            continue
        for place in places(probe.tree, schema):
            for changed in (without(probe.tree, place.path), joined(probe.tree, place)):
                assert validate(schema, changed) == [], (probe.name, place.path)


def test_a_file_of_several_fields_becomes_a_probe_for_each(tmp_path):
    """MO loses a connection when one of several fails, so each is asked alone, with its own variables."""
    file = tmp_path / "mine.graphql"
    file.write_text(
        "query($keys: [String!], $at: DateTime) { org_units(filter: {user_keys: $keys}) { objects { ...U } } "
        "b: persons { objects { current(at: $at) { name } } } } "
        "fragment U on OrganisationUnitResponse { uuid }"
    )
    units, persons = Probe.read(file, {"keys": ["a"], "at": "2026-01-01"})
    assert (units.name, persons.name) == ("mine-org_units", "mine-b")
    assert units.given(units.tree) == {"keys": ["a"]}
    assert persons.given(persons.tree) == {"at": "2026-01-01"}
    assert "fragment" not in print_ast(units.tree)


@pytest.mark.parametrize("document", ["{ engagements {", "mutation { x }", "query A { a } query B { b }"])
def test_what_is_no_query_is_refused_by_name(document):
    """One sentence that names the probe."""
    with pytest.raises(SchemaError, match="The probe mine "):
        Probe.parts("mine", document)


def test_cpr_numbers_in_a_document_are_masked_in_results():
    """Results are kept, sent on and shown."""
    probe = Probe("mine", '{ persons(filter: {cpr_numbers: ["0101901234"]}) { objects { uuid } } }')
    assert "010190-xxxx" in probe.shown
    assert "0101901234" not in probe.shown
