"""What the catalogue offers to the rest of the toolkit."""

from __future__ import annotations

import pytest

from motoolkit.catalogue import CATALOGUE, read_document
from motoolkit.errors import InputError


def test_it_holds_every_type_that_the_toolkit_reads():
    """The fifteen collections, parents before children."""
    assert list(CATALOGUE) == [
        "facets", "classes", "itsystems", "org_units", "persons", "engagements", "managers", "associations",
        "itusers", "rolebindings", "addresses", "leaves", "kles", "related_units", "owners",
    ]  # fmt: skip


def test_an_engagement_has_these_columns():
    """The mirror's columns, scalars first, links as uuids."""
    assert CATALOGUE["engagements"].columns == (
        "user_key", "fraction", *(f"extension_{n}" for n in range(1, 11)),
        "person_uuid", "org_unit_uuid", "job_function_uuid", "engagement_type_uuid", "primary_uuid",
    )  # fmt: skip


def test_persons_are_called_person_by_events_and_employee_by_registrations():
    """Trap: three names for one thing, each in its own place."""
    persons = CATALOGUE["persons"]
    assert (persons.routing_key, persons.model, persons.role) == ("person", "employee", "employee")
    assert CATALOGUE.of_routing_key("employee") is None
    assert CATALOGUE.of_model("role") is CATALOGUE["rolebindings"]
    assert CATALOGUE.of_type("Employee") is persons


def test_the_limit_is_of_mos_own_scalar():
    """Trap: a variable of type Int does not fit MO's ``limit``."""
    assert "$limit: int," in read_document(CATALOGUE["persons"], 30)


def test_several_links_are_read_as_the_slices_own_uuids():
    """Trap: the Response list of several links is one SQL query a parent and drops deleted targets."""
    document = read_document(CATALOGUE["managers"], 30)
    assert "responsibility_uuids" in document
    assert "responsibilities_response" not in document


def test_chosen_fields_only():
    """A reader that needs two fields asks for two fields."""
    document = read_document(CATALOGUE["engagements"], 30, {"user_key", "person"})
    assert "user_key person_response { uuid }" in document
    assert "org_unit_response" not in document


def test_an_unknown_collection_is_named_with_near_misses():
    """A typo gets the names that it may have meant."""
    with pytest.raises(InputError, match=r"no collection 'engagement'. Did you mean engagements"):
        CATALOGUE.find("engagement")


def test_an_unknown_reference_is_a_key_error():
    """A scalar is no reference."""
    with pytest.raises(KeyError):
        CATALOGUE["engagements"].reference("user_key")
