"""A whole read of a real domain controller gives what an administrator put there."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from ad_dc import SEES_LIVING

from motoolkit.ad.decode import to_filetime
from motoolkit.errors import AdError

pytestmark = pytest.mark.ad

ENDS = datetime(2027, 1, 1, 23, 0, tzinfo=UTC)
MAILBOX = "6171daa2-0b1c-4d2e-8f00-00c04fd430c8"


@pytest.fixture(scope="module")
def loaded(dc):
    """DNs of what was loaded, by names."""
    staff = dc.add("Brugere", "organizationalUnit")
    made = {"staff": staff, "music": dc.add("Musik, kunst + kultur", "organizationalUnit", staff)}
    made["boss"] = dc.user("aase", staff, cn="Hansen, Åse", password=True)
    made["hans"] = dc.user(
        *("hhan", made["music"], {"msDS-cloudExtensionAttribute1": "0B52E8AC-1111-4222-8333-000000000001"}),
        cn='Hans "H" Hansen #1',
        displayName="Hans Hansen",
        givenName="Hans",
        sn="Hansen",
        userPrincipalName="hans@nordby.example",
        mail="hans@nordby.example",
        proxyAddresses=["SMTP:hans@nordby.example", "smtp:hh@nordby.example"],
        employeeID="010190-1234",
        employeeNumber="NK-00017",
        extensionAttribute7="Vej 1",
        otherTelephone=["+4511111111", "+4522222222"],
        accountExpires=to_filetime(ENDS),
        manager=made["boss"],
        mailNickname="hans",
        msExchRecipientTypeDetails="4",
        msExchMailboxGuid=UUID(MAILBOX).bytes_le,
        publicDelegates=[made["boss"]],
        uac=66082,
    )
    made["guest"] = dc.add("Gæst", "contact", staff, mail="guest@other.example")
    made["pc"] = dc.add("PC1", "computer", staff, sAMAccountName="PC1$", userAccountControl="4096")
    made["inner"] = dc.add("Indre", "group", staff, sAMAccountName="indre", member=[made["hans"]])
    made["outer"] = dc.add(
        "Ydre",
        "group",
        staff,
        sAMAccountName="ydre",
        groupType="8",
        member=[made["inner"], made["guest"]],
        managedBy=made["boss"],
        mail="ydre@nordby.example",
    )
    dc.change(made["staff"], managedBy=made["boss"], description="Alle ansatte")
    return made


@pytest.fixture(scope="module")
def snapshot(dc, loaded):  # noqa: ARG001 - what is read
    """What was read of it."""
    named = {"mo_uuid_attribute": "msDS-cloudExtensionAttribute1", "engagement_attribute": "employeeNumber"}
    with dc.source(**named) as source:
        return source.snapshot()


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Notices are texts."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def _named(records, name):
    return next(each for each in records if name in {getattr(each, "sam", ""), getattr(each, "cn", "")})


def test_an_account_comes_with_all_that_was_put_on_it(dc, loaded, snapshot):
    """Texts, several values, flags, times, GUIDs and links, each as its own type."""
    account = _named(snapshot.accounts, "hhan")
    assert account.dn == f'CN=Hans \\"H\\" Hansen \\#1,OU=Musik\\, kunst \\+ kultur,OU=Brugere,{dc.base}'
    assert account.guid == dc.guid(loaded["hans"])
    assert (account.cn, account.display_name) == ('Hans "H" Hansen #1', "Hans Hansen")
    assert (account.given_name, account.surname) == ("Hans", "Hansen")
    assert (account.upn, account.mail) == ("hans@nordby.example", "hans@nordby.example")
    assert sorted(account.proxy_addresses) == ["SMTP:hans@nordby.example", "smtp:hh@nordby.example"]
    assert (account.cpr, account.cpr_wrong, account.employee_number) == ("0101901234", False, "NK-00017")
    assert (account.engagement, account.mo_uuid) == ("NK-00017", "0b52e8ac-1111-4222-8333-000000000001")
    assert (account.expires_at, account.manager) == (ENDS, dc.guid(loaded["boss"]))
    assert (account.recipient_type, account.mailbox) == (4, MAILBOX)
    assert account.delegates == (dc.guid(loaded["boss"]),)
    assert sorted(account.attributes["othertelephone"]) == ["+4511111111", "+4522222222"]
    assert account.attributes["manager"] == (f"CN=Hansen\\, Åse,OU=Brugere,{dc.base}",)
    assert account.object_class == "user"
    assert "extensionattribute7" not in account.attributes  # nothing names it in these settings


def test_flags_and_times_tell_the_state_of_an_account(snapshot):
    """Flags with the computed bits, accountExpires' never, UTC (domain 1.3)."""
    hans, aase = _named(snapshot.accounts, "hhan"), _named(snapshot.accounts, "aase")
    assert (hans.enabled, aase.enabled) == (False, True)
    assert (hans.uac, aase.uac, aase.expires_at, aase.last_logon) == (66082, 512, None, None)
    assert aase.created <= aase.changed
    assert abs((aase.password_set - aase.created).total_seconds()) < 60
    assert (hans.password_set, hans.primary_group) == (None, 513)
    assert hans.sid.startswith("S-1-5-21-")
    assert hans.sid.rpartition("-")[0] == aase.sid.rpartition("-")[0]


def test_contacts_computers_and_the_domains_own_accounts_are_told_apart(snapshot):
    """By their class and by isCriticalSystemObject."""
    assert _named(snapshot.accounts, "Gæst").object_class == "contact"
    assert _named(snapshot.accounts, "PC1$").object_class == "computer"
    assert {each.sam for each in snapshot.accounts if each.critical} == {
        "Administrator",
        "Guest",
        "krbtgt",
        "DC1$",
        "dns-dc1",
    }


def test_groups_come_with_members_of_all_kinds_as_guids(dc, loaded, snapshot):
    """A group in a group is a member like any; the type is signed (domain 1.5)."""
    inner, outer = _named(snapshot.groups, "indre"), _named(snapshot.groups, "ydre")
    assert inner.members == (dc.guid(loaded["hans"]),)
    assert set(outer.members) == {inner.guid, dc.guid(loaded["guest"])}
    assert (inner.group_type, outer.group_type) == (-2147483646, 8)
    assert (inner.is_security, outer.is_security) == (True, False)
    assert (outer.managed_by, outer.mail) == (dc.guid(loaded["boss"]), "ydre@nordby.example")


def test_units_come_with_their_names_as_people_write_them(dc, loaded, snapshot):
    """A name with a comma and a plus is escaped in the DN only (domain 1.7)."""
    units = {each.name: each for each in snapshot.ous}
    assert set(units) == {"Brugere", "Musik, kunst + kultur", "Domain Controllers"}
    assert units["Brugere"].managed_by == dc.guid(loaded["boss"])
    assert units["Brugere"].description == "Alle ansatte"
    assert units["Musik, kunst + kultur"].guid == dc.guid(loaded["music"])


def test_the_header_tells_which_read_of_which_server_it_is(dc, snapshot):
    """What a later delta, and a reader, must know."""
    header = snapshot.header
    assert (header.ad, header.server, header.bases) == ("admin", "dc1.admin.nordby.example", (dc.base,))
    assert UUID(header.invocation_id)
    assert header.complete
    assert header.counts == {
        "accounts": len(snapshot.accounts),
        "groups": len(snapshot.groups),
        "ous": 3,
        "tombstones": len(snapshot.tombstones),
    }
    assert header.highest_usn >= max(each.usn for each in snapshot.accounts)


def test_the_directorys_own_configuration_is_no_other_server(snapshot):
    """A search at the root refers to CN=Configuration, which is on this very server (domain 2.2)."""
    assert not [each for each in snapshot.header.notices if "server" in each]


def test_a_deleted_account_is_a_tombstone_and_its_successor_another_account(dc, loaded):
    """The name comes again, the GUID does not (domain 2.5)."""
    old = dc.user("ingrid", loaded["staff"], cn="Ingrid Iversen")
    guid = dc.guid(old)
    dc.delete(old)
    dc.user("ingrid", loaded["staff"], cn="Ingrid Iversen")
    with dc.source() as source:
        snapshot = source.snapshot()
    [tombstone] = [each for each in snapshot.tombstones if each.sam == "ingrid"]
    assert (tombstone.guid, tombstone.name, tombstone.last_parent) == (
        guid,
        "Ingrid Iversen",
        loaded["staff"],
    )
    assert (datetime.now(UTC) - tombstone.deleted).total_seconds() < 600
    [account] = [each for each in snapshot.accounts if each.sam == "ingrid"]
    assert account.guid == dc.guid(account.dn) != guid


@pytest.mark.usefixtures("loaded")
def test_an_account_that_may_not_see_deletions_reads_all_that_lives_and_is_told_so(dc):
    """An ordinary service account (domain 2.4)."""
    with dc.source() as every, dc.source(SEES_LIVING) as living:
        one, other = every.snapshot(), living.snapshot()
    assert {each.guid for each in one.accounts} == {each.guid for each in other.accounts}
    assert [each.members for each in one.groups] == [each.members for each in other.groups]
    assert other.tombstones == ()
    assert any("Deleted objects are not to be seen" in each for each in other.header.notices)


def test_only_what_is_below_the_base_is_read_with_links_that_lead_out_of_it(dc, loaded):
    """A base with escapes in its name, and a manager above it."""
    with dc.source(base_dn=loaded["music"].lower()) as source:
        snapshot = source.snapshot()
    assert [(each.sam, each.manager) for each in snapshot.accounts] == [("hhan", dc.guid(loaded["boss"]))]
    assert (len(snapshot.groups), [each.name for each in snapshot.ous]) == (0, ["Musik, kunst + kultur"])


@pytest.mark.usefixtures("loaded")
def test_pages_of_two_give_the_same_as_pages_of_500(dc):
    """Every object once, whatever the page."""
    with dc.source(page_size=2) as small, dc.source() as large:
        one, other = small.snapshot(), large.snapshot()
    assert sorted(one.accounts, key=lambda each: each.guid) == sorted(
        other.accounts, key=lambda each: each.guid
    )
    assert {each.guid for each in one.groups} == {each.guid for each in other.groups}


def test_an_attribute_of_the_settings_that_the_schema_does_not_have_is_told(dc):
    """Samba would give nothing for it without a word."""
    with dc.source(engagement_attribute="extensionAttribut9") as source:
        notices = source.snapshot().header.notices
    assert any("The directory has no attribute extensionAttribut9" in each for each in notices)


@pytest.mark.parametrize("base", ["OU=Brugerne,DC=admin,DC=nordby,DC=example", "DC=nordbye,DC=example"])
def test_a_base_that_is_not_there_is_named_with_those_that_are(dc, base):
    """Below the domain, and outside of it."""
    with dc.source(base_dn=base) as source, pytest.raises(AdError) as refused:
        source.snapshot()
    assert f"does not have the base_dn {base}" in str(refused.value)
    assert dc.base in refused.value.remedy


def test_a_base_that_is_no_dn_is_refused(dc):
    """A name without types."""
    with dc.source(base_dn="Brugere") as source, pytest.raises(AdError, match="can not read a DN"):
        source.snapshot()


def test_objects_are_read_again_by_guid_and_those_that_are_not_there_are_gone(dc, loaded):
    """``read`` is how a grave finding is looked at twice."""
    missing = "00000000-0000-4000-8000-000000000000"
    with dc.source() as source:
        delta = source.read({dc.guid(loaded["hans"]), dc.guid(loaded["outer"]), missing})
    assert [each.sam for each in delta.accounts] == ["hhan"]
    assert [each.sam for each in delta.groups] == ["ydre"]
    assert delta.gone == (missing,)


def test_nothing_is_written(dc, loaded):
    """The number of the newest change stays the same over every read that there is."""
    with dc.source() as source, dc.source(SEES_LIVING, way="usn") as other:
        cookies = {each: each.snapshot().header.cookie for each in (source, other)}
        before = dc.usn()
        for each, cookie in cookies.items():
            each.snapshot()
            each.changes(cookie)
            each.read({dc.guid(loaded["hans"])})
    assert dc.usn() == before
    dc.change(loaded["guest"], description="Ny")
    assert dc.usn() > before


def test_two_domains_are_read_side_by_side_each_with_its_own(dc, start_dc):
    """The same username in both is two accounts, of different SIDs and keys."""
    school = start_dc("skole")
    for each in (dc, school):
        each.user("tvilling", cn="Tove Tvilling", mail="tove@nordby.example")
    with dc.source() as one, school.source() as other:
        found = [_named(each.snapshot().accounts, "tvilling") for each in (one, other)]
    assert [each.ad for each in found] == ["admin", "skole"]
    assert [each.dn for each in found] == [f"CN=Tove Tvilling,{dc.base}", f"CN=Tove Tvilling,{school.base}"]
    assert len({each.key for each in found}) == len({each.sid.rpartition("-")[0] for each in found}) == 2
