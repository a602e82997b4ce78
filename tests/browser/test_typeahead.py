"""The type-ahead in a real JupyterLab: typed, chosen by keys, told to screen readers, asked by number."""

from __future__ import annotations

import json

import nbformat
import pytest
from browser.lab import keep, serve_lab
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CELLS = (
    """import asyncio
from motoolkit.forms import Index, Option
from motoolkit_widgets.typeahead import TypeAhead

people = Index(
    [
        Option("u1", "Hans Holm", "25-01-1982 · haho01 · NS-04711"),
        Option("u2", "Hans Holm", "02-03-1990 · haho02"),
        Option("u3", "Åse Møller", "11-12-1975 · åsmø"),
        *(Option(f"n{n}", f"Nr. {n:02} Jensen", f"01-01-19{n} · nrje{n}") for n in range(50, 95)),
    ]
)

class Slow:
    '''A source whose first answers come last.'''

    async def asearch(self, text, limit=30):
        await asyncio.sleep(1.0 if text == "h" else 0)
        return people.search(text, limit)

    def get(self, value):
        return people.get(value)

one = TypeAhead(people, label="Person", required=True)
several = TypeAhead(people, label="Medlemmer", multiple=True)
slow = TypeAhead(Slow(), label="Langsom")
one""",
    "several",
    "slow",
    """import json
held = {"person": one.value, "unmatched": one.unmatched, "members": several.values, "slow": slow.value}
print(json.dumps(held))""",
)
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
RUN_ALL = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"
THEME = 'theme => window.jupyterapp.commands.execute("apputils:change-theme", {theme})'


@pytest.fixture(scope="module")
def opened(tmp_path_factory, page):
    """A notebook with three type-aheads, run."""
    folder = tmp_path_factory.mktemp("typeahead") / "notebooks"
    folder.mkdir()
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), folder / "typeahead.ipynb")
    with serve_lab(folder) as url:
        page.set_viewport_size({"width": 1100, "height": 1500})
        page.goto(f"{url}/doc/tree/typeahead.ipynb?reset")
        page.get_by_text("| Idle").wait_for(timeout=90_000)
        page.evaluate(RUN_ALL)
        page.get_by_label("Langsom").wait_for(timeout=60_000)
        yield page


def option(page, name):
    """Return a hit of the list that is open."""
    return hits(page).filter(has_text=name)


def hits(page):
    """Return the hits of the list that is open."""
    return page.locator(".mo-ta-list:popover-open [role=option]")


def wait_until_held(page, **expected):
    """Run the last cell until the kernel holds what it shall."""
    last = page.locator(".jp-Notebook .jp-CodeCell").nth(3)
    for _ in range(20):
        last.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        page.wait_for_timeout(500)
        held = json.loads(last.locator(".jp-OutputArea-output pre").last.inner_text())
        if expected.items() <= held.items():
            return
    raise AssertionError(f"the kernel holds {held}, not {expected}")


def test_what_is_typed_is_found_and_told(opened):
    """Namesakes with birthday and username, the letters that fit, and the state for screen readers."""
    field = opened.get_by_label("Person")
    field.click()
    opened.keyboard.type("hol ha")
    option(opened, "haho02").locator("mark").first.wait_for()
    keep(opened, "typeahead-light")
    shown = [
        "Hans Holm\n02-03-1990 · haho02",
        "Hans Holm\n25-01-1982 · haho01 · NS-04711",
    ]
    expect(hits(opened)).to_have_text(shown, use_inner_text=True)
    assert option(opened, "haho02").locator("mark").all_inner_texts() == ["Ha", "Hol", "ha"]
    attributes = ["role", "aria-expanded", "aria-required", "aria-invalid", "aria-autocomplete"]
    assert [field.get_attribute(name) for name in attributes] == ["combobox", "true", "true", "false", "list"]
    controlled = opened.locator(f"#{field.get_attribute('aria-controls')}")
    assert controlled.get_attribute("role") == "listbox"
    active = opened.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("aria-selected") == "true"
    expect(opened.get_by_role("status").get_by_text("2 fundet")).to_have_count(1)


def test_arrow_and_enter_choose(opened):
    """The second hit, and the list is gone; JupyterLab's own keys stay out of it."""
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")
    field = opened.get_by_label("Person")
    expect(field).to_have_value("Hans Holm")
    expect(field).to_have_attribute("aria-expanded", "false")
    wait_until_held(opened, person="u1")


def test_text_that_chooses_nothing_is_told_at_the_field(opened):
    """It stays, marked as wrong; the value is gone until something is chosen, or the field emptied."""
    field = opened.get_by_label("Person")
    field.fill("jensen")
    opened.keyboard.press("Tab")
    told = opened.get_by_text("Der er ikke valgt noget for »jensen«: vælg på listen, eller tøm feltet.")
    told.wait_for()
    keep(opened, "typeahead-error")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_attribute("aria-describedby", told.get_attribute("id"))
    wait_until_held(opened, person="", unmatched="jensen")
    field.focus()
    opened.keyboard.press("Escape")
    told.wait_for(state="detached")
    expect(field).to_have_value("")


def test_the_only_hit_is_taken_by_tab_however_fast_one_types(opened):
    """Before the pause is over, too."""
    opened.get_by_label("Person").focus()
    opened.keyboard.type("aase")
    opened.keyboard.press("Tab")
    expect(opened.get_by_label("Person")).to_have_value("Åse Møller")
    wait_until_held(opened, person="u3")


def test_several_are_chosen_and_removed_by_keys(opened):
    """Chips below the field; Backspace in the empty field, and a button for each."""
    opened.get_by_label("Medlemmer").click()
    for text in ("haho01", "haho02", "aase"):
        opened.keyboard.type(text)
        opened.keyboard.press("Enter")
        opened.wait_for_timeout(500)
    keep(opened, "typeahead-chips")
    wait_until_held(opened, members=["u1", "u2", "u3"])
    opened.get_by_role("combobox", name="Medlemmer").focus()
    opened.keyboard.press("Backspace")
    opened.get_by_role("button", name="Fjern Åse Møller").wait_for(state="detached")
    opened.get_by_role("button", name="Fjern Hans Holm (25-01-1982").focus()
    opened.keyboard.press("Enter")
    opened.wait_for_timeout(500)
    wait_until_held(opened, members=["u2"])


def test_an_answer_to_an_earlier_question_is_dropped(opened):
    """The one for "h" would come a second after the one for "haho02"."""
    opened.get_by_label("Langsom").click()
    opened.keyboard.type("h")
    opened.wait_for_timeout(300)
    opened.keyboard.type("aho02")
    option(opened, "haho02").wait_for()
    opened.wait_for_timeout(1200)
    assert hits(opened).count() == 1
    opened.keyboard.press("Enter")
    wait_until_held(opened, slow="u2")


def test_dark_themes_and_long_lists(opened):
    """Seen by eye; and the list lies above what would cut it off."""
    opened.evaluate(THEME, "JupyterLab Dark")
    opened.locator("body[data-jp-theme-light=false]").wait_for(state="attached", timeout=30_000)
    opened.get_by_label("Person").click()
    opened.keyboard.press("Control+A")
    opened.keyboard.type("jens")
    option(opened, "nrje50").wait_for()
    keep(opened, "typeahead-dark")
    told = opened.get_by_role("status").get_by_text("30 af 45 vises; skriv mere for at se færre")
    expect(told).to_have_count(1)
    assert option(opened, "nrje50").evaluate(
        """item => { const { left, top } = item.getBoundingClientRect();
                     return item.contains(document.elementFromPoint(left + 9, top + 9)) || item; }"""
    )
    opened.keyboard.press("Escape")
    opened.evaluate(THEME, "JupyterLab Light")


def test_nothing_came_from_elsewhere(opened):
    """All of it is on this machine."""
    assert opened.elsewhere == []
