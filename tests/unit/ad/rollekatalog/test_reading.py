"""Files of OS2rollekatalog: its report, and the answers of its calls."""

from __future__ import annotations

from datetime import date, datetime

import orjson
import pytest
from openpyxl import Workbook

from motoolkit.ad.rollekatalog import read_export
from motoolkit.errors import InputError

HEADINGS = (
    "Brugernavn",
    "Bruger ID",
    "Medarbejder UUID",
    "Enhedsnavn",
    "Enheds UUID",
    "Aktiv/Inaktiv",
    "Jobfunktionsrolle",
    "It-system",
    "Systemrolle styrke",
    "Resultat af vægtning",
    "Tildelt af",
    "Fra dato",
    "Til dato",
    "Tildelt via",
    "Udskudte afgrænsninger",
)
"""Of the sheet "Brugerroller" (OS2rollekatalog, ReportXlsxView)."""
UUID = "6171daa2-0c1b-4e57-8f0e-1d2c3b4a5f60"
FROM, TO = "2026-01-01 00:00:00", "2026-06-30 23:59:59"


def _line(user, role, start=FROM, end="", active="aktiv"):
    head = [f"{user.title()} Holm", user, UUID, "Skolen", UUID, active]
    return [*head, role, "SD", "1", "", "admin", start, end, "Tildelt direkte", ""]


def _csv(tmp_path, *lines, delimiter=";", encoding="utf-8-sig"):
    path = tmp_path / "roller.csv"
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    return path


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "cp1252")])
def test_the_report_as_csv(tmp_path, delimiter, encoding):
    """However Excel saved it."""
    path = _csv(tmp_path, HEADINGS, _line("bo", "Løn læs", end=TO), delimiter=delimiter, encoding=encoding)
    (found,) = read_export(path).assignments
    assert (found.user, found.role, found.itsystem, found.uuid) == ("bo", "Løn læs", "SD", UUID)
    assert (found.start, found.end, found.line) == (date(2026, 1, 1), date(2026, 6, 30), "2")


def test_the_last_day_counts_and_an_inactive_user_has_nothing(tmp_path):
    """The report's last day is a day with the role."""
    lines = (_line("bo", "a", end=TO), _line("ib", "a", active="inaktiv"))
    bo, ib = read_export(_csv(tmp_path, HEADINGS, *lines)).assignments
    assert bo.on(date(2026, 6, 30))
    assert not bo.on(date(2026, 7, 1))
    assert not bo.on(date(2025, 12, 31))
    assert not ib.on(date(2026, 6, 30))


def test_the_report_as_the_workbook_that_it_is(tmp_path):
    """Of its sheets the one with users and roles; the exceptions have the same columns and give nothing."""
    book = Workbook()
    book.active.append(["Tidspunkt for rapport-oprettelse"])
    for title, user in (("Negative roller.", "ib"), ("Brugerroller", "bo")):
        sheet = book.create_sheet(title)
        sheet.append(HEADINGS)
        sheet.append([*_line(user, "Løn")[:11], datetime(2026, 1, 1), None, "Tildelt direkte", None])
    book.save(tmp_path / "roller.xlsx")
    (found,) = read_export(tmp_path / "roller.xlsx").assignments
    assert (found.user, found.start, found.end) == ("bo", date(2026, 1, 1), None)


def _json(tmp_path, answer):
    path = tmp_path / "roller.json"
    path.write_bytes(orjson.dumps(answer))
    return path


def test_the_users_of_an_it_systems_roles(tmp_path):
    """/api/read/itsystem/{system}: a role with its system roles and its users."""
    role = {
        "roleId": 7,
        "roleIdentifier": "id-7",
        "roleName": "Løn",
        "systemRoles": [{"roleName": "Løn i AD", "roleIdentifier": "G-Loen", "weight": 1}],
        "assignments": [
            {"userId": "bo", "extUuid": UUID.upper(), "name": "Bo Holm", "assignedThrough": ["ORGUNIT"]}
        ],
    }
    for answer in ([role], role):
        (found,) = read_export(_json(tmp_path, answer), itsystem="SD").assignments
        assert (found.user, found.uuid, found.role, found.identifier) == ("bo", UUID, "Løn", "id-7")
        assert (found.groups, found.itsystem, found.through) == (("G-Loen",), "SD", "ORGUNIT")


def test_the_roles_of_an_it_systems_users(tmp_path):
    """/api/read/itsystem/roleAssignmentsWithContraints/{system}: a user with the roles."""
    roles = [{"roleIdentifier": "id-7", "roleName": "Løn"}, {"roleIdentifier": "id-8", "roleName": "Leder"}]
    found = read_export(_json(tmp_path, [{"extUuid": UUID, "userId": "bo", "assignments": roles}]))
    assert [(each.user, each.role) for each in found.assignments] == [("bo", "Løn"), ("bo", "Leder")]


def test_the_members_that_groups_are_to_have(tmp_path):
    """/api/ad/v2/sync: groups with usernames; the field is written in lower case."""
    answer = {
        "head": 4,
        "maxHead": 4,
        "assignments": [{"groupName": "G-Loen", "samaccountNames": ["bo", "ib"]}],
    }
    found = read_export(_json(tmp_path, answer)).assignments
    assert [(each.user, each.groups) for each in found] == [("bo", ("G-Loen",)), ("ib", ("G-Loen",))]


def _refused(path, *words):
    with pytest.raises(InputError) as caught:
        read_export(path)
    for word in words:
        assert word in str(caught.value)
    assert caught.value.remedy


def test_a_csv_file_that_is_not_as_it_should_be(tmp_path):
    """The line and the column are told; a CPR number in the wrong place is masked."""
    _refused(_csv(tmp_path, ("Brugernavn", "Rolle"), ("Bo", "Løn")), "roller.csv", "1", "Jobfunktionsrolle")
    _refused(_csv(tmp_path, HEADINGS, _line("bo", "a"), _line("", "a")), "roller.csv", "3", "Bruger ID")
    _refused(_csv(tmp_path, HEADINGS, _line("bo", "a", start="i går")), "roller.csv", "2", "i går")
    _refused(_csv(tmp_path, HEADINGS, _line("bo", "a", start="2026-02-30")), "2026-02-30")
    _refused(_csv(tmp_path, HEADINGS, _line("bo", "a", start="010190-1233")), "010190-xxxx")
    _refused(_csv(tmp_path, HEADINGS), "roller.csv")


def test_a_json_file_that_is_not_as_it_should_be(tmp_path):
    """The line or the entry is told."""
    path = tmp_path / "roller.json"
    path.write_text('[\n{"roleName": \n', encoding="utf-8")
    _refused(path, "roller.json", "3")
    _refused(_json(tmp_path, [{"roleName": "Løn", "assignments": [{"name": "Bo"}]}]), "1.1")
    _refused(_json(tmp_path, [{"id": 1, "name": "Løn", "itSystemName": "SD"}]), "1")
    _refused(_json(tmp_path, {"assignments": [{"groupName": "G"}]}), "assignments 1")
    _refused(_json(tmp_path, 7), "1")


def test_files_that_are_no_export(tmp_path):
    """Another ending, nothing there, and what only is called a workbook."""
    _refused(tmp_path / "roller.pdf", "roller.pdf", ".xlsx")
    _refused(tmp_path / "nowhere.csv", "nowhere.csv")
    (tmp_path / "broken.xlsx").write_bytes(b"no workbook")
    _refused(tmp_path / "broken.xlsx", "broken.xlsx")
