"""The workbench in a real JupyterLab: completion, errors with a caret, frames, cards, and colours."""

from __future__ import annotations

from contextlib import suppress

import nbformat
import pytest
from browser.lab import keep, serve_lab
from playwright.sync_api import TimeoutError as PlaywrightTimeout

pytestmark = pytest.mark.browser

CELLS = (
    "%load_ext motoolkit",
    "%%mo\n{ employees { objects { current { nicknam",
    """%%mo
# de ansatte
query Ansatte($keys: [String!]) {
  employees(filter: {user_keys: $keys}) {
    objects { current { nmae } } } }""",
    "%%mo\n{ org_units(limit: 2, filter: {uuids: null}) { objects { uuid current { name } } } }",
    "answer = {'org_units': 42}",
    "%%mosql\nSELECT name FROM org_units LIMIT 2 -- to",
)
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
TABS = 6
TYPE = ".jp-Completer-typeExtended"


@pytest.fixture(scope="module")
def lab(sandbox, tmp_path_factory):
    """Serve a folder with a notebook of these cells; its kernels meet the sandbox."""
    folder = tmp_path_factory.mktemp("workbench") / "notebooks"
    folder.mkdir()
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), folder / "workbench.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTOOLKIT_MO_URL", sandbox.url)
        with serve_lab(folder) as url:
            yield url


@pytest.fixture(scope="module")
def opened(lab, page):
    """The notebook, open, its kernel ready and its first cell run."""
    page.set_viewport_size({"width": 1200, "height": 1100})
    page.goto(f"{lab}/doc/tree/workbench.ipynb?reset")
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    cell(page, 0).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    cell(page, 0).get_by_text("[1]:").wait_for(timeout=60_000)
    return page


def cell(page, number):
    """Return a cell of the notebook."""
    return page.locator(".jp-Notebook .jp-CodeCell").nth(number)


def colour(page, number, text, kind):
    """Return the colour that a token of a cell is shown in."""
    token = cell(page, number).locator(f".cm-mo-{kind}").get_by_text(text, exact=True).first
    return token.evaluate("""element => {
        const inner = element.querySelector("*") || element;
        return getComputedStyle(inner).color;
    }""")


def variable(page, name):
    """Return a colour of JupyterLab's theme."""
    return page.evaluate(
        """name => {
        const probe = document.body.appendChild(document.createElement("span"));
        probe.style.color = `var(${name})`;
        const colour = getComputedStyle(probe).color;
        probe.remove();
        return colour; }""",
        name,
    )


def test_graphql_is_coloured_and_python_is_as_it_was(opened):
    """Keywords, types, fields, arguments, variables, comments; by the theme's own colours."""
    keep(opened, "workbench-colours")
    themed = {kind: variable(opened, f"--jp-mirror-editor-{kind}-color") for kind in ("keyword", "comment")}
    assert colour(opened, 2, "query", "keyword") == themed["keyword"]
    assert colour(opened, 2, "# de ansatte", "comment") == themed["comment"]
    assert colour(opened, 2, "employees", "field") == variable(opened, "--jp-mirror-editor-property-color")
    assert colour(opened, 2, "$keys", "variable") == variable(opened, "--jp-mirror-editor-variable-2-color")
    assert colour(opened, 2, "String", "type") == variable(opened, "--jp-mirror-editor-variable-3-color")
    assert colour(opened, 3, "filter", "argument") == variable(opened, "--jp-mirror-editor-attribute-color")
    assert colour(opened, 5, "SELECT", "keyword") == themed["keyword"]
    assert cell(opened, 4).locator("[class*=cm-mo-]").count() == 0


def test_tab_completes_a_field_and_tells_its_type(opened):
    """What begins like it, with the types that the schema gives."""
    cell(opened, 1).locator(".cm-content").click()
    opened.keyboard.press("Control+End")
    popup = opened.locator(".jp-Completer-item")
    for _ in range(TABS):
        # The first Tab may come before MO's schema is there; it never waits long.
        opened.keyboard.press("Tab")
        with suppress(PlaywrightTimeout):
            popup.first.wait_for(timeout=5_000)
            break
    keep(opened, "workbench-completion")
    assert popup.locator("code.jp-Completer-match").all_inner_texts() == [
        "nickname",
        "nickname_given_name",
        "nickname_givenname",
        "nickname_surname",
    ]
    told = [word.replace("\N{NO-BREAK SPACE}", " ") for word in popup.locator(TYPE).all_inner_texts()]
    assert [word[:18] for word in told] == ["string!", "string", "string, deprecated", "string"]
    popup.nth(3).click()
    assert "nickname_surname" in cell(opened, 1).locator(".cm-content").inner_text()


def test_an_error_shows_the_line_a_caret_and_the_nearest_name(opened):
    """Five lines, not forty."""
    cell(opened, 2).locator(".cm-content").click()
    opened.keyboard.press("Shift+Enter")
    shown = cell(opened, 2).locator(".jp-OutputArea-output")
    shown.get_by_text("Cannot query field 'nmae' on type 'Employee'").wait_for(timeout=60_000)
    keep(opened, "workbench-error")
    lines = shown.inner_text().rstrip().splitlines()
    assert lines[0].startswith("SchemaError: Line 5, column 25:")
    marked = next(number for number, line in enumerate(lines) if line.startswith("5 |"))
    assert lines[marked].index("nmae") == lines[marked + 1].index("^")
    assert lines[-1] == "Did you mean 'name'?"


def test_a_good_query_shows_its_frame(opened):
    """Two rows, their columns called as in the document."""
    cell(opened, 3).locator(".cm-content").click()
    opened.keyboard.press("Shift+Enter")
    frame = cell(opened, 3).locator("table.dataframe")
    frame.wait_for(timeout=60_000)
    keep(opened, "workbench-frame")
    assert frame.locator("thead th").all_inner_texts() == ["", "uuid", "name"]
    assert frame.locator("tbody tr").count() == 2


def test_colours_follow_what_is_typed(opened):
    """A cell becomes ours with its first line, and Python's again without."""
    editor = cell(opened, 4).locator(".cm-content")
    editor.click()
    opened.keyboard.press("Control+Home")
    opened.keyboard.insert_text("%%mo\n")
    cell(opened, 4).locator(".cm-mo-magic").wait_for()
    opened.keyboard.press("Control+Home")
    opened.keyboard.press("Shift+ArrowDown")
    opened.keyboard.press("Delete")
    cell(opened, 4).locator(".cm-mo-magic").wait_for(state="detached")


def test_dark_themes_have_their_own_colours(opened):
    """The theme's variables are what colours are made of."""
    light = colour(opened, 2, "employees", "field")
    change = 'theme => window.jupyterapp.commands.execute("apputils:change-theme", {theme})'
    opened.evaluate(change, "JupyterLab Dark")
    opened.locator("body[data-jp-theme-light=false]").wait_for(state="attached", timeout=30_000)
    opened.wait_for_timeout(500)
    keep(opened, "workbench-dark")
    assert colour(opened, 2, "query", "keyword") == variable(opened, "--jp-mirror-editor-keyword-color")
    assert colour(opened, 2, "employees", "field") != light
    opened.evaluate(change, "JupyterLab Light")


def test_nothing_came_from_elsewhere(opened):
    """All of it is on this machine."""
    assert opened.elsewhere == []
