"""What changes in a real domain controller is told once, whole, in every way of finding changes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import count

import pytest
from ad_dc import SEES_ALL, SEES_LIVING

from motoolkit.ad.decode import to_filetime
from motoolkit.errors import AdAnewError

pytestmark = pytest.mark.ad

NUMBERS = count()
WAYS = {
    "dirsync": (SEES_ALL, "dirsync"),
    "dirsync of an ordinary account": (SEES_LIVING, "dirsync"),
    "numbers": (SEES_ALL, "usn"),
    "numbers of an ordinary account": (SEES_LIVING, "usn"),
}


class Follower:
    """A source that goes on from where it was."""

    def __init__(self, dc, user, way, **settings) -> None:
        self.source = dc.source(user, way=way, **settings)
        self.snapshot = self.source.snapshot()
        self.cookie = self.snapshot.header.cookie

    def delta(self):
        """Return what changed since the last time."""
        delta = self.source.changes(self.cookie)
        self.cookie = delta.cookie
        return delta

    def accounts(self):
        """Return the usernames and names of the accounts that changed."""
        return [(each.sam, each.cn) for each in self.delta().accounts]


@pytest.fixture(params=list(WAYS.values()), ids=list(WAYS))
def follow(request, dc):
    """Follow the domain from now on, in one of the ways."""
    started = []

    def start(**settings) -> Follower:
        started.append(Follower(dc, *request.param, **settings))
        return started[-1]

    start.sees_all = request.param[0] == SEES_ALL
    yield start
    for each in started:
        each.source.close()


@pytest.fixture
def place(dc):
    """A unit of the test's own."""
    return dc.add(f"Afdeling {next(NUMBERS)}", "organizationalUnit")


def test_every_way_is_the_one_that_was_asked_for(follow):
    """An ordinary account is granted DirSync of what it may read."""
    state = json.loads(follow().cookie)
    assert state["way"] in {"dirsync", "usn"}
    assert state.get("secure", True) is (not follow.sees_all or state["way"] == "usn")


def test_an_accounts_whole_life_is_seen(dc, follow, place):
    """Created, renamed, moved, disabled, expired, deleted, and a successor of the same name."""
    following = follow()
    other = dc.add("Andre", "organizationalUnit", place)
    account = dc.user("liv", place, cn="Liv Larsen", password=True)
    guid = dc.guid(account)
    delta = following.delta()
    assert [(each.guid, each.dn) for each in delta.accounts] == [(guid, account)]
    assert [each.name for each in delta.ous][-1] == "Andre"

    account = dc.move(account, name="Liv Lund")
    assert following.accounts() == [("liv", "Liv Lund")]
    account = dc.move(account, below=other)
    [moved] = following.delta().accounts
    assert (moved.guid, moved.dn) == (guid, f"CN=Liv Lund,{other}")
    dc.change(account, userAccountControl="514")
    assert [each.enabled for each in following.delta().accounts] == [False]
    ends = datetime(2026, 12, 1, tzinfo=UTC)
    dc.change(account, accountExpires=to_filetime(ends))
    [expired] = following.delta().accounts
    assert (expired.expires_at, expired.dn, expired.enabled) == (ends, f"CN=Liv Lund,{other}", False)

    dc.delete(account)
    delta = following.delta()
    assert (delta.gone, delta.accounts) == ((guid,), ())
    assert [each.sam for each in delta.tombstones] == (["liv"] if follow.sees_all else [])
    again = dc.user("liv", other, cn="Liv Lund")
    delta = following.delta()
    assert [each.guid for each in delta.accounts] == [dc.guid(again)]
    assert delta.gone == ()
    assert dc.guid(again) != guid
    dc.delete(again)


def test_a_cleared_attribute_is_empty_afterwards(dc, follow, place):
    """DirSync tells it without values."""
    account = dc.user("titel", place, title="Leder", mail="t@nordby.example")
    following = follow()
    dc.change(account, title=None)
    [changed] = following.delta().accounts
    assert (changed.value("title"), changed.mail) == ("", "t@nordby.example")
    dc.delete(account)


def test_members_that_come_and_go_bring_the_group_whole(dc, follow, place):
    """A membership touches the group, not the account (domain 1.5)."""
    people = [dc.user(f"m{number}", place) for number in range(3)]
    guids = [dc.guid(each) for each in people]
    group = dc.add(
        "Hold", "group", place, sAMAccountName="hold", member=people[:2], mail="hold@nordby.example"
    )
    following = follow()
    dc.members(group, add=(people[2],), remove=(people[0],))
    delta = following.delta()
    assert [(each.mail, set(each.members)) for each in delta.groups] == [
        ("hold@nordby.example", set(guids[1:]))
    ]
    assert delta.accounts == ()
    dc.members(group, remove=(people[1], people[2]))
    assert [each.members for each in following.delta().groups] == [()]
    for each in (group, *people):
        dc.delete(each)


def test_what_pointed_to_a_deleted_account_does_so_no_more_when_read_again(dc, follow, place):
    """Who keeps the group is told what is gone; the group itself may come without being told (2.5)."""
    account = dc.user("taber", place)
    boss = dc.user("chef", place)
    worker = dc.user("ansat", place, manager=boss)
    group = dc.add("Led", "group", place, sAMAccountName="led", member=[account])
    following = follow()
    gone = {dc.guid(account), dc.guid(boss)}
    dc.delete(account)
    dc.delete(boss)
    assert set(following.delta().gone) == gone
    again = following.source.read({dc.guid(group), dc.guid(worker)})
    assert [each.members for each in again.groups] == [()]
    assert [each.manager for each in again.accounts] == [""]
    dc.delete(group)
    dc.delete(worker)


def test_a_renamed_unit_brings_everything_below_it(dc, follow, place):
    """Only the unit is touched; all below has another DN (2.3)."""
    inner = dc.add("Inde", "organizationalUnit", place)
    account = dc.user("under", inner)
    group = dc.add("Nedre", "group", inner, sAMAccountName="nedre")
    following = follow()
    renamed = dc.move(place, name=f"{dc.guid(place)[:8]} omdøbt")
    delta = following.delta()
    assert [each.dn for each in delta.accounts] == [f"CN=under,OU=Inde,{renamed}"]
    assert [each.dn for each in delta.groups] == [f"CN=Nedre,OU=Inde,{renamed}"]
    assert {each.dn for each in delta.ous} == {renamed, f"OU=Inde,{renamed}"}
    assert delta.gone == ()
    for each in (account, group):
        dc.delete(each.replace(place, renamed))


def test_what_moves_out_of_the_base_is_gone_and_what_moves_in_is_there(dc, follow, place):
    """Alone, and with the unit that it is in."""
    inside, outside = (dc.add(name, "organizationalUnit", place) for name in ("Inden", "Uden"))
    unit = dc.add("Enhed", "organizationalUnit", inside)
    account = dc.user("flyt", unit)
    guid, of_unit = dc.guid(account), dc.guid(unit)
    following = follow(base_dn=inside)
    account = dc.move(account, below=outside)
    assert following.delta().gone == (guid,)
    account = dc.move(account, below=unit)
    assert following.accounts() == [("flyt", "flyt")]
    unit = dc.move(unit, below=outside)
    assert set(following.delta().gone) == {guid, of_unit}
    dc.move(unit, below=inside)
    delta = following.delta()
    assert ([each.sam for each in delta.accounts], [each.name for each in delta.ous]) == (["flyt"], ["Enhed"])
    dc.delete(f"CN=flyt,OU=Enhed,{inside}")


def test_nothing_changed_is_an_empty_delta(follow):
    """With a cookie to go on from."""
    following = follow()
    delta = following.delta()
    assert (delta.accounts, delta.groups, delta.ous, delta.tombstones, delta.gone) == ((), (), (), (), ())
    assert following.delta().accounts == ()


def test_a_cookie_outlives_the_server_and_the_process(dc, follow, place):
    """Kept in a file, it goes on after both were started again."""
    following = follow()
    known = [each.guid for each in (*following.snapshot.accounts, *following.snapshot.groups)]
    known += [each.guid for each in following.snapshot.ous]
    stays, goes = dc.user("bliver", place), dc.user("svinder", place)
    following.delta()
    gone = dc.guid(goes)
    dc.restart()
    dc.change(stays, title="Ny titel")
    dc.delete(goes)
    following.source.close()
    following.source = dc.source(following.source.settings.username.partition("@")[0])
    delta = following.source.changes(following.cookie, known=[*known, gone])
    assert [each.value("title") for each in delta.accounts] == ["Ny titel"]
    assert gone in delta.gone
    dc.delete(stays)


def test_another_domains_cookie_is_not_gone_on_with(start_dc, follow):
    """Samba takes it, and begins at the beginning: what was known of the other would stay."""
    cookie = follow().cookie
    school = start_dc("skole")
    with school.source(way=json.loads(cookie)["way"]) as source:
        known = [each.guid for each in source.snapshot().accounts]
        with pytest.raises(AdAnewError):
            source.changes(cookie, known=known)
    school.stop()
