"""What hover help tells; the bar is the cursor."""

from __future__ import annotations

import pytest
from graphql import build_schema

from motoolkit.errors import InputError
from motoolkit.kernel.completion._help import help_for
from motoolkit.kernel.completion._paths import explained, paths


@pytest.fixture(scope="module")
def schema(conformance):
    """MO's own, v30."""
    return build_schema((conformance / "schema" / "v30.graphql").read_text(), assume_valid=True)


def told(document, schema):
    """Return the help at the bar."""
    return help_for(document.replace("|", "", 1), document.index("|"), schema)


def test_a_field_tells_its_type_its_role_and_its_arguments(schema):
    """All of it."""
    assert told("{ classe|s(limit: 1) { objects { uuid } } }", schema) == (
        "**Query.classes**: ClassResponsePaged!\n\n"
        "Get classes.\n\n"
        "Needs the role read_class.\n\n"
        "Arguments:\n\n"
        "- filter: ClassFilter\n"
        "- limit: int\n"
        "- cursor: Cursor\n\n"
        "Fields: objects, page_info"
    )


@pytest.mark.parametrize(
    ("document", "first"),
    [
        ("{ pa|ge: classes { objects { uuid } } }", "**Query.classes**: ClassResponsePaged!"),
        ("{ classes { objects|", "**ClassResponsePaged.objects**: [ClassResponse!]!"),
        ("{ classes(|", "**Query.classes**: ClassResponsePaged!"),
        ("{ classes { | objects", "**Query.classes**: ClassResponsePaged!"),
        ("{ classes(fil|ter: {}) { objects { uuid } } }", "**filter**: ClassFilter"),
        ("{ classes(filter: {fac|et: {", "**facet**: FacetFilter"),
        ("{ classes(filter: {facet: {|", "**facet**: FacetFilter"),
        ('{ classes(filter: {scope: ["TE|XT', "**scope**: [String!]"),
        ("{ access_log(filter: {models: [ORG|ANISATION]", "**ORGANISATION**: AccessLogModel"),
        ("query ($f: ClassF|ilter) { classes(filter: $f) { objects { uuid } } }", "**ClassFilter**: input"),
        ("query ($f: ClassFilter) { classes(filter: $|f) { objects { uuid } } }", "**$f**: ClassFilter"),
        ("{ classes(filter: $|f) { objects { uuid } } }", "**$f**"),
        ("{ me { actor { ... on Special|Actor { key } } } }", "**SpecialActor**: object"),
        (
            "{ me { actor { ...F| } } } fragment F on SpecialActor { key }",
            "**...F**: fragment on SpecialActor",
        ),
        ("{ me @inc|lude(if: true) { email } }", "**@include**: directive"),
        ("mutation { class_cr|eate(", "**Mutation.class_create**: ClassResponse!"),
    ],
)
def test_every_kind_of_name_is_explained(document, first, schema):
    """Finished or not; between names it is what the brackets belong to."""
    assert told(document, schema).splitlines()[0] == first


def test_a_deprecated_field_tells_what_to_use(schema):
    """In MO's own words."""
    assert "Deprecated: Use actor_object." in told(
        "{ classes { objects { registrations { actor| } } } }", schema
    )


def test_a_default_is_told_unless_it_is_null():
    """As GraphQL writes it."""
    own = build_schema("input I { a: [Int!]! = [1]  b: Int = null } type Query { f(i: I = {b: 2}): Int }")
    assert told("{ f|", own) == "**Query.f**: Int\n\nArguments:\n\n- i: I = { b: 2 }"
    assert told("{ f(i|", own) == "**i**: I = { b: 2 }\n\nFields:\n\n- a: [Int!]! = [1]\n- b: Int"


def test_a_relation_tells_the_role_of_what_it_leads_to(schema):
    """MO denies per field."""
    document = "{ classes { objects { current { facet_respon|se { uuid } } } } }"
    assert "Needs the role read_facet." in told(document, schema)


@pytest.mark.parametrize("document", ["{ nonsen|se }", "# com|ment", "|", "query Na|me { me { email } }"])
def test_what_is_unknown_is_not_explained(document, schema):
    """Names of one's own and names that MO lacks."""
    assert told(document, schema) is None


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("classes", "**Query.classes**: ClassResponsePaged!"),
        ("classes.filter.facet.user_keys", "**user_keys**: [String!]"),
        ("classes.objects.uuid", "**ClassResponse.uuid**: UUID!"),
        ("class_create", "**Mutation.class_create**: ClassResponse!"),
        ("Class.name", "**Class.name**: String!"),
        ("ClassFilter", "**ClassFilter**: input"),
        ("AccessLogModel", "**AccessLogModel**: enum"),
    ],
)
def test_a_name_is_explained_without_a_document(name, first, schema):
    """A path through fields, arguments and types."""
    assert repr(explained(name, schema)).splitlines()[0] == first


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("", "Tab after %mo help offers them."),
        ("clases", "Did you mean classes"),
        ("classes.nope", "Known: cursor, filter, limit, objects, page_info."),
        ("Class.name.nope", "Known: none."),
    ],
)
def test_a_name_that_mo_lacks_is_refused(name, remedy, schema):
    """With the nearest names, or those that there are if they are few."""
    with pytest.raises(InputError) as refused:
        explained(name, schema)
    assert refused.value.remedy.startswith(remedy)


def test_names_are_offered_a_step_at_a_time(schema):
    """Arguments and fields of what has been typed up to the last dot."""
    assert [tuple(offer) for offer in paths("classes.filter.facet.us", schema)][:2] == [
        ("classes.filter.facet.uuids", "[UUID!]"),
        ("classes.filter.facet.user_keys", "[String!]"),
    ]
    assert [offer.text for offer in paths("classes.", schema)] == [
        "classes.objects",
        "classes.page_info",
        "classes.filter",
        "classes.limit",
        "classes.cursor",
    ]
    assert paths("nope.", schema) == []
    assert ("Class", "type") in [tuple(offer) for offer in paths("Cl", schema)]
