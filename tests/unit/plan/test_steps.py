"""What is sent: MO's inputs, literally, and their order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motoolkit import Plan
from motoolkit.plan import Problem, Step, desired, steps

E = "00000000-0000-4000-8000-00000000000e"
P = "00000000-0000-4000-8000-000000000009"
Q = "00000000-0000-4000-8000-000000000007"
U = "00000000-0000-4000-8000-000000000005"
V = "00000000-0000-4000-8000-000000000006"
C = "00000000-0000-4000-8000-00000000000c"
D = "00000000-0000-4000-8000-00000000000d"

LEAST: dict[str, dict[str, Any]] = {
    "engagement": {"person": P, "org_unit": U, "engagement_type": C, "job_function": C},
    "org_unit": {"name": "A", "unit_type": C},
    "manager": {
        "person": P,
        "org_unit": U,
        "manager_type": C,
        "manager_level": C,
        "responsibilities": [C],
    },
    "association": {"person": P, "org_unit": U, "association_type": C},
    "ituser": {"person": P, "itsystem": C, "user_key": "k"},
    "rolebinding": {"ituser": E, "role": C},
    "address": {"person": P, "address_type": C, "value": "a@b.dk"},
    "class": {"facet": C, "user_key": "k", "name": "N"},
    "owner": {"org_unit": U, "owner": P},
}


def held(kind: str, uuid: str = E, *changes: dict[str, Any], **values: Any) -> dict[Any, Any]:
    """Return a state with one object, made in 2020 and changed from the start of each change."""
    plan = Plan()
    plan.create(kind, uuid=uuid, **({"start": "2020-01-01"} | LEAST[kind] | values))
    for change in changes:
        plan.update(kind, uuid, **change)
    return desired(plan.operations, {})


def sent(plan: Plan, state: dict[Any, Any], version: int = 30) -> list[Step]:
    """Return a plan's steps; it has no problems."""
    found, problems = steps(plan.operations, state, version)
    assert problems == []
    return found


def refusal(plan: Plan, state: dict[Any, Any]) -> Problem:
    """Return the one reason for which a plan is refused."""
    found, problems = steps(plan.operations, state)
    assert found == []
    return problems[0]


def test_a_create_sends_what_was_said_and_the_uuid():
    """Nothing is sent for what is empty."""
    plan = Plan()
    plan.create("engagement", uuid=E, start="2020-01-01", end="2021-01-01", **LEAST["engagement"])
    step = sent(plan, {})[0]
    assert (step.mutation, step.input_type) == ("engagement_create", "EngagementCreateInput")
    assert step.input == {
        "uuid": E,
        "user_key": E,
        "person": P,
        "org_unit": U,
        "engagement_type": C,
        "job_function": C,
        "validity": {"from": "2020-01-01", "to": "2021-01-01"},
    }


def test_an_update_sends_the_slice_with_all_that_holds_in_it():
    """But the person of an engagement, of which MO takes no change."""
    plan = Plan()
    plan.update("engagement", E, start="2021-01-01", end="2022-01-01", fraction=500_000)
    assert [s.input for s in sent(plan, held("engagement", extension_1="x"))] == [
        {
            "uuid": E,
            "user_key": E,
            "org_unit": U,
            "engagement_type": C,
            "job_function": C,
            "fraction": 500_000,
            "extension_1": "x",
            "validity": {"from": "2021-01-01", "to": "2022-01-01"},
        }
    ]


def test_an_update_over_several_slices_is_one_mutation_a_slice():
    """Each with the names of its own slice; a unit's parent is left out where it does not change."""
    state = held("org_unit", E, {"start": "2021-01-01", "end": "2022-01-01", "name": "B"})
    plan = Plan()
    plan.update("org_unit", E, start="2020-06-01", unit_level=D)
    assert [(s.input["name"], s.input["validity"]) for s in sent(plan, state)] == [
        ("A", {"from": "2020-06-01", "to": "2021-01-01"}),
        ("B", {"from": "2021-01-01", "to": "2022-01-01"}),
        ("A", {"from": "2022-01-01"}),
    ]
    assert all("parent" not in s.input for s in sent(plan, state))


def test_nothing_is_sent_for_what_already_is():
    """MO would forget the whole request."""
    plan = Plan()
    plan.update("org_unit", E, start="2021-01-01", name="A")
    plan.terminate("org_unit", E, start="2019-01-01", end="2020-01-01")
    assert sent(plan, held("org_unit")) == []


@pytest.mark.parametrize(
    ("version", "end", "hole"), [(30, "2022-01-01", "2021-07-01"), (28, "2021-12-31", "2021-06-30")]
)
def test_ends_are_the_last_day_up_to_v28(version, end, hole):
    """From v29 they are the first day after."""
    plan = Plan()
    plan.update("engagement", E, start="2021-01-01", end="2022-01-01", user_key="K")
    plan.terminate("engagement", E, start="2021-06-01", end="2021-07-01")
    plan.terminate("engagement", E, end="2022-01-01")
    found = sent(plan, held("engagement"), version)
    assert [s.input.get("to") for s in found if s.mutation == "engagement_terminate"] == [hole, end]


def test_a_class_takes_the_first_day_after_in_every_version():
    """MO stores it as it is."""
    plan = Plan()
    plan.update("class", E, start="2021-01-01", end="2022-01-01", name="B")
    assert sent(plan, held("class"), 28)[0].input["validity"] == {"from": "2021-01-01", "to": "2022-01-01"}


def test_a_class_keeps_parent_and_owner():
    """MO empties those that an update leaves out."""
    plan = Plan()
    plan.update("class", E, start="2021-01-01", name="B")
    found = sent(plan, held("class", parent=C, owner=U))[0].input
    assert (found["parent_uuid"], found["owner"]) == (C, U)
    assert sent(plan, held("class"))[0].input.keys() >= {"parent_uuid", "owner"}


def test_a_manager_is_sent_whole():
    """Person and engagement as null where there is none."""
    plan = Plan()
    plan.update("manager", E, start="2021-01-01", end="2022-01-01", manager_level=D)
    found = sent(plan, held("manager", person=None))[0].input
    assert found == {
        "uuid": E,
        "user_key": E,
        "person": None,
        "engagement": None,
        "org_unit": U,
        "manager_type": C,
        "manager_level": D,
        "responsibility": [C],
        "validity": {"from": "2021-01-01", "to": "2022-01-01"},
    }


def test_a_deputy_is_sent_with_its_type():
    """Or null for none: leaving it out removes it too."""
    plan = Plan()
    plan.update("association", E, start="2021-01-01", user_key="K")
    found = sent(plan, held("association", substitute=Q))[0].input
    assert (found["substitute"], found["association_type"]) == (Q, C)
    assert sent(plan, held("association"))[0].input["substitute"] is None


def test_what_is_emptied_is_said_as_mo_understands_it():
    """Null would be no change: an empty text, 0, an empty list."""
    plan = Plan()
    plan.update("engagement", E, start="2021-01-01", extension_1=None, fraction=None)
    found = sent(plan, held("engagement", extension_1="x", fraction=1))[0].input
    assert (found["extension_1"], found["fraction"]) == ("", 0)
    plan = Plan()
    plan.update("ituser", E, start="2021-01-01", engagements=[], external_id=None)
    found = sent(plan, held("ituser", engagements=[C], external_id="x"))[0].input
    assert (found["engagements"], found["external_id"]) == ([], "")


def test_an_account_that_stays_with_its_person_does_not_name_it():
    """MO would look for double accounts, and find those that are there already."""
    plan = Plan()
    plan.update("ituser", E, start="2021-01-01", user_key="k2")
    assert "person" not in sent(plan, held("ituser"))[0].input


def test_a_termination_of_all_days_ends_at_the_start():
    """Not before: MO refuses that for units."""
    plan = Plan()
    plan.terminate("org_unit", E, end="2019-01-01")
    assert [(s.mutation, s.input) for s in sent(plan, held("org_unit"))] == [
        ("org_unit_terminate", {"uuid": E, "to": "2020-01-01"})
    ]


def test_objects_come_before_those_that_point_at_them():
    """Whatever the order of the operations."""
    plan = Plan()
    plan.create("engagement", start="2020-01-01", **LEAST["engagement"])
    plan.create("org_unit", uuid=V, start="2020-01-01", parent=U, **LEAST["org_unit"])
    plan.create("person", uuid=P, given_name="K", surname="P")
    plan.create("org_unit", uuid=U, start="2020-01-01", **LEAST["org_unit"])
    found = sent(plan, {})
    assert [(s.mutation, s.operation) for s in found] == [
        ("org_unit_create", 3),
        ("org_unit_create", 1),
        ("employee_create", 2),
        ("engagement_create", 0),
    ]


def test_units_and_accounts_end_after_what_hangs_on_them():
    """MO refuses to end them before; units below end before those above."""
    state = held("org_unit", U) | held("org_unit", V, parent=U) | held("engagement", D)
    state |= held("ituser", E) | held("rolebinding", Q)
    plan = Plan()
    for kind, uuid in (
        ("org_unit", U),
        ("org_unit", V),
        ("ituser", E),
        ("rolebinding", Q),
        ("engagement", D),
    ):
        plan.terminate(kind, uuid, end="2025-01-01")
    assert [(s.collection, s.uuid) for s in sent(plan, state)] == [
        ("engagements", D),
        ("rolebindings", Q),
        ("itusers", E),
        ("org_units", V),
        ("org_units", U),
    ]


def test_deletes_come_last():
    """In the opposite order of creation."""
    state = held("org_unit", U) | held("engagement", E)
    plan = Plan()
    plan.delete("org_unit", U)
    plan.delete("engagement", E)
    assert [(s.mutation, s.input_type) for s in sent(plan, state)] == [
        ("engagement_delete", "UUID"),
        ("org_unit_delete", "UUID"),
    ]


def test_a_create_with_holes_and_changes_is_several_mutations():
    """Over its whole life first, then what differs, then the holes."""
    plan = Plan()
    plan.create("engagement", uuid=E, start="2020-01-01", primary=C, fraction=1, **LEAST["engagement"])
    plan.update("engagement", E, start="2022-01-01", fraction=None)
    plan.terminate("engagement", E, start="2021-01-01", end="2021-06-01")
    assert [(s.mutation, s.input.get("validity"), s.input.get("fraction")) for s in sent(plan, {})] == [
        ("engagement_create", {"from": "2020-01-01"}, 1),
        ("engagement_update", {"from": "2022-01-01"}, 0),
        ("engagement_terminate", None, None),
    ]


def test_what_holds_for_a_while_is_written_last():
    """A level that begins and ends in a new unit's life would spread into what is written after it."""
    plan = Plan()
    plan.create("org_unit", uuid=U, start="2020-01-01", **LEAST["org_unit"])
    plan.update("org_unit", U, start="2021-01-01", end="2022-01-01", unit_level=C)
    plan.update("org_unit", U, start="2023-01-01", name="B")
    assert [s.input.get("org_unit_level") for s in sent(plan, {})] == [None, None, C]


def test_role_bindings_and_owners_are_made_in_one_piece():
    """MO chooses their UUIDs, so nothing more can be said of them in the same request."""
    plan = Plan()
    uuid = plan.create("rolebinding", start="2020-01-01", **LEAST["rolebinding"])
    plan.terminate("rolebinding", uuid, start="2021-01-01", end="2022-01-01")
    assert refusal(plan, {}).code == "several-slices"


def test_an_account_of_an_association_makes_it_an_itassociation():
    """As a plain association its update would lose the job function."""
    plan = Plan()
    plan.create("itassociation", uuid=E, start="2020-01-01", person=P, org_unit=U, it_user=Q, job_function=C)
    state = desired(plan.operations, {})
    plan = Plan()
    plan.update("association", E, start="2021-01-01", user_key="K")
    assert refusal(plan, state).code == "wrong-kind"


def test_a_person_without_a_beginning_needs_a_start():
    """MO's update wants to know from when."""
    plan = Plan()
    uuid = plan.create("person", given_name="K", surname="P")
    state = desired(plan.operations, {})
    plan = Plan()
    plan.update("person", uuid, surname="N")
    problem = refusal(plan, state)
    assert (problem.code, problem.remedy) == ("no-start", "Give a start.")


def test_a_refusal_names_the_object_and_the_field():
    """And one way out."""
    plan = Plan()
    plan.update("engagement", E, start="2021-01-01", primary=None)
    assert refusal(plan, held("engagement", primary=C)) == Problem(
        "error",
        0,
        "cannot-clear",
        f"The engagement {E}: MO has no way to empty primary, as is wanted in [2021-01-01, …).",
        "Give it another value, or end this object and make a new one.",
    )


def test_a_step_shows_no_cpr_number():
    """Its input holds it."""
    plan = Plan()
    plan.create("person", given_name="K", surname="P", cpr_number="010190-4001")
    step = sent(plan, {})[0]
    assert step.input["cpr_number"] == "0101904001"
    assert "0101904001" not in repr(step)


def test_the_second_line_of_an_address_is_not_lost():
    """No mutation takes it."""
    state = held("address")
    span = state["addresses", E][0]
    state["addresses", E] = (type(span)(date(2020, 1, 1), None, span.values | {"value2": "x"}),)
    plan = Plan()
    plan.update("address", E, start="2021-01-01", user_key="K")
    assert refusal(plan, state).code == "would-lose"
