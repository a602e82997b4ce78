"""Both reports of the sandbox's municipality, end to end: MO over HTTP, mirror, rules, Excel."""

from __future__ import annotations

import re
import zipfile
from datetime import date

import openpyxl
import pytest

from motoolkit.client import connect
from motoolkit.mirror import Mirror
from motoolkit.reports import REPORTS, ReportParameters, write_workbook

TODAY = date(2026, 11, 23)
A = "engagements-managers-cpr"
B = "engagements-managers"


@pytest.fixture(scope="module")
def town(sandbox):
    """A mirror of Nordby Kommune."""
    with connect(sandbox.url) as client, Mirror.open() as mirror:
        mirror.load(client)
        yield mirror


@pytest.fixture(scope="module")
def build(town):
    """Make a report of Nordby."""
    return lambda name, as_of=TODAY, **given: REPORTS[name].build(
        town, ReportParameters(as_of=as_of, **given)
    )


@pytest.fixture(scope="module")
def with_cpr(build):
    """Report A as of today."""
    return build(A)


@pytest.fixture(scope="module")
def units(build):
    """Report B as of today."""
    return build(B)


def shown(table, who, *headings):
    """Return what the rows of an employee show under the headings."""
    at = [table.headings.index(heading) for heading in headings]
    name = table.headings.index("Medarbejder")
    return [tuple(row[i] for i in at) for row in table.rows if row[name] == who]


def unit_rows(table, unit, *headings):
    """Return the different things that the rows of a unit show under the headings."""
    at = [table.headings.index(heading) for heading in headings]
    count = sum(heading.startswith("Niveau ") for heading in table.headings)
    return {tuple(row[i] for i in at) for row in table.rows if list(filter(None, row[:count]))[-1] == unit}


@pytest.mark.parametrize(
    ("who", "leader"),
    [
        ("Karin Overgaard", ""),
        ("Åse Ørsted Holm", "Karin Overgaard"),
        ("Viggo Schmidt", "Karin Overgaard"),
        ("Mette-Marie Dahl", "Anders Bæk"),
    ],
)
def test_the_nearest_leader_of_planted_persons(with_cpr, who, leader):
    """Top leader, directors, and a head of school below a unit with two leaders."""
    assert shown(with_cpr, who, "Leder")[0] == (leader,)


def test_a_vacant_seat_is_climbed_past(with_cpr, units):
    """The staff of a vacant director are led from the top, those of a vacant nursery by its centre."""
    assert unit_rows(with_cpr, "Teknik, Miljø og Klima", "Leder") == {("Karin Overgaard",)}
    centre = unit_rows(units, "Center for Dagtilbud", "Leder")
    assert unit_rows(with_cpr, "Børnehuset Tudsen", "Leder") == centre


def test_hans_has_a_mailbox_for_each_of_his_engagements(with_cpr):
    """The newsletter's figure (section 7)."""
    assert shown(with_cpr, "Hans Holm", "Enhedsnavn", "Tjenestenummer", "E-mail") == [
        ("Ravnsnæs Skole", "04711", "hans.holm@ravnsnaes-skole.example"),
        ("Vig Skole", "04712", "hans.holm@vig-skole.example"),
    ]


@pytest.mark.parametrize(
    ("who", "email"),
    [
        ("Helle Skjult", ""),
        ("Stine Intern", "stine.intern@nordby.example"),
        ("Maja Uklassificeret", "maja.uklassificeret@nordby.example"),
        ("Trine Tavs", ""),
        ("Oscar Lund", "regnskab.post@nordby.example"),
    ],
)
def test_the_mail_address_of_planted_persons(with_cpr, who, email):
    """Secret, internal, unclassified, none, and one of the engagement's own."""
    assert shown(with_cpr, who, "E-mail") == [(email,)]


def test_a_mail_address_of_another_engagement_is_no_fallback(with_cpr):
    """Vibeke's only mailbox belongs to her job in Budget."""
    assert dict(shown(with_cpr, "Vibeke Toft", "Enhedsnavn", "E-mail")) == {
        "Budget": "vibeke.toft@nordby.example",
        "Regnskab": "",
    }


@pytest.mark.parametrize(
    ("who", "number", "key"),
    [("Lars Opus", "10023456", "10023456"), ("Kim Blank", "", ""), ("Karin Overgaard", "00001", "NK-00001")],
)
def test_tjenestenummer_of_planted_engagements(with_cpr, who, number, key):
    """OPUS, empty, and SD with leading zeros."""
    assert shown(with_cpr, who, "Tjenestenummer", "Brugervendt Nøgle (BvN)") == [(number, key)]


@pytest.mark.parametrize(
    ("who", "age"),
    [
        ("Linh Uden Nummer", None),
        ("Olga Erstatning Ivanova", 38),
        ("Alberte Bæk", 23),
        ("Sigrid Gammelgaard", 127),
        ("Bente Midtby", 65),
        ("Frida Skudstrup", 30),
        ("Noah Fritidsjob", 14),
    ],
)
def test_the_age_of_planted_persons(with_cpr, who, age):
    """No number, replacement number, three centuries, a leap day, and a birthday today."""
    assert shown(with_cpr, who, "Alder") == [(age,)]


@pytest.mark.parametrize(
    ("unit", "roles"),
    [
        ("Æblehaveskolen", ("Rasmus Toft", "Ida Krogh", "")),
        ("Ravnsnæs Skole", ("Solvej Ågård", "Nanna Skov", "Per Munk")),
        ("Åvangskolen", ("Uffe Bruun", "Aksel Fischer", "Lene Winther")),
        ("Børnehuset Tudsen", ("Vakant", "Camilla Frandsen", "")),
        ("Plejecenter Søgården", ("Vakant", "", "")),
        ("Drift\\Vagt", ("", "Ivan Kowalski", "")),
        ("Misbrugscenter Nordby", ("", "", "")),
        ("Center for Sundhed og Forebyggelse", ("Inge Mikkelsen", "", "")),
    ],
)
def test_who_leads_planted_units(units, unit, roles):
    """One, two and three co-managers, vacant seats, a role that ended yesterday, one that ends next month."""
    assert unit_rows(units, unit, "Leder", "Medleder 1", "Medleder 2") == {roles}


def test_the_full_set_of_roles_of_ravnsnaes_skole(units):
    """By type and by responsibility."""
    headings = ("Administrator", "Administrativ ansvarlig", "Personaleledelse", "Uddannelsesansvarlig")
    expected = ("Niels Dahl", "Niels Dahl", "Solvej Ågård", "Liv Nguyen")
    assert unit_rows(units, "Ravnsnæs Skole", *headings) == {expected}


def test_a_handover_is_seen_on_either_side_of_the_date(build):
    """As-of in the future."""
    tomorrow = build(B, date(2026, 11, 24))
    assert unit_rows(tomorrow, "Misbrugscenter Nordby", "Leder") == {("Kaj Bonde",)}
    december = build(B, date(2026, 12, 1))
    assert unit_rows(december, "Center for Sundhed og Forebyggelse", "Leder") == {("Tage Juhl",)}


def test_a_report_of_the_past_shows_the_past(build):
    """Names of units and persons, and the tree, as they were."""
    past = build(A, date(2023, 1, 1))
    names = {unit.name for unit in past.units}
    assert "Sundhedscentret" in names
    assert "Center for Sundhed og Forebyggelse" not in names
    assert [path for unit in past.units if (path := unit.path).endswith("Ejendomme")] == [
        "Nordby Kommune / Teknik, Miljø og Klima / Ejendomme"
    ]


def test_leaders_employed_elsewhere_and_nowhere_have_rows(with_cpr):
    """Amina leads Åbrinken, demensafsnit; Jytte retired and still has her role."""
    assert shown(with_cpr, "Amina Hussein", "Enhedsnavn") == [
        ("Hjemmeplejen Nord",),
        ("Åbrinken, demensafsnit",),
    ]
    key = "Brugervendt Nøgle (BvN)"
    assert shown(with_cpr, "Jytte Enevoldsen", "Enhedsnavn", key) == [("Plejecenter Åbrinken", "")]


def test_every_current_engagement_of_the_line_organisation_is_in_the_report(town, with_cpr):
    """None is lost on the way; the one in the closed unit is on the list of its own."""
    key = with_cpr.headings.index("Brugervendt Nøgle (BvN)")
    held = town.rows(
        "SELECT e.user_key FROM engagements_at(DATE '2026-11-23') e "
        "JOIN org_units_at(DATE '2026-11-23') u ON u.uuid = e.org_unit_uuid "
        "JOIN classes_at(DATE '2026-11-23') c ON c.uuid = u.unit_hierarchy_uuid WHERE c.user_key = 'linjeorg'"
    )
    assert {user_key for (user_key,) in held} - {row[key] for row in with_cpr.rows} == set()
    assert [row[with_cpr.headings.index("Medarbejder")] for row in with_cpr.strays] == ["Rikke Arkiv"]


def test_the_warnings_of_nordby(with_cpr):
    """Each planted oddity is told about, and nothing else."""
    times = {notice.kind: notice.times for notice in with_cpr.notices}
    assert times.pop("replacement_cpr") >= 1
    assert times == {
        "tree": 1,
        "without_unit": 1,
        "class_not_valid": 2,
        "several_leaders": 1,
        "too_many_co_managers": 1,
        "vacant_leader": 3,
        "leader_without_engagement": 1,
        "no_cpr": 1,
        "fictive_cpr": 1,
        "unlikely_age": 1,
    }


@pytest.mark.parametrize("name", [A, B])
@pytest.mark.parametrize("preset", ["standard", "rsd"])
def test_the_workbook_shows_what_the_table_holds(build, tmp_path, name, preset):
    """Read back cell by cell; no part of the file holds a full CPR number of the municipality."""
    table = build(name, preset=preset)
    path = write_workbook(table, tmp_path)
    rows = list(openpyxl.load_workbook(path)["Rapport"].iter_rows(values_only=True))
    assert rows[0] == table.headings
    assert rows[1:] == [tuple(_in_a_cell(cell) for cell in row) for row in table.rows]


def test_a_masked_workbook_holds_none_of_the_towns_cpr_numbers(town, build, tmp_path):
    """Every part of the zip, against every number that MO holds."""
    numbers = {n for (n,) in town.rows("SELECT cpr_number FROM persons", show_cpr=True) if n}
    assert len(numbers) >= 400
    for name in (A, B):
        path = write_workbook(build(name), tmp_path)
        with zipfile.ZipFile(path) as archive:
            text = b"".join(archive.read(part) for part in archive.namelist()).decode()
        assert numbers.isdisjoint(re.findall(r"[0-9]{10}", text.replace("-", "")))


def test_two_loads_give_the_same_rows(sandbox, build):
    """In the same order: nothing depends on how the mirror came to be."""
    with connect(sandbox.url) as client, Mirror.open() as again:
        again.load(client)
        other = REPORTS[A].build(again, ReportParameters(as_of=TODAY))
    assert other.rows == build(A).rows


def _in_a_cell(value):
    if value is None or value == "":
        return None
    return value if isinstance(value, int) else str(value)
