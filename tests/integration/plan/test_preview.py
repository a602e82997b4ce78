"""What a preview shows of a plan, and that it comes true."""

from __future__ import annotations

from datetime import date

import pytest
from contract.town import Town
from support import TODAY, launch

import motoolkit
from motoolkit.mirror import Mirror
from motoolkit.plan import read_for
from motoolkit.sandbox.municipality import municipality

SESSION = "5e551011-0000-4000-8000-000000000001"
PERSONS = 20


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A town that all tests of this module look at."""
    size = ("--persons", str(PERSONS), "--today", TODAY, "--session", SESSION)
    running = launch(*size, log=tmp_path_factory.mktemp("preview") / "log")
    records = tuple(municipality(persons=PERSONS, today=date.fromisoformat(TODAY)))
    with motoolkit.connect(running.url, session=SESSION) as client:
        yield Town.of(client, records)
    running.stop()


def rows(plan, *columns, **options):
    """Return some columns of a preview's frame."""
    frame = plan.preview(**options).frame()
    return [tuple(row) for row in frame[list(columns)].itertuples(index=False)]


def test_what_is_made_is_shown_by_names(town):
    """References show as what they point at, also at what the plan itself makes; UUIDs are a column."""
    plan = town.plan("Ansættelse")
    person = plan.create("person", given_name="Kaja", surname="Ny", cpr_number="0101905050")
    plan.create("ituser", start="2026-12-01", person=person, itsystem=town.itsystems[0], user_key="KAN")
    found = rows(plan, "kind", "object", "what", "start", "field", "before", "after", "reason")
    assert found[:3] == [
        ("person", "Kaja Ny", "oprettes", date(1890, 1, 1), field, "", value, "Ansættelse")
        for field, value in [("cpr_number", "010190-xxxx"), ("given_name", "Kaja"), ("surname", "Ny")]
    ]
    system = town.client.execute(
        "query ($u: [UUID!]) { itsystems(filter: {uuids: $u}) { objects { current { name } } } }",
        {"u": [town.itsystems[0]]},
    )["itsystems"]["objects"][0]["current"]["name"]
    account = f"KAN, {system}, Kaja Ny"
    assert [row[1:] for row in found[3:]] == [
        (account, "oprettes", date(2026, 12, 1), "user_key", "", "KAN", "Ansættelse"),
        (account, "oprettes", date(2026, 12, 1), "itsystem", "", system, "Ansættelse"),
        (account, "oprettes", date(2026, 12, 1), "person", "", "Kaja Ny", "Ansættelse"),
    ]
    assert plan.preview().frame()["uuid"].iloc[0] == person


def test_cpr_numbers_are_masked_unless_asked_for(town):
    """Everywhere: in the text, the page and the table."""
    plan = town.plan("Ny: 010190-5050")
    plan.create("person", given_name="Kaja", surname="Ny", cpr_number="0101905050")
    masked, full = plan.preview(), plan.preview(show_cpr=True)
    for shown in (str(masked), masked._repr_html_(), masked.frame().to_string()):
        assert "5050" not in shown
        assert "010190-xxxx" in shown
    assert "0101905050" in full._repr_html_()


def test_a_change_shows_the_period_in_which_it_holds(town):
    """Slices with the same change are one row; the object has the name that it had."""
    engagement = town.make("engagement", start="2020-01-01")
    town.update("engagement", engagement, start="2022-01-01", user_key="andet")
    plan = town.plan()
    other = town.a("engagement_job_function", 1)
    plan.update("engagement", engagement, start="2021-01-01", end="2023-01-01", job_function=other)
    ((name, what, start, end, field, before, after),) = rows(
        plan, "object", "what", "start", "end", "field", "before", "after"
    )
    assert (what, start, end, field) == ("ændres", date(2021, 1, 1), date(2023, 1, 1), "job_function")
    assert name == f"Karen Prøvesen, {before}, Prøveby"
    assert after not in ("", before)


def test_ends_holes_deletes_and_longer_lives_are_told_apart(town):
    """Each in a word, with the period in which it is so."""
    ended, holed, deleted, longer = (
        town.make("engagement", start="2020-01-01", end="2028-01-01") for _ in range(4)
    )
    plan = town.plan()
    plan.terminate("engagement", ended, end="2027-01-01")
    plan.terminate("engagement", holed, start="2024-01-01", end="2025-01-01")
    plan.delete("engagement", deleted)
    plan.update("engagement", longer, start="2027-06-01", prolong=True)
    shown = plan.preview()
    told = {(row.key[1], row.what, str(row.period)) for row in shown.rows}
    assert told == {
        (ended, "ophører", "[2027-01-01, 2028-01-01)"),
        (holed, "holder pause", "[2024-01-01, 2025-01-01)"),
        (deleted, "slettes", "[2020-01-01, 2028-01-01)"),
        (longer, "lever også", "[2028-01-01, …)"),
    }
    assert str(shown).startswith(
        "4 operationer på 4 objekter: 1 lever også, 1 ophører, 1 holder pause, 1 slettes."
    )


def test_names_are_no_markup(town):
    """A page shows them as they are, and so does a terminal."""
    plan = town.plan("<i>")
    plan.create("person", given_name="<b>Kaja</b>", surname="[red]Ny")
    shown = plan.preview()
    assert "&lt;b&gt;Kaja&lt;/b&gt; [red]Ny" in shown._repr_html_()
    assert "<i>" not in shown._repr_html_()
    assert "<b>Kaja</b> [red]Ny" in str(shown)


def test_what_can_not_be_sent_stands_first(town):
    """So nobody takes the rest for what will happen."""
    plan = town.plan()
    plan.update("engagement", town.engagement, start="1900-01-01", user_key="x")
    plan.update("engagement", town.engagement2, start="2020-01-01", user_key="x")
    shown = plan.preview()
    assert not shown.ok
    assert str(shown).startswith("Planen kan ikke sendes, som den er:\n– The engagement")
    assert shown._repr_html_().index("kan ikke sendes") < shown._repr_html_().index("Tjenestenummer")


def test_a_plan_that_is_refused_as_a_whole_claims_nothing(town):
    """Neither that it changes something nor that all is so already; what was meant is told as such."""
    plan = town.plan()
    plan.update("engagement", town.engagement, start="1900-01-01", user_key="x")
    assert "ændrer intet" not in str(plan.preview())
    assert "Det var meningen" not in str(plan.preview())
    plan.create("person", given_name="Kaja", surname="Ny")
    assert "Det var meningen, og intet af det sker: 2 operationer på 1 objekt" in str(plan.preview())


def test_an_object_that_becomes_several_things_says_so(town):
    """It changes, and then it ends."""
    engagement = town.make("engagement", start="2020-01-01")
    plan = town.plan()
    plan.update("engagement", engagement, start="2021-01-01", user_key="andet")
    plan.terminate("engagement", engagement, end="2027-01-01")
    assert "Prøveby · ændres og ophører" in str(plan.preview())


def test_nothing_to_do_is_said(town):
    """In one sentence."""
    plan = town.plan()
    plan.update("org_unit", town.unit, start="2020-01-01", name="Prøveby")
    assert str(plan.preview()) == "Planen ændrer intet: det hele er allerede sådan."
    assert plan.preview().frame().empty


def test_a_long_preview_is_cut_and_says_so(town):
    """A page of 200 rows; the table has them all."""
    plan = town.plan()
    for number in range(150):
        plan.create("person", given_name=f"Nummer {number}", surname="Ny")
    shown = plan.preview()
    assert len(shown.frame()) == 300
    for text in (str(shown), shown._repr_html_()):
        assert "… og 100 rækker til; frame() har dem alle." in text
        assert "Nummer 99" in text
        assert "Nummer 100" not in text


def test_a_mirror_shows_the_same(town):
    """Names and all, without asking MO."""
    plan = town.plan("Flytning")
    plan.update("org_unit", town.below, start="2027-01-01", name="Ny", parent=None)
    plan.terminate("person", town.person, end="2027-01-01")
    with Mirror.open() as mirror:
        mirror.load(town.client)
        assert str(plan.preview(mirror)) == str(plan.preview())


def test_afterwards_mo_holds_what_the_preview_said(town):
    """And there is nothing left to show."""
    engagement = town.make("engagement", start="2020-01-01")
    plan = town.plan()
    plan.update("engagement", engagement, start="2021-01-01", end="2023-01-01", fraction=500_000)
    plan.terminate("engagement", engagement, end="2027-01-01")
    shown = plan.preview()
    town.apply(plan)
    assert read_for(town.client, plan.operations) == shown.wanted
    assert not plan.preview().rows
