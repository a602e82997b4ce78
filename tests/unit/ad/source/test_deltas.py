"""What changed in a directory: by DirSync with and without the right to replicate, and by numbers."""

from __future__ import annotations

from uuid import UUID

import pytest
from ad_server import BASE

from motoolkit.errors import AdAnewError

WAYS = {
    "dirsync": {"may_replicate": True},
    "dirsync, object security": {"may_replicate": False},
    "usn": {"dirsync": False},
    "usn, no tombstones": {"dirsync": False, "sees_deleted": False},
    "dirsync, object security, no tombstones": {"may_replicate": False, "sees_deleted": False},
}


@pytest.fixture(params=WAYS)
def source(request, open_source, directory):
    """A source of the directory, by every way in which changes can be found."""
    for name, value in WAYS[request.param].items():
        setattr(directory, name, value)
    directory.delete(directory.put("Slettet før"))
    return open_source(directory, base_dn=f"OU=Brugere,{BASE}")


def guid(directory, name: str) -> str:
    """Return the GUID of the object of that name."""
    return next(each for each, thing in directory.things.items() if thing.dn.startswith(f"CN={name},"))


def test_nothing_changed(source):
    """An empty delta has a cookie to go on from."""
    delta = source.changes(source.snapshot().header.cookie)

    assert (delta.accounts, delta.groups, delta.ous, delta.gone) == ((), (), (), ())
    assert source.changes(delta.cookie).accounts == ()


def test_a_changed_account_comes_whole(source, directory):
    """Also with the attributes that did not change."""
    cookie = source.snapshot().header.cookie
    directory.change(guid(directory, "Hans Hansen"), title="Chef")

    (hans,) = source.changes(cookie).accounts
    assert (hans.value("title"), hans.sam, hans.cpr) == ("Chef", "hhan", "0101901234")


def test_a_new_member_brings_the_group_with_all_members(source, directory):
    """A membership touches the group, not the user (1.5)."""
    cookie = source.snapshot().header.cookie
    bo, group = directory.put("Bo", sAMAccountName="bo"), guid(directory, "Alle")
    directory.change(group, links={"member": [guid(directory, "Hans Hansen"), bo]})

    delta = source.changes(cookie)
    assert [each.members for each in delta.groups] == [(guid(directory, "Hans Hansen"), bo)]
    assert [each.sam for each in delta.accounts] == ["bo"]


def test_a_deleted_account_is_gone_and_stays_gone(source, directory):
    """With the right by its tombstone, without it by comparing with what is known (2.3)."""
    cookie = source.snapshot().header.cookie
    hans = guid(directory, "Hans Hansen")
    directory.delete(hans)

    delta = source.changes(cookie)
    assert delta.gone == (hans,)
    assert source.changes(delta.cookie).gone == ()


def test_an_account_that_moved_out_of_the_base_is_gone(source, directory):
    """It is there, but not among what is read."""
    cookie = source.snapshot().header.cookie
    hans = guid(directory, "Hans Hansen")
    directory.move(hans, f"CN=Hans Hansen,CN=Users,{BASE}")

    assert source.changes(cookie).gone == (hans,)


def test_a_renamed_unit_brings_everything_below_it(source, directory):
    """Only the unit itself is touched in AD; all below has another DN (2.3)."""
    inner = directory.put("Skole", "organizationalUnit")
    directory.put("Bo", sAMAccountName="bo", below=f"OU=Skole,OU=Brugere,{BASE}")
    cookie = source.snapshot().header.cookie
    directory.move(inner, f"OU=Skoler,OU=Brugere,{BASE}")

    delta = source.changes(cookie)
    assert [each.name for each in delta.ous] == ["Skoler"]
    assert [each.dn for each in delta.accounts] == [f"CN=Bo,OU=Skoler,OU=Brugere,{BASE}"]
    assert delta.gone == ()


def test_a_unit_that_moved_out_of_the_base_takes_all_with_it(source, directory):
    """What is below it is gone too, though nothing touched it."""
    inner = directory.put("Skole", "organizationalUnit")
    bo = directory.put("Bo", sAMAccountName="bo", below=f"OU=Skole,OU=Brugere,{BASE}")
    cookie = source.snapshot().header.cookie
    directory.move(inner, f"OU=Skole,{BASE}")

    assert set(source.changes(cookie).gone) == {inner, bo}


def test_an_account_that_comes_and_goes_between_two_looks_is_not_among_the_accounts(source, directory):
    """Created and deleted since."""
    cookie = source.snapshot().header.cookie
    directory.delete(directory.put("Kort", sAMAccountName="kort"))

    assert source.changes(cookie).accounts == ()


def test_without_the_right_to_see_deletions_a_new_process_must_say_what_it_knows(open_source, directory):
    """Else what was deleted would never be missed."""
    directory.may_replicate = False
    first = open_source(directory).snapshot()
    hans = guid(directory, "Hans Hansen")
    directory.delete(hans)

    with pytest.raises(AdAnewError, match="deletions are not shown"):
        open_source(directory).changes(first.header.cookie)
    known = [each.guid for each in (*first.accounts, *first.groups, *first.ous)]
    assert open_source(directory).changes(first.header.cookie, known=known).gone == (hans,)


def test_another_servers_numbers_are_not_gone_on_with(open_source, directory):
    """USNChanged counts in one database; a restored one, or another server, counts otherwise (1.6)."""
    directory.dirsync = False
    source = open_source(directory)
    cookie = source.snapshot().header.cookie
    directory.invocation = UUID(int=7)

    with pytest.raises(AdAnewError) as caught:
        source.changes(cookie)
    assert caught.value.remedy == "Read it anew."


def test_numbers_that_went_backwards_are_not_gone_on_with(open_source, directory):
    """A server that was set back."""
    directory.dirsync = False
    source = open_source(directory)
    cookie = source.snapshot().header.cookie
    directory.usn -= 2

    with pytest.raises(AdAnewError, match="went backwards"):
        source.changes(cookie)


@pytest.mark.parametrize("cookie", ["", "x", '{"way": "telepathy"}', '{"way": "dirsync"}', "[]"])
def test_a_cookie_of_something_else_is_refused(open_source, directory, cookie):
    """It says to read anew."""
    with pytest.raises(AdAnewError):
        open_source(directory).changes(cookie)


def test_a_cookie_that_the_server_has_forgotten_means_to_read_anew(open_source, directory):
    """UnwillingToPerform to DirSync."""
    source = open_source(directory)
    cookie = source.snapshot().header.cookie
    directory.answers = [53]

    with pytest.raises(AdAnewError, match="does not know the cookie"):
        source.changes(cookie)
