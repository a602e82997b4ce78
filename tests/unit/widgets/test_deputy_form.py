"""The form to remove deputies, without a browser: values are set and buttons clicked, against a sandbox."""

from __future__ import annotations

import re
from datetime import date

import pytest
from contract.town import Town
from support import TODAY, launch

import motoolkit
from motoolkit.errors import InputError
from motoolkit.mirror import Mirror
from motoolkit.sandbox.municipality import municipality
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.municipality._line_units import unit_uuid
from motoolkit_widgets.deputies import DeputyForm

PERSONS = 20
DAY = date.fromisoformat(TODAY)
CHAIR = uid("associations", "formand")
VICE = uid("associations", "næstformand")
ENDED = uid("associations", "left")


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A sandbox of this file's own; what is planted in it stays as it is."""
    log = tmp_path_factory.mktemp("deputy-form") / "log"
    started = launch("--today", TODAY, "--persons", str(PERSONS), log=log)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def mo(running):
    """A client of it."""
    with motoolkit.connect(running.url) as client:
        yield client


@pytest.fixture(scope="module")
def town(mo):
    """A town of one's own in it."""
    return Town.of(mo, tuple(municipality(persons=PERSONS, today=DAY)))


@pytest.fixture
def form(mo):
    """The form with the planted committees, and whatever the tests have made."""
    return DeputyForm(mo, as_of=DAY)


@pytest.fixture
def seat(town):
    """A seat with a deputy in a committee of its own."""
    unit = town.make("org_unit", name="MED-udvalg")
    return town.make("association", org_unit=unit, start="2020-01-01", substitute=town.other)


def shown(form):
    """Return the UUIDs in the table of seats."""
    return [row["value"] for row in form.finder.table.rows]


def cells(form, seat):
    """Return what the table says of a seat."""
    return next(row["cells"] for row in form.finder.table.rows if row["value"] == seat)


def text(widget):
    """Return what an HTML widget says."""
    return re.sub(r"<[^>]*>", " ", widget.value).strip()


def test_the_form_begins_with_all_seats_that_have_not_ended(form):
    """Each once, as it is today."""
    assert cells(form, VICE) == [
        "Hoved-MED",
        "Næstformand",
        "Margrethe Åkjær",
        "–",
        "HK Kommunal",
        "fra 01-11-2024",
    ]
    assert ENDED not in shown(form)
    form.finder.former.value = True
    assert next(row["quiet"] for row in form.finder.table.rows if row["value"] == ENDED)


def test_a_committee_is_chosen_in_the_tree_or_by_typing(form):
    """The two fields are one; below it means all below it."""
    form.finder.tree.value = unit_uuid("Hoved-MED")
    assert form.finder.unit.value == unit_uuid("Hoved-MED")
    assert {cells(form, value)[0] for value in shown(form)} > {"Hoved-MED", "Lokal-MED Ravnsnæs Skole"}
    form.finder.unit.value = unit_uuid("Lokal-MED Ravnsnæs Skole")
    assert form.finder.tree.value == unit_uuid("Lokal-MED Ravnsnæs Skole")
    assert {cells(form, value)[0] for value in shown(form)} == {"Lokal-MED Ravnsnæs Skole"}


def test_a_person_is_found_as_a_member_and_as_a_deputy(form):
    """And told from namesakes by what they are where."""
    form.finder.person.value = uid("persons", "two-b")
    assert shown(form) == [CHAIR]
    (option,) = form.finder.person.control.source.search("Anders Bæk").options[:1]
    assert option.hint == "stedfortræder, Hoved-MED"


def test_only_seats_with_a_deputy(form):
    """Those that have one now, or will have."""
    form.finder.unit.value = unit_uuid("Hoved-MED")
    form.finder.only.value = True
    assert CHAIR in shown(form)
    assert VICE not in shown(form)


def test_the_tree_has_the_committees_below_each_other(form):
    """With how many seats each has itself."""
    nodes = {node["label"]: node for node in form.finder.tree.nodes}
    assert nodes["Hoved-MED"]["parent"] == nodes["MED-organisationen"]["value"]
    assert (nodes["MED-organisationen"]["parent"], nodes["MED-organisationen"]["note"]) == ("", "")
    assert nodes["Hoved-MED"]["note"] == str(len({s.uuid for s in form.seats if s.unit.name == "Hoved-MED"}))


def test_a_deputy_is_removed(town, seat):
    """Chosen, looked at, carried out; the table then says what comes."""
    form = DeputyForm(town.client, as_of=DAY)
    form.chosen = [seat]
    form.wish.fields["start"].value = date(2026, 12, 1)
    form.wish.fields["reason"].value = "Udtrådt"
    form.look_button.click()
    assert "Anders Prøve" in form.outlook.value
    assert ">ingen<" in form.outlook.value
    assert town.life("association", seat, "substitute") == [("2020-01-01", None, town.other)]
    form.send_button.click()
    assert form.result.ok
    assert text(form.area) == "Udført. Ændrede pladser: 1."
    assert [o.operation.reason for o in form.result.outcomes] == ["Udtrådt"]
    assert town.life("association", seat, "substitute") == [
        ("2020-01-01", "2026-12-01", town.other),
        ("2026-12-01", None, None),
    ]
    assert cells(form, seat)[3] == "Anders Prøve,\ningen fra 01-12-2026"
    assert form.chosen == []


def test_the_last_day_is_shown_and_the_day_after_is_meant(town, seat):
    """The deputy is back on the day after the last day."""
    form = DeputyForm(town.client, as_of=DAY)
    form.chosen = [seat]
    form.wish.fields["start"].value = date(2026, 12, 1)
    form.wish.fields["end"].control.value = "31-12-2026"
    form.look_button.click()
    form.send_button.click()
    assert town.life("association", seat, "substitute")[1:] == [
        ("2026-12-01", "2027-01-01", None),
        ("2027-01-01", None, town.other),
    ]


def test_a_deputy_is_replaced(town, seat):
    """The field for the new one is there when it is needed."""
    new = town.make("person", given_name="Frede", surname="Afløser")
    town.make("engagement", person=new)
    form = DeputyForm(town.client, as_of=DAY)
    form.chosen = [seat]
    assert form.wish.fields["replacement"].layout.display == "none"
    form.wish.what.value = "replace"
    assert form.wish.fields["replacement"].layout.display == ""
    form.wish.fields["replacement"].value = new
    form.look_button.click()
    form.send_button.click()
    assert town.life("association", seat, "substitute")[1:] == [(TODAY, None, new)]
    assert cells(form, seat)[3] == "Frede Afløser"


def test_a_second_click_does_nothing(town, seat):
    """Neither do further ones, nor the same removal asked for again."""
    form = DeputyForm(town.client, as_of=DAY)
    form.chosen = [seat]
    form.look_button.click()
    form.send_button.click()
    first = form.result
    form.send_button.click()
    assert form.result is first
    assert text(form.area) == "Det er allerede i MO; intet blev sendt igen."
    form.chosen = [seat]
    form.look_button.click()
    assert text(form.area) == "Der er intet at ændre: det er allerede sådan."
    assert form.send_button.layout.display == "none"


def test_nothing_is_sent_that_was_not_looked_at(town, seat):
    """A change after the look takes the button away."""
    form = DeputyForm(town.client, as_of=DAY)
    form.chosen = [seat]
    form.look_button.click()
    assert form.send_button.layout.display == ""
    form.wish.fields["start"].value = date(2027, 1, 1)
    assert (form.send_button.layout.display, form.outlook.value) == ("none", "")
    form.send_button.click()
    assert form.result is None
    assert text(form.area) == "Se først, hvad der vil ske."


def test_a_date_that_can_not_be_is_marked_at_its_field(form):
    """With a sentence, until it is another."""
    form.chosen = [CHAIR]
    form.wish.fields["start"].value = date(2027, 1, 1)
    form.wish.fields["end"].control.value = "31-12-2026"
    form.look_button.click()
    assert form.wish.fields["end"].error == "Sidste dag ligger før første dag, 01-01-2027."
    form.wish.fields["end"].value = None
    assert form.wish.fields["end"].error == ""
    form.wish.fields["start"].control.value = "31-02-2027"
    form.look_button.click()
    assert form.wish.fields["start"].error == "31-02-2027 er ikke en dato. Skriv den som 31-12-2026."
    form.wish.fields["start"].value = None
    form.look_button.click()
    assert form.wish.fields["start"].error == "Angiv fra hvilken dag."
    assert form.send_button.layout.display == "none"


def test_a_seat_that_can_not_be_is_marked_in_its_row(form):
    """And at the field that it is about."""
    form.chosen = [CHAIR, VICE]
    form.wish.fields["start"].value = date(2024, 1, 1)
    form.look_button.click()
    wrong = "Karin Overgaard, Formand, Hoved-MED: pladsen begynder først 01-11-2024."
    assert form.finder.table.marks[CHAIR] == ["error", wrong]
    assert wrong in form.wish.fields["start"].error
    form.wish.fields["start"].value = DAY
    assert form.finder.table.marks == {}


def test_a_deputy_who_can_not_be_is_marked_at_the_field(form):
    """Nobody, and the member of the seat."""
    form.chosen = [CHAIR]
    form.wish.what.value = "replace"
    form.look_button.click()
    assert form.wish.fields["replacement"].error == "Vælg den nye stedfortræder."
    form.wish.fields["replacement"].value = uid("persons", "chief")
    form.look_button.click()
    assert form.wish.fields["replacement"].error == (
        "Karin Overgaard, Formand, Hoved-MED: ingen kan være stedfortræder for sig selv."
    )


def test_without_a_seat_there_is_nothing_to_look_at(form):
    """The form says so in its own area."""
    form.look_button.click()
    assert text(form.area) == "Vælg mindst én plads."


def test_what_is_chosen_stays_chosen_when_it_is_not_shown(form):
    """Until it is let go."""
    form.chosen = [CHAIR]
    form.finder.unit.value = unit_uuid("Lokal-MED Ravnsnæs Skole")
    assert CHAIR not in shown(form)
    assert text(form.picked) == "Valgte pladser: 1"
    form.clear.click()
    assert form.chosen == []
    assert form.clear.disabled


def test_a_tick_in_the_review_is_a_chosen_seat(town, seat):
    """The deputy was never engaged; the two tables tick the same seats."""
    form = DeputyForm(town.client, as_of=DAY)
    form.go("review")
    row = next(row for row in form.reviewing.table.rows if row["value"] == seat)
    assert row["cells"][3:] == ["Anders Prøve", "har aldrig været ansat"]
    form.reviewing.table.chosen = [seat]
    assert form.finder.table.chosen == [seat]
    form.look_button.click()
    form.send_button.click()
    assert form.result.ok
    assert seat not in {row["value"] for row in form.reviewing.table.rows}


def test_the_review_shows_one_kind_when_asked(town, seat):
    """Only kinds that there are can be asked for, each with how many there are."""
    left = town.make("person", given_name="Lars", surname="Fratrådt")
    town.make("engagement", person=left, start="2018-01-01", end="2026-11-01")
    other = town.make("association", org_unit=town.below, substitute=left)
    form = DeputyForm(town.client, as_of=DAY)
    form.go("review")
    labels = [label for label, _ in form.reviewing.code.control.options]
    assert labels[0] == f"det hele ({len(form.reviewing.review)})"
    assert "er fratrådt (1)" in labels
    assert not [label for label in labels if label.startswith("er stedfortræder for sig selv")]
    form.reviewing.code.value = "left"
    assert [row["value"] for row in form.reviewing.table.rows] == [other]
    form.reviewing.code.value = "no-engagement"
    assert seat in {row["value"] for row in form.reviewing.table.rows}


def test_what_mo_refuses_is_said_and_leaves_nothing(town, seat):
    """The seat was ended by somebody else between the look and the click."""
    form = DeputyForm(town.client, as_of=DAY)
    form.chosen = [seat, CHAIR]
    form.wish.fields["start"].value = date(2027, 3, 1)
    form.look_button.click()
    plan = town.plan()
    plan.terminate("association", seat, end="2027-02-01")
    town.apply(plan)
    form.send_button.click()
    assert not form.result.ok
    assert text(form.area) == "Intet blev ændret i MO."
    assert form.finder.table.marks[seat][0] == "error"
    assert town.life("association", CHAIR, "substitute")[-1][2] == uid("persons", "two-b")


def test_a_mo_that_does_not_answer_is_told_of_in_the_form(form, running):
    """In a sentence with a way out, not in a log; the button can be pressed again."""
    form.chosen = [CHAIR]
    running.post("/sandbox/faults", ["unauthorized"])
    form.look_button.click()
    running.post("/sandbox/faults", ["unauthorized=0"])
    assert form.area.raised is not None
    assert "mo-error" in form.area.value
    form.look_button.click()
    assert form.send_button.layout.display == ""


def test_a_connection_that_dies_after_the_change_is_found_out(town, seat, running):
    """MO has done it; the form asks, and says what is true."""
    form = DeputyForm(town.client, as_of=DAY)
    form.chosen = [seat]
    form.look_button.click()
    running.post("/sandbox/faults", ["cut-after=1"])
    form.send_button.click()
    assert text(form.area) == "Udført. Ændrede pladser: 1."
    assert town.life("association", seat, "substitute")[-1] == (TODAY, None, None)


def test_a_mirror_is_read_and_mo_is_written(mo, seat):
    """After the change the table is right, although the mirror does not know of it."""
    with Mirror.open() as mirror:
        mirror.load(mo)
        form = DeputyForm(mo, mirror, DAY)
        assert cells(form, seat)[3] == "Anders Prøve"
        form.chosen = [seat]
        form.look_button.click()
        form.send_button.click()
        assert cells(form, seat)[3] == "–"
        assert "Karin Overgaard" in {
            option.label
            for option in form.wish.fields["replacement"].control.source.search("karin over").options
        }


def test_the_form_begins_where_it_is_told_to(mo):
    """A notebook's parameters."""
    form = DeputyForm(mo, as_of=DAY, unit=unit_uuid("Hoved-MED"), person=uid("persons", "chief"))
    assert shown(form) == [CHAIR]
    form = DeputyForm(mo, as_of=DAY, unit="Lokal-MED Vig Skole", person="Hans Holm")
    assert [cells(form, seat)[1] for seat in shown(form)] == ["Tillidsrepræsentant"]


def test_a_committee_that_is_none_is_told_with_near_misses(mo):
    """A form of nothing would look as if there were no seats."""
    with pytest.raises(InputError, match="Did you mean Hoved-MED"):
        DeputyForm(mo, as_of=DAY, unit="Hovde-MED")


def test_the_form_says_when_mo_shows_no_deputies(start_sandbox):
    """Its configuration lists other roles than those of the seats."""
    nowhere = "0a000000-0000-4000-8000-000000000001"
    hidden = start_sandbox("--persons", str(PERSONS), "--substitute-role", nowhere)
    with motoolkit.connect(hidden.url) as client:
        form = DeputyForm(client, as_of=DAY)
    assert "CONFDB_SUBSTITUTE_ROLES" in form.children[1].value


def test_the_form_speaks_english_when_asked(mo, monkeypatch):
    """All its own words; MO's data stay as they are."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")
    form = DeputyForm(mo, as_of=DAY)
    assert form.finder.table.headings == ["Committee", "Role", "Member", "Deputy", "Trade union", "Period"]
    assert form.look_button.description == "Show what will be"
