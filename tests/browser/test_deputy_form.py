"""A deputy is removed by keyboard alone, in a real JupyterLab and as a page of its own through Voilà."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.keyboard import Keyboard
from browser.lab import keep, open_form
from playwright.sync_api import expect
from support import TODAY, launch

import motoolkit
from motoolkit.forms.deputies import remove_deputy
from motoolkit.plan import read_state
from motoolkit.sandbox.municipality._ids import uid

pytestmark = pytest.mark.browser

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks/forms/remove_deputy.ipynb"
VICE = uid("associations", "næstformand")
SEATS = {
    "lab": (uid("associations", "formand"), "Karin Overgaard, Formand", "Anders Bæk"),
    "page": (uid("associations", "amr"), "Hans Holm, Arbejdsmiljørepræsentant", "Liv Nguyen"),
}


@pytest.fixture(scope="module")
def mo(tmp_path_factory):
    """A sandbox that the form may write to."""
    running = launch("--today", TODAY, "--persons", "60", log=tmp_path_factory.mktemp("town") / "log")
    with motoolkit.connect(running.url) as client:
        # The chair, who has a seat there, stands in for the vice-chair.
        remove_deputy(client, [VICE], start=TODAY, replacement=uid("persons", "chief")).raise_unless_ok()
        yield client
    running.stop()


@pytest.fixture(scope="module", params=["lab", "page"])
def opened(request, mo, page, tmp_path_factory):
    """The form, open in a page: in JupyterLab with its cells run, or through Voilà."""
    folder = tmp_path_factory.mktemp(request.param) / "notebooks"
    folder.mkdir()
    text = NOTEBOOK.read_text(encoding="utf-8").replace('\\"today\\"', f'\\"{TODAY}\\"')
    (folder / NOTEBOOK.name).write_text(text, encoding="utf-8")
    page.set_viewport_size({"width": 1200, "height": 1700})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTOOLKIT_MO_URL", mo.url)
        with open_form(page, folder / NOTEBOOK.name, request.param):
            page.locator(".mo-ticks-table").wait_for(timeout=90_000)
            yield page


def held(mo, seat):
    """Return what MO holds of a seat: the periods, and all its facts."""
    key = ("associations", seat)
    return [(str(span.validity), span.values) for span in read_state(mo, [key])[key]]


def test_a_deputy_is_removed_by_keyboard_alone(opened, mo):
    """Found by the committee, ticked, looked at, carried out; the seat's other facts are as they were."""
    page, keys = opened, Keyboard(opened)
    seat, name, deputy = SEATS[page.where]
    ((_, before),) = held(mo, seat)
    keep(page, f"deputy-{page.where}-1")
    keys.wait_for("Udvalg, med alle under det")
    keys.search("Udvalg, med alle under det", "hoved")
    keys.tab_to(name)
    page.keyboard.press("Space")
    page.get_by_text("Valgte pladser: 1").wait_for()
    keys.write("Første dag", "1/12-26")
    keys.write("Begrundelse", "Udtrådt af udvalget, sag 2026-117")
    keys.tab_to("Vis, hvad der vil ske", back=True)
    page.keyboard.press("Enter")
    keys.wait_for("Udfør i MO")
    keep(page, f"deputy-{page.where}-2")
    page.keyboard.press("Enter")
    page.get_by_text("Udført. Ændrede pladser: 1.").wait_for(timeout=30_000)
    page.get_by_text(f"{deputy}, ingen fra 01-12-2026").wait_for()
    keys.wait_for("Vælg andre pladser")
    keep(page, f"deputy-{page.where}-3")
    page.keyboard.press("Enter")
    keys.wait_for("Udvalg, med alle under det")
    assert held(mo, seat) == [
        ("[2024-11-01, 2026-12-01)", before),
        ("[2026-12-01, …)", before | {"substitute": None}),
    ]


def test_a_committee_is_chosen_in_the_tree_with_the_arrow_keys(opened):
    """Down to a branch, open it, choose in it; Enter again takes it back."""
    page, keys = opened, Keyboard(opened)
    page.locator(".mo-tree [tabindex='0']").focus()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    keys.wait_for("MED-organisationen")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    keys.wait_for("Område-MED Børn")
    page.keyboard.press("Enter")
    chosen = page.locator(".mo-tree [aria-selected=true]")
    chosen.get_by_text("Område-MED Børn").wait_for()
    field = page.get_by_label("Udvalg, med alle under det")
    expect(field).to_have_value("Område-MED Børn, Unge og Læring")
    keep(page, f"deputy-{page.where}-4")
    page.keyboard.press("Enter")
    chosen.wait_for(state="detached")
    page.get_by_text("Pladser: 4.").wait_for()
    expect(field).to_have_value("")


def test_what_is_wrong_is_told_at_its_place(opened, mo):
    """At the field, in the seat's own row, and to screen readers."""
    page, keys = opened, Keyboard(opened)
    before = held(mo, SEATS["page"][0])
    page.get_by_label("Medlem eller stedfortræder").focus()
    keys.tab_to("Hans Holm, Arbejdsmiljørepræsentant")
    page.keyboard.press("Space")
    page.get_by_text("Valgte pladser: 1").wait_for()
    keys.tab_to("Fjern stedfortræderen")
    page.keyboard.press("ArrowDown")
    page.get_by_role("combobox", name="Ny stedfortræder").wait_for()
    keys.search("Ny stedfortræder", "hans holm")
    keys.write("Første dag", "01-12-2026")
    keys.tab_to("Vis, hvad der vil ske")
    page.keyboard.press("Enter")
    wrong = "ingen kan være stedfortræder for sig selv"
    page.locator(".mo-tick-wrong", has_text=wrong).wait_for()
    box = page.get_by_role("checkbox", name="Hans Holm, Arbejdsmiljørepræsentant")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#{box.get_attribute('aria-describedby')}")).to_contain_text(wrong)
    keep(page, f"deputy-{page.where}-5")
    assert held(mo, SEATS["page"][0]) == before


def test_the_review_ticks_seats(opened):
    """The other tab shows who has a seat in the committee as well; what is ticked there is chosen."""
    page, keys = opened, Keyboard(opened)
    page.get_by_role("button", name="Find pladser").focus()
    keys.press("Gennemgå alle stedfortrædere")
    page.get_by_text("Bemærkninger: 1.").wait_for()
    keys.tab_to("Margrethe Åkjær, Næstformand, Hoved-MED: har selv en plads i udvalget")
    page.keyboard.press("Space")
    page.get_by_text("Valgte pladser: 2").wait_for()
    keep(page, f"deputy-{page.where}-6")
    keys.tab_to("Ryd valget")
    page.keyboard.press("Enter")
    page.get_by_text("Valgte pladser: 0").wait_for()
    assert page.elsewhere == []
