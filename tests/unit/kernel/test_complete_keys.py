"""User keys, where a filter wants them; the bar is the cursor."""

from __future__ import annotations

import pytest
from graphql import build_schema

from motoolkit.kernel.completion._cursor import find_place
from motoolkit.kernel.completion._fitting import fitting
from motoolkit.kernel.completion._keys import Key, key_offers, wants_keys

SCHEMA = build_schema("""
input ClassFilter { user_keys: [String!]  facet: FacetFilter  facet_user_keys: [String!]  name: [String!] }
input FacetBoundClassFilter { user_keys: [String!] }
input FacetFilter { user_keys: [String!] }
input ITSystemFilter { user_keys: [String!] }
input EngagementFilter { job_function: ClassFilter  user_keys: [String!] }
type Query {
  classes(filter: ClassFilter): Int
  bound(filter: FacetBoundClassFilter): Int
  itsystems(filter: ITSystemFilter): Int
  engagements(filter: EngagementFilter): Int
}
""")
KEYS = {
    "facets": [Key("engagement_job_function"), Key("visibility")],
    "classes": [
        Key("Intern", "Internal", "visibility"),
        Key("Leder", "Leder", "engagement_job_function"),
        Key("Public", "Public", "visibility"),
    ],
    "itsystems": [Key("AD", "Active Directory")],
}


def place_in(document):
    """Return where the bar is."""
    found = find_place(document.replace("|", "", 1), document.index("|"), SCHEMA)
    assert found is not None
    return found


def offered(document):
    """Return the keys that are offered at the bar."""
    place = place_in(document)
    return [offer.text for offer in fitting(key_offers(place, KEYS), place.fragment)]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ('{ classes(filter: {user_keys: ["|', ["Intern", "Leder", "Public"]),
        ('{ classes(filter: {user_keys: ["le|"]}) }', ["Leder"]),
        ('{ classes(filter: {user_keys: "P|', ["Public"]),
        ("{ classes(filter: {user_keys: [|", ['"Intern"', '"Leder"', '"Public"']),
        ('{ bound(filter: {user_keys: ["|', ["Intern", "Leder", "Public"]),
        ('{ classes(filter: {facet: {user_keys: ["|', ["engagement_job_function", "visibility"]),
        ('{ classes(filter: {facet_user_keys: ["v|', ["visibility"]),
        ('{ itsystems(filter: {user_keys: ["|', ["AD"]),
    ],
)
def test_keys_of_what_the_filter_finds_are_offered(document, expected):
    """With quotes where none are open."""
    assert offered(document) == expected


def test_keys_chosen_already_come_last():
    """Those after the cursor too."""
    assert offered('{ classes(filter: {user_keys: ["Intern", "|", "Leder"]})') == [
        "Public",
        "Intern",
        "Leder",
    ]


def test_a_named_facet_leaves_the_others_out():
    """Before the user keys or after them, in the new way and the old."""
    after = '{ classes(filter: {user_keys: ["|"], facet: {user_keys: ["visibility"]}}) }'
    assert offered(after) == ["Intern", "Public"]
    assert offered('{ classes(filter: {facet_user_keys: ["visibility"], user_keys: ["|') == [
        "Intern",
        "Public",
    ]


def test_the_filters_own_name_moves_its_facet_to_the_front():
    """``job_function`` means the facet ``engagement_job_function``; the others may be meant all the same."""
    assert offered('{ engagements(filter: {job_function: {user_keys: ["|') == ["Leder", "Intern", "Public"]


def test_a_key_is_told_by_its_name_and_its_facet():
    """The name only where it says more."""
    place = place_in('{ classes(filter: {user_keys: ["|')
    told = [offer.about for offer in key_offers(place, KEYS)]
    assert told == ["Internal, visibility", "engagement_job_function", "visibility"]


@pytest.mark.parametrize(
    "document",
    [
        '{ engagements(filter: {user_keys: ["|',
        '{ classes(filter: {name: ["|',
        "{ classes(filter: |",
        "{ classes(filter: {|",
    ],
)
def test_nothing_else_gets_keys(document):
    """An engagement's user_key is its own business."""
    assert wants_keys(place_in(document)) is None
