"""Onboarding without a face, on the sandbox and on a real MO alike."""

from __future__ import annotations

import pytest
from newcomer import END, HELD, NEWCOMER, START, held

from motoolkit.catalogue import EVER
from motoolkit.forms import Choices, FormError
from motoolkit.forms.onboarding import Draft, Lookup, check, onboard, refusals, suggestions
from motoolkit.plan import read, read_state

pytestmark = pytest.mark.contract


@pytest.fixture(scope="module")
def choices(town):
    """What can be chosen in the MO under test."""
    return Choices.of(town.client)


def _remember(town, result):
    for outcome in result.outcomes:
        operation = outcome.operation
        town.made.append((operation.kind, result.uuids.get(operation.key, operation.uuid)))
    return result


@pytest.fixture(scope="module")
def newcomer(town, choices, mo):
    """The newcomer, entered once."""
    result = onboard(town.client, **NEWCOMER, as_of=mo.today, choices=choices)
    assert result.ok, result
    return _remember(town, result)


def test_a_newcomer_with_everything_stands_in_mo_exactly_so(town, newcomer):
    """Two engagements, three accounts with two roles each, a seat as manager, four addresses."""
    person = newcomer.outcomes[0].operation.uuid
    assert held(town.client, person) == HELD


def test_entered_again_nothing_is_made_twice(town, choices, mo, newcomer):
    """MO's creates are upserts and its role bindings get new UUIDs; the plan sends neither again."""
    again = onboard(town.client, **NEWCOMER, as_of=mo.today, choices=choices)
    assert {outcome.became for outcome in again.outcomes} == {"already so"}
    person = newcomer.outcomes[0].operation.uuid
    assert held(town.client, person) == HELD


def test_the_cpr_number_is_found_and_the_username_is_taken(town, choices, mo, newcomer):
    """By its number and by its name, whatever the case of its letters."""
    assert newcomer.ok
    draft = Draft.of(
        NEWCOMER["person"] | {"given_name": "En anden"},
        itusers=[{"itsystem": "AD", "user_key": "NINnyh", "start": "2028-01-01"}],
    )
    found = {trouble.code for trouble in check(draft, choices, Lookup(town.client), mo.today)}
    assert {"known-person", "username-taken"} <= found


def test_the_note_stands_in_mo_s_history_of_the_account(town, choices, mo):
    """MO takes it beside the fields."""
    account = {"itsystem": "AD", "user_key": "noteret", "note": "Efter aftale", "start": START}
    result = onboard(town.client, town.person, itusers=[account], as_of=mo.today, choices=choices)
    assert _remember(town, result).ok
    asked = "query Q($u: [UUID!]) { registrations(filter: {uuids: $u}) { objects { note } } }"
    told = town.client.execute(asked, {"u": [result.outcomes[0].operation.uuid]})
    assert {each["note"] for each in told["registrations"]["objects"]} == {"Efter aftale"}


def test_a_unit_that_closed_meanwhile_is_refused_and_leaves_nothing_behind(town, mo):
    """The form was open while somebody ended the unit."""
    unit = town.make("org_unit", name="Lukker nu")
    known = Choices.of(town.client)
    closing = town.plan("Luk")
    closing.terminate("org_unit", unit, end=mo.today)
    assert closing.apply().ok
    draft = Draft.of(
        {"given_name": "Ida", "surname": "Efterlukket"},
        engagements=[
            {"org_unit": unit, "job_function": "3001", "engagement_type": "elev", "start": START, "end": END}
        ],
        addresses=[{"address_type": "LocationEmployee", "value": "Lokale 1", "start": START}],
    )
    result = onboard(town.client, draft, as_of=mo.today, choices=known)
    assert not result.ok
    assert [(told.step, told.row) for told in refusals(result, draft)] == [("engagements", 0)]
    keys = [outcome.operation.key for outcome in result.outcomes]
    assert read_state(town.client, keys) == {}


def test_a_wrong_value_is_told_and_nothing_is_sent(town, choices, mo):
    """What MO would refuse, and what it would take in silence: a role of another system."""
    role = next(each for each in choices.classes(("role",), mo.today) if each.words == "fag-laerer")
    account = {"itsystem": "AD", "user_key": "galt", "roles": [role.value], "start": START}
    mail = {"address_type": "EmailEmployee", "value": "uden.snabel", "start": START}
    before = read(town.client, "itusers", {"employee": {"uuids": [town.person], **EVER}})
    with pytest.raises(FormError) as caught:
        onboard(
            town.client, town.person, itusers=[account], addresses=[mail], as_of=mo.today, choices=choices
        )
    assert [trouble.code for trouble in caught.value.troubles] == ["wrong-itsystem", "bad-address"]
    assert read(town.client, "itusers", {"employee": {"uuids": [town.person], **EVER}}) == before


def test_a_dry_run_lets_mo_try_it_and_keeps_nothing(town, choices, mo):
    """All of it is validated and rolled back."""
    result = onboard(
        town.client, {"given_name": "Tør", "surname": "Prøve"}, as_of=mo.today, choices=choices, dry_run=True
    )
    assert result.ok
    assert read_state(town.client, [result.outcomes[0].operation.key]) == {}


def test_a_suggested_username_is_free(town, newcomer):
    """The pattern's first name is taken by the newcomer's own account."""
    assert newcomer.ok
    lookup = Lookup(town.client)
    first, *_ = suggestions("Ninna", "Nyh", lookup)
    assert first != "ninnyh"
    assert lookup.holders(first) == {}
