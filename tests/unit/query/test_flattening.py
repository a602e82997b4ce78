"""The rule of docs/queries.md, case by case: a document and an answer, and the frame that they make."""

from __future__ import annotations

import pandas as pd
import pytest
from graphql import build_schema, parse

from motoolkit.query._flatten import flatten
from motoolkit.query._shape import shape_of
from motoolkit.query._split import split
from motoolkit.query._typed import frame_of


@pytest.fixture(scope="module")
def schema(conformance):
    """Return a real MO's schema."""
    return build_schema((conformance / "schema" / "v30.graphql").read_text(), assume_valid=True)


def frame(schema, document, *answers, version=30, show_cpr=False):
    """Return the frame of one top-level field's answers, a page each."""
    (reading,) = split(parse(document), {}, schema)
    node = shape_of(reading, schema)
    return frame_of(node, [flatten(node, answer) for answer in answers], version, show_cpr=show_cpr)


def objects(*found):
    """Return a page."""
    return {"objects": list(found)}


def validity(start, end=None):
    """Return a period as MO writes it in winter."""
    midnight = "T00:00:00+01:00"
    return {"from": start and start + midnight, "to": end and end + midnight}


CASES = {
    "an object is a row": (
        "{ facets { objects { uuid } } }",
        objects({"uuid": "a"}, {"uuid": "b"}),
        ["uuid"],
        [["a"], ["b"]],
    ),
    "current adds nothing to the names": (
        "{ facets { objects { uuid current { user_key } } } }",
        objects({"uuid": "a", "current": {"user_key": "k"}}),
        ["uuid", "user_key"],
        [["a", "k"]],
    ),
    "an object that is not there now keeps its row": (
        "{ facets { objects { uuid current { user_key } } } }",
        objects({"uuid": "a", "current": None}),
        ["uuid", "user_key"],
        [["a", None]],
    ),
    "a validity is a row": (
        "{ facets { objects { uuid validities { user_key } } } }",
        objects({"uuid": "a", "validities": [{"user_key": "k"}, {"user_key": "l"}]}),
        ["uuid", "user_key"],
        [["a", "k"], ["a", "l"]],
    ),
    "the period is two columns of days": (
        "{ facets { objects { validities { validity { from to } } } } }",
        objects({"validities": [{"validity": validity("2020-01-01", "2021-01-01")}]}),
        ["valid_from", "valid_to"],
        [[pd.Timestamp("2020-01-01"), pd.Timestamp("2021-01-01")]],
    ),
    "the uuid of what current wraps is the object's own": (
        "{ facets { objects { uuid current { uuid user_key } } } }",
        objects({"uuid": "a", "current": {"uuid": "a", "user_key": "k"}}),
        ["uuid", "user_key"],
        [["a", "k"]],
    ),
    "a relation goes before the name": (
        "{ engagements { objects { current { person_response { uuid current { name } } } } } }",
        objects({"current": {"person_response": {"uuid": "p", "current": {"name": "Ib"}}}}),
        ["person.uuid", "person.name"],
        [["p", "Ib"]],
    ),
    "an alias is the name": (
        '{ org_units { objects { now: current { name } then: current(at: "2020-01-01") { name } } } }',
        objects({"now": {"name": "Ny"}, "then": {"name": "Gammel"}}),
        ["now.name", "then.name"],
        [["Ny", "Gammel"]],
    ),
    "a list repeats what is above it": (
        "{ employees { objects { current { name engagements_response { objects { uuid } } } } } }",
        objects({"current": {"name": "Ib", "engagements_response": objects({"uuid": "e"}, {"uuid": "f"})}}),
        ["name", "engagements.uuid"],
        [["Ib", "e"], ["Ib", "f"]],
    ),
    "an empty list keeps what is above it": (
        "{ employees { objects { current { name engagements_response { objects { uuid } } } } } }",
        objects({"current": {"name": "Ib", "engagements_response": objects()}}),
        ["name", "engagements.uuid"],
        [["Ib", None]],
    ),
    "lists beside each other do not multiply": (
        """{ employees { objects { uuid current {
            engagements_response { objects { uuid } } itusers_response { objects { uuid } } } } } }""",
        objects(
            {
                "uuid": "p",
                "current": {
                    "engagements_response": objects({"uuid": "e"}, {"uuid": "f"}),
                    "itusers_response": objects({"uuid": "i"}),
                },
            }
        ),
        ["uuid", "engagements.uuid", "itusers.uuid"],
        [["p", "e", None], ["p", "f", None], ["p", None, "i"]],
    ),
    "MO's deprecated list of one is a value": (
        "{ engagements { objects { current { user_key person { name } org_unit { name } } } } }",
        objects({"current": {"user_key": "1", "person": [{"name": "Ib"}], "org_unit": [{"name": "Skole"}]}}),
        ["user_key", "person.name", "org_unit.name"],
        [["1", "Ib", "Skole"]],
    ),
    "a list in a list is a row for each of the innermost": (
        """{ facets { objects { user_key: uuid
            current { classes_responses { objects { validities { name } } } } } } }""",
        objects(
            {
                "user_key": "f",
                "current": {
                    "classes_responses": objects(
                        {"validities": [{"name": "a"}, {"name": "b"}]}, {"validities": [{"name": "c"}]}
                    )
                },
            }
        ),
        ["user_key", "classes.name"],
        [["f", "a"], ["f", "b"], ["f", "c"]],
    ),
    "plain values in a list stay together": (
        "{ me { username roles } }",
        {"username": "ib", "roles": ["read_org", "read_class"]},
        ["username", "roles"],
        [["ib", ["read_org", "read_class"]]],
    ),
    "a registration is a row with its own names": (
        "{ facets { objects { uuid registrations { note uuid } } } }",
        objects({"uuid": "a", "registrations": [{"note": "Oprettet i MO", "uuid": "a"}]}),
        ["uuid", "registrations.note", "registrations.uuid"],
        [["a", "Oprettet i MO", "a"]],
    ),
    "fragments count as what they stand for": (
        """{ facets { objects { ...Kept current { ... on Facet { user_key } } } } }
            fragment Kept on FacetResponse { uuid }""",
        objects({"uuid": "a", "current": {"user_key": "k"}}),
        ["uuid", "user_key"],
        [["a", "k"]],
    ),
    "the same name twice gets its whole path": (
        "{ facets { objects { current { user_key } validities { user_key } } } }",
        objects({"current": {"user_key": "k"}, "validities": [{"user_key": "l"}]}),
        ["user_key", "validities.user_key"],
        [["k", "l"]],
    ),
    "nothing is no row": ("{ facets { objects { uuid } } }", objects(), ["uuid"], []),
}


@pytest.mark.parametrize("case", CASES)
def test_the_rule(schema, case):
    """Each case of the page."""
    document, answer, columns, rows = CASES[case]
    found = frame(schema, document, answer)
    assert list(found.columns) == columns
    shown = found.astype(object).where(found.notna(), None) if rows else found
    assert shown.to_numpy().tolist() == rows


def test_columns_are_typed_and_there_without_rows(schema):
    """An empty answer is a frame that the same Python goes on with."""
    document = """{ engagements { objects { uuid registrations { start }
        validities { user_key fraction is_primary validity { from to } } } } }"""
    found = frame(schema, document, objects())
    assert [str(kind) for kind in found.dtypes] == [
        "str",
        "datetime64[us, Europe/Copenhagen]",
        "str",
        "Int64",
        "boolean",
        "datetime64[us]",
        "datetime64[us]",
    ]


def test_a_number_that_is_not_there_leaves_the_others_whole(schema):
    """A fraction of 370000 is not 370000.0 because somebody has none."""
    document = "{ engagements { objects { current { fraction } } } }"
    found = frame(
        schema, document, objects({"current": {"fraction": 370000}}, {"current": {"fraction": None}})
    )
    assert found.fraction[0] == 370000
    assert isinstance(found.fraction.tolist()[0], int)
    assert found.fraction.isna().tolist() == [False, True]


@pytest.mark.parametrize(("version", "end"), [(28, "2021-01-01"), (29, "2020-12-31"), (30, "2020-12-31")])
def test_ends_are_the_first_day_after_whatever_the_version_says(schema, version, end):
    """MO's ``to`` is the last day up to v28, and the first day after from v29."""
    answer = objects({"validities": [{"validity": validity("2020-01-01", "2020-12-31")}]})
    document = "{ facets { objects { validities { validity { from to } } } } }"
    assert frame(schema, document, answer, version=version).valid_to[0] == pd.Timestamp(end)


def test_open_periods_and_the_year_9999_have_no_end(schema):
    """Old importers wrote the year 9999 for an open end."""
    document = "{ facets { objects { validities { validity { from to } } } } }"
    answer = objects(
        {"validities": [{"validity": validity(None)}, {"validity": validity("2020-01-01", "9999-12-31")}]}
    )
    found = frame(schema, document, answer)
    assert found.valid_from.isna().tolist() == [True, False]
    assert found.valid_to.isna().tolist() == [True, True]


def test_cpr_numbers_are_masked_under_any_name_and_as_a_user_key(schema):
    """MO lets a person's user_key be the CPR number; an alias hides nothing."""
    document = "{ employees { objects { current { number: cpr_number user_key } } } }"
    answer = objects({"current": {"number": "0101901234", "user_key": "0101901234"}})
    assert frame(schema, document, answer).to_numpy().tolist() == [["010190-xxxx", "010190-xxxx"]]
    shown = frame(schema, document, answer, show_cpr=True)
    assert shown.to_numpy().tolist() == [["0101901234", "0101901234"]]


def test_pages_are_one_frame(schema):
    """Each is flattened as it comes."""
    document = "{ facets { objects { uuid } } }"
    found = frame(schema, document, objects({"uuid": "a"}), objects({"uuid": "b"}), objects())
    assert found.uuid.tolist() == ["a", "b"]
    assert found.index.tolist() == [0, 1]


def test_a_list_of_one_with_more_than_one_loses_nothing(schema):
    """MO promises one at most; if it breaks that, there are rows for all."""
    document = "{ engagements { objects { current { user_key person { name } } } } }"
    answer = objects({"current": {"user_key": "1", "person": [{"name": "Ib"}, {"name": "Bo"}]}})
    assert frame(schema, document, answer).to_numpy().tolist() == [["1", "Ib"], ["1", "Bo"]]


def test_a_field_that_was_skipped_is_a_column_without_values(schema):
    """``@include(if: false)`` leaves the key out of the answer."""
    document = "{ facets { objects { uuid current { user_key @include(if: false) } } } }"
    found = frame(schema, document, objects({"uuid": "a", "current": {}}))
    assert found.user_key.isna().tolist() == [True]
