"""Advice from a run that was recorded: what gains, by how much, and what is left alone."""

from __future__ import annotations

import pytest
from unit.probes.runs import result, run

from motoolkit.probes.results import CollectionCost, Flat


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Tell it in the language of the tests."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def test_the_dearest_field_is_advised_with_its_join():
    """10 s become 4.0 + 1.0: twice as fast, which is more than the new field gains."""
    whole, field = run().advice
    assert (field.way, field.field, field.collections) == ("flat", "person", "persons")
    assert field.faster.value == pytest.approx(2.0, abs=0.1)
    assert field.joins == ("engagements.person_uuid = persons.uuid",)
    assert field.sentence == (
        "person costs 60 % of the time; read persons and join on engagements.person_uuid = persons.uuid: "
        "2.0 times faster."
    )
    assert "person_key: person_response" in field.document
    assert "persons(filter: $filter" in field.text()
    assert whole.way == "all"


def test_reading_everything_flat_is_told_with_its_gain():
    """10 s become 3.0 + 1.0."""
    advice = run().advice[0]
    assert advice.sentence == "Read persons, engagements flat and join them locally: 2.5 times faster."
    assert (round(advice.before), round(advice.after)) == (10, 4)


def test_a_collection_that_is_large_is_not_read_for_a_few_objects():
    """Then the new field is better; and reading all flat would be slower, so it is not told."""
    large = (CollectionCost("engagements", 1000, 3.0), CollectionCost("persons", 80_000, 300.0))
    (advice,) = run(collections=large).advice
    assert (advice.way, advice.joins) == ("instead", ("person_response",))
    assert advice.sentence == (
        "person costs 60 % of the time; ask for person_response instead: 1.7 times faster."
    )


def test_what_can_not_be_had_flat_is_not_advised_flat():
    """The rewriter's refusals hold."""
    refusing = result(flat=Flat(refusals=("x can not be had.",)))
    assert [advice.way for advice in run(refusing).advice] == ["flat"]


def test_estimated_numbers_say_so():
    """Where a collection was not read to its end."""
    guessed = (CollectionCost("engagements", 1000, 3.0), CollectionCost("persons", 800, 1.0, estimated=True))
    assert all(advice.estimated for advice in run(collections=guessed).advice)
