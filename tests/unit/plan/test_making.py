"""Making a plan: what an operation may say, and what is told at once when it may not."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from motoolkit import Cpr, Plan, errors

E = "00000000-0000-4000-8000-00000000000e"
P = "00000000-0000-4000-8000-000000000009"
U = "00000000-0000-4000-8000-000000000005"
C = "00000000-0000-4000-8000-00000000000c"


def refused(action: str, *args: object, **said: object) -> str:
    """Return what a plan says about an operation that it does not take."""
    with pytest.raises(errors.InputError) as caught:
        getattr(Plan(), action)(*args, **said)
    return str(caught.value)


def test_a_create_returns_the_uuid_that_it_chose():
    """Later operations refer to it before MO knows the object."""
    plan = Plan("Opstart")
    uuid = plan.create("person", given_name="Karen", surname="Prøve")
    assert str(UUID(uuid)) == uuid
    assert plan.operations[0].uuid == uuid


def test_an_operation_without_a_reason_takes_the_plans():
    """A reason of its own wins."""
    plan = Plan("Oprydning")
    plan.terminate("engagement", E, end="2027-01-01")
    plan.terminate("engagement", E, end="2026-01-01", reason="Fratrådt")
    assert [o.reason for o in plan.operations] == ["Oprydning", "Fratrådt"]


def test_an_unknown_kind_is_told_with_near_misses():
    """The kinds are the catalogue's words for one object."""
    assert refused("create", "engagment") == (
        "There is no kind of object 'engagment'. Did you mean engagement?"
    )


def test_an_unknown_field_is_told_with_near_misses():
    """The fields are the catalogue's, not the names of MO's inputs."""
    text = refused("update", "engagement", E, jobfunction=C)
    assert text == (
        "There is no field of an engagement that MO can update 'jobfunction'."
        " Did you mean job_function or fraction?"
    )


def test_a_field_that_mo_can_not_write_is_unknown():
    """A facet's parent can be read and not written."""
    assert refused("update", "facet", C, parent=C).startswith("There is no field of a facet")


def test_dates_may_be_danish():
    """As everywhere in the toolkit."""
    plan = Plan()
    plan.terminate("engagement", E, end="31-12-2026")
    assert plan.operations[0].end == date(2026, 12, 31)


def test_a_period_without_a_day_is_refused():
    """MO's database would fail without a reason."""
    assert "holds no day" in refused(
        "update", "engagement", E, start="2026-01-01", end="2026-01-01", user_key="K"
    )


def test_a_create_without_a_start_is_refused():
    """Only facets, classes and itsystems can have been there for ever."""
    said = {"person": P, "org_unit": U, "engagement_type": C, "job_function": C}
    assert refused("create", "engagement", **said) == (
        "It is not said when the engagement shall begin. Give start: its first day."
    )
    Plan().create("facet", user_key="f")


def test_a_persons_start_is_mos_own_business():
    """MO takes no dates when it creates a person."""
    text = refused("create", "person", given_name="K", surname="P", start="2020-01-01")
    assert text.startswith("A person has no start and no end in MO.")


def test_a_create_that_lacks_what_mo_needs_is_refused():
    """All of it is named at once."""
    assert refused("create", "engagement", start="2020-01-01", person=P) == (
        "To create an engagement, MO needs org_unit and engagement_type and job_function."
        " Give each of them a value."
    )


@pytest.mark.parametrize("kind", ["org_unit", "itsystem"])
def test_an_empty_name_is_no_name(kind):
    """MO takes a unit or an itsystem without a name and then fails to read it."""
    least = {"org_unit": {"unit_type": C}, "itsystem": {"user_key": "s"}}[kind]
    assert "MO needs name" in refused("create", kind, start="2020-01-01", name="", **least)


@pytest.mark.parametrize("links", [{}, {"person": P, "org_unit": U}])
def test_an_account_belongs_to_a_person_or_a_unit(links):
    """To exactly one of them."""
    text = refused("create", "ituser", start="2020-01-01", itsystem=C, user_key="k", **links)
    assert text.startswith("An ituser belongs to exactly one of person and org_unit.")


def test_a_reference_is_a_uuid():
    """Names are not looked up."""
    text = refused("update", "engagement", E, org_unit="Rådhuset")
    assert text == "The org_unit of an engagement can not be 'Rådhuset'. It is a UUID."


@pytest.mark.parametrize("fraction", [1.5, -1, 1_000_001, "1", True])
def test_a_fraction_is_a_whole_number_of_millionths(fraction):
    """MO takes 0 to 1,000,000."""
    assert "whole number up to 1,000,000" in refused("update", "engagement", E, fraction=fraction)


def test_values_are_as_a_state_has_them():
    """UUIDs are lower-case texts, several of them a sorted tuple, nothing is None."""
    plan = Plan()
    plan.update("ituser", E, engagements=[U.upper(), UUID(P), U], external_id="", primary=UUID(C))
    assert dict(plan.operations[0].values) == {
        "engagements": (U, P),
        "external_id": None,
        "primary": C,
    }


def test_a_cpr_number_is_never_shown():
    """Not in the plan's repr, nor in an operation's."""
    plan = Plan()
    plan.create("person", given_name="K", surname="P", cpr_number=Cpr("0101905001"))
    assert plan.operations[0].values["cpr_number"] == "0101905001"
    assert "0101905001" not in repr(plan) + repr(plan.operations)
    assert "010190-xxxx" in repr(plan)


def test_a_wrong_cpr_number_is_not_repeated():
    """The message does not show it."""
    assert refused("create", "person", given_name="K", surname="P", cpr_number="01019") == (
        "This is no CPR number. Write ten digits, with or without a dash after the sixth."
    )


def test_an_update_that_says_nothing_is_refused():
    """Unless it prolongs."""
    assert refused("update", "engagement", E).endswith("Name a field and its value, or prolong=True.")
    Plan().update("engagement", E, end="2030-01-01", prolong=True)


def test_vacate_is_for_persons():
    """A manager's seat is vacated with person=None."""
    assert "update the manager with person=None" in refused(
        "terminate", "manager", E, end="2026-01-01", vacate=True
    )


def test_what_mo_can_not_delete_is_refused():
    """MO has no mutation for it."""
    assert refused("delete", "itassociation", E) == "MO can not delete an itassociation. Terminate it."


def test_a_plan_without_a_client_does_not_know_its_mo():
    """It is made with client.plan(), or told when it is applied."""
    assert "does not know which MO" in refused("apply")
