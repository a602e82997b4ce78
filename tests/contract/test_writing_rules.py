"""The rules of writing, every surprise among them, on the sandbox and on a real MO.

What the plan guards against must be there to be guarded against: each rule here is one that a real MO showed.
Dates are long past, and what a test writes it deletes, so that nothing else is disturbed.
"""

from __future__ import annotations

from uuid import uuid4

import pytest
from contract.scribe import Scribe

pytestmark = pytest.mark.contract

FUTURE = "2090-01-01"


@pytest.fixture
def scribe(mo):
    """One that writes, and takes away what it wrote."""
    found = Scribe(mo)
    yield found
    found.clean()


@pytest.fixture(scope="module")
def class_of(mo):
    """Return the nth class of a facet."""
    facets = {r.uuid: r.slices[-1].values["user_key"] for r in mo.records if r.collection == "facets"}
    found = {}
    for record in mo.records:
        if record.collection == "classes":
            found.setdefault(facets[record.slices[-1].values["facet"]], []).append(record.uuid)
    return lambda facet, n=0: found[facet][n]


@pytest.fixture
def unit(scribe, class_of):
    """A unit that lives from 1950 on."""
    return scribe.create(
        "org_unit", name="A", user_key="k", org_unit_type=class_of("org_unit_type"), start="1950-01-01"
    )


@pytest.fixture
def person(scribe):
    """A person without a CPR number, who lives for ever."""
    return scribe.create("person", given_name="Test", surname="Testesen")


@pytest.fixture
def engagement(scribe, class_of, unit, person):
    """An engagement from 1960 to 1970."""
    return scribe.create(
        "engagement",
        person=person,
        org_unit=unit,
        engagement_type=class_of("engagement_type"),
        job_function=class_of("engagement_job_function"),
        user_key="e",
        start="1960-01-01",
        end="1970-01-01",
    )


@pytest.fixture
def manager(scribe, class_of, unit, person):
    """A manager from 1960 on."""
    return scribe.create(
        "manager",
        person=person,
        org_unit=unit,
        manager_type=class_of("manager_type"),
        manager_level=class_of("manager_level"),
        responsibility=[class_of("responsibility")],
        start="1960-01-01",
    )


def test_a_bounded_update_gives_three_slices(scribe, engagement):
    """Outside the period the old values stay."""
    scribe.update("engagement", engagement, user_key="f", start="1963-01-01", end="1965-01-01")
    assert scribe.history("engagement", engagement, "user_key") == [
        ("1960-01-01", "1963-01-01", "e"),
        ("1963-01-01", "1965-01-01", "f"),
        ("1965-01-01", "1970-01-01", "e"),
    ]


def test_an_open_update_prolongs(scribe, engagement):
    """Trap: without ``to`` an object that ends lives for ever."""
    scribe.update("engagement", engagement, user_key="f", start="1965-01-01")
    assert scribe.history("engagement", engagement, "user_key") == [
        ("1960-01-01", "1965-01-01", "e"),
        ("1965-01-01", "", "f"),
    ]


def test_an_update_revives_after_a_gap(scribe, engagement):
    """Trap: the values of long ago are back, only the years between are not."""
    scribe.update("engagement", engagement, user_key="f", start="1980-01-01", end="1981-01-01")
    assert [s[:2] for s in scribe.history("engagement", engagement, "user_key")] == [
        ("1960-01-01", "1970-01-01"),
        ("1980-01-01", "1981-01-01"),
    ]


def test_an_update_before_the_start_draws_everything_back(scribe, engagement, class_of):
    """The stretch rule: what is not named is drawn over the whole period."""
    scribe.update("engagement", engagement, user_key="f", start="1955-01-01", end="1961-01-01")
    assert scribe.history("engagement", engagement, "user_key job_function_response { uuid }") == [
        ("1955-01-01", "1961-01-01", "f", class_of("engagement_job_function")),
        ("1961-01-01", "1970-01-01", "e", class_of("engagement_job_function")),
    ]


def test_a_level_of_long_ago_spreads(scribe, unit, class_of):
    """Trap: a unit that had a level in one year has it for ever after any later update."""
    level = class_of("org_unit_level")
    scribe.update("org_unit", unit, org_unit_level=level, start="1960-01-01", end="1961-01-01")
    scribe.update(
        "org_unit", unit, name="A", user_key="k", time_planning=class_of("time_planning"), start="1970-01-01"
    )
    assert scribe.history("org_unit", unit, "unit_level_response { uuid }") == [
        ("1950-01-01", "1960-01-01", None),
        ("1960-01-01", "1970-01-01", level),
        ("1970-01-01", "", level),
    ]


@pytest.mark.parametrize(("first", "then", "wins"), [("A", "B", "B"), ("B", "A", "B"), ("B", "a", "a")])
def test_names_are_flattened_to_the_last_in_the_order_of_characters(scribe, class_of, first, then, wins):
    """Trap: an update of the planning alone renames the unit, to the name that sorts last."""
    unit = scribe.create(
        "org_unit", name=first, user_key="k", org_unit_type=class_of("org_unit_type"), start="1950-01-01"
    )
    scribe.update("org_unit", unit, name=then, start="1960-01-01", end="1961-01-01")
    scribe.update("org_unit", unit, time_planning=class_of("time_planning"), start="1955-01-01")
    assert scribe.history("org_unit", unit, "name")[-1] == ("1955-01-01", "", wins)


def test_a_second_hierarchy_erases_the_first(scribe, unit, class_of):
    """Trap: a set is replaced at all times when it is written at one."""
    kind = class_of("org_unit_hierarchy")
    scribe.update("org_unit", unit, org_unit_hierarchy=kind, start="1960-01-01", end="1961-01-01")
    scribe.update("org_unit", unit, org_unit_hierarchy=kind, start="1965-01-01", end="1966-01-01")
    held = scribe.history("org_unit", unit, "unit_hierarchy_response { uuid }")
    assert [s[:2] for s in held if s[2]] == [("1965-01-01", "1966-01-01")]


def test_null_says_nothing(scribe, engagement, class_of):
    """Trap: a primary can not be taken away."""
    primary = class_of("primary_type")
    scribe.update("engagement", engagement, primary=primary, start="1960-01-01", end="1970-01-01")
    scribe.update("engagement", engagement, primary=None, user_key="f", start="1965-01-01", end="1970-01-01")
    assert {s[2] for s in scribe.history("engagement", engagement, "primary_response { uuid }")} == {primary}


def test_a_blank_clears_a_text(scribe, engagement):
    """And is read as null."""
    scribe.update("engagement", engagement, extension_1="x", start="1960-01-01", end="1970-01-01")
    scribe.update("engagement", engagement, extension_1="", start="1965-01-01", end="1970-01-01")
    assert [s[2] for s in scribe.history("engagement", engagement, "extension_1")] == ["x", None]


def test_a_fraction_of_nothing_is_no_fraction(scribe, engagement):
    """Trap: 0 is read back as null."""
    scribe.update("engagement", engagement, fraction=500000, start="1960-01-01", end="1970-01-01")
    scribe.update("engagement", engagement, fraction=0, start="1965-01-01", end="1970-01-01")
    assert [s[2] for s in scribe.history("engagement", engagement, "fraction")] == [500000, None]


def test_a_null_parent_moves_a_unit_to_the_root(scribe, unit, class_of):
    """The one null of a unit that says something."""
    below = scribe.create(
        "org_unit", name="B", parent=unit, org_unit_type=class_of("org_unit_type"), start="1950-01-01"
    )
    scribe.update("org_unit", below, parent=None, start="1960-01-01")
    assert [s[2] for s in scribe.history("org_unit", below, "parent_response { uuid }")] == [unit, None]


def test_a_manager_without_a_person_is_vacant(scribe, manager, person):
    """Trap: ``manager_update`` that leaves the person out empties the seat."""
    scribe.update("manager", manager, user_key="m", start="1965-01-01", end="1966-01-01")
    assert [s[2] for s in scribe.history("manager", manager, "person_response { uuid }")] == [
        person,
        None,
        person,
    ]


def test_responsibilities_that_are_not_named_are_all_there_ever_were(scribe, manager, person, class_of):
    """Trap: with a history that repeats one, the update fails."""
    two = [class_of("responsibility", 0), class_of("responsibility", 1)]
    common = {"person": person, "manager_level": class_of("manager_level")}
    scribe.update("manager", manager, responsibility=two[1:], **common, start="1965-01-01")
    scribe.update("manager", manager, **common, start="1970-01-01")
    assert set(scribe.history("manager", manager, "responsibility_uuids")[-1][2]) == set(two)
    scribe.update("manager", manager, responsibility=two[:1], **common, start="1975-01-01")
    assert (
        scribe.refusal("manager", "update", uuid=manager, **common, start="1980-01-01")
        == "V_DUPLICATED_RESPONSIBILITY"
    )


def test_create_over_a_known_uuid_forgets_its_history(scribe, engagement, unit, person, class_of):
    """Trap: no error, and nothing left of what was there."""
    scribe.create(
        "engagement",
        uuid=engagement,
        person=person,
        org_unit=unit,
        engagement_type=class_of("engagement_type"),
        job_function=class_of("engagement_job_function"),
        user_key="new",
        start="1965-01-01",
    )
    assert scribe.history("engagement", engagement, "user_key") == [("1965-01-01", "", "new")]


def test_a_termination_may_be_a_hole(scribe, engagement):
    """With ``from`` and ``to``; what comes after lives on."""
    scribe.terminate("engagement", engagement, start="1963-01-01", end="1965-01-01")
    assert [s[:2] for s in scribe.history("engagement", engagement, "user_key")] == [
        ("1960-01-01", "1963-01-01"),
        ("1965-01-01", "1970-01-01"),
    ]


def test_the_end_is_the_last_day_up_to_v28(scribe, engagement):
    """Trap: the same words mean a day more."""
    scribe.terminate("engagement", engagement, version=28, end="1965-12-31")
    assert scribe.history("engagement", engagement, "user_key")[-1][1] == "1966-01-01"
    assert scribe.history("engagement", engagement, "user_key", version=28)[-1][1] == "1965-12-31"


def test_a_hour_is_cut_off_on_update_and_refused_on_termination(scribe, engagement):
    """Trap: the date is taken as written, whatever the offset; the end of an object is not."""
    scribe.update("engagement", engagement, user_key="f", start="1963-01-01T23:30:00Z", end="1964-01-01")
    assert scribe.history("engagement", engagement, "user_key")[1][0] == "1963-01-01"
    noon = scribe.refusal("engagement", "terminate", uuid=engagement, to="1965-01-01T12:00:00+01:00")
    assert noon == "E_INVALID_INPUT"


@pytest.mark.usefixtures("engagement")
def test_a_unit_with_functions_can_not_end(scribe, unit):
    """Nor one with children; functions that end on that very day do no harm."""
    assert (
        scribe.refusal("org_unit", "terminate", uuid=unit, to="1965-01-01") == "V_TERMINATE_UNIT_WITH_ROLES"
    )
    scribe.terminate("org_unit", unit, end="1970-01-01")
    assert scribe.history("org_unit", unit, "name")[-1][1] == "1970-01-01"


def test_ending_a_person_ends_the_functions_only(scribe, person, engagement, manager):
    """Trap: the person lives on; with ``vacate`` the seat does too, empty."""
    scribe.terminate("person", person, end="1965-01-01", vacate=True)
    assert scribe.history("person", person, "given_name")[-1][1] == ""
    assert scribe.history("engagement", engagement, "user_key")[-1][1] == "1965-01-01"
    assert scribe.history("manager", manager, "person_response { uuid }")[-1] == ("1965-01-01", "", None)


def test_a_period_outside_the_units_life_is_refused_on_create(scribe, unit, person, class_of):
    """And one outside the person's; an update may move an engagement anywhere."""
    given = {
        "person": person,
        "engagement_type": class_of("engagement_type"),
        "job_function": class_of("engagement_job_function"),
    }
    assert (
        scribe.refusal("engagement", "create", org_unit=unit, **given, start="1940-01-01")
        == "V_DATE_OUTSIDE_ORG_UNIT_RANGE"
    )
    assert (
        scribe.refusal("engagement", "create", org_unit=str(uuid4()), **given, start="1960-01-01")
        == "E_ORG_UNIT_NOT_FOUND"
    )
    nobody = given | {"person": str(uuid4())}
    assert (
        scribe.refusal("engagement", "create", org_unit=unit, **nobody, start="1960-01-01")
        == "E_USER_NOT_FOUND"
    )


def test_an_engagement_moves_to_a_unit_that_is_not(scribe, engagement):
    """Trap: updates are not held against units."""
    nowhere = str(uuid4())
    scribe.update("engagement", engagement, org_unit=nowhere, start="1965-01-01", end="1970-01-01")
    assert scribe.history("engagement", engagement, "org_unit_response { uuid }")[-1][2] == nowhere


@pytest.fixture
def same(scribe, engagement):
    """An update that changes nothing, since the same has been sent before."""
    again = {"uuid": engagement, "user_key": "e", "start": "1960-01-01", "end": "1970-01-01"}
    scribe.update("engagement", **again)
    return {"uuid": engagement, "user_key": "e", "validity": {"from": "1960-01-01", "to": "1970-01-01"}}


def test_the_first_update_is_never_a_no_op(scribe, engagement, same):
    """Though it changes nothing: it is a registration, and only the same once more is none."""
    assert scribe.notes(engagement) == ["Oprettet i MO", "Rediger engagement"]
    assert "errors" not in scribe.send("engagement", "update", **same)
    assert scribe.notes(engagement) == ["Oprettet i MO", "Rediger engagement"]


def test_a_no_op_discards_the_whole_request(mo, scribe, same, class_of):
    """Trap: MO says that all went well, and the unit of the same request is not there."""
    lost = {
        "uuid": str(uuid4()),
        "name": "Lost",
        "org_unit_type": class_of("org_unit_type"),
        "validity": {"from": "1950-01-01"},
    }
    document = """mutation ($lost: OrganisationUnitCreateInput!, $same: EngagementUpdateInput!) {
        a: org_unit_create(input: $lost) { uuid } b: engagement_update(input: $same) { uuid } }"""
    answer = mo.query(document, lost=lost, same=same)
    assert answer == {"data": {"a": {"uuid": lost["uuid"]}, "b": {"uuid": same["uuid"]}}}
    assert scribe.history("org_unit", lost["uuid"], "name") == []


def test_a_database_field_on_the_last_alias_shows_a_no_op(mo, same):
    """The guard: what must be read from the database can not be."""
    document = """mutation ($same: EngagementUpdateInput!) {
        engagement_update(input: $same) { uuid current(at: "1965-01-01") { uuid } } }"""
    answer = mo.query(document, same=same)
    assert "current transaction is aborted" in str(answer["errors"])


def test_a_mutation_after_a_no_op_fails(mo, same):
    """The next write of the request finds the transaction dead."""
    document = """mutation ($same: EngagementUpdateInput!) {
        a: engagement_update(input: $same) { uuid } b: engagement_update(input: $same) { uuid } }"""
    assert "errors" in mo.query(document, same=same)


def test_an_account_keeps_its_engagements_unless_it_is_given_none(scribe, mo, person, engagement):
    """Trap: null keeps them, an empty list takes them away."""
    system = next(r.uuid for r in mo.records if r.collection == "itsystems")
    account = scribe.create(
        "ituser", person=person, itsystem=system, user_key="u", engagements=[engagement], start="1960-01-01"
    )
    scribe.update("ituser", account, engagements=None, user_key="v", start="1961-01-01")
    scribe.update("ituser", account, engagements=[], start="1962-01-01")
    assert [s[2] for s in scribe.history("ituser", account, "engagement_uuids")] == [
        [engagement],
        [engagement],
        [],
    ]


def test_visibility_alone_is_forgotten(scribe, mo, person, class_of):
    """Trap: an address keeps its visibility unless value and type are sent along."""
    kinds = {r.uuid: r.slices[-1].values["scope"] for r in mo.records if r.collection == "classes"}
    text = next(uuid for uuid, scope in kinds.items() if scope == "TEXT")
    one, two = class_of("visibility", 0), class_of("visibility", 1)
    given = {"value": "x", "address_type": text}
    address = scribe.create("address", person=person, **given, visibility=one, start="1960-01-01")
    scribe.update("address", address, visibility=two, user_key="k", start="1965-01-01")
    assert {s[2] for s in scribe.history("address", address, "visibility_response { uuid }")} == {one}
    scribe.update("address", address, **given, visibility=two, start="1965-01-01")
    assert scribe.history("address", address, "visibility_response { uuid }")[-1][2] == two


def test_a_class_loses_its_parent_unless_it_is_named(scribe, mo):
    """Trap: ``class_update`` without ``parent_uuid`` clears it."""
    facet = next(r.uuid for r in mo.records if r.collection == "facets")
    given = {"name": "n", "user_key": "k", "facet_uuid": facet}
    parent = scribe.create("class", **given, start="1950-01-01", end="1980-01-01")
    child = scribe.create("class", **given, parent_uuid=parent, start="1950-01-01", end="1980-01-01")
    scribe.update("class", child, **given, description="d", start="1960-01-01", end="1980-01-01")
    assert [s[2] for s in scribe.history("class", child, "parent_response { uuid }")] == [parent, None]


def test_rolebindings_choose_their_own_uuid(scribe, mo, person, class_of):
    """Trap: a second send makes a second one."""
    system = next(r.uuid for r in mo.records if r.collection == "itsystems")
    account = scribe.create("ituser", person=person, itsystem=system, user_key="u", start="1960-01-01")
    mine = str(uuid4())
    made = scribe.create("rolebinding", uuid=mine, ituser=account, role=class_of("role"), start="1960-01-01")
    assert made != mine
    assert (
        scribe.refusal("ituser", "terminate", uuid=account, to="1965-01-01")
        == "V_TERMINATE_ITUSER_WITH_ROLEBINDINGS"
    )


def test_an_error_takes_everything_back(mo, scribe, class_of):
    """One request is one transaction, although ``data`` may still show the UUID."""
    good = {
        "uuid": str(uuid4()),
        "name": "Gone",
        "org_unit_type": class_of("org_unit_type"),
        "validity": {"from": "1950-01-01"},
    }
    document = """mutation ($good: OrganisationUnitCreateInput!, $bad: EngagementTerminateInput!) {
        a: org_unit_create(input: $good) { uuid } b: engagement_terminate(input: $bad) { uuid } }"""
    answer = mo.query(document, good=good, bad={"uuid": str(uuid4()), "to": FUTURE})
    assert answer["errors"][0]["path"] == ["b"]
    assert scribe.history("org_unit", good["uuid"], "name") == []


def test_each_write_is_a_registration(scribe, engagement):
    """With MO's own notes."""
    scribe.update("engagement", engagement, user_key="f", start="1963-01-01", end="1965-01-01")
    scribe.terminate("engagement", engagement, end="1968-01-01")
    assert scribe.notes(engagement) == ["Oprettet i MO", "Rediger engagement", "Afsluttet"]


def test_a_delete_takes_whatever_belongs_to_persons_and_units(scribe, engagement):
    """MO does not look at what it is; related units have no delete of their own."""
    scribe.mo.data("mutation ($u: UUID!) { association_delete(uuid: $u) { uuid } }", u=engagement)
    assert scribe.history("engagement", engagement, "user_key") == []


@pytest.mark.parametrize("version", [25, 30])
def test_dates_in_the_wrong_order_are_refused_as_they_are_written(mo, engagement, version):
    """Up to v28 too, where the day before a day is an empty period, and not a wrong one."""
    period = {"from": "1962-01-02", "to": "1962-01-01"}
    update = "mutation ($i: EngagementUpdateInput!) { engagement_update(input: $i) { uuid } }"
    wrong = {"uuid": engagement, "user_key": "x", "validity": period}
    assert [error_key(mo.query(update, version, i=wrong))] == [None]
    end = "mutation ($i: EngagementTerminateInput!) { engagement_terminate(input: $i) { uuid } }"
    assert [error_key(mo.query(end, version, i={"uuid": engagement, **period}))] == [None]


def error_key(answer):
    """Return the key of an answer's only error."""
    (error,) = answer["errors"]
    return error.get("extensions", {}).get("error_context", {}).get("error_key")


def test_a_full_name_has_no_blanks_around_it(scribe):
    """Those within stay."""
    person = scribe.create("person", given_name=" Anna", surname=" Ny ")
    assert [s[2] for s in scribe.history("person", person, "name")] == ["Anna  Ny"]
