"""Queries as frames: of a day, read to their end, held against the mirror (sandbox and real MO)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

import motoolkit
from motoolkit.client import AsyncClient
from motoolkit.errors import InputError
from motoolkit.mirror import Mirror
from motoolkit.query import ask

pytestmark = pytest.mark.contract

ENGAGEMENTS = """{ engagements { objects { uuid current {
    user_key person_response { uuid current { name } } org_unit_response { uuid current { name } }
    job_function_response { uuid current { name } } validity { from to } } } } }"""
COLUMNS = ["user_key", "person.uuid", "person.name", "org_unit.uuid", "org_unit.name"]
JOINED = """
    SELECT e.uuid, e.user_key, e.person_uuid, trim(p.given_name || ' ' || p.surname), e.org_unit_uuid, u.name
    FROM engagements_at($day) e LEFT JOIN persons_at($day) p ON p.uuid = e.person_uuid
    LEFT JOIN org_units_at($day) u ON u.uuid = e.org_unit_uuid ORDER BY e.uuid"""


@pytest.fixture(scope="module")
def client(mo):
    """A client of the MO under test."""
    with motoolkit.connect(mo.url, session=mo.session) as found:
        yield found


@pytest.fixture(scope="module")
def mirror(client):
    """A mirror of it."""
    with Mirror.open() as found:
        found.load(client, ["persons", "engagements", "org_units"])
        yield found


def rows(frame, columns):
    """Return a frame as rows of texts, None where there is nothing."""
    return frame[columns].astype(object).where(frame[columns].notna(), None).to_numpy().tolist()


@pytest.mark.parametrize("days", [-2000, -400, 0, 45])
def test_a_query_of_a_day_is_the_mirror_of_that_day(mo, client, mirror, days):
    """At every level: MO's own answer to the same words is today's names, or none at all."""
    day = mo.today + timedelta(days=days)
    found = client.query(ENGAGEMENTS, as_of=day).sort_values("uuid")
    wanted = [list(row) for row in mirror.rows(JOINED, {"day": day})]
    assert rows(found, ["uuid", *COLUMNS]) == wanted
    assert len(wanted) > 20


@pytest.mark.parametrize("version", [25, 28, 30])
def test_the_frame_is_the_same_in_every_version(mo, client, version):
    """MO's ``to`` changed its meaning with v29."""
    document = """{ org_units(filter: {from_date: null, to_date: null}) {
        objects { uuid validities { name validity { from to } } } } }"""
    with motoolkit.connect(mo.url, session=mo.session, graphql_version=version) as older:
        found = older.query(document)
    assert found.equals(client.query(document))
    assert found.valid_to.notna().any()


def test_a_window_of_its_own_is_left_alone(client, mo):
    """Who asks for all time gets every validity, whatever the day."""
    document = (
        "{ org_units(filter: {from_date: null, to_date: null}) { objects { uuid validities { name } } } }"
    )
    assert client.query(document, as_of=mo.today).equals(client.query(document))


def test_a_filter_within_a_filter_is_of_the_day_too(client, mo):
    """Each of MO's nested filters has a window of its own."""
    day = mo.today - timedelta(days=400)
    unit = client.query(ENGAGEMENTS, as_of=day)["org_unit.uuid"].mode()[0]
    written = f'{{ engagements(filter: {{org_unit: {{uuids: ["{unit}"]}}}}) {{ objects {{ uuid }} }} }}'
    given = "query ($filter: EngagementFilter) { engagements(filter: $filter) { objects { uuid } } }"
    found = client.query(written, as_of=day)
    assert found.equals(client.query(given, {"filter": {"org_unit": {"uuids": [unit]}}}, as_of=day))
    everyone = client.query(ENGAGEMENTS, as_of=day)
    assert set(found.uuid) == set(everyone[everyone["org_unit.uuid"] == unit].uuid)


def test_a_limit_holds_and_can_be_passed(client):
    """``limit: 7`` is seven; ``every`` reads on; several pages give each object once."""
    document = "{ engagements(limit: 7) { objects { uuid } } }"
    assert len(client.query(document)) == 7
    everyone = client.query(document, every=True)
    assert everyone.uuid.is_unique
    assert len(everyone) == len(client.query("{ engagements { objects { uuid } } }")) > 400
    assert client.query("{ engagements(limit: 0) { objects { uuid } } }").empty


def test_variables_are_declared_as_what_they_are_used_for(client):
    """Nobody has to know that MO's limits are of a scalar of its own."""
    found = client.query(
        "{ org_units(limit: $n, filter: {uuids: $some}) { objects { uuid } } }", {"n": 1, "some": None}
    )
    again = client.query(
        "query ($some: [UUID!]) { org_units(filter: {uuids: $some}) { objects { uuid } } }",
        {"some": [found.uuid[0]]},
    )
    assert again.equals(found)


def test_deprecated_links_are_of_the_day_and_make_no_rows(client, mo):
    """``person`` and ``org_unit`` are lists in MO, of one each; they say what their successors say."""
    day = mo.today - timedelta(days=400)
    document = """{ engagements { objects {
        uuid current { user_key person { uuid name } org_unit { uuid name } } } } }"""
    with pytest.warns(motoolkit.DeprecatedFieldWarning):
        found = client.query(document, as_of=day)
    assert rows(found, COLUMNS) == rows(client.query(ENGAGEMENTS, as_of=day), COLUMNS)


def test_the_asynchronous_client_answers_the_same(mo, client):
    """Of a day, and within the document's own limit."""
    document = "query ($n: int) { org_units(limit: $n) { objects { uuid current { name } } } }"

    async def ask_too():
        async with AsyncClient(motoolkit.load_profile(mo.url, session=mo.session)) as other:
            return await other.query(document, {"n": 30}, as_of=mo.today)

    assert asyncio.run(ask_too()).equals(client.query(document, {"n": 30}, as_of=mo.today))


def test_several_fields_are_several_frames(client):
    """Each is read to its end."""
    query = ask(client, "{ facets { objects { uuid } } some: org_units(limit: 2) { objects { uuid } } }")
    frames = query.frames()
    assert [(name, len(frame) > 2) for name, frame in frames.items()] == [("facets", True), ("some", False)]
    with pytest.raises(InputError, match="2 top-level fields"):
        query.frame()


def test_mos_own_words_are_there_as_json(client):
    """Pages are joined; CPR numbers are masked."""
    raw = ask(client, "{ persons(limit: 3) { objects { current { cpr_number } } } }").raw()
    numbers = [one["current"]["cpr_number"] for one in raw["persons"]["objects"]]
    assert [number[6:] for number in numbers if number] == ["-xxxx"] * 3


def test_what_changes_something_is_no_query(client):
    """Neither a mutation nor the query that hands out an event."""
    uuid = client.query("{ org_units(limit: 1) { objects { uuid } } }").uuid[0]
    with pytest.raises(InputError, match="changes something"):
        client.query("mutation { org_unit_delete(uuid: $uuid) { uuid } }", {"uuid": uuid})
    with pytest.raises(InputError, match="changes something"):
        client.query("{ event_fetch(filter: {listener: $uuid}) { subject } }", {"uuid": uuid})


def test_what_mo_can_not_answer_for_another_day_is_named(client, mo):
    """A unit's ``ancestors`` are today's, whatever is asked."""
    document = "{ org_units(limit: 1) { objects { current { name ancestors { name } } } } }"
    query = ask(client, document, as_of=mo.today - timedelta(days=400))
    assert query.unsteered == ("ancestors",)
    assert ask(client, document).unsteered == ()
