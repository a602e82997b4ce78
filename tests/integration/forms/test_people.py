"""Many persons from an Excel list: what stands in the cells stands in MO, and nothing stands there twice."""

from __future__ import annotations

import stat
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from motoolkit.client import Client, profile_for
from motoolkit.errors import InputError
from motoolkit.forms import Choices
from motoolkit.forms.people import check_people, onboard_people, read_people, template
from motoolkit.plan import read

AS_OF = date(2026, 11, 23)
FIRST = datetime(2026, 12, 1)
PERSON = {"Nr.": 1, "CPR-nummer": "010190-4561", "Fornavn": "Åse", "Efternavn": "Liste"}
JOB = {
    "Nr.": 1,
    "Enhed": "Vig Skole",
    "Stillingsbetegnelse": "Lærer",
    "Engagementstype": "Månedslønnet",
    "Primær": "Primær",
    "Første dag": FIRST,
}
ACCOUNT = {"Nr.": 1, "IT-system": "SKOLE-AD", "Brugernavn": "aaslis", "Første dag": FIRST}


@pytest.fixture(scope="module")
def blank(choices, tmp_path_factory):
    """The template as it comes."""
    return template(tmp_path_factory.mktemp("people") / "skabelon.xlsx", choices, AS_OF)


@pytest.fixture
def fill(blank, tmp_path):
    """Fill in the template: ``fill(Personer=[...], Engagementer=[...])``, and return its path."""

    def filled(**sheets):
        workbook = load_workbook(blank)
        for title, rows in sheets.items():
            sheet = workbook[title.replace("_", "-")]
            columns = {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[1]}
            for number, row in enumerate(rows, 2):
                for name, value in row.items():
                    write(sheet.cell(number, columns[name]), value)
        path = tmp_path / "liste.xlsx"
        workbook.save(path)
        return path

    return filled


def write(cell, value):
    """Write a value as people do: behind an apostrophe it is text."""
    is_text = isinstance(value, str) and value.startswith("'")
    cell.value = value[1:] if is_text else value
    if is_text:
        cell.data_type = "s"


@pytest.fixture
def flaws(fill, choices, lookup):
    """Return what is wrong with a list, errors only, as its people would read it."""

    def found(**sheets):
        checked = check_people(read_people(fill(**sheets)), choices, lookup, AS_OF)
        return [str(flaw) for flaw in checked if flaw.severity == "error"]

    return found


def rows_of(path):
    """Return the rows of a results workbook, all of them texts."""
    rows = list(load_workbook(path).active.iter_rows(min_row=2))
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} == {"s"}
    return [[cell.value or "" for cell in row] for row in rows]


def test_the_template_offers_what_mo_has(blank):
    """A sheet a step, drop-down lists on a hidden sheet, and a guide; for its owner only."""
    workbook = load_workbook(blank)
    assert workbook.sheetnames == [
        "Vejledning",
        "Personer",
        "Engagementer",
        "IT-konti",
        "Lederroller",
        "Adresser",
        "Lister",
    ]
    assert workbook["Lister"].sheet_state == "hidden"
    offered = {cell.value for column in workbook["Lister"].columns for cell in column}
    assert {"Vig Skole", "Lærer", "Månedslønnet", "Active Directory"} <= offered
    sources = {each.formula1 for each in workbook["Engagementer"].data_validations.dataValidation}
    assert any(str(source).startswith("'Lister'!$A$1:$A$") for source in sources)
    assert stat.S_IMODE(blank.stat().st_mode) == 0o600


def test_an_empty_template_is_a_list_of_nobody(blank):
    """And no error."""
    assert read_people(blank).persons == ()


def test_a_list_stands_in_mo_as_it_was_filled_in(fill, mo, choices):
    """Two persons; the last day counts, percents are shares of full time, links are by place."""
    path = fill(
        Personer=[PERSON, {"Nr.": 2, "CPR-nummer": 101904562, "Fornavn": "Bo", "Efternavn": "Liste"}],
        Engagementer=[
            JOB | {"Procent af fuld tid": 80.5, "Sidste dag": "31-12-2027", "Tjenestenummer": 4711},
            JOB | {"Nr.": 2, "Enhed": "Ravnsnæs Skole"},
            JOB | {"Stillingsbetegnelse": "3001", "Primær": "non-primary"},
        ],
        IT_konti=[ACCOUNT | {"Til engagementerne": "1;2", "Roller": "skole-admin; skole-bruger"}],
        Adresser=[
            {"Nr.": 2, "Adressetype": "EmailEmployee", "Værdi": "bo@liste.example", "Første dag": FIRST},
            {"Nr.": 2, "Adressetype": "PhoneEmployee", "Værdi": 12345678, "Første dag": "01-12-2026"},
        ],
    )
    found = onboard_people(mo, path, as_of=AS_OF, choices=choices)
    assert [each.became for each in found.persons] == ["done", "done"], found.persons
    aase, bo = (each.uuid for each in found.persons)
    jobs = read(mo, "engagements", {"employee": {"uuids": [aase], "from_date": None, "to_date": None}})
    (first,) = [spans[0] for spans in jobs.values() if spans[0].values["fraction"]]
    assert (first.values["fraction"], first.values["user_key"]) == (805_000, "4711")
    assert (first.start, first.end) == (date(2026, 12, 1), date(2028, 1, 1))
    (account,) = read(
        mo, "itusers", {"employee": {"uuids": [aase], "from_date": None, "to_date": None}}
    ).values()
    assert len(account[0].values["engagements"]) == 2
    (person,) = read(mo, "persons", {"uuids": [bo]}).values()
    assert person[0].values["cpr_number"] == "0101904562"
    addresses = read(mo, "addresses", {"employee": {"uuids": [bo], "from_date": None, "to_date": None}})
    assert {spans[0].values["value"] for spans in addresses.values()} == {"bo@liste.example", "12345678"}


def test_the_same_list_again_makes_nothing_twice(fill, mo, choices):
    """Also when rows were added and sorted otherwise meanwhile: only what is new is made."""
    person = PERSON | {"CPR-nummer": "020290-4561", "Fornavn": "Ida"}
    first = onboard_people(mo, fill(Personer=[person], Engagementer=[JOB]), as_of=AS_OF, choices=choices)
    again = onboard_people(mo, fill(Personer=[person], Engagementer=[JOB]), as_of=AS_OF, choices=choices)
    assert ([each.became for each in first.persons], [each.became for each in again.persons]) == (
        ["done"],
        ["already so"],
    )
    other = JOB | {"Enhed": "Ravnsnæs Skole", "Primær": "Ikke primær"}
    more = onboard_people(
        mo, fill(Personer=[person], Engagementer=[other, JOB]), as_of=AS_OF, choices=choices
    )
    assert [each.became for each in more.persons] == ["done"]
    uuid = first.persons[0].uuid
    assert (
        len(read(mo, "engagements", {"employee": {"uuids": [uuid], "from_date": None, "to_date": None}})) == 2
    )
    assert more.persons[0].uuid == uuid


def test_somebody_in_mo_gets_additions(fill, mo, choices):
    """By UUID; the names beside it are for the eye."""
    person = PERSON | {"CPR-nummer": "030390-4561", "Fornavn": "Eva"}
    made = onboard_people(mo, fill(Personer=[person]), as_of=AS_OF, choices=choices)
    uuid = made.persons[0].uuid
    known = {"Nr.": "E", "UUID i MO": uuid, "Fornavn": "Kaldt noget andet"}
    found = onboard_people(
        mo, fill(Personer=[known], Engagementer=[JOB | {"Nr.": "E"}]), as_of=AS_OF, choices=choices
    )
    assert [(each.became, each.uuid) for each in found.persons] == [("done", uuid)]
    (person_in_mo,) = read(mo, "persons", {"uuids": [uuid]}).values()
    assert person_in_mo[0].values["given_name"] == "Eva"


def test_a_failing_person_does_not_stop_the_others(fill, mo, choices):
    """The results say of each what became of it, with cells; CPR numbers are masked, texts stay texts."""
    path = fill(
        Personer=[
            PERSON | {"CPR-nummer": "040490-4561", "Fornavn": "'=1+1", "Efternavn": "Fejl"},
            PERSON | {"Nr.": 2, "CPR-nummer": "050590-4561", "Fornavn": "Per"},
        ],
        Engagementer=[JOB | {"Enhed": "Vig Skolen"}, JOB | {"Nr.": 2}, JOB | {"Nr.": 9}],
    )
    found = onboard_people(mo, path, as_of=AS_OF, choices=choices)
    assert found.path == path.with_name("liste_resultat.xlsx")
    assert stat.S_IMODE(found.path.stat().st_mode) == 0o600
    assert not found.ok
    uuid = found.persons[1].uuid
    assert rows_of(found.path) == [
        [
            "1",
            "=1+1 Fejl",
            "040490-xxxx",
            "Ikke sendt",
            "Engagementer!B2: Der er ikke nogen 'Vig Skolen' at vælge i Enhed.",
            "",
        ],
        ["2", "Per Liste", "050590-xxxx", "Oprettet i MO", "", uuid],
        ["9", "", "", "Ikke sendt", "Engagementer!A4: Ingen person har nummer 9.", ""],
    ]


def test_a_dry_run_keeps_nothing(fill, mo, choices, tmp_path):
    """MO tries each person; the results say so, where they were asked for."""
    person = PERSON | {"CPR-nummer": "060690-4561", "Fornavn": "Tør"}
    target = tmp_path / "prøve.xlsx"
    found = onboard_people(
        mo, fill(Personer=[person]), results=target, as_of=AS_OF, choices=choices, dry_run=True
    )
    assert [(each.became, each.uuid) for each in found.persons] == [("valid", "")]
    assert rows_of(target)[0][3] == "MO ville tage imod det"
    assert read(mo, "persons", {"cpr_numbers": ["0606904561"]}) == {}


def test_what_mo_refuses_is_told_at_its_row(fill, mo):
    """A unit that closed after the choices were read; nothing of the person is left behind."""
    known = Choices.of(mo)
    plan = mo.plan("Ny enhed")
    kind = known.classes(("org_unit_type",), AS_OF)[0].value
    unit = plan.create("org_unit", start="2020-01-01", name="Lukkes for listen", unit_type=kind)
    assert plan.apply().ok
    known = Choices.of(mo)
    closing = mo.plan("Lukkes")
    closing.terminate("org_unit", unit, end="2026-11-24")
    assert closing.apply().ok
    person = PERSON | {"CPR-nummer": "070790-4561", "Fornavn": "Uno"}
    path = fill(Personer=[person], Engagementer=[JOB | {"Enhed": "Lukkes for listen"}])
    (told,) = onboard_people(mo, path, as_of=AS_OF, choices=known).persons
    assert (told.became, told.uuid) == ("refused", "")
    assert told.text == "Engagementer!A2: Enheden findes ikke (længere) i hele perioden."
    assert read(mo, "persons", {"cpr_numbers": ["0707904561"]}) == {}


def test_columns_may_stand_in_any_order_and_be_named_in_english(tmp_path):
    """A list made by hand, with what Excel makes of it: days as numbers, percents as shares, blank rows."""
    workbook = Workbook()
    people = workbook.active
    people.title = "people"
    people.append(["surname", "Given name", "CPR number", "No."])
    people.append(["Hånd", "Ib", 101904561.0, 1.0])
    jobs = workbook.create_sheet("Engagements")
    jobs.append(["Last day", "First day", "Percent of full time", "Nr.", "Unit", None])
    jobs.append([None, None, None, None, None])
    jobs.append([46386, 46357, 0.8, "1", "Vig Skole [vig]"])
    jobs["C3"].number_format = "0%"
    path = tmp_path / "hånd.xlsx"
    workbook.save(path)
    (listed,) = read_people(path).persons
    assert listed.draft.person["cpr_number"] == "0101904561"
    (job,) = listed.draft.rows["engagements"]
    assert (job["start"], job["end"]) == (date(2026, 12, 1), date(2026, 12, 31))
    assert (job["percent"], job["org_unit"]) == ("80", "vig")
    assert listed.cell("engagements", 0, "start") == "Engagements!B3"


def test_uuids_follow_from_birthday_and_name_not_from_the_whole_cpr_number(fill):
    """So that nobody finds the last digits by trying them."""
    uuids = [
        read_people(fill(Personer=[PERSON | {"CPR-nummer": cpr}])).persons[0].draft.person["uuid"]
        for cpr in ("010190-4561", "0101909999", "020190-4561")
    ]
    assert uuids[0] == uuids[1] != uuids[2]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"Enhed": "Vig Skolen"}, "Engagementer!B2: Der er ikke nogen 'Vig Skolen' at vælge i Enhed."),
        (
            {"Første dag": "31-02-2027"},
            "Engagementer!H2: '31-02-2027' er ikke en dato: skriv den som 01-12-2026.",
        ),
        ({"Sidste dag": "i dag"}, "Engagementer!I2: 'i dag' er ikke en dato: skriv den som 01-12-2026."),
        ({"Sidste dag": "30-11-2026"}, "Engagementer!I2: Sidste dag er før første dag."),
        ({"Enhed": "=A1&B1"}, "Engagementer!B2: Her står en formel: skriv selve værdien."),
        ({"Engagementstype": "#REF!"}, "Engagementer!D2: Her står en fejl fra Excel: skriv selve værdien."),
        ({"Stillingsbetegnelse": None}, "Engagementer!C2: Udfyld stillingsbetegnelse."),
        ({"Nr.": None}, "Engagementer!A2: Rækken har intet nummer: hvis er den?"),
        ({"Nr.": 7}, "Engagementer!A2: Ingen person har nummer 7."),
    ],
)
def test_a_wrong_cell_is_told_with_its_address(flaws, cells, told):
    """One sentence at one cell."""
    assert flaws(Personer=[PERSON | {"CPR-nummer": "080890-4561"}], Engagementer=[JOB | cells]) == [told]


def test_a_last_day_that_is_the_first_day_is_one_day(flaws):
    """The last day is the last one on which it is so."""
    job = JOB | {"Sidste dag": FIRST}
    assert flaws(Personer=[PERSON | {"CPR-nummer": "080890-4561"}], Engagementer=[job]) == []


def test_a_name_of_several_is_told_with_their_keys(fill, mo, lookup, tmp_path):
    """The key makes it one: behind the name, as in the lists of the template, or alone."""
    plan = mo.plan("Tvillinger")
    kind = Choices.of(mo).classes(("org_unit_type",), AS_OF)[0].value
    twin = {"start": "2020-01-01", "name": "Tvilling", "unit_type": kind}
    for number in (1, 2):
        uuid = f"0000000{number}-0000-4000-8000-000000000000"
        plan.create("org_unit", uuid=uuid, user_key=f"tv-{number}", **twin)
    assert plan.apply().ok
    known = Choices.of(mo)
    lists = load_workbook(template(tmp_path / "ny.xlsx", known, AS_OF))["Lister"]
    assert {"Tvilling [tv-1]", "Tvilling [tv-2]"} <= {cell.value for cell in lists["A"]}

    def told(unit):
        path = fill(Personer=[PERSON | {"CPR-nummer": "080890-4561"}], Engagementer=[JOB | {"Enhed": unit}])
        return [str(flaw) for flaw in check_people(read_people(path), known, lookup, AS_OF)]

    assert told("Tvilling") == [
        "Engagementer!B2: 'Tvilling' kan være flere: tv-1, tv-2. Giv nøglen i stedet."
    ]
    assert told("Tvilling [tv-2]") == told("tv-1") == []


def test_two_persons_of_one_number_are_told_at_both(flaws):
    """Neither is sent: nobody knows whose the other rows are."""
    twins = [PERSON | {"CPR-nummer": "080890-4561"}, PERSON | {"CPR-nummer": "090990-4561"}]
    assert flaws(Personer=twins) == [
        "Personer!A2: To personer har nummer 1.",
        "Personer!A3: To personer har nummer 1.",
    ]


def test_two_persons_can_not_share_what_only_one_can_have(flaws):
    """A CPR number, a username; the second is told where the first is."""
    assert flaws(
        Personer=[PERSON | {"CPR-nummer": "080890-4561"}, PERSON | {"Nr.": 2, "CPR-nummer": "0808904561"}],
        IT_konti=[ACCOUNT | {"Brugernavn": "aaspar"}, ACCOUNT | {"Nr.": 2, "Brugernavn": "AASPAR"}],
    ) == [
        "Personer!C3: Personer!C2 har samme CPR-nummer.",
        "IT-konti!C3: IT-konti!C2 har samme brugernavn i samme system.",
    ]


def test_a_link_to_a_row_that_is_not_there_is_told(flaws):
    """By place among the person's own rows."""
    account = ACCOUNT | {"Brugernavn": "aaslin", "Til engagementerne": 2}
    told = flaws(Personer=[PERSON | {"CPR-nummer": "080890-4561"}], Engagementer=[JOB], IT_konti=[account])
    assert told == ["IT-konti!H2: Der er ikke nogen #2 i til engagementerne."]


def test_a_uuid_that_is_none_is_told(flaws):
    """It names somebody in MO."""
    assert "Personer!B2: Det er ikke et UUID." in flaws(Personer=[PERSON | {"UUID i MO": "Hans"}])


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (
            ("Nr.", "Afdeling"),
            "Arket Personer har kolonner, som ikke er kendt, eller som står to gange: B1 'Afdeling'.",
        ),
        (
            ("Nr.", "Fornavn", "Fornavn"),
            "Arket Personer har kolonner, som ikke er kendt, eller som står to gange: C1 'Fornavn'.",
        ),
        (("Fornavn", "Efternavn"), "Arket Personer har ingen kolonne Nr. *."),
    ],
)
def test_a_column_that_is_not_known_is_refused(tmp_path, header, told):
    """Before anything is read: what stands in it would be lost in silence."""
    workbook = Workbook()
    workbook.active.title = "Personer"
    workbook.active.append(header)
    path = tmp_path / "liste.xlsx"
    workbook.save(path)
    with pytest.raises(InputError) as caught:
        read_people(path)
    assert caught.value.message == told


def test_a_column_without_a_name_is_refused_when_something_stands_in_it(fill):
    """It would be lost in silence."""
    path = fill(Personer=[PERSON])
    workbook = load_workbook(path)
    workbook["Personer"]["M2"] = "Husk nøgle"
    workbook.save(path)
    with pytest.raises(InputError, match="M1 ''"):
        read_people(path)


def test_a_sheet_that_is_not_known_is_refused_unless_it_is_hidden_or_empty(fill):
    """A misspelt one would be lost in silence."""
    path = fill(Personer=[PERSON])
    workbook = load_workbook(path)
    workbook.create_sheet("Ark1")
    workbook.create_sheet("Engagement")["A1"] = "Nr."
    workbook.save(path)
    with pytest.raises(InputError, match="ark 'Engagement', som ikke er kendt"):
        read_people(path)
    workbook["Engagement"].sheet_state = "hidden"
    workbook.save(path)
    assert len(read_people(path).persons) == 1


def test_cpr_numbers_are_masked_wherever_they_were_put(fill, mo, choices):
    """As the number of a person, as a day, as a heading."""
    number = {"Nr.": "010190-4561"}
    path = fill(Personer=[PERSON | number], Engagementer=[JOB | number | {"Første dag": "0101904561"}, JOB])
    found = onboard_people(mo, path, as_of=AS_OF, choices=choices)
    assert [each.became for each in found.persons] == ["not sent", "not sent"]
    assert "4561" not in repr(found.persons) + str(rows_of(found.path))
    workbook = load_workbook(path)
    workbook["Personer"]["D1"] = "010190-4561"
    workbook.save(path)
    with pytest.raises(InputError, match="D1 '010190-xxxx'"):
        read_people(path)


@pytest.mark.parametrize(
    "content", [b"", b"Nr.;Fornavn", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0 old Excel"]
)
def test_a_file_that_is_no_workbook_is_refused(tmp_path, content):
    """With its name and a way out."""
    path = tmp_path / "liste.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"liste\.xlsx er ikke et Excel-regneark, der kan læses"):
        read_people(path)


def test_a_file_that_can_not_be_read_is_refused(tmp_path):
    """Because it is not there, or is a folder."""
    for path in (tmp_path / "nowhere.xlsx", tmp_path):
        with pytest.raises(InputError, match="kan ikke læses"):
            read_people(path)


def test_a_workbook_without_persons_is_refused(tmp_path):
    """The sheet of persons is what holds the rest together."""
    path = tmp_path / "liste.xlsx"
    Workbook().save(path)
    with pytest.raises(InputError, match="Listen har ikke noget ark Personer"):
        read_people(path)


def test_a_mo_that_went_away_is_not_asked_for_each_of_the_rest(fill, choices):
    """The results tell why they were not tried; sending the list again is safe."""
    with Client(profile_for("http://127.0.0.1:9", {"graphql_version": 30})) as nowhere:
        gone = Choices(nowhere, choices.state)
        people = [PERSON | {"Nr.": n, "CPR-nummer": f"{n:02}1190-4561"} for n in (1, 2)]
        found = onboard_people(nowhere, fill(Personer=people), as_of=AS_OF, choices=gone)
    assert [each.became for each in found.persons] == ["not sent", "not sent"]
    assert found.persons[1].text.startswith("Ikke forsøgt:")
