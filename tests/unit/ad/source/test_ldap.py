"""Reading a directory from its server: to the end, by GUID, within AD's limits, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from ad_server import BASE, Directory

from motoolkit.errors import AdAnewError, AdError


def people(directory: Directory, count: int) -> list[str]:
    """Add so many accounts and return their GUIDs."""
    return [
        directory.put(f"Bruger {at}", sAMAccountName=f"b{at}", userAccountControl=512) for at in range(count)
    ]


def test_a_snapshot_holds_typed_records_linked_by_guid(open_source, directory):
    """Domain 1: GUIDs in Windows' byte order, the CPR number apart, members by GUID."""
    snapshot = open_source(directory).snapshot()

    (hans,) = snapshot.accounts
    assert (hans.guid, hans.sam, hans.cpr) == ("00000000-0000-0000-a000-000000000001", "hhan", "0101901234")
    assert hans.dn == f"CN=Hans Hansen,OU=Brugere,{BASE}"
    assert "employeeid" not in hans.attributes
    assert [group.members for group in snapshot.groups] == [(hans.guid,)]
    assert [ou.name for ou in snapshot.ous] == ["Brugere"]
    assert snapshot.header.counts == {"accounts": 1, "groups": 1, "ous": 1, "tombstones": 0}
    assert snapshot.header.server == "dc1.ad1.example"
    assert snapshot.header.bases == (BASE,)


def test_a_directory_of_more_than_a_page_is_read_to_its_end(open_source, directory):
    """MaxPageSize 1000: an unpaged search ends there, and a larger page is cut to it (2.1)."""
    people(directory, 2100)

    assert len(open_source(directory, page_size=5000).snapshot().accounts) == 2101
    assert directory.pages >= 3


def test_a_group_of_more_than_1500_is_read_in_ranges_with_every_member_as_guid(open_source, directory):
    """MaxValRange 1500; ldap3's own ranges would ask without the control and come back as names (2.1)."""
    everybody = people(directory, 3200)
    directory.put("Store", "group", sAMAccountName="store", links={"member": everybody})

    groups = {group.sam: group for group in open_source(directory).snapshot().groups}
    assert set(groups["store"].members) == set(everybody)


def test_references_to_other_servers_are_left_out_and_told(open_source, directory, monkeypatch):
    """A search at the root also refers to a child domain, and to the server's own configuration (2.2)."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")
    (told,) = [n for n in open_source(directory).snapshot().header.notices if "server" in n.lower()]
    child = f"ldaps://ad1.example/DC=skole,{BASE}"
    assert told == f"Referrals to other servers were not followed: {child}."


def test_references_outside_of_what_is_read_are_not_told(open_source, directory):
    """Deleted objects are looked for in the whole context; its references are no gap in what is read."""
    header = open_source(directory, base_dn=f"OU=Brugere,{BASE}").snapshot().header
    assert not [notice for notice in header.notices if "server" in notice.lower()]


def test_a_connection_that_breaks_off_while_paging_gives_nothing_and_the_next_read_begins_anew(
    open_source, directory
):
    """A paging cookie belongs to its connection (2.1)."""
    people(directory, 50)
    directory.break_after = 3
    source = open_source(directory, page_size=20)

    with pytest.raises(AdError, match="broke off in the middle of its answer; nothing was kept"):
        source.snapshot()
    assert len(source.snapshot().accounts) == 51


def test_a_connection_that_was_closed_as_idle_is_opened_again(open_source, directory):
    """AD closes idle connections; nothing was under way then."""
    source = open_source(directory)
    source.snapshot()
    source._reader._connection.socket.close()

    assert len(source.snapshot().accounts) == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (1, "operationsError"),
        (3, "timeLimitExceeded"),
        (4, "sizeLimitExceeded"),
        (11, "adminLimitExceeded"),
        (50, "insufficientAccessRights"),
        (51, "is busy"),
        (53, "unwillingToPerform"),
    ],
)
def test_an_answer_with_an_error_is_no_answer(open_source, directory, code, words):
    """ldap3 lets limits and time-outs pass as answers, even with raise_exceptions."""
    directory.answers = [0, code]
    directory.dirsync = False

    with pytest.raises(AdError, match=words) as caught:
        open_source(directory).snapshot()
    assert caught.value.remedy


def test_a_limit_in_the_middle_of_paging_is_no_answer(open_source, directory):
    """The first page came; the second was refused."""
    people(directory, 50)
    directory.dirsync = False
    directory.answers = [0, 0, 11]

    with pytest.raises(AdError, match="adminLimitExceeded"):
        open_source(directory, page_size=20).snapshot()


def test_a_server_that_does_not_answer_is_given_up(open_source, directory):
    """The settings' timeout."""
    directory.silent = True

    with pytest.raises(AdError, match=r"did not answer in time|can not be reached"):
        open_source(directory, timeout=0.3).snapshot()


def test_a_base_that_is_not_there_is_named_with_those_that_are(open_source, directory):
    """NoSuchObject below a context, referral outside of them."""
    for base in (f"OU=Nirgends,{BASE}", "DC=andet,DC=example"):
        with pytest.raises(AdError) as caught:
            open_source(directory, base_dn=base).snapshot()
        assert caught.value.message == f"The directory admin does not have the base_dn {base}."
        assert BASE in caught.value.remedy


def test_an_attribute_that_the_schema_does_not_have_is_told_and_not_asked_for(open_source, directory):
    """A plain domain has no extensionAttribute1 (1.2)."""
    notices = open_source(directory, cpr_attribute="extensionAttribute1").snapshot().header.notices

    assert any("extensionAttribute1" in notice for notice in notices)


def test_a_cpr_attribute_that_may_not_be_seen_is_told_once(open_source, directory):
    """A confidential attribute reads empty without an error (1.2)."""
    directory.hidden = {"employeeid"}
    snapshot = open_source(directory).snapshot()

    assert [account.cpr for account in snapshot.accounts] == [""]
    assert any("employeeID" in notice and "1" in notice for notice in snapshot.header.notices)


def test_a_deleted_and_recreated_account_is_two(open_source, directory):
    """The new one has another GUID; what is left of the old one keeps its own (2.5)."""
    old = next(guid for guid, thing in directory.things.items() if thing.dn.startswith("CN=Hans"))
    directory.delete(old)
    new = directory.put("Hans Hansen", sAMAccountName="hhan", userAccountControl=512)
    snapshot = open_source(directory).snapshot()

    assert [(account.guid, account.sam) for account in snapshot.accounts] == [(new, "hhan")]
    assert [(left.guid, left.sam, left.name) for left in snapshot.tombstones] == [
        (old, "hhan", "Hans Hansen")
    ]
    assert snapshot.tombstones[0].last_parent == f"OU=Brugere,{BASE}"
    assert snapshot.header.tombstones


def test_tombstones_that_may_not_be_seen_are_told(open_source, directory):
    """A plain user sees none (2.4)."""
    directory.sees_deleted = False
    directory.delete(directory.put("Bo"))
    header = open_source(directory).snapshot().header

    assert not header.tombstones
    assert any("lette" in notice or "eleted" in notice for notice in header.notices)


def test_only_what_is_below_the_base_is_read(open_source, directory):
    """base_dn."""
    directory.put("Skole", "organizationalUnit", below=BASE)
    directory.put("Bo", sAMAccountName="bo", below=f"OU=Skole,{BASE}")

    snapshot = open_source(directory, base_dn=f"OU=Skole,{BASE}").snapshot()
    assert ([a.sam for a in snapshot.accounts], [o.name for o in snapshot.ous]) == (["bo"], ["Skole"])


def test_objects_are_read_again_by_guid_and_those_that_are_not_there_are_gone(open_source, directory):
    """``read`` is how a grave finding is looked at twice."""
    hans = next(guid for guid, thing in directory.things.items() if thing.dn.startswith("CN=Hans"))
    directory.change(hans, userAccountControl=514)
    nobody = "99999999-0000-0000-0000-000000000000"

    delta = open_source(directory).read([hans, nobody])
    assert ([a.enabled for a in delta.accounts], delta.gone) == ([False], (nobody,))


def test_an_account_that_never_ends_has_no_end_and_times_are_utc(open_source, directory):
    """FILETIME 0 and the largest number mean never (1.3)."""
    directory.put("Aldrig", sAMAccountName="a", accountExpires="9223372036854775807", pwdLastSet=0)
    directory.put(
        "Snart", sAMAccountName="s", accountExpires="133485408000000000", whenCreated="20240102030405.0Z"
    )
    found = {each.sam: each for each in open_source(directory).snapshot().accounts}

    assert (found["a"].expires_at, found["a"].password_set) == (None, None)
    assert found["s"].expires_at == datetime(2024, 1, 1, tzinfo=UTC)
    assert found["s"].created == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_kinds_of_objects_are_told_apart_by_their_class(open_source, directory):
    """(objectClass=user) also hits computers (1.1)."""
    directory.put("PC1", "computer", sAMAccountName="PC1$")
    directory.put("Leverandør", "contact")
    found = {each.cn: each.object_class for each in open_source(directory).snapshot().accounts}

    assert found == {"Hans Hansen": "user", "PC1": "computer", "Leverandør": "contact"}


def test_a_directory_that_is_no_ad_tells_no_changes(open_source, directory):
    """OpenLDAP has neither DirSync nor numbers of changes."""
    source = open_source(directory, dialect="standard")
    source.settings = replace(source.settings, dialect="standard")
    directory.dirsync = False

    with pytest.raises(AdAnewError):
        source.changes("")
