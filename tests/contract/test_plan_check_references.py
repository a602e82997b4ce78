"""What a check says of what a plan points at, and what MO then does with it (sandbox and real MO)."""

from __future__ import annotations

import pytest
from contract.checking import EARLY, NOBODY, create, facet, held

from motoolkit.catalogue import CATALOGUE, WRITINGS
from motoolkit.plan._rows import KEEPINGS

pytestmark = pytest.mark.contract

REFUSED = [
    ("engagement", "org_unit"),
    ("engagement", "person"),
    ("manager", "person"),
    ("association", "org_unit"),
    ("association", "person"),
    ("itassociation", "org_unit"),
    ("itassociation", "person"),
    ("ituser", "person"),
    ("ituser", "itsystem"),
    ("address", "person"),
    ("address", "address_type"),
    ("leave", "person"),
    ("kle", "org_unit"),
    ("owner", "org_unit"),
    ("owner", "owner"),
    ("org_unit", "parent"),
    ("rolebinding", "org_unit"),
]


@pytest.mark.parametrize(("kind", "field"), REFUSED)
def test_references_to_nothing_that_mo_refuses(town, kind, field):
    """An unknown unit, person, itsystem or address type is an error."""
    check = held(create(town, kind, **{field: NOBODY}), *_missing(kind, field))
    assert check.errors[0].code == "unknown-reference"
    assert f"has for {field} {NOBODY}, but neither MO nor the plan has such" in check.errors[0].text


def _missing(kind, field):
    twice = (kind, field) == ("leave", "person")
    return ("unknown-reference", "outside-life") if twice else ("unknown-reference",)


SILENT = [
    ("manager", "org_unit"),
    ("manager", "manager_type"),
    ("manager", "engagement"),
    ("engagement", "primary"),
    ("engagement", "job_function"),
    ("association", "association_type"),
    ("itassociation", "it_user"),
    ("ituser", "engagements"),
    ("address", "visibility"),
    ("address", "engagement"),
    ("address", "ituser"),
    ("rolebinding", "ituser"),
    ("rolebinding", "role"),
    ("leave", "leave_type"),
    ("leave", "engagement"),
    ("kle", "kle_number"),
    ("kle", "kle_aspects"),
    ("org_unit", "unit_type"),
    ("org_unit", "unit_level"),
    ("class", "facet"),
    ("class", "parent"),
    ("class", "owner"),
    ("class", "it_system"),
]


@pytest.mark.parametrize(("kind", "field"), SILENT)
def test_references_to_nothing_that_mo_takes(town, kind, field):
    """MO looks at nothing else that an object points at, so the rest are warnings."""
    check = held(create(town, kind, **{field: NOBODY}), "unknown-reference")
    assert check.ok
    assert check.warnings[0].text.startswith(f"The {'association' if kind == 'itassociation' else kind} ")
    assert f"has for {field} {NOBODY}" in check.warnings[0].text


CHANGES = [
    (kind, field.name)
    for kind, writing in WRITINGS.items()
    for field in CATALOGUE[writing.collection].references
    if field.name in {given.field for given in writing.of("update")} - set(KEEPINGS[kind].fixed)
]


@pytest.mark.parametrize(("kind", "field"), CHANGES)
def test_changes_to_nothing(town, kind, field):
    """What an update newly points at is held against what MO looks at in updates."""
    values = {"ituser": {"engagements": [town.engagement]}}.get(kind, {})
    uuid = town.make(kind, **values) if kind != "org_unit" or field != "parent" else town.below
    plan = town.plan()
    plan.update(kind, uuid, start="2020-01-01", **{field: NOBODY})
    check, result = plan.check(), plan.apply(dry_run=True)
    assert {"unknown-reference", "two-owners"} & {p.code for p in check.problems}, check
    assert check.ok == result.ok, (check, result)


@pytest.fixture(scope="module")
def young(town):
    """A person who was born on the first day of 1995."""
    return town.make("person", cpr_number="0101954100")


LIVES = [
    ("engagement", "org_unit"),
    ("engagement", "person"),
    ("manager", "person"),
    ("association", "org_unit"),
    ("association", "person"),
    ("itassociation", "org_unit"),
    ("itassociation", "person"),
    ("ituser", "person"),
    ("address", "person"),
    ("kle", "org_unit"),
    ("owner", "org_unit"),
    ("owner", "owner"),
    ("org_unit", "parent"),
    ("rolebinding", "org_unit"),
]


@pytest.mark.parametrize(("kind", "field"), LIVES)
def test_lives_that_mo_looks_at(town, young, kind, field):
    """An object that begins before its unit or its person is an error, where MO looks at that one."""
    others = {"org_unit": _eternal(town), "person": town.person, "owner": town.person}
    values = {name: uuid for name, uuid in others.items() if name in town.least(kind) and name != field}
    values[field] = young if field in {"person", "owner"} else town.unit
    check = create(town, kind, start=EARLY, **values).check()
    assert [p.code for p in check.errors] == ["outside-life"], check
    assert f"has for {field} in [1990-01-01, …) the " in check.errors[0].text
    assert not create(town, kind, start=EARLY, **values).apply(dry_run=True).ok


def _eternal(town):
    if not hasattr(town, "eternal"):
        town.eternal = town.make("org_unit", start="1950-01-01", parent=None)
    return town.eternal


def test_lives_that_mo_does_not_look_at(town):
    """A manager in a unit that is not there yet is taken, and a warning."""
    check = held(create(town, "manager", start=EARLY), "outside-life")
    assert check.ok
    assert "has for org_unit in [1990-01-01, 2015-01-01)" not in check.warnings[0].text
    assert "which lives in [2015-01-01, …) only." in check.warnings[0].text


def test_a_unit_that_ends_too_early(town):
    """An open engagement in a unit that ends is an error; one that ends with it is not."""
    unit = town.make("org_unit", start="2015-01-01", end="2025-01-01")
    held(create(town, "engagement", org_unit=unit), "outside-life")
    held(create(town, "engagement", org_unit=unit, end="2025-01-01"))


def test_a_unit_that_the_plan_itself_prolongs(town):
    """What the plan does to the unit counts."""
    unit = town.make("org_unit", start="2015-01-01", end="2025-01-01")
    plan = create(town, "engagement", org_unit=unit)
    plan.update("org_unit", unit, start="2020-01-01", prolong=True)
    held(plan)


def test_an_engagement_moved_to_a_unit_that_is_not_there_then(town):
    """MO looks at the unit of a new engagement only, so here it is a warning."""
    unit = town.make("org_unit", start="2022-01-01")
    plan = town.plan()
    plan.update("engagement", town.engagement, start="2020-01-01", org_unit=unit)
    assert held(plan, "outside-life").ok


def test_a_manager_moved_away_from_a_unit_that_ended(town):
    """MO looks at the first unit of a manager, also where it shall be in another."""
    unit = town.make("org_unit", start="2015-01-01", end="2020-01-01")
    manager = town.make("manager", org_unit=unit)
    plan = town.plan()
    plan.update("manager", manager, start="2020-01-01", org_unit=town.unit)
    check = held(plan, "outside-life")
    assert "in all of which its first unit does not live" in check.errors[0].text


def test_what_belongs_to_a_person_and_a_unit(town):
    """MO moves no address from the one to the other."""
    plan = town.plan()
    plan.update("address", town.make("address"), start="2020-01-01", org_unit=town.unit)
    assert not held(plan, "two-owners").ok


def test_an_owner_that_is_named_and_inferred(town):
    """MO infers the owners of persons only, and where none is named."""
    person = {"org_unit": None, "person": town.person}
    inferred = {"owner_inference_priority": "ENGAGEMENT"}
    held(create(town, "owner", **person, **inferred, owner=None))
    assert not held(create(town, "owner", **person, **inferred), "bad-owner").ok
    assert not held(create(town, "owner", **inferred, owner=None), "bad-owner").ok


def test_a_unit_moved_below_one_that_is_not_there_then(town):
    """MO looks at the parent of a unit that is moved, so it is an error."""
    unit = town.make("org_unit", start="2022-01-01")
    plan = town.plan()
    plan.update("org_unit", town.below, start="2020-01-01", parent=unit)
    assert not held(plan, "outside-life").ok


def test_a_leave_without_an_engagement(town):
    """MO wants one engagement of the person that lives in all of a leave."""
    assert not held(create(town, "leave", start="2014-01-01", end="2014-02-01"), "outside-life").ok
    other = town.make("person")
    assert not held(create(town, "leave", person=other), "outside-life").ok


def test_an_ended_class(town):
    """MO never looks at when a class lives, but for the type of an address."""
    ended = town.make(
        "class", facet=facet(town, "engagement_job_function"), start="2015-01-01", end="2018-01-01"
    )
    check = held(create(town, "engagement", job_function=ended), "ended-class")
    assert check.warnings[0].text.endswith(
        f"the class 'Prøve' {ended}, which lives in [2015-01-01, 2018-01-01) only."
    )
    held(create(town, "engagement", job_function=ended, start="2016-01-01", end="2017-01-01"))
    kind = town.make(
        "class",
        facet=facet(town, "employee_address_type"),
        start="2015-01-01",
        end="2018-01-01",
        scope="TEXT",
    )
    assert not held(
        create(town, "address", address_type=kind, start="2016-01-01", end="2017-01-01"), "ended-class"
    ).ok


def test_a_class_that_begins_later(town):
    """A class that the plan makes counts only from its own start."""
    plan = town.plan()
    job = plan.create(
        "class", start="2022-01-01", facet=facet(town, "engagement_job_function"), user_key="k", name="K"
    )
    plan.create("engagement", start="2020-01-01", **(town.least("engagement") | {"job_function": job}))
    held(plan, "ended-class")


WRONG = [
    ("engagement", "job_function", "employee_address_type"),
    ("engagement", "primary", "visibility"),
    ("org_unit", "unit_type", "org_unit_level"),
    ("manager", "responsibilities", "manager_type"),
    ("association", "association_type", "leave_type"),
    ("address", "visibility", "role"),
    ("leave", "leave_type", "role"),
    ("kle", "kle_number", "kle_aspect"),
    ("ituser", "primary", "visibility"),
]


@pytest.mark.parametrize(("kind", "field", "facet"), WRONG)
def test_a_class_of_the_wrongfacet(town, kind, field, facet):
    """MO takes any class for any field."""
    check = held(create(town, kind, **{field: town.a(facet)}), "wrong-facet")
    assert f"which is of the facet {facet}, not " in check.warnings[0].text


def test_a_role_of_another_system(town):
    """MO takes any role for any account."""
    ituser = town.make("ituser", itsystem=town.itsystems[0])
    role = town.make("class", facet=facet(town, "role"), it_system=town.itsystems[1])
    held(create(town, "rolebinding", ituser=ituser, role=role), "wrong-itsystem")
