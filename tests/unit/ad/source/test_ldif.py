"""LDIF exports: of ldifde, ldapsearch and others; whole or refused with file and line."""

from __future__ import annotations

import base64
from uuid import UUID

import pytest

from motoolkit.ad.source import open_source
from motoolkit.ad.source._ldif import read_ldif
from motoolkit.errors import AdAnewError, AdError
from motoolkit.profile.ad import AdSettings

HANS, ALLE = "6171daa2-0000-4000-8000-000000000001", "6171daa2-0000-4000-8000-000000000002"
BASE = "DC=ad1,DC=example"


def b64(raw: bytes | str) -> str:
    """Return a value as LDIF writes binary ones."""
    return base64.b64encode(raw.encode() if isinstance(raw, str) else raw).decode()


def guid(text: str) -> str:
    """Return a GUID as LDIF writes it."""
    return b64(UUID(text).bytes_le)


AASE = rf"CN=Hansen\, Åse,OU=Brugere,{BASE}"
WHOLE = f"""version: 1
# exported by hand,
 on two lines
dn:: {b64(AASE)}
objectClass: top
objectClass: person
objectClass: user
objectGUID:: {guid(HANS)}
sAMAccountName: aase
displayName:: {b64("Åse Hansen")}
employeeID: 010190-1234
objectSid:: {b64(bytes.fromhex("0105000000000005150000000102030405060708090a0b0c50040000"))}
proxyAddresses: SMTP:aase@example.dk
proxyAddresses: smtp:a@example.dk
description: a long line that goes
  on after it was folded
manager: cn=ALLE,ou=grupper,dc=AD1,dc=example

dn: CN=Alle,OU=Grupper,{BASE}
changetype: add
objectClass: group
objectGUID:: {guid(ALLE)}
member: {AASE}
member: CN=Nogen,OU=Andet,{BASE}

"""


@pytest.fixture
def read(tmp_path):
    """Write an export and read it: ``read("…", cpr_attribute="employeeID")``."""

    def start(text: str | bytes, suffix: str = ".ldif", **settings):
        file = tmp_path / f"export{suffix}"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return open_source(AdSettings(name="admin", files=(str(file),), **settings)).snapshot()

    return start


def test_entries_are_records_with_links_found_by_name(read):
    """Folded lines, base64, comments, several values, names compared by what they mean."""
    snapshot = read(WHOLE, cpr_attribute="employeeID")

    (aase,), (alle,) = snapshot.accounts, snapshot.groups
    assert (aase.guid, aase.cpr, aase.display_name) == (HANS, "0101901234", "Åse Hansen")
    assert aase.dn == AASE
    assert aase.sid == "S-1-5-21-67305985-134678021-202050057-1104"
    assert aase.proxy_addresses == ("SMTP:aase@example.dk", "smtp:a@example.dk")
    assert aase.value("description") == "a long line that goes on after it was folded"
    assert (aase.manager, alle.members) == (ALLE, (HANS,))
    assert (snapshot.header.server, snapshot.header.cookie) == ("export.ldif", "")


def test_lines_may_end_as_windows_ends_them(read):
    """CRLF, and a byte-order mark in front."""
    assert read(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode()).accounts[0].sam == "aase"


def test_entries_outside_the_base_are_left_out(read):
    """base_dn."""
    assert read(WHOLE, base_dn=f"OU=Grupper,{BASE}").accounts == ()


LEFT = f"Bo\nDEL:{HANS}"
ENTRY = f"dn: CN=x,{BASE}\nobjectClass: user\nobjectGUID:: {guid(HANS)}\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f"{ENTRY}sn: x", 4, "ends in the middle of a line"),
        (f"{ENTRY}sn: x\n", 4, "ends in the middle of a record"),
        (f"{ENTRY}displayName:: w4Vz\x20ZSB\n\n", 4, "no whole base64"),
        (f"{ENTRY}displayName:: w4VzZ\n\n", 4, "no whole base64"),
        (f"{ENTRY}jpegPhoto:< file:///tmp/x.jpg\n\n", 4, "stands in another file"),
        (f"{ENTRY}sn: a\x00b\n\n", 4, "NUL"),
        (f"{ENTRY}just words\n\n", 4, "no attribute with its value"),
        (f"{ENTRY}member;range=0-1499: CN=y\n\n", 4, "cut off after the first values"),
        (f"dn: CN=x,{BASE}\nchangetype: modify\nreplace: sn\nsn: x\n-\n\n", 2, "changes and no entries"),
        (f"dn: CN=x,{BASE}\nchangetype: delete\n\n", 2, "changes and no entries"),
        ("objectClass: user\n\n", 1, "does not begin with dn"),
        (f"{ENTRY}dn: CN=y\n\n", 4, "has dn in it"),
        ("version: 2\n\n", 1, "another version of LDIF"),
        (f" {ENTRY}\n", 1, "no attribute with its value"),
        (f"{ENTRY}\nsearch: 2\nresult: 4 Size limit exceeded\n\n", 6, "did not come to its end"),
        (f"{ENTRY}\n# numEntries: 2\n", 4, "tells of 2 entries and holds 1"),
        ("version: 1\ndn: CN=x\n".encode("utf-16"), 1, "UTF-16"),
        (b"dn: CN=\xe5se\nobjectClass: user\n\n", 1, "not written in UTF-8"),
    ],
)
def test_what_is_no_whole_export_is_refused_with_its_line(read, text, line, words):
    """A truncated last record is an error, never a shorter answer."""
    with pytest.raises(AdError) as caught:
        read(text)
    assert f"export.ldif, line {line}: " in caught.value.message
    assert words in caught.value.message
    assert caught.value.remedy


def test_what_ldapsearch_says_beside_the_entries_is_understood(read):
    """Its result and references to other servers."""
    snapshot = read(
        f"{ENTRY}\nref: ldap://other/DC=x\n\n# search result\n"
        "search: 2\nresult: 0 Success\n\n# numEntries: 1\n"
    )

    assert len(snapshot.accounts) == 1
    assert len(snapshot.header.notices) == 1


def test_an_entry_without_a_guid_is_refused(read):
    """Names are no keys."""
    with pytest.raises(AdError, match="has no objectGUID"):
        read(f"dn: CN=x,{BASE}\nobjectClass: user\n\n")


def test_an_object_that_comes_twice_is_refused(read):
    """Two exports that overlap."""
    with pytest.raises(AdError, match=r"is in .*export.ldif and in "):
        read(f"{ENTRY}\n{ENTRY}\n")


def test_an_openldap_export_has_its_own_names(read):
    """EntryUUID as text, uid, groupOfNames."""
    text = (
        f"dn: uid=bo,{BASE}\nobjectClass: inetOrgPerson\nentryUUID: {HANS}\nuid: bo\n"
        "createTimestamp: 20240102030405Z\n\n"
        f"dn: cn=alle,{BASE}\nobjectClass: groupOfNames\nentryUUID: {ALLE}\ncn: alle\n"
        f"member: uid=bo,{BASE}\n\n"
    )
    snapshot = read(text, dialect="standard")
    assert (snapshot.accounts[0].sam, snapshot.accounts[0].guid) == ("bo", HANS)
    assert snapshot.groups[0].members == (HANS,)


def test_deleted_objects_of_an_export_are_tombstones(read):
    """As ldifde -c writes them with the control."""
    snapshot = read(f"{ENTRY}isDeleted: TRUE\nsAMAccountName: bo\nname:: {b64(LEFT)}\n\n")
    assert (snapshot.accounts, [(t.guid, t.sam, t.name) for t in snapshot.tombstones]) == (
        (),
        [(HANS, "bo", "Bo")],
    )


def test_a_cpr_number_is_nowhere_but_in_its_place(read):
    """Not in attributes, nor in what is printed."""
    (account,) = read(
        f"{ENTRY}employeeID: 0101901234\ndescription: nr 010190-1234\n\n", cpr_attribute="employeeID"
    ).accounts

    assert account.cpr == "0101901234"
    assert "1234" not in str(account.attributes) + repr(account)


def test_entries_come_one_by_one_before_the_file_is_through(tmp_path):
    """Streamed: what is wrong at the end is met only there."""
    file = tmp_path / "cut.ldif"
    file.write_text(f"{ENTRY}\n{ENTRY}")
    entries = read_ldif(file, frozenset({"sn"}), set())

    assert next(entries).dn == f"CN=x,{BASE}"
    with pytest.raises(AdError, match="ends in the middle of a record"):
        next(entries)


def test_files_do_not_tell_what_changed(tmp_path):
    """They are read anew."""
    file = tmp_path / "x.ldif"
    file.write_text(WHOLE)
    with open_source(AdSettings(name="admin", files=(str(file),))) as source:
        with pytest.raises(AdAnewError):
            source.changes("")
        delta = source.read([HANS, "00000000-0000-0000-0000-000000000000"])
    assert ([a.guid for a in delta.accounts], delta.gone) == (
        [HANS],
        ("00000000-0000-0000-0000-000000000000",),
    )


@pytest.mark.parametrize("suffix", [".ldif", ".csv"])
def test_a_file_with_nothing_in_it_is_no_directory(read, suffix):
    """A download that failed; nobody has a directory without objects."""
    with pytest.raises(AdError, match="holds no objects"):
        read("", suffix=suffix)


def test_a_file_that_is_not_there_or_is_something_else_is_named(tmp_path):
    """Path and ending."""
    with pytest.raises(AdError, match=r"nowhere.ldif can not be read: No such file"):
        open_source(AdSettings(name="x", files=(str(tmp_path / "nowhere.ldif"),))).snapshot()
    with pytest.raises(AdError, match="neither LDIF nor CSV"):
        open_source(AdSettings(name="x", files=("x.xlsx",)))
