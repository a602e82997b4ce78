"""What a check says of a plan, and what MO then does with it (sandbox and real MO)."""

from __future__ import annotations

from random import Random
from uuid import uuid4

import pytest
from contract.checking import NOBODY, create, facet, held

from motoolkit.catalogue import WRITINGS
from motoolkit.mirror import Mirror

pytestmark = pytest.mark.contract


def test_a_plan_in_which_nothing_is_wrong(town):
    """A plan of a new unit with all that hangs on it has no problems."""
    plan = town.plan()
    unit = plan.create("org_unit", start="2020-01-01", **town.least("org_unit"))
    person = plan.create("person", **town.least("person"))
    seat = {"org_unit": unit, "person": person}
    engagement = plan.create("engagement", start="2020-01-01", **(town.least("engagement") | seat))
    plan.create("manager", start="2020-01-01", **(town.least("manager") | seat))
    plan.create(
        "leave",
        start="2021-01-01",
        end="2021-02-01",
        person=person,
        engagement=engagement,
        leave_type=town.a("leave_type"),
    )
    check = held(plan)
    assert check.ok
    assert str(check) == "Nothing is wrong with a plan of 5 operations."


def test_a_username_that_is_taken(town):
    """MO takes the same name in the same system, also for one person, so it is a warning."""
    taken = town.make("ituser", user_key="optaget")
    for person in (town.person, town.other):
        check = held(create(town, "ituser", user_key="optaget", person=person), "duplicate-username")
        assert f"has the same username and itsystem as ituser {taken}" in check.warnings[0].text
    held(create(town, "ituser", user_key="optaget", itsystem=town.itsystems[1]))


def test_a_username_twice_in_the_plan(town):
    """It is said once, of the second."""
    plan = town.plan()
    for person in (town.person, town.other):
        values = town.least("ituser") | {"user_key": "dobbelt", "person": person}
        plan.create("ituser", start="2020-01-01", **values)
    check = held(plan, "duplicate-username")
    assert check.warnings[0].operation == 1


def test_a_username_that_is_free_again(town):
    """An account that ended before does not count."""
    town.make("ituser", user_key="gammel", end="2018-01-01")
    held(create(town, "ituser", user_key="gammel"))


def test_a_person_with_two_accounts_of_one_name(town):
    """MO refuses every further account in that system, whatever its name."""
    person = town.make("person")
    for _ in range(2):
        town.make("ituser", user_key="tvilling", person=person)
    check = held(create(town, "ituser", user_key="en anden", person=person), "duplicate-username")
    assert "who has two accounts 'tvilling' in itsystem" in check.errors[0].text
    held(create(town, "ituser", user_key="en anden", person=person, itsystem=town.itsystems[1]))


def test_a_cpr_number_that_is_taken(town):
    """MO refuses it for a new person, and takes it for one who is there."""
    taken = town.make("person", cpr_number="0101954200")
    check = held(create(town, "person", cpr_number="0101954200"), "duplicate-cpr")
    assert check.errors[0].text.endswith(f"has the CPR number of person {taken}.")
    plan = town.plan()
    plan.update("person", town.other, start="2020-01-01", cpr_number="0101954200")
    assert held(plan, "duplicate-cpr").ok


def test_a_cpr_number_twice_in_the_plan(town):
    """MO sees what the same request made before."""
    plan = create(town, "person", cpr_number="0101954300")
    plan.create("person", **(town.least("person") | {"cpr_number": "0101954300"}))
    assert not held(plan, "duplicate-cpr").ok


VALUES = [
    ("EMAIL", "karen@kommune.dk", "karen.kommune.dk"),
    ("EMAIL", "karen.prøve@kommune.dk", "karen@@kommune.dk"),
    ("EMAIL", "a+b@b.dk", "karen@kommune..dk"),
    ("EMAIL", "a_b@b.dk", ".karen@localhost"),
    ("WWW", "http://localhost:8000/a", "https://"),
    ("PHONE", "+4512345678", "12 34 56 78"),
    ("EAN", "5790000000000", "579"),
    ("PNUMBER", "1234567890", "123"),
    ("WWW", "https://kommune.dk", "kommune.dk"),
    ("TEXT", "hvad som helst", None),
    ("DAR", None, "Vestergade 1"),
    (None, None, "intet"),
]


@pytest.mark.parametrize(("scope", "good", "bad"), VALUES)
def test_the_value_of_an_address(town, scope, good, bad):
    """MO holds it against the scope of the type."""
    kind = town.make("class", facet=facet(town, "employee_address_type"), scope=scope)
    if good is not None:
        held(create(town, "address", address_type=kind, value=good))
    if bad is not None:
        assert not held(create(town, "address", address_type=kind, value=bad), "bad-address").ok


def test_the_value_of_an_address_that_changes(town):
    """An update is held against it as well."""
    address = town.make("address")
    plan = town.plan()
    plan.update("address", address, start="2020-01-01", value="ingen adresse")
    assert not held(plan, "bad-address").ok


def test_a_deputy_of_oneself(town):
    """Nobody is their own deputy, in a new association or one that is there."""
    plan = create(town, "association", substitute=town.person)
    assert not held(plan, "bad-deputy").ok
    association = town.make("association")
    plan = town.plan()
    plan.update("association", association, start="2020-01-01", substitute=town.person)
    assert not held(plan, "bad-deputy").ok


def test_a_deputy_by_the_type(town):
    """Only MO's configuration knows the types that may have one; a dry run tells."""
    check = held(create(town, "association", substitute=town.other))
    assert [p.code for p in check.problems] == ["deputy-type"]


def test_a_unit_below_itself(town):
    """MO looks at the first day of a move."""
    plan = town.plan()
    plan.update("org_unit", town.unit, start="2020-01-01", parent=town.below)
    assert not held(plan, "moved-below-itself").ok


def test_a_unit_below_itself_later(town):
    """MO takes a move whose circle closes after its first day."""
    later = town.make("org_unit", start="2015-01-01")
    town.update("org_unit", later, start="2024-01-01", parent=town.below)
    plan = town.plan()
    plan.update("org_unit", town.below, start="2020-01-01", parent=later)
    assert held(plan, "moved-below-itself").ok


def test_units_that_change_places(town):
    """What the plan moves before counts, in the order in which MO is told."""
    plan = town.plan()
    plan.update("org_unit", town.below, start="2020-01-01", parent=None)
    plan.update("org_unit", town.unit, start="2020-01-01", parent=town.below)
    check, result = plan.check(), plan.apply(dry_run=True)
    assert check.ok == result.ok


def test_a_unit_that_is_in_use(town):
    """MO ends no unit in which there is something on the day; the check lists it."""
    unit = town.make("org_unit", start="2015-01-01")
    engagement = town.make("engagement", org_unit=unit)
    plan = town.plan()
    plan.terminate("org_unit", unit, end="2022-01-01")
    check = held(plan, "still-in-use")
    assert check.errors[0].text == (
        f"The org_unit 'Enhed' {unit} shall end on 2022-01-01, but then has 1 engagement ({engagement})."
    )
    plan.terminate("engagement", engagement, end="2022-01-01")
    held(plan)


def test_a_unit_with_units_below(town):
    """Units below hold it back as well, until the plan ends them too."""
    unit = town.make("org_unit", start="2015-01-01")
    child = town.make("org_unit", start="2015-01-01", parent=unit)
    plan = town.plan()
    plan.terminate("org_unit", unit, end="2022-01-01")
    assert not held(plan, "still-in-use").ok
    plan.terminate("org_unit", child, end="2022-01-01")
    held(plan)


def test_a_unit_that_is_in_use_later(town):
    """What begins after the unit's end does not hold it back, and is a warning."""
    unit = town.make("org_unit", start="2015-01-01")
    town.make("engagement", org_unit=unit, start="2023-01-01")
    plan = town.plan()
    plan.terminate("org_unit", unit, end="2022-01-01")
    assert held(plan, "still-in-use").ok


def test_an_account_with_roles(town):
    """MO ends no account that has a role then."""
    binding = town.make("rolebinding")
    ituser = town.life("rolebinding", binding, "ituser")[0][2]
    plan = town.plan()
    plan.terminate("ituser", ituser, end="2022-01-01")
    assert not held(plan, "still-in-use").ok
    plan.terminate("rolebinding", binding, end="2022-01-01")
    held(plan)


def test_an_engagement_that_something_hangs_on(town):
    """MO ends it all the same."""
    engagement = town.make("engagement")
    town.make("manager", engagement=engagement)
    plan = town.plan()
    plan.terminate("engagement", engagement, end="2022-01-01")
    check = held(plan, "still-in-use")
    assert check.ok
    assert "1 manager (" in check.warnings[0].text


def test_a_name_of_blanks(town):
    """MO takes a name that nobody can see."""
    held(create(town, "org_unit", name=" "), "empty-name")


def test_what_steps_find(town):
    """What the plan refuses to send, and what MO does not have, is in the check."""
    plan = town.plan()
    plan.update("engagement", str(uuid4()), start="2020-01-01", user_key="K")
    plan.update("engagement", town.engagement, start="2000-01-01", user_key="K")
    plan.update("engagement", town.engagement2, start="2020-01-01", primary=None)
    plan.create("engagement", uuid=town.engagement2, start="2021-01-01", **town.least("engagement"))
    assert [p.code for p in plan.check().errors] == ["unknown-object", "outside-life", "already-there"]


def test_what_changes_nothing(town):
    """An update that is already so is said, and not sent."""
    plan = town.plan()
    plan.update("engagement", town.engagement, start="2020-01-01", user_key=town.engagement)
    plan.update("engagement", town.engagement, start="2021-01-01", user_key="K")
    check = plan.check()
    assert [(p.severity, p.operation, p.code) for p in check.problems] == [("info", 0, "no-op")]


def test_an_update_over_several_names(town):
    """It is sent in pieces, and the name of each is said again."""
    unit = town.make("org_unit", start="2015-01-01", name="A")
    town.update("org_unit", unit, start="2022-01-01", end="2023-01-01", name="B")
    plan = town.plan()
    plan.update("org_unit", unit, start="2020-01-01", unit_level=town.a("org_unit_level"))
    (problem,) = held(plan).problems
    assert (problem.severity, problem.code) == ("info", "split")
    assert problem.text == (
        f"The update of org_unit 'A' {unit} is sent as 3 updates, one for each period,"
        " with name said again in each, which MO would else change."
    )


def test_what_an_update_says_again(town):
    """A manager's update says the person, level and responsibilities again."""
    manager = town.make("manager")
    plan = town.plan()
    plan.update("manager", manager, start="2020-01-01", user_key="K")
    (problem,) = held(plan).problems
    assert problem.code == "resent"
    assert problem.text.endswith(
        "is sent with person, manager_level and responsibilities, which MO would else change."
    )


def test_a_mirror_says_the_same(town):
    """All but the roles can be told without asking MO."""
    unit = town.make("org_unit", start="2015-01-01", end="2025-01-01")
    town.make("engagement", org_unit=unit, end="2025-01-01")
    town.make("person", cpr_number="0101954400")
    town.make("ituser", user_key="spejlet")
    manager = town.make("manager")
    plan = town.plan()
    plan.terminate("org_unit", unit, end="2022-01-01")
    plan.create("person", **(town.least("person") | {"cpr_number": "0101954400"}))
    plan.create("ituser", start="2020-01-01", **(town.least("ituser") | {"user_key": "spejlet"}))
    plan.create("address", start="2020-01-01", **(town.least("address") | {"value": "nej"}))
    plan.update("manager", manager, start="2020-01-01", user_key="K")
    plan.update("org_unit", town.unit, start="2020-01-01", parent=town.below)
    plan.create("engagement", start="2020-01-01", **(town.least("engagement") | {"job_function": NOBODY}))
    plan.terminate("person", town.other, end="2022-01-01")
    with Mirror.open() as mirror:
        mirror.load(town.client)
        assert plan.check(mirror).problems == plan.check().problems
    assert len(plan.check().problems) == 8


@pytest.mark.parametrize("seed", range(6))
def test_random_plans(town, seed):
    """Whatever a plan does, it is refused if and only if the check has errors."""
    random, said = Random(seed), []  # noqa: S311 - a seed makes it the same again
    made = [
        (kind, town.make(kind, start="2019-01-01", end=end))
        for kind in _RANDOM
        for end in (None, "2024-01-01")
    ]
    units = [town.unit, town.below, *(town.make("org_unit", start=day) for day in _DAYS[1::2])]
    persons = [town.person, town.other, NOBODY]
    among = {"org_unit": units, "parent": units, **dict.fromkeys(("person", "owner", "substitute"), persons)}
    for _ in range(10):
        plan = town.plan()
        for _ in range(random.randint(1, 3)):
            _any_operation(town, plan, random, made, among)
        check, result = plan.check(), plan.apply(dry_run=True)
        said.append(check.ok)
        assert check.ok == result.ok, (plan, check, result)
    assert len(set(said)) == 2


_RANDOM = ("engagement", "manager", "association", "ituser", "address", "leave", "kle", "owner", "org_unit")
_OF_ONE = ("ituser", "address", "owner")
_DAYS = ("2018-01-01", "2019-01-01", "2020-06-01", "2022-01-01")


def _any_operation(town, plan, random, made, among):
    kind, uuid = random.choice(made)
    start, action = random.choice(_DAYS), random.choice(("create", "update", "update", "terminate"))
    names = [name for name in among if name in WRITINGS[kind].by_field()]
    names = [name for name in names if kind not in _OF_ONE or name in town.least(kind)]
    said = {name: random.choice(among[name]) for name in random.sample(names, random.randint(0, len(names)))}
    if kind == "engagement" and action == "update":
        said.pop("person", None)
    if action == "create":
        plan.create(kind, start=start, **(town.least(kind) | said))
    elif action == "terminate":
        kind, uuid = random.choice([*made, *(("org_unit", unit) for unit in among["org_unit"])])
        plan.terminate(kind, uuid, end=start)
    else:
        plan.update(kind, uuid, start=start, **(said or {"user_key": "K"}))
