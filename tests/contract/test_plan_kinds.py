"""Every kind of object that MO can write, changed and changed again (sandbox and real MO)."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from motoolkit.catalogue import WRITINGS

pytestmark = pytest.mark.contract


class Case(NamedTuple):
    """An object and its changes; texts that name something of the town's stand for its UUID."""

    kind: str
    made: dict[str, Any]
    changes: list[dict[str, Any]]


CASES = {
    "a unit that moves to the top and back": Case(
        "org_unit",
        {"parent": "unit"},
        [
            {"start": "2021-01-01", "parent": None},
            {"start": "2022-01-01", "end": "2023-01-01", "parent": "below"},
            {"start": "2021-06-01", "name": "B", "time_planning": "time_planning:1"},
        ],
    ),
    "a unit that lives on": Case(
        "org_unit",
        {"end": "2022-01-01", "unit_level": "org_unit_level:1", "unit_hierarchy": "org_unit_hierarchy:1"},
        [
            {"start": "2021-06-01", "prolong": True, "name": "B"},
            {"unit_hierarchy": "org_unit_hierarchy:2"},
        ],
    ),
    "a person's names": Case(
        "person",
        {"nickname_given_name": "Kaja", "nickname_surname": "P"},
        [
            {"start": "2020-01-01", "surname": "Ny"},
            {"start": "2021-01-01", "end": "2022-01-01", "nickname_given_name": None},
            {"start": "2019-01-01", "seniority": "2001-02-03"},
            {"user_key": "alle"},
        ],
    ),
    "a person that gets a CPR number": Case(
        "person",
        {"cpr_number": None},
        [{"start": "2020-01-01", "cpr_number": "0202955999"}, {"start": "2021-01-01", "given_name": "B"}],
    ),
    "an engagement over a hole": Case(
        "engagement",
        {"fraction": 1_000_000, "extension_10": "x"},
        [
            {"start": "2021-01-01", "org_unit": "below", "job_function": "engagement_job_function:2"},
            {"start": "2021-03-01", "end": "2021-06-01", "terminate": True},
            {"start": "2021-02-01", "end": "2022-01-01", "extension_1": "y", "extension_10": None},
            {"end": "2024-01-01", "terminate": True},
            {"start": "2025-01-01", "end": "2026-01-01", "prolong": True, "fraction": None},
        ],
    ),
    "a manager of several responsibilities": Case(
        "manager",
        {"responsibilities": ["responsibility:0", "responsibility:1"], "engagement": "engagement"},
        [
            {"start": "2021-01-01", "end": "2023-01-01", "responsibilities": ["responsibility:2"]},
            {"start": "2022-01-01", "engagement": None, "org_unit": "below"},
            {"start": "2022-06-01", "end": "2022-07-01", "terminate": True},
            {"start": "2022-03-01", "person": None},
            {"start": "2024-01-01", "person": "other", "manager_type": "manager_type:1"},
        ],
    ),
    "a manager of no responsibility": Case(
        "manager", {"responsibilities": []}, [{"start": "2021-01-01", "manager_level": "manager_level:1"}]
    ),
    "an association with a trade union": Case(
        "association",
        {"substitute": "other"},
        [
            {"start": "2022-01-01", "trade_union": "trade_union:0"},
            {"start": "2023-01-01", "end": "2024-01-01", "association_type": "association_type:1"},
            {"start": "2023-06-01", "substitute": None, "org_unit": "below"},
            {"start": "2025-01-01", "person": "other", "primary": "primary_type:0"},
        ],
    ),
    "an itassociation": Case(
        "itassociation",
        {},
        [
            {"start": "2021-01-01", "end": "2022-01-01", "job_function": "engagement_job_function:1"},
            {"start": "2021-06-01", "primary": "primary_type:0", "org_unit": "below"},
            {"end": "2024-01-01", "terminate": True},
        ],
    ),
    "an account and its engagements": Case(
        "ituser",
        {"engagements": ["engagement"]},
        [
            {"start": "2021-01-01", "end": "2023-01-01", "engagements": []},
            {"start": "2022-01-01", "end": "2024-01-01", "engagements": ["engagement", "engagement2"]},
            {"start": "2022-06-01", "external_id": "guid", "binding_type": "b"},
            {"start": "2023-06-01", "end": "2023-07-01", "external_id": None, "user_key": "ny"},
            {"start": "2025-01-01", "person": "other"},
        ],
    ),
    "an account of a unit that lives on": Case(
        "ituser",
        {"person": None, "org_unit": "unit", "end": "2022-01-01"},
        [{"start": "2023-01-01", "prolong": True, "primary": "primary_type:1"}],
    ),
    "a role binding": Case(
        "rolebinding",
        {},
        [
            {"start": "2021-01-01", "end": "2022-01-01", "role": "role:1"},
            {"start": "2021-06-01", "org_unit": "unit"},
        ],
    ),
    "an address": Case(
        "address",
        {"visibility": "visibility:0"},
        [
            {"start": "2021-01-01", "end": "2022-01-01", "value": "b@example.org"},
            {"start": "2021-06-01", "visibility": "visibility:1", "user_key": "k"},
            {"end": "2024-01-01", "terminate": True},
        ],
    ),
    "a leave": Case(
        "leave",
        {"end": "2022-01-01"},
        [
            {"start": "2021-01-01", "leave_type": "leave_type:1"},
            {"start": "2021-06-01", "end": "2023-01-01", "prolong": True, "engagement": "engagement2"},
        ],
    ),
    "a KLE number and its aspects": Case(
        "kle",
        {},
        [
            {"start": "2021-01-01", "end": "2022-01-01", "kle_aspects": ["kle_aspect:0", "kle_aspect:1"]},
            {"start": "2021-06-01", "kle_number": "kle_number:1", "org_unit": "below"},
        ],
    ),
    "the owner of a unit": Case(
        "owner",
        {},
        [
            {"start": "2021-01-01", "end": "2022-01-01", "owner": "person"},
            {"start": "2021-06-01", "owner": None},
            {"start": "2021-09-01", "end": "2023-01-01", "org_unit": "below"},
        ],
    ),
    "the inferred owner of a person": Case(
        "owner",
        {"org_unit": None, "person": "person", "owner": None, "owner_inference_priority": "ENGAGEMENT"},
        [
            {"start": "2021-01-01", "end": "2022-01-01", "owner_inference_priority": "ASSOCIATION"},
            {"start": "2021-06-01", "owner_inference_priority": None, "owner": "other"},
        ],
    ),
    "a facet": Case(
        "facet", {}, [{"start": "2021-01-01", "user_key": "b"}, {"end": "2030-01-01", "terminate": True}]
    ),
    "an itsystem without a beginning": Case(
        "itsystem",
        {"start": None},
        [
            {"start": "2021-01-01", "end": "2022-01-01", "name": "B"},
            {"user_key": "alle"},
            {"start": "2030-01-01", "end": "2031-01-01", "terminate": True},
        ],
    ),
    "a class": Case(
        "class",
        {"start": None, "owner": "unit", "scope": "TEXT", "description": "d"},
        [
            {"start": "2021-01-01", "end": "2022-01-01", "name": "B"},
            {"start": "2021-06-01", "end": "2023-01-01", "owner": None, "description": None},
            {"start": "2022-06-01", "parent": "org_unit_type:0"},
            {"user_key": "alle"},
            {"start": "2024-01-01", "scope": None},
            {"end": "2030-01-01", "terminate": True},
            {"start": "2031-01-01", "prolong": True, "name": "C"},
        ],
    ),
    "a class of an itsystem": Case(
        "class",
        {"it_system": "itsystem:0"},
        [{"start": "2021-01-01", "end": "2022-01-01", "name": "B"}, {"it_system": "itsystem:1"}],
    ),
}


def named(town, value: Any) -> Any:
    """Return what a text of a case stands for."""
    if isinstance(value, list):
        return [named(town, each) for each in value]
    if not isinstance(value, str):
        return value
    facet, _, number = value.partition(":")
    if facet == "itsystem" and number:
        return town.itsystems[int(number)]
    if facet in town.classes and number:
        return town.a(facet, int(number))
    return getattr(town, value, value) if value in TOWN else value


TOWN = ("unit", "below", "person", "other", "engagement", "engagement2")


def test_every_kind_has_a_case():
    """A kind that MO can write and no case writes is not known to work."""
    assert {case.kind for case in CASES.values()} == set(WRITINGS)


@pytest.mark.parametrize("name", CASES)
def test_mo_holds_what_was_wanted_after_each_change(town, name):
    """Each plan reads back what it wanted, and has nothing to do when it is applied again."""
    case = CASES[name]
    made = {key: named(town, value) for key, value in case.made.items()}
    uuid = town.make(case.kind, **({"start": "2020-01-01"} | made))
    for change in case.changes:
        said = {key: named(town, value) for key, value in change.items() if key != "terminate"}
        plan = town.plan()
        if "terminate" in change:
            plan.terminate(case.kind, uuid, **said)
        else:
            plan.update(case.kind, uuid, **said)
        result = town.apply(plan)
        assert [o.became for o in result.outcomes] == ["done"], change
        assert [o.became for o in plan.apply().outcomes] == ["already so"], change
