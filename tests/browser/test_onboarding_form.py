"""Onboarding by keyboard alone, in a real JupyterLab and as a page of its own through Voilà."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from browser.keyboard import Keyboard
from browser.lab import keep, open_form, wait_for_form
from newcomer import HELD, held
from playwright.sync_api import expect
from support import TODAY, launch

import motoolkit
from motoolkit.plan import read

pytestmark = pytest.mark.browser

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks/forms/onboarding.ipynb"
CPR = {"lab": "110485-4120", "page": "110485-4139"}
SUFFIX = {"lab": "", "page": "2"}


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A sandbox that the forms may write to."""
    running = launch("--today", TODAY, "--persons", "60", log=tmp_path_factory.mktemp("town") / "log")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def mo(town):
    """A client of it."""
    with motoolkit.connect(town.url) as client:
        yield client


@pytest.fixture(scope="module", autouse=True)
def closing(mo):
    """A unit for each place, to be closed while somebody is about to be entered there."""
    plan = mo.plan("Enheder, der lukker")
    kind = next(iter(read(mo, "classes", {"facet": {"user_keys": ["org_unit_type"]}})))[1]
    units = {
        where: plan.create("org_unit", start="2020-01-01", name=f"Lukker {where}", unit_type=kind)
        for where in CPR
    }
    assert plan.apply().ok
    return units


@pytest.fixture(scope="module", params=["lab", "page"])
def opened(request, town, page, tmp_path_factory):
    """The form, open in a page: in JupyterLab with its cells run, or through Voilà."""
    folder = tmp_path_factory.mktemp(request.param) / "notebooks"
    folder.mkdir()
    shutil.copy(NOTEBOOK, folder)
    page.set_viewport_size({"width": 1200, "height": 1500})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTOOLKIT_MO_URL", town.url)
        with open_form(page, folder / NOTEBOOK.name, request.param):
            yield page


def _look(page, number):
    keep(page, f"onboarding-{page.where}-{number}", after=400)


def _go_on(page, keys):
    """Press Næste, and once more where the form had not heard all of it yet."""
    keys.press("Næste")
    page.wait_for_timeout(1000)
    if page.get_by_text("Noget skal rettes først.").count():
        keys.press("Næste")


def _engagements(keys, more):
    for number, (unit, kind, percent) in enumerate((("Vig Skole", "M", "60"), ("Ravnsn", "T", "37,5")), 1):
        keys.press("Tilføj et engagement")
        keys.wait_for("Enhed")
        keys.search("Enhed", unit)
        keys.search("Stillingsbetegnelse", "3001")
        keys.pick("Engagementstype", kind)
        keys.write("Procent", percent)
        keys.write("Tjenestenummer", f"N-900{number}{more}")
        keys.write("Første dag", "1/2-27")
        keys.write("Sidste dag", "31012029")


def _accounts(keys, more):
    accounts = (
        ("Active Directory", f"ninnyh{more}", (1, 2), ("Almindelig", "Fjernadgang")),
        ("Active Directory, skoler", f"ninna.nyholm{more}", (1,), ("skole-a", "skole-b")),
        ("Fagsystem", f"nn.fag{more}", (2,), ("fag-laerer", "fag-leder")),
    )
    for system, name, jobs, roles in accounts:
        keys.press("Tilføj en IT-konto")
        keys.wait_for("IT-system")
        keys.pick("IT-system", system)
        keys.write("Brugernavn", name)
        for role in roles:
            keys.search("Roller", role)
        for job in jobs:
            keys.tick(f"{job}: ")


def _manager(keys):
    keys.press("Tilføj en lederrolle")
    keys.wait_for("Enhed")
    keys.search("Enhed", "Vig Skole")
    keys.pick("Ledertype", "Leder")
    keys.pick("Lederniveau", "Niveau 5")
    keys.pick("I engagementet", "1")
    keys.tick("Personaleledelse")


def _addresses(keys, more):
    addresses = (
        ("E-mail", f"ninna.nyholm{more}@vig-skole.example", ("Hører til IT", "2", 0)),
        # "Må vises internt" is the second that begins with M.
        ("Telefon", "+45 00 00 90 01", ("Synlighed", "M", 1)),
        ("Mobil", "+4500009002", ("Synlighed", "H", 0)),
        ("Lokale", "Lokale 12", ("Hører til engag", "1", 0)),
    )
    for kind, value, chosen in addresses:
        keys.press("Tilføj en adresse")
        keys.wait_for("Adressetype")
        keys.pick("Adressetype", kind)
        keys.write("Værdi", value)
        keys.pick(*chosen)


def test_a_newcomer_is_entered_by_keyboard_alone(opened, mo):
    """Two engagements, three accounts with two roles each, a seat as manager, four addresses; all in MO."""
    page, keys = opened, Keyboard(opened)
    more = SUFFIX[page.where]
    keys.write("CPR-nummer", CPR[page.where])
    keys.write("Fornavn", "Ninna")
    keys.write("Efternavn", "Nyholm")
    _look(page, 1)
    _go_on(page, keys)
    for step, enter in enumerate((_engagements, _accounts), 2):
        enter(keys, more)
        _look(page, step)
        _go_on(page, keys)
    _manager(keys)
    _look(page, 4)
    _go_on(page, keys)
    _addresses(keys, more)
    _look(page, 5)
    _go_on(page, keys)
    keys.wait_for("Opret i MO")
    _look(page, 6)
    keys.press("Opret i MO")
    page.get_by_text("Ninna Nyholm er i MO med").wait_for(timeout=30_000)
    _look(page, 7)
    ((_, person),) = read(mo, "persons", {"cpr_numbers": [CPR[page.where].replace("-", "")]})
    assert held(mo, person) == _suffixed(HELD, more)
    assert page.elsewhere == []


def test_a_wrong_value_is_marked_at_its_field(opened):
    """With a sentence that screen readers find, and one cannot go on."""
    page, keys = opened, Keyboard(opened)
    keys.press("Opret en ny person")
    keys.wait_for("CPR-nummer")
    keys.write("CPR-nummer", "3213")
    field = page.get_by_label("CPR-nummer")
    page.get_by_text("Det er ikke et CPR-nummer: skriv ti cifre.").wait_for()
    keys.press("Næste")
    page.get_by_text("Noget skal rettes først.").wait_for()
    keys.wait_for("CPR-nummer")
    expect(field).to_have_attribute("aria-invalid", "true")
    described = page.locator(f"[id='{field.get_attribute('aria-describedby')}']")
    expect(described).to_have_text("Det er ikke et CPR-nummer: skriv ti cifre.")
    _look(page, 8)
    keys.write("CPR-nummer", CPR[page.where])
    page.get_by_text("Ninna Nyholm har dette CPR-nummer og er allerede i MO").wait_for()
    _look(page, 9)


def test_a_reload_in_the_middle_loses_no_draft(opened):
    """JupyterLab's kernel lives on; Voilà's next one is told by the tab which draft is its own."""
    page, keys = opened, Keyboard(opened)
    keys.write("CPR-nummer", "")
    keys.write("Fornavn", "Halvt")
    keys.write("Efternavn", "Indtastet")
    page.wait_for_timeout(500)
    page.reload()
    wait_for_form(page)
    expect(page.get_by_label("Fornavn").first).to_have_value("Halvt", timeout=20_000)
    expect(page.get_by_label("Efternavn").first).to_have_value("Indtastet")
    _look(page, 10)


def test_what_mo_refuses_is_told_at_its_part_and_leaves_nothing_behind(opened, mo, closing):
    """The unit was closed while the form was open."""
    page, keys = opened, Keyboard(opened)
    unit = closing[page.where]
    keys.press("Næste")
    keys.press("Tilføj et engagement")
    keys.wait_for("Enhed")
    keys.search("Enhed", f"Lukker {page.where}")
    keys.search("Stillingsbetegnelse", "3001")
    keys.pick("Engagementstype", "M")
    keys.write("Første dag", "01-03-2027")
    page.wait_for_timeout(500)
    for _ in range(4):
        keys.press("Næste")
        page.wait_for_timeout(400)
    keys.wait_for("Opret i MO")
    closing = mo.plan("Lukket imens")
    closing.terminate("org_unit", unit, end=TODAY)
    assert closing.apply().ok
    keys.press("Opret i MO")
    page.get_by_text("Der blev ikke oprettet noget i MO.").wait_for(timeout=30_000)
    page.get_by_text("Engagement 1: Enheden findes ikke (længere) i hele perioden.").wait_for()
    _look(page, 11)
    assert read(mo, "engagements", {"org_unit": {"uuids": [unit], "from_date": None, "to_date": None}}) == {}
    assert read(mo, "persons", {"query": "Halvt Indtastet"}) == {}


def test_somebody_in_mo_is_found_as_one_types(opened):
    """MO is searched while the kernel does other things; what the person has is shown."""
    page, keys = opened, Keyboard(opened)
    keys.press("Person$")
    keys.wait_for("Halvt|CPR-nummer")
    keys.search("Nogen, der", "hans holm")
    page.get_by_text("Er allerede i MO; intet ved personen ændres").wait_for(timeout=20_000)
    expect(page.get_by_text("Hans Holm", exact=True)).to_be_visible()
    expect(page.get_by_text("Lærer, Ravnsnæs Skole")).to_be_visible()
    _look(page, 12)


def _suffixed(value, more):
    """Return what is expected, with the names of this run."""
    names = {"N-9001", "N-9002", "ninnyh", "ninna.nyholm", "nn.fag"}
    if isinstance(value, dict | list | tuple):
        kind = type(value)
        if kind is dict:
            return {key: _suffixed(each, more) for key, each in value.items()}
        return kind(_suffixed(each, more) for each in value)
    if value in names:
        return f"{value}{more}"
    return value.replace("ninna.nyholm@", f"ninna.nyholm{more}@") if isinstance(value, str) else value
