"""OpenLDAP is read as a directory of the standard dialect, and its limits are never taken for an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from ad_slapd import BASE, SHORT_READER, entry, serving

from motoolkit.ad.source import open_source
from motoolkit.ad.source._ldap import LdapSource
from motoolkit.ad.source._search import Reader
from motoolkit.errors import AdAnewError, AdCredentialsError, AdError

pytestmark = pytest.mark.ad

MANY = 2500
STAFF = f"ou=Brugere,{BASE}"
BOSS, HANS = f"cn=Chefen,{STAFF}", f"cn=Hans Hansen+uid=hhan,{STAFF}"


def _entries():
    yield entry(STAFF, "organizationalUnit", ou="Brugere")
    yield entry(BOSS, "user", cn="Chefen", sn="Chef", sAMAccountName="chef", userAccountControl="512")
    yield entry(
        *(HANS, "user"),
        cn="Hans Hansen",
        uid="hhan",
        sn="Hansen",
        givenName="Hans",
        mail="hans@nordby.example",
        employeeID="0101901234",
        userAccountControl="514",
        accountExpires="134115120000000000",
        manager=BOSS,
    )
    people = [f"cn=Bruger {number},{STAFF}" for number in range(MANY)]
    for number, place in enumerate(people):
        yield entry(
            place, "inetOrgPerson", cn=f"Bruger {number}", sn="Bruger", uid=f"b{number}", title="Bruger"
        )
    yield entry(f"cn=Alle,{BASE}", "groupOfNames", cn="Alle", member=[HANS, *people], owner=BOSS)
    yield entry(f"cn=Ledere,{BASE}", "group", cn="Ledere", member=BOSS, groupType="-2147483646")


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """Of a server with 2,502 accounts, who gives 1000 entries at a time."""
    with serving(tmp_path_factory.mktemp("slapd"), _entries()) as settings:
        yield settings


@pytest.fixture(scope="module")
def snapshot(settings):
    """All of it."""
    with open_source(settings) as source:
        return source.snapshot()


def test_2500_accounts_are_read_past_the_limit_each_once(snapshot):
    """In pages of 500, where 1000 are the most."""
    found = [each.sam for each in snapshot.accounts if each.value("title") == "Bruger"]
    assert sorted(found) == sorted(f"b{number}" for number in range(MANY))
    assert len({each.guid for each in snapshot.accounts}) == len(snapshot.accounts)


def test_an_account_of_the_standard_dialect_is_known_by_its_entryuuid(snapshot):
    """A name of two parts, uid for the username, links by DN."""
    accounts = {each.sam: each for each in snapshot.accounts}
    hans, boss = accounts["hhan"], accounts["chef"]
    assert len(hans.guid) == 36
    assert (hans.cn, hans.given_name, hans.surname, hans.mail) == (
        *("Hans Hansen", "Hans", "Hansen"),
        "hans@nordby.example",
    )
    assert (hans.cpr, hans.enabled, hans.manager) == ("0101901234", False, boss.guid)
    assert hans.expires_at == datetime(2025, 12, 29, 20, tzinfo=UTC)
    assert hans.created is not None
    assert (accounts["b1"].uac, accounts["b1"].expires_at) == (None, None)


def test_groups_have_members_as_guids_however_long_the_list(snapshot):
    """Links come as DNs here, and all members at once."""
    guids = {each.sam: each.guid for each in snapshot.accounts}
    groups = {each.name: each for each in snapshot.groups}
    assert len(groups["Alle"].members) == MANY + 1
    assert guids["hhan"] in groups["Alle"].members
    assert groups["Alle"].managed_by == guids["chef"]
    assert (groups["Ledere"].members, groups["Ledere"].is_security) == ((guids["chef"],), True)
    assert [each.name for each in snapshot.ous] == ["Brugere"]


def test_a_manager_above_the_base_is_still_known_by_guid(settings, snapshot):
    """A link that leads out of what is read is asked for."""
    with open_source(replace(settings, base_dn=HANS)) as source:
        [hans] = source.snapshot().accounts
    assert hans.manager == next(each.guid for each in snapshot.accounts if each.sam == "chef")


def test_an_answer_that_a_limit_cut_off_is_an_error(settings):
    """An unpaged search gives 1000 entries and sizeLimitExceeded."""
    reader = Reader(settings, None)
    with pytest.raises(AdError, match="gave only the first part") as refused:
        reader.ask(BASE, "(objectClass=*)", ["cn"])
    reader.close()
    assert refused.value.code == 4


def test_a_page_that_is_too_large_is_refused_with_what_to_do(settings):
    """Page size 5000 gives adminLimitExceeded."""
    with open_source(replace(settings, page_size=5000)) as source, pytest.raises(AdError) as refused:
        source.snapshot()
    assert refused.value.code == 11
    assert "page_size" in refused.value.remedy


def test_a_limit_on_all_pages_together_leaves_no_half_snapshot(settings):
    """The first pages came; what lies behind is not taken for missing."""
    with open_source(replace(settings, username=SHORT_READER)) as source, pytest.raises(AdError) as refused:
        source.snapshot()
    assert refused.value.code in {4, 11}


def test_changes_can_not_be_told(settings, snapshot):
    """It has neither DirSync nor numbers: every read is a whole one."""
    assert snapshot.header.cookie == ""
    with open_source(settings) as source, pytest.raises(AdAnewError):
        source.changes(snapshot.header.cookie)


def test_objects_are_read_again_by_entryuuid(settings, snapshot):
    """And what is not there is gone."""
    hans = next(each for each in snapshot.accounts if each.sam == "hhan")
    missing = "00000000-0000-4000-8000-000000000000"
    with open_source(settings) as source:
        delta = source.read({hans.guid, missing})
    assert (delta.accounts, delta.gone) == ((hans,), (missing,))


def test_a_wrong_password_is_refused(settings):
    """Without AD's sub-codes."""
    with pytest.raises(AdCredentialsError, match="the user name or the password is wrong"):
        LdapSource(settings, password="forkert").snapshot()


def test_the_wrong_dialect_is_told(settings):
    """It is not read as an AD with next to nothing in it."""
    with (
        open_source(replace(settings, dialect="AD")) as source,
        pytest.raises(AdError, match="no Active Directory") as refused,
    ):
        source.snapshot()
    assert "dialect" in refused.value.remedy
