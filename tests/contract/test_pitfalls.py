"""MO's pitfalls for clients, each with the test that fails if the toolkit's guard against it is taken away.

Those of writing are here, on the sandbox and on a real MO; most of those of reading stand where the code is.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from motoolkit.catalogue import CATALOGUE, WRITINGS, as_of_document
from motoolkit.client import connect
from motoolkit.errors import InputError
from motoolkit.plan import Plan
from motoolkit.sandbox.municipality._classes import class_uuid

pytestmark = pytest.mark.contract

HERE = "contract/test_pitfalls.py::"
LOGIN = "integration/client/test_login.py::"
SCHEMA = "integration/client/test_versions_and_schema.py::"
PAGES = "integration/client/test_pages.py::"
FAILURES = "integration/client/test_failures.py::"
CATALOGUE_TESTS = "unit/catalogue/test_against_real_schemas.py::"
PITFALLS = {
    1: (LOGIN + "test_an_unknown_session_is_refused_without_being_shown",),
    2: (HERE + "test_02_a_no_op_discards_the_whole_request",),
    3: (SCHEMA + "test_a_limit_of_type_int_with_capital_is_explained",),
    4: (PAGES + "test_reading_a_collection_asks_for_all_time",),
    5: (HERE + "test_05_current_is_asked_for_with_its_day",),
    6: ("integration/mirror/test_frames.py::test_names_are_those_of_the_day",),
    7: ("integration/mirror/test_load.py::test_every_version_gives_the_same_mirror",),
    8: (HERE + "test_08_times_are_days_in_denmark",),
    9: (HERE + "test_09_an_update_prolongs_nothing_unasked",),
    10: (HERE + "test_10_an_update_across_a_rename_keeps_both_names",),
    11: (HERE + "test_11_a_level_that_has_ended_does_not_come_back",),
    12: (HERE + "test_12_a_manager_keeps_what_an_update_does_not_name",),
    13: (HERE + "test_13_a_deputy_stays_through_an_update",),
    14: (HERE + "test_14_empty_is_empty_or_refused",),
    15: (HERE + "test_15_the_visibility_alone_can_be_changed",),
    16: (HERE + "test_16_a_terminated_person_lives_on_without_engagements",),
    17: ("integration/client/test_filters.py::test_conditions_that_mo_would_not_look_at_are_refused",),
    18: (
        CATALOGUE_TESTS + "test_generated_documents_use_deprecated_fields_for_several_links_only",
        SCHEMA + "test_a_deprecated_field_warns_once_a_client",
        "unit/mirror/test_slices.py::test_equal_neighbours_are_one_row",
    ),
    19: (HERE + "test_19_a_create_overwrites_nothing",),
    20: (FAILURES + "test_fetching_an_event_is_never_sent_twice",),
    21: (
        PAGES + "test_pages_are_read_until_the_cursor_is_null",
        "integration/mirror/test_load.py::test_what_changes_during_a_load_is_in_it",
    ),
    22: (
        HERE + "test_22_failing_plans_leave_mo_healthy",
        FAILURES + "test_an_exhausted_pool_is_recognised_and_backed_off_from",
    ),
}
"""Where each pitfall has its tests, by its number in MO's list."""


def test_every_pitfall_has_its_test():
    """All twenty-two, and each test that is named is there."""
    assert list(PITFALLS) == list(range(1, 23))
    missing = [test for tests in PITFALLS.values() for test in tests if not _is_there(*test.split("::"))]
    assert missing == []


def _is_there(path: str, name: str) -> bool:
    return name in _tests_in(path)


@cache
def _tests_in(path: str) -> frozenset[str]:
    tree = ast.parse((Path(__file__).parents[1] / path).read_text())
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@dataclass
class Desk:
    """A client, and the objects that a test makes: they are deleted after it."""

    mo: Any
    client: Any
    made: list[tuple[str, str]] = field(default_factory=list)

    def plan(self) -> Plan:
        """Return an empty plan for this MO."""
        return Plan("afprøvning", client=self.client)

    def make(self, kind: str, **values: Any) -> str:
        """Create an object and return its UUID."""
        plan = self.plan()
        uuid = plan.create(kind, **values)
        plan.apply().raise_unless_ok()
        self.made.append((kind, uuid))
        return uuid

    def update(self, kind: str, uuid: str, **values: Any) -> Any:
        """Apply a plan with one update."""
        plan = self.plan()
        plan.update(kind, uuid, **values)
        return plan.apply().raise_unless_ok()

    def unit(self, **values: Any) -> str:
        """Create a unit that has lived since 2010."""
        kind = class_uuid("org_unit_type", "team")
        return self.make("org_unit", **{"name": "Prøve", "unit_type": kind, "start": "2010-01-01"} | values)

    def person(self, **values: Any) -> str:
        """Create a person without a CPR number."""
        return self.make("person", **{"given_name": "Prøve", "surname": "Person"} | values)

    def engagement(self, person: str, unit: str, **values: Any) -> str:
        """Create an engagement that has lasted since 2011."""
        given = {
            "person": person,
            "org_unit": unit,
            "engagement_type": class_uuid("engagement_type", "timeloen"),
            "job_function": class_uuid("engagement_type", "timeloen"),
            "start": "2011-01-01",
        }
        return self.make("engagement", **given | values)

    def slices(self, kind: str, uuid: str, fields: str) -> list[tuple[Any, ...]]:
        """Read the slices with plain HTTP: start, end, and the fields; equal neighbours as one."""
        collection = WRITINGS[kind].collection
        query = (
            f'{{ found: {collection}(filter: {{uuids: ["{uuid}"], from_date: null, to_date: null}}) '
            f"{{ objects {{ validities(start: null, end: null) {{ validity {{ from to }} {fields} }} }} }} }}"
        )
        found: list[tuple[Any, ...]] = []
        for each in self.mo.data(query)["found"]["objects"]:
            for period in each["validities"]:
                start, end = (period["validity"][side] for side in ("from", "to"))
                row = (start and start[:10], end and end[:10], *(period[name] for name in fields.split()))
                if found and found[-1][2:] == row[2:] and found[-1][1] == row[0]:
                    row = (found.pop()[0], *row[1:])
                found.append(row)
        return found


@pytest.fixture(scope="module")
def client(mo):
    """The toolkit's client of the MO under test."""
    with connect(mo.url, session=mo.session) as opened:
        yield opened


@pytest.fixture
def desk(mo, client):
    """A desk to work at; what was made is deleted, so that other tests find what they know."""
    sitting = Desk(mo, client)
    yield sitting
    for kind, uuid in reversed(sitting.made):
        mo.query(f'mutation {{ {WRITINGS[kind].mutation("delete")}(uuid: "{uuid}") {{ uuid }} }}')


def test_02_a_no_op_discards_the_whole_request(desk):
    """A document that ends with a no-op loses all of it; the plan sends what differs, and it is kept."""
    unit, lost = desk.unit(name="Som før"), str(uuid4())
    kind = class_uuid("org_unit_type", "team")
    same = f'uuid: "{unit}", name: "Som før", user_key: "{unit}", validity: {{from: "2010-01-01"}}'
    desk.mo.data(f"mutation {{ org_unit_update(input: {{{same}}}) {{ uuid }} }}")
    desk.mo.data(
        f'mutation {{ a: org_unit_create(input: {{uuid: "{lost}", name: "Tabt", org_unit_type: "{kind}", '
        f'validity: {{from: "2010-01-01"}}}}) {{ uuid }} b: org_unit_update(input: {{{same}}}) {{ uuid }} }}'
    )
    assert desk.slices("org_unit", lost, "name") == []

    plan = desk.plan()
    kept = plan.create("org_unit", name="Bevaret", unit_type=kind, start="2010-01-01")
    plan.update("org_unit", unit, name="Som før")
    result = plan.apply()
    desk.made.append(("org_unit", kept))
    assert [outcome.became for outcome in result.outcomes] == ["done", "already so"]
    assert desk.slices("org_unit", kept, "name") == [("2010-01-01", None, "Bevaret")]


def test_05_current_is_asked_for_with_its_day(desk, client):
    """With a window in the past plain ``current`` is null; the catalogue's document tells what is true."""
    unit = desk.unit(name="Før")
    desk.update("org_unit", unit, name="Nu", start="2015-01-01")
    window = {"uuids": [unit], "from_date": "2012-01-01", "to_date": "2013-01-01"}
    document = as_of_document(CATALOGUE["org_units"], client.version, {"name"})
    page = client.execute(document, {"filter": window, "at": str(desk.mo.today)})["page"]
    assert [each["current"]["name"] for each in page["objects"]] == ["Nu"]


def test_08_times_are_days_in_denmark(desk):
    """MO would take the date as it is written, 1 June, and refuse such a time of a termination."""
    unit = desk.unit(start="2012-06-01T23:30:00Z")
    assert desk.slices("org_unit", unit, "name") == [("2012-06-02", None, "Prøve")]
    plan = desk.plan()
    plan.terminate("org_unit", unit, end="2015-06-01T22:00:00Z")
    plan.apply().raise_unless_ok()
    assert desk.slices("org_unit", unit, "name") == [("2012-06-02", "2015-06-02", "Prøve")]


def test_09_an_update_prolongs_nothing_unasked(desk):
    """An update without an end reaches to the end of the object's life; beyond it nothing is revived."""
    engagement = desk.engagement(desk.person(), desk.unit(), user_key="a", end="2018-01-01")
    desk.update("engagement", engagement, user_key="b", start="2015-01-01")
    expected = [("2011-01-01", "2015-01-01", "a"), ("2015-01-01", "2018-01-01", "b")]
    assert desk.slices("engagement", engagement, "user_key") == expected
    plan = desk.plan()
    plan.update("engagement", engagement, user_key="c", start="2019-01-01")
    assert not plan.apply().ok
    assert desk.slices("engagement", engagement, "user_key") == expected


def test_10_an_update_across_a_rename_keeps_both_names(desk):
    """MO writes one of the names over the whole period; the plan says each in its own."""
    unit = desk.unit(name="Gammel")
    desk.update("org_unit", unit, name="Ny", start="2015-01-01", end="2018-01-01")
    level = class_uuid("org_unit_level", "NY1-niveau")
    desk.update("org_unit", unit, unit_level=level, start="2012-01-01")
    assert desk.slices("org_unit", unit, "name org_unit_level_uuid") == [
        ("2010-01-01", "2012-01-01", "Gammel", None),
        ("2012-01-01", "2015-01-01", "Gammel", level),
        ("2015-01-01", "2018-01-01", "Ny", level),
        ("2018-01-01", None, "Gammel", level),
    ]


def test_11_a_level_that_has_ended_does_not_come_back(desk):
    """MO draws the last level out over the period of the next update, so the plan refuses to send it."""
    unit, level = desk.unit(user_key="a"), class_uuid("org_unit_level", "NY1-niveau")
    desk.update("org_unit", unit, unit_level=level, start="2012-01-01", end="2014-01-01")
    plan = desk.plan()
    plan.update("org_unit", unit, user_key="b", start="2016-01-01")
    assert [problem.code for problem in plan.apply().problems] == ["would-spread"]
    assert desk.slices("org_unit", unit, "user_key org_unit_level_uuid") == [
        ("2010-01-01", "2012-01-01", "a", None),
        ("2012-01-01", "2014-01-01", "a", level),
        ("2014-01-01", None, "a", None),
    ]


def test_12_a_manager_keeps_what_an_update_does_not_name(desk):
    """MO would empty the seat; the plan resends person, level and responsibilities."""
    person, unit = desk.person(), desk.unit()
    level, other = (class_uuid("manager_level", key) for key in ("niveau1", "niveau2"))
    manager = desk.make(
        "manager",
        person=person,
        org_unit=unit,
        manager_type=class_uuid("manager_type", "leder"),
        manager_level=level,
        responsibilities=[class_uuid("responsibility", "personaleledelse")],
        start="2012-01-01",
    )
    desk.update("manager", manager, manager_level=other, start="2014-01-01")
    desk.update("manager", manager, manager_level=level, start="2016-01-01")
    kept = (person, [class_uuid("responsibility", "personaleledelse")])
    assert desk.slices("manager", manager, "manager_level_uuid employee_uuid responsibility_uuids") == [
        ("2012-01-01", "2014-01-01", level, *kept),
        ("2014-01-01", "2016-01-01", other, *kept),
        ("2016-01-01", None, level, *kept),
    ]


def test_13_a_deputy_stays_through_an_update(desk):
    """MO would remove the deputy; the plan resends it, with the type that MO wants beside it."""
    deputy = desk.person(given_name="Sted", surname="Fortræder")
    association = desk.make(
        "association",
        person=desk.person(),
        org_unit=desk.unit(),
        association_type=class_uuid("association_type", "Formand"),
        substitute=deputy,
        user_key="a",
        start="2012-01-01",
    )
    desk.update("association", association, user_key="b", start="2014-01-01")
    assert desk.slices("association", association, "user_key substitute_uuid") == [
        ("2012-01-01", "2014-01-01", "a", deputy),
        ("2014-01-01", None, "b", deputy),
    ]


def test_14_empty_is_empty_or_refused(desk):
    """MO takes null and keeps the value; the plan empties what can be, and refuses what can not."""
    primary = class_uuid("primary_type", "primary")
    engagement = desk.engagement(desk.person(), desk.unit(), extension_1="x", primary=primary)
    desk.update("engagement", engagement, extension_1=None, start="2014-01-01")
    plan = desk.plan()
    plan.update("engagement", engagement, primary=None, start="2016-01-01")
    result = plan.apply()
    assert [problem.code for problem in result.problems if problem.severity == "error"] == ["cannot-clear"]
    assert desk.slices("engagement", engagement, "extension_1 primary_uuid") == [
        ("2011-01-01", "2014-01-01", "x", primary),
        ("2014-01-01", None, None, primary),
    ]


def test_15_the_visibility_alone_can_be_changed(desk):
    """MO ignores it unless value and type stand beside it; the plan puts them there."""
    secret, public = (class_uuid("visibility", key) for key in ("Hemmelig", "Ekstern"))
    address = desk.make(
        "address",
        person=desk.person(),
        value="12345678",
        address_type=class_uuid("employee_address_type", "PhoneEmployee"),
        visibility=secret,
        start="2012-01-01",
    )
    desk.update("address", address, visibility=public, start="2014-01-01")
    assert desk.slices("address", address, "value visibility_uuid") == [
        ("2012-01-01", "2014-01-01", "12345678", secret),
        ("2014-01-01", None, "12345678", public),
    ]


def test_16_a_terminated_person_lives_on_without_engagements(desk):
    """MO ends what the person has, never the person; the plan knows, and finds what it wanted."""
    person = desk.person()
    engagement = desk.engagement(person, desk.unit(), user_key="a")
    plan = desk.plan()
    plan.terminate("person", person, end="2016-01-01")
    assert plan.apply().raise_unless_ok().ok
    assert desk.slices("engagement", engagement, "user_key") == [("2011-01-01", "2016-01-01", "a")]
    assert [row[1] for row in desk.slices("person", person, "name")] == [None]


def test_19_a_create_overwrites_nothing(desk):
    """MO would replace the whole object and its history, and take an empty name that breaks its lists."""
    unit = desk.unit(name="Oprindelig")
    plan = desk.plan()
    plan.create(
        "org_unit",
        uuid=unit,
        name="En anden",
        unit_type=class_uuid("org_unit_type", "team"),
        start="2020-01-01",
    )
    assert not plan.apply().ok
    assert desk.slices("org_unit", unit, "name") == [("2010-01-01", None, "Oprindelig")]
    with pytest.raises(InputError, match="name"):
        desk.plan().create(
            "org_unit", name="", unit_type=class_uuid("org_unit_type", "team"), start="2020-01-01"
        )


def test_22_failing_plans_leave_mo_healthy(desk):
    """Plans send singles, one after the other, so a refusal leaks no connection: a real MO has fifteen."""
    person, unit = desk.person(), desk.unit(end="2015-01-01")
    for _ in range(20):
        plan = desk.plan()
        for _ in range(2):
            _engage(plan, person, unit)
        result = plan.apply()
        assert not result.ok
        assert {step.mutation for step in result.steps} <= {"engagement_create"}
    assert desk.slices("org_unit", unit, "name") == [("2010-01-01", "2015-01-01", "Prøve")]


def _engage(plan: Plan, person: str, unit: str) -> None:
    """Add an engagement that outlives its unit, which MO refuses."""
    plan.create(
        "engagement",
        person=person,
        org_unit=unit,
        engagement_type=class_uuid("engagement_type", "timeloen"),
        job_function=class_uuid("engagement_type", "timeloen"),
        start=date(2012, 1, 1),
    )
