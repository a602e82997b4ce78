"""What can not be had flat is said plainly, with the path, before anything is read."""

from __future__ import annotations

import datetime as dt

import pytest
from support import TODAY, launch

import motoolkit
from motoolkit.errors import InputError, MirrorError, SchemaError
from motoolkit.mirror import Mirror
from motoolkit.probes.flat import rewrite

DAY = dt.date.fromisoformat(TODAY)
UNITS = "{ org_units { objects { current { %s } } } }"
FILTERED = "{ org_units(filter: {%s}) { objects { uuid current { name } } } }"
EVER = "{from_date: null, to_date: null}"
PARENT = "parent_response { current { name } }"
OWN = "MO works it out itself, and the mirror does not keep it"
DEPENDS = "what MO answers depends on the rest of the request: write of when it is to be"


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    """A small municipality."""
    running = launch("--persons", "60", "--today", TODAY, log=tmp_path_factory.mktemp("flat") / "log")
    yield running.url
    running.stop()


@pytest.fixture(scope="module")
def client(url):
    """A client of it."""
    with motoolkit.connect(url) as found:
        yield found


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Sentences as they stand in the code."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def refusals(client, document, variables=None, **more):
    """Return what is refused of a document."""
    return list(rewrite(client, document, variables, today=DAY, **more).refusals)


@pytest.mark.parametrize(
    ("document", "path", "why"),
    [
        (UNITS % "root { name }", "org_units.root", OWN),
        (UNITS % "root_response { uuid }", "org_units.root_response", OWN),
        (UNITS % "leaves_response { objects { uuid } }", "org_units.leaves_response", OWN),
        ("{ engagements { objects { current { leave_uuid } } } }", "engagements.leave_uuid", OWN),
        (
            "{ addresses { objects { current { resolve { value } } } } }",
            "addresses.resolve",
            OWN,
        ),
        ("{ classes { objects { current { top_level_facet { uuid } } } } }", "classes.top_level_facet", OWN),
        (
            UNITS % "owners(inherit: true) { uuid }",
            "org_units.owners",
            "owners that are inherited are MO's own",
        ),
        (
            "{ org_units { objects { registrations { start } } } }",
            "org_units.registrations",
            "what was registered when is MO's own",
        ),
        (
            '{ org_units { objects { current(registration_time: "2024-01-01") { name } } } }',
            "org_units",
            "what was registered when is MO's own",
        ),
        ("{ org { uuid } }", "org", "it is no collection of objects"),
        ("{ me { username } }", "me", "it is no collection of objects"),
        ("{ healths { objects { status } } }", "healths", "it is no collection of objects"),
        ("{ registrations { objects { uuid } } }", "registrations", "it is no collection of objects"),
        (FILTERED % 'query: "skole"', "org_units", "the filter query is MO's own"),
        (
            FILTERED % 'registration: {start: "2024-01-01"}',
            "org_units",
            "the filter registration is MO's own",
        ),
        (
            FILTERED % 'registration_time: "2024-01-01"',
            "org_units",
            "the filter registration_time is MO's own",
        ),
        (
            FILTERED % 'ancestor: {}, from_date: "2024-01-01", to_date: null',
            "org_units",
            "the filter ancestor of more than one day",
        ),
        (
            FILTERED % 'engagement: {from_date: "2024-01-01"}',
            "org_units",
            "the filter looks at another time than the one around it",
        ),
        (FILTERED % "from_date: null", "org_units", "MO refuses from_date: null without an end"),
        (FILTERED % 'from_date: "2024"', "org_units", "from_date: 2024 is no date like 2026-11-23"),
        (FILTERED % 'to_date: "2026-11-23"', "org_units", "to_date without a start is not after today"),
        (
            FILTERED % 'from_date: "2025-01-01", to_date: "2024-01-01"',
            "org_units",
            "MO refuses a window that ends before it begins",
        ),
        (
            '{ persons(filter: {cpr_numbers: ["010190-1234"]}) { objects { uuid } } }',
            "persons",
            "MO refuses a CPR number that is not ten digits",
        ),
        ('{ org_units(limit: 2, cursor: "x:y") { objects { uuid } } }', "org_units", "a cursor is MO's own"),
        (
            "{ managers(inherit: true, filter: {employee: {}}) { objects { uuid } } }",
            "managers",
            "inheriting needs the filter org_unit, and it alone",
        ),
        (
            UNITS % f"managers_response(inherit: true, filter: {EVER}) {{ objects {{ uuid }} }}",
            "org_units.managers_response",
            "inheriting over more than one day",
        ),
        (
            "{ persons { objects { current { manager_roles(inherit: true) { uuid } } } } }",
            "persons.manager_roles",
            "inheriting from anything but units is MO's own",
        ),
        (
            f"{{ org_units(filter: {EVER}) {{ objects {{ current {{ {PARENT} }} }} }} }}",
            "org_units",
            DEPENDS,
        ),
    ],
)
def test_what_is_refused(client, document, path, why):
    """One sentence a field."""
    assert refusals(client, document)[0] == f"{path} can not be had from the mirror: {why}."


def test_what_says_when_is_not_refused(client):
    """``at`` and ``start`` take the doubt away."""
    document = """{ org_units(filter: {from_date: null, to_date: null}) { objects { validities(start: null,
        end: null) { name parent_response { current(at: "2024-01-01") { name } } } } } }"""
    assert refusals(client, document) == []


def test_an_old_parent_is_refused_until_v27(url):
    """MO names the root organisation there, which is no unit."""
    document = UNITS % "parent_uuid parent_response { uuid current { name } }"
    with motoolkit.connect(url, graphql_version=27) as old:
        assert [told.partition(" can")[0] for told in refusals(old, document)] == [
            "org_units.parent_uuid",
            "org_units.parent_response.uuid",
        ]


def test_all_that_is_wrong_is_told_at_once(client):
    """And nothing is read."""
    rewriting = rewrite(client, UNITS % "name root { name } leaves { uuid }", today=DAY)
    assert len(rewriting.refusals) == 2
    assert not rewriting.ok
    with pytest.raises(InputError, match=r"org_units\.root can not be had"):
        rewriting.load(client)


def test_what_changes_something_is_no_query(client):
    """Plans write."""
    with pytest.raises(InputError, match="changes something"):
        rewrite(client, "mutation { org_unit_delete(uuid: $u) { uuid } }", {"u": "x"}, today=DAY)


def test_what_does_not_fit_mos_schema_is_told_as_ever(client):
    """With the line and the near name."""
    with pytest.raises(SchemaError, match="Did you mean 'name'"):
        rewrite(client, UNITS % "nmae", today=DAY)


def test_a_variable_that_does_not_fit_is_named(client):
    """Before anything is read."""
    document = (
        "query ($n: int, $u: [UUID!]!) { org_units(limit: $n, filter: {uuids: $u}) { objects { uuid } } }"
    )
    with pytest.raises(InputError, match=r"\$u"):
        rewrite(client, document, {"u": None}, today=DAY)


def test_a_mirror_without_what_is_needed_is_named(client):
    """With the remedy of mirrors."""
    rewriting = rewrite(client, UNITS % "unit_type_response { current { name } }", today=DAY)
    with Mirror.open() as mirror:
        mirror.load(client, ["org_units"])
        with pytest.raises(MirrorError, match="does not hold classes"):
            rewriting.frame(mirror)


def test_several_fields_are_several_frames(client):
    """One frame holds the rows of one."""
    rewriting = rewrite(client, "{ facets { objects { uuid } } itsystems { objects { uuid } } }", today=DAY)
    with rewriting.load(client) as mirror:
        assert list(rewriting.frames(mirror)) == ["facets", "itsystems"]
        with pytest.raises(InputError, match="2 top-level fields"):
            rewriting.frame(mirror)


def test_what_mo_answers_with_an_error_is_an_error_here(client):
    """A deprecated link to a class that has ended takes MO's whole answer with it."""
    document = "{ engagements { objects { uuid current { job_function { name } } } } }"
    rewriting = rewrite(client, document, today=DAY)
    with (
        rewriting.load(client) as mirror,
        pytest.raises(InputError, match=r"engagements\.job_function can not be answered from the mirror"),
    ):
        rewriting.frame(mirror)


def test_cpr_numbers_are_masked_until_asked_for(client):
    """Here as in MO's frames."""
    rewriting = rewrite(client, "{ persons { objects { current { cpr_number user_key } } } }", today=DAY)
    with rewriting.load(client) as mirror:
        assert rewriting.frame(mirror).cpr_number.dropna().str.endswith("-xxxx").all()
        assert not rewriting.frame(mirror, show_cpr=True).cpr_number.dropna().str.contains("x").any()


def test_the_reads_and_joins_are_written_out(client):
    """Only the fields that are needed, as documents for MO; the joins as SQL for the mirror."""
    document = "{ engagements { objects { current { user_key person_response { current { name } } } } } }"
    rewriting = rewrite(client, document, today=DAY)
    (persons, engagements) = rewriting.reads
    assert persons.fields == ("given_name", "surname")
    assert engagements.columns == ("user_key", "person_uuid")
    page = next(client.pages(engagements.document, engagements.variables, page_size=5))
    assert set(page.objects[0]["current"]) == {"validity", "user_key", "person_response"}
    assert rewriting.joins[0].words == "persons whose uuid is the person_uuid of engagements"
    assert rewriting.sql() == (
        "SELECT engagements.uuid, engagements.user_key, engagements.person_uuid, "
        'persons.given_name AS "persons.given_name", persons.surname AS "persons.surname"\n'
        "FROM engagements_at(DATE '2026-11-23') AS engagements\n"
        "LEFT JOIN persons_at(DATE '2026-11-23') AS persons ON engagements.person_uuid = persons.uuid"
    )
    with rewriting.load(client) as mirror:
        assert len(mirror.sql(rewriting.sql())) == len(rewriting.frame(mirror))
        assert mirror.info().objects.keys() == {"persons", "engagements"}


def test_a_uuid_alone_reads_nothing_more(client):
    """The link's own column has it."""
    document = "{ engagements { objects { current { person_response { uuid } } } } }"
    assert [read.collection for read in rewrite(client, document, today=DAY).reads] == ["engagements"]


def test_the_card_shows_the_tree_and_what_is_refused(client):
    """Field by field, without a script, and with nobody's data."""
    rewriting = rewrite(client, UNITS % "name root { name } child_count", today=DAY)
    shown = rewriting._repr_html_()
    assert OWN.replace("'", "&#x27;") in shown
    assert "one query for each unit" in shown
    assert "<script" not in shown
    assert "Can not be had" in repr(rewriting)
