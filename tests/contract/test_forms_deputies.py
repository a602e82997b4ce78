"""Removing and replacing deputies, on the sandbox and on a real MO."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from motoolkit.forms.deputies import check_removal, removal, remove_deputy, review, seats

pytestmark = pytest.mark.contract

FACTS = ("person", "org_unit", "association_type", "trade_union", "user_key")
CHAIR, MEMBER = 0, -1


@pytest.fixture(scope="module")
def deputy(town):
    """Somebody who is employed and can stand in."""
    someone = town.make("person", given_name="Stine", surname="Stedfortræder")
    town.make("engagement", person=someone, start="2018-01-01")
    return someone


@pytest.fixture(scope="module")
def another(town):
    """Somebody else who is employed and can stand in."""
    someone = town.make("person", given_name="Frede", surname="Afløser")
    town.make("engagement", person=someone, start="2018-01-01")
    return someone


@pytest.fixture
def seat(town, deputy):
    """A chair with a deputy and a trade union, in [2020, 2030)."""
    return town.make(
        "association",
        start="2020-01-01",
        end="2030-01-01",
        association_type=town.a("association_type", CHAIR),
        trade_union=town.a("trade_union"),
        substitute=deputy,
        user_key="FORMAND",
    )


def test_a_deputy_is_removed_from_a_date_and_nothing_else_changes(town, seat, deputy):
    """MO's own update would forget what it does not name, and let the seat live forever."""
    facts = town.life("association", seat, *FACTS)
    assert remove_deputy(town.client, [seat], start="2024-05-01").ok
    assert town.life("association", seat, "substitute") == [
        ("2020-01-01", "2024-05-01", deputy),
        ("2024-05-01", "2030-01-01", None),
    ]
    values = (town.person, town.unit, town.a("association_type", CHAIR), town.a("trade_union"), "FORMAND")
    assert facts == [("2020-01-01", "2030-01-01", values)]
    assert town.life("association", seat, *FACTS) == facts


def test_removing_twice_changes_nothing(town, seat):
    """The second time MO holds it already, and is sent nothing: a no-op would undo a whole request."""
    remove_deputy(town.client, [seat], start="2024-05-01").raise_unless_ok()
    again = remove_deputy(town.client, [seat], start="2024-05-01")
    assert [outcome.became for outcome in again.outcomes] == ["already so"]
    assert again.steps == ()


def test_a_bounded_removal_gives_the_deputy_back(town, seat, deputy):
    """From the first day after the period all is as it was."""
    remove_deputy(town.client, [seat], start="2024-05-01", end="2025-01-01").raise_unless_ok()
    assert town.life("association", seat, "substitute", "trade_union") == [
        ("2020-01-01", "2024-05-01", (deputy, town.a("trade_union"))),
        ("2024-05-01", "2025-01-01", (None, town.a("trade_union"))),
        ("2025-01-01", "2030-01-01", (deputy, town.a("trade_union"))),
    ]


def test_a_period_beyond_the_seat_does_not_prolong_it(town, seat, deputy):
    """MO would let the seat live to the end of the update."""
    remove_deputy(town.client, [seat], start="2029-01-01", end="2035-01-01").raise_unless_ok()
    assert town.life("association", seat, "substitute") == [
        ("2020-01-01", "2029-01-01", deputy),
        ("2029-01-01", "2030-01-01", None),
    ]


def test_a_deputy_is_replaced_for_a_while(town, seat, deputy, another):
    """MO takes a deputy only with the association type beside it."""
    remove_deputy(
        town.client, [seat], start="2024-05-01", end="2025-01-01", replacement=another
    ).raise_unless_ok()
    assert town.life("association", seat, "substitute") == [
        ("2020-01-01", "2024-05-01", deputy),
        ("2024-05-01", "2025-01-01", another),
        ("2025-01-01", "2030-01-01", deputy),
    ]


def test_an_open_removal_takes_later_deputies_too(town, seat, another):
    """Without a last day the seat has no deputy until it ends."""
    remove_deputy(town.client, [seat], start="2026-01-01", replacement=another).raise_unless_ok()
    remove_deputy(town.client, [seat], start="2021-01-01").raise_unless_ok()
    assert town.life("association", seat, "substitute")[1:] == [("2021-01-01", "2030-01-01", None)]


def test_a_seat_with_a_pause_keeps_it(town, deputy):
    """MO would revive the seat in its pause."""
    seat = town.make("association", start="2020-01-01", substitute=deputy)
    plan = town.plan()
    plan.terminate("association", seat, start="2022-01-01", end="2023-01-01")
    town.apply(plan)
    remove_deputy(town.client, [seat], start="2021-01-01").raise_unless_ok()
    assert town.life("association", seat, "substitute") == [
        ("2020-01-01", "2021-01-01", deputy),
        ("2021-01-01", "2022-01-01", None),
        ("2023-01-01", None, None),
    ]


def test_several_seats_are_one_request(town, deputy):
    """All of them or none, each to its own end."""
    first = town.make("association", start="2020-01-01", end="2028-01-01", substitute=deputy)
    second = town.make("association", start="2021-01-01", substitute=deputy, org_unit=town.below)
    result = remove_deputy(town.client, [first, second], start="2024-05-01")
    assert [outcome.became for outcome in result.outcomes] == ["done", "done"]
    assert town.life("association", first, "substitute")[-1] == ("2024-05-01", "2028-01-01", None)
    assert town.life("association", second, "substitute")[-1] == ("2024-05-01", None, None)


def test_a_dry_run_keeps_nothing(town, seat, deputy):
    """MO tries it and forgets it."""
    result = remove_deputy(town.client, [seat], start="2024-05-01", dry_run=True)
    assert [outcome.became for outcome in result.outcomes] == ["valid"]
    assert town.life("association", seat, "substitute") == [("2020-01-01", "2030-01-01", deputy)]


def test_a_role_that_may_have_no_deputy_is_found_by_asking_mo(town, deputy):
    """Only MO's configuration knows which roles may; nothing of the question is kept."""
    seat = town.make("association", association_type=town.a("association_type", MEMBER))
    (trouble,) = check_removal(town.client, [seat], start="2024-05-01", replacement=deputy)
    assert (trouble.where, trouble.code) == (("seats", 0, "replacement"), "deputy-type")
    assert town.life("association", seat, "substitute") == [("2015-01-01", None, None)]


def test_a_role_that_may_have_a_deputy_is_no_trouble(town, deputy):
    """A seat that never had a deputy gets one."""
    seat = town.make("association", association_type=town.a("association_type", CHAIR))
    asked = removal(town.client, [seat], start="2024-05-01", replacement=deputy)
    assert asked.troubles == ()
    asked.plan().apply().raise_unless_ok()
    assert town.life("association", seat, "substitute")[-1] == ("2024-05-01", None, deputy)


def test_mo_refuses_what_the_form_refuses_first(town, seat):
    """Nobody is their own deputy, neither here nor there."""
    (trouble,) = check_removal(town.client, [seat], start="2024-05-01", replacement=town.person)
    assert (trouble.code, trouble.severity) == ("own-deputy", "error")
    mutation = "mutation ($i: AssociationUpdateInput!) { association_update(input: $i) { uuid } }"
    values = {"association_type": town.a("association_type", CHAIR), "substitute": town.person}
    given = {"uuid": seat, "validity": {"from": "2024-05-01", "to": "2030-01-01"}, **values}
    with pytest.raises(Exception, match=r"(?i)substitute"):
        town.client.execute(mutation, {"i": given})


def test_seats_are_found_in_a_committee_and_below_it(town, deputy):
    """Below means on the day; the path is that of the day as well."""
    upper = town.make("org_unit", name="Hovedudvalg")
    lower = town.make("org_unit", name="Lokaludvalg", parent=upper)
    one = town.make("association", org_unit=upper)
    two = town.make("association", org_unit=lower, substitute=deputy)
    found = seats(town.client, unit=upper, as_of=date(2024, 1, 1))
    assert [(seat.uuid, seat.path) for seat in found] == [
        (one, ("Prøveby", "Hovedudvalg")),
        (two, ("Prøveby", "Hovedudvalg", "Lokaludvalg")),
    ]
    assert [seat.uuid for seat in seats(town.client, unit=upper, as_of=date(2024, 1, 1), below=False)] == [
        one
    ]
    assert found.slices[1].deputy == (deputy, "Stine Stedfortræder")


def test_seats_of_a_deputy_are_found_although_mo_has_no_filter(town):
    """As a member and as a deputy, each in the periods in which it is so."""
    someone = town.make("person")
    own = town.make("association", person=someone, start="2020-01-01")
    other = town.make("association", start="2020-01-01", substitute=someone)
    remove_deputy(town.client, [other], start="2022-01-01").raise_unless_ok()
    found = seats(town.client, person=someone, as_of=date(2024, 1, 1))
    assert {(seat.uuid, seat.period.end) for seat in found} == {(own, None), (other, date(2022, 1, 1))}


def test_a_hidden_deputy_is_told_of(town):
    """MO shows no deputy of a role that its configuration does not list."""
    unit = town.make("org_unit", name="Uden stedfortrædere")
    town.make("association", org_unit=unit, association_type=town.a("association_type", MEMBER))
    assert "CONFDB_SUBSTITUTE_ROLES" in seats(town.client, unit=unit, as_of=date(2024, 1, 1)).note


def test_the_review_finds_those_who_left_and_those_who_never_came(town, deputy):
    """And those who have a seat of their own in the committee."""
    unit = town.make("org_unit", name="Udvalg til gennemsyn")
    left = town.make("person", given_name="Lars", surname="Fratrådt")
    town.make("engagement", person=left, start="2018-01-01", end="2023-07-01")
    for who in (left, town.make("person"), deputy):
        town.make("association", org_unit=unit, start="2020-01-01", substitute=who)
    town.make("association", org_unit=unit, person=deputy, start="2020-01-01")
    day = date(2023, 7, 1)
    assert sorted(r.code for r in review(town.client, day) if r.seat.unit.uuid == unit) == [
        "left",
        "no-engagement",
        "own-seat",
    ]
    before = [r.code for r in review(town.client, day - timedelta(days=1)) if r.seat.unit.uuid == unit]
    assert sorted(before) == ["no-engagement", "own-seat"]
