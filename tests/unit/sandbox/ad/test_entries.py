"""The made-up directories are what a real one could be."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from motoolkit.model import COPENHAGEN
from motoolkit.sandbox.ad import csv_of, directories, ldif, read_ldif
from motoolkit.sandbox.municipality import municipality, uid
from motoolkit.sandbox.municipality._cpr import passes_modulus_11

TODAY = date(2026, 11, 27)
BACK = {"manager": "directReports", "member": "memberOf", "managedBy": "managedObjects"}


def guid(entry):
    """Return an entry's GUID."""
    return str(UUID(bytes_le=entry.attributes["objectGUID"][0]))


def living(directory):
    """Return what is not deleted."""
    return [each for each in directory.entries if "isDeleted" not in each.attributes]


def people(directory):
    """Return the living accounts."""
    return [each for each in living(directory) if each.attributes["objectClass"][-1] == "user"]


def account(directory, person, number=1):
    """Return the account of one of the municipality's persons."""
    wanted = uid("ad", f"{person}/{number}")
    return next(each for each in directory.entries if guid(each) == wanted)


def test_mos_external_id_is_ads_guid(records, clean):
    """Trap: a directory sends the first three fields of a GUID the other way round."""
    now = [
        (values["external_id"], values["user_key"])
        for record in records
        if record.collection == "itusers"
        for values in (each.values for each in record.slices if each.end is None and each.start <= TODAY)
        if values["itsystem"] == uid("itsystems", "AD") and values["external_id"]
    ]
    sams = {guid(each): each.text("sAMAccountName") for each in people(clean["admin"])}
    assert len(now) > 50
    assert {external: sams[external] for external, _ in now} == dict(now)


@pytest.mark.parametrize("mode", ["clean", "everything"])
def test_everything_lies_in_something_and_points_at_something(request, mode):
    """Links are told from both ends, as AD tells them."""
    for directory in request.getfixturevalue(mode).values():
        entries = {each.dn: each for each in living(directory)}
        assert len(entries) == len(living(directory))
        for entry in list(entries.values())[1:]:
            assert re.split(r"(?<!\\),", entry.dn, maxsplit=1)[1] in entries
            for name, back in BACK.items():
                for target in entry.attributes.get(name, ()):
                    assert entry.dn in entries[target].attributes[back]


def test_ids_are_given_once(everything):
    """GUIDs, SIDs, usernames in any case; UPNs but for the planted case."""
    for directory in everything.values():
        for name in ("objectGUID", "objectSid", "sAMAccountName", "userPrincipalName"):
            values = [v for e in directory.entries for v in e.attributes.get(name, ())]
            counts = Counter(
                v.casefold() if isinstance(v, str) else v for v in values if name != "objectGUID"
            )
            twice = {value for value, count in counts.items() if count > 1}
            recreated = {"su01"} if directory.name == "admin" else set()
            shared = {"kontoret@skole.nordby.example"} if directory.name == "skole" else set()
            assert twice == {"sAMAccountName": recreated, "userPrincipalName": shared}.get(name, set())


def test_no_cpr_number_belongs_to_anybody(everything):
    """Every number fails modulus 11, those of the planted cases too."""
    found = {each.text("employeeID") for d in everything.values() for each in people(d)} - {""}
    numbers = {re.sub(r"\D", "", each) for each in found}
    whole = [each for each in numbers if len(each) == 10]
    assert len(whole) > 80
    assert not any(map(passes_modulus_11, whole))


def test_an_account_expires_at_the_midnight_after_the_last_day_in_denmark(clean):
    """Trap: that is another hour in UTC in winter and in summer."""
    ticks = int(account(clean["admin"], "sundhed-old").text("accountExpires"))
    expires = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
    assert expires.astimezone(COPENHAGEN) == datetime(2026, 12, 1, tzinfo=COPENHAGEN)
    assert expires.hour == 23


def test_who_left_is_parked_disabled_and_in_no_group(clean):
    """After the last day."""
    gone = account(clean["admin"], "ended-yesterday")
    assert "OU=Parkering," in gone.dn
    assert int(gone.text("userAccountControl")) & 2
    assert "memberOf" not in gone.attributes


def test_what_is_secret_in_mo_is_not_shown(clean):
    """A mail address that MO keeps secret."""
    shown = account(clean["admin"], "secret-mail")
    assert "mail" not in shown.attributes
    assert shown.text("userPrincipalName") == "hesk01@admin.nordby.example"


def test_hans_has_a_username_that_ad_allows(clean):
    """Trap: MO has mail addresses for it; the GUID links, and the UPN is the mail address."""
    hans = account(clean["skole"], "hans")
    assert hans.text("userPrincipalName") == "hans.holm@ravnsnaes-skole.example"
    assert re.fullmatch(r"haho\d\d", hans.text("sAMAccountName"))


def test_ldif_is_read_back_as_it_was(everything):
    """Danish letters, commas and backslashes in names, and bytes; no line is longer than 76."""
    for directory in everything.values():
        text = ldif(directory)
        assert tuple(read_ldif(text)) == directory.entries
        assert text.isascii()
        assert max(map(len, text.splitlines())) <= 76


def test_csv_has_a_row_for_each_account(planted):
    """As Get-ADUser tells them: deleted ones, groups and computers are not among them."""
    rows = list(csv.DictReader(io.StringIO(csv_of(planted["admin"]))))
    assert [row["ObjectGUID"] for row in rows] == [guid(each) for each in people(planted["admin"])]
    chief = next(row for row in rows if row["employeeNumber"] == "NK-00001")
    assert (chief["Enabled"], chief["Surname"]) == ("True", "Overgaard")
    assert chief["whenCreated"].endswith(":00:00")


def test_the_same_seed_gives_the_same_directories(planted):
    """Whatever happened before."""
    again = directories(municipality(1, 0, today=TODAY), TODAY, "planted")
    assert again == planted
    assert [again[name].entries for name in again] == [planted[name].entries for name in planted]


def test_a_larger_municipality_keeps_the_accounts(planted):
    """Another seed too: the planted persons are the same."""
    larger = directories(municipality(7, 200, today=TODAY), TODAY, "planted")
    for name, directory in planted.items():
        kept = {guid(each): each.text("sAMAccountName") for each in people(directory)}
        found = {guid(each): each.text("sAMAccountName") for each in people(larger[name])}
        assert kept.items() <= found.items()


def test_a_mo_that_holds_nothing_has_directories_that_hold_nobody():
    """``--empty``."""
    for directory in directories([], TODAY, "planted").values():
        assert not directory.expected
        assert not any(each.text("employeeID") for each in people(directory))
