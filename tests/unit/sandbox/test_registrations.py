"""What was asserted when: the log that a refresh reads, and the training door that writes it."""

from __future__ import annotations

import httpx
import pytest
from unit.sandbox.worlds import ANNA, LEAF, OTHER, ROOT, person, unit, uuids

LEGACY = "00000000-0000-0000-0000-000000000001"


@pytest.fixture(scope="module")
def moments(small):
    """Create two units and a person, rename the first, delete the second; the times after each step."""
    return [
        small.put(unit(ROOT, "Før"), unit(OTHER, "Slettet"), person(ANNA, "Anna")),
        small.put(unit(ROOT, "Efter")),
        small.delete(["org_units", OTHER]),
    ]


def registrations(small, given="", version=30):
    """Return pairs of UUID and whether the registration still holds."""
    arguments = f"(filter: {{{given}}})" if given else ""
    query = f"{{ registrations{arguments} {{ objects {{ uuid end }} }} }}"
    found = small.data(query, version)["registrations"]["objects"]
    return [(each["uuid"], each["end"] is None) for each in found]


@pytest.mark.usefixtures("moments")
def test_every_change_is_a_registration(small):
    """By object and start; a deletion is one of its own."""
    assert registrations(small) == [
        (ROOT, False),
        (ROOT, True),
        (OTHER, False),
        (OTHER, True),
        (ANNA, True),
    ]


def test_what_changed_since_a_time(small, moments):
    """Trap: a current registration overlaps every ``start``; what began since must be told from its start."""
    assert registrations(small, f'start: "{moments[0]}", models: ["org_unit"]') == [
        (ROOT, False),
        (ROOT, True),
        (OTHER, False),
        (OTHER, True),
    ]
    assert registrations(small, f'start: "{moments[2]}"') == [(ROOT, True), (OTHER, True), (ANNA, True)]


@pytest.mark.usefixtures("moments")
def test_registrations_by_model_actor_and_object(small):
    """The four conditions of the filter."""
    assert registrations(small, 'models: ["employee"]') == [(ANNA, True)]
    assert registrations(small, f'uuids: ["{ANNA}"]') == [(ANNA, True)]
    assert registrations(small, f'actors: ["{ANNA}"]') == []
    assert len(registrations(small, f'actors: ["{LEGACY}"]')) == 5


@pytest.mark.usefixtures("moments")
def test_a_page_is_of_so_many_objects(small):
    """Trap: it may hold more registrations than its limit."""
    query = "{ registrations(limit: 1) { objects { uuid } page_info { next_cursor } } }"
    found = small.data(query)["registrations"]
    assert uuids(found) == [ROOT, ROOT]
    assert found["page_info"]["next_cursor"] is not None


@pytest.mark.usefixtures("moments")
@pytest.mark.parametrize(("version", "name"), [(25, "Registration"), (26, "OrganisationUnitRegistration")])
def test_registrations_have_types_from_v26(small, version, name):
    """Trap: another type for the same question."""
    query = f'{{ registrations(filter: {{uuids: ["{ROOT}"]}}) {{ objects {{ __typename note model }} }} }}'
    assert small.data(query, version)["registrations"]["objects"][0] == {
        "__typename": name,
        "note": "Oprettet i MO",
        "model": "org_unit",
    }


@pytest.mark.usefixtures("moments")
def test_each_registration_tells_what_was_asserted(small):
    """From v27 nested ones have ``current`` and ``validities``."""
    query = '{ org_units(filter: {uuids: ["%s"]}) { objects { registrations { current { name } } } } }'
    found = small.data(query % ROOT)["org_units"]["objects"][0]["registrations"]
    assert found == [{"current": {"name": "Før"}}, {"current": {"name": "Efter"}}]


def test_an_object_as_it_was_asserted_then(small, moments):
    """``registration_time`` shows what was, also what is deleted now, and nothing from before."""
    query = '{ org_units(filter: {registration_time: "%s", uuids: ["%s"]}) { objects { current { name } } } }'
    then = [small.data(query % (moments[0], unit))["org_units"]["objects"] for unit in (ROOT, OTHER)]
    assert [each["current"]["name"] for (each,) in then] == ["Før", "Slettet"]
    assert small.data(query % ("2020-01-01", ROOT))["org_units"]["objects"] == []
    now = small.data("{ org_units { objects { current { name } } } }")["org_units"]["objects"]
    assert now == [{"current": {"name": "Efter"}}]


def test_of_several_objects_an_earlier_time_can_not_be_asked(small, moments):
    """Trap: MO reads one at a time (measured)."""
    query = '{ org_units(filter: {registration_time: "%s"}) { objects { uuid } } }'
    (error,) = small.ask(query % moments[0])["errors"]
    assert error["extensions"]["error_context"]["error_key"] == "E_INVALID_INPUT"


def test_objects_that_were_touched(small, moments):
    """Every object filter has a ``registration``."""
    query = '{ org_units(filter: {registration: {actors: ["%s"], start: "%s"}}) { objects { uuid } } }'
    assert uuids(small.data(query % (LEGACY, moments[1]))["org_units"]) == [ROOT]
    assert uuids(small.data(query % (ANNA, moments[1]))["org_units"]) == []


@pytest.mark.parametrize(
    "body",
    [{"put": [{"collection": "nope"}]}, {"put": [{}]}, {"delete": [["org_units", LEAF]]}, {"put": ["x"]}],
)
def test_the_training_door_refuses_what_it_does_not_know(small, body):
    """400 with a sentence."""
    answer = httpx.post(f"{small.url}/sandbox/records", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("No such record")
