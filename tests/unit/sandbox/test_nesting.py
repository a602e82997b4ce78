"""What a real MO takes over nested fields, in objects: deprecated links and lists for each parent."""

from __future__ import annotations

import pytest

from motoolkit.sandbox.server.nesting import nested_weight

PERSON = {"uuid": "p", "current": {"name": "A"}}


def answer(*found):
    """Return an answer of engagements with these fields."""
    return {"engagements": {"objects": [{"current": held} for held in found]}}


@pytest.mark.parametrize(
    ("fields", "found", "expected"),
    [
        ("user_key", [{"user_key": "a"}, {"user_key": "b"}], 0.0),
        ("person_response { uuid }", [{"person_response": {"uuid": "p"}}] * 2, 0.0),
        ("person_response { uuid current { name } }", [{"person_response": PERSON}] * 2, 0.5),
        ("person { name }", [{"person": [{"name": "A"}]}] * 2, 4.0),
        ("addresses_response { objects { uuid } }", [{"addresses_response": {"objects": [{}, {}]}}], 5.0),
        ("managers(inherit: true) { uuid }", [{"managers": []}] * 2, 12.0),
        ("who: person { name }", [{"who": [{"name": "A"}]}], 2.0),
        ("...F", [{"person": [{"name": "A"}]}], 2.0),
    ],
    ids=["values", "a key", "a link", "a deprecated link", "a list", "a walk", "an alias", "a fragment"],
)
def test_what_is_nested_costs_as_measured(fields, found, expected):
    """Keys are free, a link costs each object that it leads to once, the rest costs each parent."""
    fragment = " fragment F on Engagement { person { name } }" if "...F" in fields else ""
    query = f"{{ engagements {{ objects {{ current {{ {fields} }} }} }} }}{fragment}"
    assert nested_weight(query, answer(*found)) == expected


def test_nothing_answered_costs_nothing():
    """An error leaves no objects."""
    assert nested_weight("{ engagements { objects { uuid } } }", {"engagements": None}) == 0.0
