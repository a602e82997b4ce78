"""CSV exports as PowerShell writes them: any delimiter, encoding and culture; whole or refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from motoolkit.ad.source import open_source
from motoolkit.errors import AdError
from motoolkit.profile.ad import AdSettings

HANS, ALLE = "6171daa2-0000-4000-8000-000000000001", "6171daa2-0000-4000-8000-000000000002"
BASE = "DC=ad1,DC=example"
COLLECTION = "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection"
ROW = {
    "DistinguishedName": f"CN=Søren Ås,OU=Brugere,{BASE}",
    "ObjectClass": "user",
    "ObjectGUID": HANS,
    "SamAccountName": "saas",
    "Name": "Søren Ås",
    "Enabled": "True",
}


def table(*rows: dict[str, str], mark: str = ",", type_line: bool = True) -> str:
    """Return rows as Export-Csv writes them."""
    lines = ["#TYPE Microsoft.ActiveDirectory.Management.ADUser"] if type_line else []
    quoted = [
        [f'"{each.replace(chr(34), chr(34) * 2)}"' for each in row]
        for row in (rows[0], *(r.values() for r in rows))
    ]
    return "".join(f"{line}\r\n" for line in [*lines, *(mark.join(row) for row in quoted)])


@pytest.fixture
def read(tmp_path):
    """Write exports and read them: ``read(text, text, encoding="utf-16")``."""

    def start(*texts: str | bytes, encoding: str = "utf-8-sig", **settings):
        files = []
        for at, text in enumerate(texts):
            file = tmp_path / f"export{at}.csv"
            file.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
            files.append(str(file))
        return open_source(AdSettings(name="admin", files=tuple(files), **settings)).snapshot()

    return start


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1252"])
def test_any_delimiter_and_encoding_of_windows_is_read(read, mark, encoding):
    """Danish -UseCulture writes semicolons; Windows PowerShell writes UTF-16 or its code page."""
    (account,) = read(table(ROW, mark=mark), encoding=encoding).accounts

    assert (account.guid, account.sam, account.cn, account.enabled) == (HANS, "saas", "Søren Ås", True)
    assert account.dn == f"CN=Søren Ås,OU=Brugere,{BASE}"


def test_a_file_without_its_type_line_is_read(read):
    """-NoTypeInformation, and PowerShell 7."""
    assert len(read(table(ROW, type_line=False)).accounts) == 1


WHEN = datetime(2026, 11, 2, 12, 30, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "02-11-2026 13:30:05",
        "02.11.2026 13.30.05",
        "11/2/2026 1:30:05 PM",
        "2026-11-02T13:30:05",
        "2026-11-02 12:30:05Z",
        "2026-11-02T14:30:05.0000000+02:00",
        "20261102123005.0Z",
    ],
)
def test_dates_are_read_in_danish_american_and_iso_form(read, written):
    """Without a zone they are Copenhagen's."""
    account = read(table(ROW | {"whenCreated": written, "PasswordLastSet": written})).accounts[0]
    if written.endswith(".0Z"):
        assert account.created == WHEN
    else:
        assert (account.created, account.password_set) == (WHEN, WHEN)


def test_dates_with_strokes_are_read_as_one_of_them_tells(read):
    """British 27/11 and invariant 11/27 look alike until a day is above 12."""
    other = ROW | {"ObjectGUID": ALLE, "DistinguishedName": f"CN=x,{BASE}"}
    british = read(
        table(ROW | {"Created": "02/11/2026 13:30:05"}, other | {"Created": "27/11/2026 10:00:00"})
    )
    invariant = read(
        table(ROW | {"Created": "11/02/2026 13:30:05"}, other | {"Created": "11/27/2026 10:00:00"})
    )

    assert british.accounts[0].created == invariant.accounts[0].created == WHEN


def test_dates_that_can_be_read_in_two_ways_are_refused(read):
    """Guessing would move ends of accounts by months."""
    with pytest.raises(AdError, match="the day or the month first"):
        read(table(ROW | {"Created": "02/11/2026 13:30:05"}))


def test_account_control_is_made_of_enabled_where_it_is_missing(read):
    """A plain Get-ADUser has ten columns."""
    row = ROW | {"Enabled": "False"}
    assert read(table(row)).accounts[0].uac == 514
    assert read(table(row | {"userAccountControl": "66048"})).accounts[0].uac == 66048


def test_powershells_names_of_attributes_are_the_directorys(read):
    """EmailAddress, Surname, SID, AccountExpirationDate; the directory's own column goes before."""
    row = ROW | {
        "EmailAddress": "saas@example.dk",
        "Surname": "Ås",
        "SID": "S-1-5-21-1-2-3-1104",
        "AccountExpirationDate": "02-11-2026 13:30:05",
        "EmployeeID": "010190-1234",
        "Created": "01-01-2001 00:00:00",
        "whenCreated": "02-11-2026 13:30:05",
    }
    (account,) = read(table(row), cpr_attribute="employeeID").accounts
    assert (account.mail, account.surname, account.sid) == ("saas@example.dk", "Ås", "S-1-5-21-1-2-3-1104")
    assert (account.expires_at, account.created, account.cpr) == (WHEN, WHEN, "0101901234")


def test_raw_filetimes_are_read(read):
    """-Properties * has them beside PowerShell's dates."""
    never, set_at = "9223372036854775807", "133485408000000000"
    (account,) = read(table(ROW | {"accountExpires": never, "pwdLastSet": set_at})).accounts
    assert (account.expires_at, account.password_set) == (None, datetime(2024, 1, 1, tzinfo=UTC))


def test_groups_and_units_of_other_files_belong_to_the_same_directory(read):
    """Get-ADGroup and Get-ADOrganizationalUnit; members joined by people who know."""
    group = {
        "DistinguishedName": f"CN=Alle,{BASE}",
        "ObjectClass": "group",
        "ObjectGUID": ALLE,
        "Name": "Alle",
        "GroupScope": "Global",
        "GroupCategory": "Security",
        "member": f"CN=Søren Ås,OU=Brugere,{BASE}|CN=Nogen,{BASE}",
    }
    unit = {
        "DistinguishedName": f"OU=Brugere,{BASE}",
        "ObjectClass": "organizationalUnit",
        "ObjectGUID": "6171daa2-0000-4000-8000-000000000003",
        "Name": "Brugere",
        "ManagedBy": f"CN=Søren Ås,OU=Brugere,{BASE}",
    }
    snapshot = read(table(ROW), table(group), table(unit))
    assert (snapshot.groups[0].members, snapshot.groups[0].group_type) == ((HANS,), -2147483646)
    assert (snapshot.ous[0].name, snapshot.ous[0].managed_by) == ("Brugere", HANS)


def test_a_list_that_export_csv_lost_is_told_with_the_way_to_keep_it(read):
    """It writes the name of a type."""
    snapshot = read(table(ROW | {"proxyAddresses": COLLECTION, "MemberOf": COLLECTION}))
    assert snapshot.accounts[0].proxy_addresses == ()
    (notice,) = snapshot.header.notices
    assert "proxyaddresses" in notice.lower()


def test_members_that_export_csv_lost_are_refused(read):
    """A group without its members would make rights look taken away."""
    group = ROW | {"ObjectClass": "group", "member": COLLECTION}
    with pytest.raises(AdError, match="members of groups are not in the file") as caught:
        read(table(group))
    assert "-join '|'" in caught.value.remedy


def cut(text: str, count: int) -> str:
    """Return a text without its last characters."""
    return text[:-count]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (cut(table(ROW), 2), 3, "ends in the middle of a line"),
        (cut(table(ROW), 5) + "\r\n", 3, "can not be read on"),
        (table(ROW).replace(',"True"', ""), 3, "has 5 values and the file has 6 columns"),
        (table({"Name": "x"}), 2, "no column distinguishedname"),
        (table(ROW | {"ObjectGUID": ""}), 3, "no distinguishedName or no objectGUID"),
        (table(ROW | {"whenCreated": "i går"}), 3, "whencreated holds no date"),
        ("\r\n", 1, "no column"),
    ],
)
def test_what_is_no_whole_export_is_refused_with_its_line(read, text, line, words):
    """A truncated last row is an error, never a shorter answer."""
    with pytest.raises(AdError) as caught:
        read(text)
    assert f"export0.csv, line {line}: " in caught.value.message
    assert words in caught.value.message
    assert caught.value.remedy


def test_letters_that_windows_powershell_lost_are_not_taken_for_names(read):
    """Its Export-Csv writes ASCII by default: Søren becomes S?ren."""
    lost = table(ROW).encode("ascii", "replace")
    with pytest.raises(AdError, match="letters such as æ, ø and å were lost") as caught:
        read(lost)
    assert "-Encoding UTF8" in caught.value.remedy


def test_line_breaks_and_quotes_within_values_are_kept(read):
    """Export-Csv quotes everything."""
    (account,) = read(table(ROW | {"info": 'en "to"\r\ntre'})).accounts
    assert account.value("info") == 'en "to"\r\ntre'
