"""The form of onboarding without a browser: its widgets are set and pressed as a page would."""

from __future__ import annotations

import json
import os
import stat
from datetime import date

import ipywidgets as w
import pytest

from motoolkit.forms.onboarding import Draft
from motoolkit.plan import read
from motoolkit.sandbox.municipality._ids import uid
from motoolkit_widgets import OnboardingForm, onboarding_form
from motoolkit_widgets.onboarding._keeping import TabDraft, folder

AS_OF = date(2026, 11, 23)


@pytest.fixture
def form(mo, choices):
    """An empty form."""
    return OnboardingForm(mo, as_of=AS_OF, choices=choices)


def _buttons(widget):
    """Yield all buttons within a widget."""
    if isinstance(widget, w.Button):
        yield widget
    for child in getattr(widget, "children", ()):
        yield from _buttons(child)


def _texts(widget, label):
    """Yield the fields for text of a label within a widget."""
    if isinstance(widget, w.Text) and widget.description == label:
        yield widget
    for child in getattr(widget, "children", ()):
        yield from _texts(child, label)


def press(form, label):
    """Press the button of a label, as a click does; the last one where there are several."""
    found = [each for each in _buttons(form) if each.description == label]
    assert found, [each.description for each in _buttons(form)]
    assert not found[-1].disabled
    found[-1].click()
    assert form.area.raised is None, form.area.raised


def said(form):
    """Return what the form says, without its HTML."""
    import re

    return re.sub(r"<[^>]+>", "", form.area.value)


def enter_person(form, given="Rigmor", surname="Ridefoged"):
    """Fill in the first step and go on."""
    form.shown.card.fields["given_name"].control.value = given
    form.shown.card.fields["surname"].control.value = surname
    press(form, "Næste")


def enter_job(form, unit="Vig Skole"):
    """Add an engagement and fill it in."""
    press(form, "Tilføj et engagement")
    fields = form.shown.cards[-1].fields
    hit = form.choices.unit_index(AS_OF).search(unit).options[0].value
    fields["org_unit"].control.value = hit
    job = form.choices.classes(("engagement_job_function",), AS_OF)[0].value
    fields["job_function"].value = job
    kind = form.choices.classes(("engagement_type",), AS_OF)[0].value
    fields["engagement_type"].control.value = kind


def test_one_cannot_go_on_with_something_wrong(form):
    """The first step says what is missing, and stays."""
    press(form, "Næste")
    assert form.step == "person"
    assert form.shown.card.fields["given_name"].error == "Udfyld fornavn."
    assert said(form) == "Noget skal rettes først."


def test_a_cpr_number_is_masked_when_the_field_is_left(form):
    """The draft has it, the widget's state has not: notebooks may be saved with that."""
    field = form.shown.card.fields["cpr_number"]
    field.control.value = "0101804561"
    assert field.control.value == "010180-xxxx"
    assert form.draft.person["cpr_number"] == "0101804561"
    field.control.value = "010180-xxxx"
    assert field.value == "0101804561"
    field.control.value = "01018"
    assert (field.value, field.error) == ("01018", "Det er ikke et CPR-nummer: skriv ti cifre.")
    field.control.value = "110485-4120"
    assert form.draft.person["cpr_number"] == "1104854120"


def test_whom_a_cpr_number_belongs_to_is_offered_as_long_as_it_stands_there(form):
    """Another number, or none, and the offer is gone: pressed then it would add to somebody else."""
    hans = ("persons", uid("persons", "hans"))
    field = form.shown.card.fields["cpr_number"]
    field.control.value = form.lookup.person(hans[1])[hans][-1].values["cpr_number"]
    assert [button.description for button in form.shown.known.children] == ["Tilføj til Hans Holm"]
    field.control.value = ""
    assert form.shown.known.children == ()


def test_a_person_with_a_job_is_made_once_however_often_one_presses(form, mo):
    """A double click, and a press after it, find it there."""
    enter_person(form)
    enter_job(form)
    form.go("summary")
    assert "Rigmor Ridefoged" in form.shown.preview.value
    send = form.shown.send
    send.click()
    assert said(form) == "Rigmor Ridefoged er i MO med 1 engagement."
    send.click()
    assert said(form) == "Det er allerede i MO; intet blev sendt igen."
    assert len(read(mo, "persons", {"query": "Rigmor Ridefoged"})) == 1
    assert len(read(mo, "engagements", {"employee": {"uuids": [form.draft.person["uuid"]]}})) == 1


def test_rows_are_added_copied_and_removed(form):
    """A copy has a UUID and an id of its own; what named a removed row names it no more."""
    enter_person(form)
    enter_job(form)
    form.shown.cards[0].fields["user_key"].control.value = "T-77"
    press(form, "Kopiér")
    first, second = form.draft.rows["engagements"]
    assert first["uuid"] != second["uuid"]
    assert (second["org_unit"], second["user_key"]) == (first["org_unit"], None)
    form.go("itusers")
    press(form, "Tilføj en IT-konto")
    links = form.shown.cards[0].fields["engagements"]
    links.value = (first["uuid"], second["uuid"])
    assert form.draft.rows["itusers"][0]["engagements"] == [first["uuid"], second["uuid"]]
    form.go("engagements")
    press(form, "Fjern")
    assert [row["uuid"] for row in form.draft.rows["engagements"]] == [first["uuid"]]
    assert form.draft.rows["itusers"][0]["engagements"] == [first["uuid"]]


def test_a_tick_that_is_quicker_than_the_kernel_is_not_lost(form):
    """The unit decides what is offered; a box that is offered before and after is the same one."""
    enter_person(form)
    form.go("managers")
    press(form, "Tilføj en lederrolle")
    fields = form.shown.cards[0].fields
    boxes = [each for each in fields["responsibilities"].control.children if isinstance(each, w.Checkbox)]
    assert boxes
    fields["org_unit"].control.value = form.choices.unit_index(AS_OF).search("Vig Skole").options[0].value
    boxes[0].value = True
    assert form.draft.rows["managers"][0]["responsibilities"] == [fields["responsibilities"].options[0].value]
    assert boxes[0] in fields["responsibilities"].control.children


def test_the_system_decides_on_the_roles(form):
    """Roles of another system are not offered."""
    enter_person(form)
    form.go("itusers")
    press(form, "Tilføj en IT-konto")
    fields = form.shown.cards[0].fields
    by_key = {option.words: option.value for option in form.choices.itsystems(AS_OF)}
    fields["itsystem"].control.value = by_key["FAGSYSTEM"]
    offered = fields["roles"].control.source.search("").options
    assert [option.label for option in offered] == ["Lærer", "Skoleledelse"]
    press(form, "Foreslå et brugernavn")
    assert fields["user_key"].value == "rigrid"


def test_a_username_of_another_is_told_at_once(form, mo, choices):
    """When the field is left, not at the end."""
    from motoolkit.forms.onboarding import onboard

    account = {"itsystem": "AD", "user_key": "optaget", "start": "2020-01-01"}
    assert onboard(mo, {"given_name": "Op", "surname": "Taget"}, itusers=[account], choices=choices).ok
    enter_person(form)
    form.go("itusers")
    press(form, "Tilføj en IT-konto")
    fields = form.shown.cards[0].fields
    by_key = {option.words: option.value for option in choices.itsystems(AS_OF)}
    fields["itsystem"].control.value = by_key["AD"]
    fields["user_key"].control.value = "Optaget"
    assert fields["user_key"].error == "Op Taget har dette brugernavn, fra 01-01-2020: vælg et andet."


def test_days_are_typed_as_danes_write_them(form):
    """The last day is shown as the last one and kept as the first one after it."""
    enter_person(form)
    press(form, "Tilføj et engagement")
    fields = form.shown.cards[0].fields
    fields["start"].control.value = "1/2-27"
    fields["end"].control.value = "31.12.2027"
    assert (fields["start"].control.value, fields["end"].control.value) == ("01-02-2027", "31-12-2027")
    row = form.draft.rows["engagements"][0]
    assert (row["start"], row["end"]) == (date(2027, 2, 1), date(2028, 1, 1))
    fields["end"].control.value = "32.12.2027"
    assert row["end"] == "32.12.2027"
    assert fields["end"].error == "'32.12.2027' er ikke en dato: skriv den som 01-12-2026."


def test_somebody_in_mo_gets_more_and_nothing_about_the_person_is_sent(form, mo, choices):
    """The person is picked; existing engagements can be linked to."""
    from motoolkit.forms.onboarding import onboard

    job = {"org_unit": "Vig Skole", "job_function": "3001", "engagement_type": "elev", "start": "2020-01-01"}
    made = onboard(
        mo, {"given_name": "Signe", "surname": "Sidde"}, engagements=[job], choices=choices, as_of=AS_OF
    )
    person = made.outcomes[0].operation.uuid
    form.shown.picker.control.value = person
    assert form.draft.existing
    press(form, "Næste")
    form.go("itusers")
    press(form, "Tilføj en IT-konto")
    (offered,) = form.shown.cards[0].options(next(f for f in _fields("itusers") if f.name == "engagements"))
    assert offered.label == "Lærer, Vig Skole"
    form.go("person")
    press(form, "En anden")
    assert not form.draft.existing


def _fields(step):
    from motoolkit.forms.onboarding import STEPS

    return STEPS[step]


def test_the_same_cell_run_again_shows_the_same_form(mo):
    """With its draft; other arguments open another."""
    begun = {"given_name": "Prøve", "surname": "Igen"}
    first = onboarding_form(mo, begun, as_of=AS_OF)
    first.shown.card.fields["surname"].control.value = "Igennem"
    assert onboarding_form(mo, begun, as_of=AS_OF) is first
    assert onboarding_form(mo, {"given_name": "En"}, as_of=AS_OF) is not first


def test_a_form_begins_with_what_it_is_given(mo):
    """Names become UUIDs, so that the fields show them."""
    job = {"org_unit": "Vig Skole", "job_function": "3001", "start": "01-12-2026"}
    form = onboarding_form(mo, {"given_name": "For", "surname": "Udfyldt"}, engagements=[job], as_of=AS_OF)
    form.go("engagements")
    fields = form.shown.cards[0].fields
    assert fields["org_unit"].control.chosen_label == "Vig Skole"
    assert fields["start"].value == date(2026, 12, 1)


def test_a_tab_finds_its_draft_in_another_kernel(form, mo, choices):
    """The file is encrypted, and its key is with the tab alone."""
    form.shown.card.fields["cpr_number"].control.value = "010180-4561"
    form.shown.card.fields["given_name"].control.value = "Tab"
    (file,) = folder().glob("*.draft")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"010180" not in file.read_bytes()
    token = json.dumps({"name": form.kept._name, "key": form.kept._key})
    other = OnboardingForm(mo, as_of=AS_OF, choices=choices)
    other.page._told(None, {"found": token}, None)
    assert other.shown.card.fields["given_name"].value == "Tab"
    assert other.shown.card.fields["cpr_number"].control.value == "010180-xxxx"
    assert other.draft.rows == form.draft.rows
    assert said(other) == "Her er, hvad du havde indtastet."
    assert "key" not in json.dumps(other.page.get_state(), default=str)


@pytest.mark.parametrize("told", ["", "no json", '{"name": "x"}', '{"name": "../../etc/passwd", "key": "k"}'])
def test_what_a_tab_says_may_be_anything(form, told):
    """Then there is no draft, and no error."""
    assert form.kept.found(told) is None


def test_drafts_of_closed_tabs_do_not_stay(form):
    """After a week nobody comes back for them."""
    old = folder() / "old.draft"
    old.parent.mkdir(parents=True, exist_ok=True)
    old.write_bytes(b"")
    os.utime(old, (0, 0))
    form.shown.card.fields["given_name"].control.value = "Ny"
    assert not old.exists()


def test_a_draft_is_saved_and_loaded(form, tmp_path, monkeypatch, mo, choices):
    """In an encrypted file, for another day or another consultant."""
    monkeypatch.setenv("MOTOOLKIT_DRAFT_KEY", "fælles kode")
    form.shown.card.fields["given_name"].control.value = "Gemt"
    other = OnboardingForm(mo, as_of=AS_OF, choices=choices)
    for each in (form, other):
        press(each, "Kladde …")
        next(_texts(each, "Krypteret fil")).value = str(tmp_path / "gemt.draft")
    press(form, "Gem")
    press(other, "Hent")
    assert said(other) == "Kladden er hentet."
    assert other.shown.card.fields["given_name"].value == "Gemt"


def test_when_the_answer_is_lost_the_form_says_what_is_true(start_sandbox):
    """The connection dies after MO committed: the form finds it there (cut-after)."""
    import motoolkit

    running = start_sandbox("--persons", "20")
    with motoolkit.connect(running.url) as client:
        form = OnboardingForm(client, as_of=AS_OF)
        enter_person(form, "Afbrudt", "Efter")
        form.go("summary")
        running.post("/sandbox/faults", ["cut-after=1"])
        form.shown.send.click()
        assert said(form) == "Afbrudt Efter er i MO."
        form.restart()
        enter_person(form, "Afbrudt", "Før")
        form.go("summary")
        running.post("/sandbox/faults", ["cut-before=1"])
        form.shown.send.click()
        assert said(form) == "Der blev ikke oprettet noget i MO."
        form.shown.send.click()
        assert said(form) == "Afbrudt Før er i MO."
        assert len(read(client, "persons", {"query": "Afbrudt"})) == 2


def test_english_where_it_is_asked_for(mo, choices, monkeypatch):
    """MOTOOLKIT_LANG=en."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")
    form = OnboardingForm(mo, Draft(), as_of=AS_OF, choices=choices)
    assert form.shown.card.fields["given_name"].control.description == "Given name"
    press(form, "Next")
    assert form.shown.card.fields["given_name"].error == "Fill in given name."


def test_the_tab_forgets_when_somebody_else_is_entered(form):
    """The file is gone, too."""
    form.shown.card.fields["given_name"].control.value = "Væk"
    assert list(folder().glob("*.draft"))
    form.restart()
    assert not list(folder().glob("*.draft"))
    assert isinstance(form.kept, TabDraft)
