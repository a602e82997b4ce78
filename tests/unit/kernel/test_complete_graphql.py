"""What is offered at each place of a GraphQL document; the bar is the cursor."""

from __future__ import annotations

import pytest
from graphql import build_schema
from hypothesis import given
from hypothesis import strategies as st

from motoolkit.kernel.completion._cursor import find_place
from motoolkit.kernel.completion._offers import offers

SCHEMA = build_schema('''
scalar int
scalar UUID
enum Model { PERSON UNIT OLD @deprecated(reason: "Use 'UNIT' instead.") }
input PersonFilter { uuids: [UUID!] = null  name: [String!]  boss: PersonFilter  models: [Model!]
  employees: [UUID!] = null @deprecated(reason: "Replaced by the 'boss' filter") }
type Query {
  old_persons: Page! @deprecated(reason: """
    Will be removed in a future version of GraphQL.
    Use `persons` instead.
  """)
  persons(filter: PersonFilter = null, limit: int, deep: Boolean): Page!
  actor: Actor!
}
type Mutation { person_create(input: PersonInput!): Person! }
input PersonInput { user_key: String  note: String! = ""  name: String!  model: Model! }
type Page { objects: [Person!]! }
interface Actor { uuid: UUID! }
type Person implements Actor { uuid: UUID!  name: String!  address_type(at: int): String }
type Robot implements Actor { uuid: UUID!  key: String! }
''')


PIECES = (
    *"{}()[]:$@#=!|&\\\n ,~-é",
    *("...", '"', '"""', "query", "mutation ", "fragment ", " on ", "persons ", "objects ", "filter"),
    *("limit", "x", "include", "true", "1", "1.", "Robot", "int", '"\\u12', "\N{GRINNING FACE}"),
)


def offered(document, **python):
    """Return what is offered at the bar, with what is told of it."""
    place = find_place(document.replace("|", "", 1), document.index("|"), SCHEMA)
    return [tuple(offer) for offer in offers(place, python)] if place else None


def texts(document, **python):
    """Return what is offered at the bar."""
    return [text for text, _ in offered(document, **python) or ()]


def test_fields_come_with_their_types_and_deprecated_ones_last():
    """What replaces a deprecated field is told in a line."""
    assert offered("{ |") == [
        ("persons", "Page!"),
        ("actor", "Actor!"),
        ("__typename", "String!"),
        ("old_persons", "Page!, deprecated: use persons"),
    ]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("|", ["query", "mutation", "fragment"]),
        ("mut|", ["mutation"]),
        ("{ per|", ["persons"]),
        ("{ PER|", ["persons"]),
        ("{ persons { objects { type|", ["address_type", "__typename"]),
        ("{ persons { | } }", ["objects", "__typename"]),
        ("query Q { persons { objects { na|", ["name"]),
        ("{ page: per|", ["persons"]),
        ("mutation { |", ["person_create", "__typename"]),
        ("{ persons(|", ["filter", "limit", "deep"]),
        ("{ persons(limit: 5, |) { objects { name } } }", ["filter", "deep", "limit"]),
        ("{ persons(filter: |", ["{", "null"]),
        ("{ persons(filter: {|", ["uuids", "name", "boss", "models", "employees"]),
        ("{ persons(filter: {boss: {boss: {na|", ["name"]),
        ("{ persons(filter: {models: |", ["PERSON", "UNIT", "OLD", "null"]),
        ("{ persons(filter: {models: [PERSON, U|", ["UNIT"]),
        ("{ persons(filter: {models: [PERSON, |]}) }", ["UNIT", "PERSON", "OLD"]),
        ("mutation { person_create(input: {|", ["name", "model", "user_key", "note"]),
        ("mutation { person_create(input: {name: null, |", ["model", "user_key", "note", "name"]),
        ("{ persons(deep: |", ["true", "false", "null"]),
        ("mutation { person_create(input: {name: null, model: |", ["PERSON", "UNIT", "OLD"]),
        ("{ actor { ...|", ["on Actor", "on Person", "on Robot"]),
        ("{ actor { ... on |", ["Actor", "Person", "Robot"]),
        ("{ actor { ... on Robot { k|", ["key"]),
        ("{ actor { ... @include(if: true) { u|", ["uuid"]),
        ("{ actor { ...F| } } fragment Full on Robot { key }", ["Full"]),
        ("fragment Full on Ro|", ["Robot"]),
        ("fragment Full on Robot { ke|", ["key"]),
        ("{ persons @|", ["include", "skip"]),
        ("{ persons @include(|", ["if"]),
        ("{ persons @include(if: t|", ["true"]),
        ("query ($n: in|", ["int"]),
        ("query ($n: [UU|", ["UUID"]),
        ("query ($n: Mod|el!) { actor { uuid } }", ["Model"]),
        ("query ($m: Model = |", ["PERSON", "UNIT", "OLD", "null"]),
    ],
)
def test_what_fits_is_offered(document, expected):
    """Whatever comes after it, and however unfinished it is."""
    assert texts(document) == expected


def test_fields_that_are_selected_already_come_after_the_others():
    """Before the cursor or after it; the word that is being written does not count."""
    assert texts("{ persons { objects { uuid | } } }") == ["name", "address_type", "__typename", "uuid"]
    assert texts("{ persons { objects { | name } } }") == ["uuid", "address_type", "__typename", "name"]
    assert texts("{ persons { objects { n|ame } } }") == ["name"]


def test_an_alias_is_not_the_field_of_its_name():
    """``name: uuid`` chooses the UUID."""
    assert texts("{ persons { objects { name: uuid | } } }")[0] == "name"


def test_variables_of_the_right_type_come_first():
    """Then the others, then Python's names."""
    document = "query ($f: PersonFilter, $l: int) { persons(limit: |) { objects { uuid } } }"
    assert offered(document, size="Python int") == [
        ("$l", "int"),
        ("$f", "PersonFilter"),
        ("$size", "Python int"),
        ("null", "int"),
    ]


def test_what_follows_the_cursor_does_not_change_what_is_wanted_there():
    """The arguments after it have types of their own."""
    assert texts("{ persons(deep: |, limit: 5) { objects { uuid } } }") == ["true", "false", "null"]
    assert (
        texts("query ($a: |, $b: int) { persons(deep: $a, limit: $b) { objects { uuid } } }")[0] == "Boolean"
    )


def test_variables_are_offered_after_the_dollar():
    """Without writing it twice."""
    assert offered("query ($lim: int) { persons(limit: $l|", limit="Python int") == [
        ("lim", "int"),
        ("limit", "Python int"),
    ]


def test_what_is_used_and_not_declared_is_offered_for_declaring():
    """With the type that its place has."""
    assert offered("query (|) { persons(limit: $n, filter: {models: [$m]}) { objects { uuid } } }") == [
        ("$n: int", "used below"),
        ("$m: Model!", "used below"),
    ]
    assert texts("query ($|) { persons(limit: $n) { objects { uuid } } }") == ["n: int"]
    assert texts("query ($n: |) { persons(limit: $n) { objects { uuid } } }")[0] == "int"


def test_a_default_is_no_variable():
    """GraphQL wants a constant there."""
    assert texts("query ($a: int, $b: int = |", size="Python int") == ["null"]


@pytest.mark.parametrize(
    "document",
    [
        "{ # per|",
        '{ persons(filter: {name: "per|sons"}) }',
        '{ "per|',
        "query Na|me { actor { uuid } }",
        "{ persons(limit: 1|0) }",
    ],
)
def test_nothing_is_offered_where_nothing_can_be_said(document):
    """Comments, texts, numbers and names of one's own."""
    assert not offered(document)


@pytest.mark.parametrize(
    "document",
    [
        '{ persons(filter: {name: "unfinished) { objects { \n|',
        "{ persons(filter: {name: [} ) { |",
        "{ persons(filter: {uuids: []} { |",
        "{ ~persons æ { \\ |",
        "}}) { persons { |",
        "{ persons ( ] { |",
    ],
)
def test_what_is_broken_does_not_spoil_what_follows(document):
    """Strings that are not closed, brackets that do not match, and what is no GraphQL."""
    assert "objects" in texts(document) or "uuids" in texts(document)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), st.integers(0, 200))
def test_whatever_is_typed_is_borne(text, cursor):
    """Any text, and the cursor anywhere in it; what is offered replaces what was typed."""
    at = min(cursor, len(text))
    place = find_place(text, at, SCHEMA)
    if place is not None:
        offers(place, {"x": "Python int"})
        assert text[:at].endswith(place.fragment)


def test_no_prefix_of_a_real_document_fails(conformance):
    """Every keystroke of a document is answered, on the real v30 schema."""
    schema = build_schema((conformance / "schema" / "v30.graphql").read_text(), assume_valid=True)
    document = """query ($f: EmployeeFilter = {query: "x"}) @skip(if: false) {
      page: persons(filter: $f, limit: 5) { objects { uuid current(at: "2026-01-01") { ...N } } # end
      me { actor { ... on SpecialActor { key @include(if: true) } } } } }
    fragment N on Employee {
      name addresses_response(filter: {address_type: {user_keys: ["a", \"""b\"""]}})
    }"""
    for cursor in range(len(document) + 1):
        for text in (document, document[:cursor]):
            place = find_place(text, cursor, schema)
            assert place is None or all(offer.text for offer in offers(place, {"x": "Python int"}))
