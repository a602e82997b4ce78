"""A directory as large as a town's is read whole."""

from __future__ import annotations

import pytest
from ad_dc import SEES_LIVING

pytestmark = pytest.mark.ad

MANY = 3000


@pytest.fixture(scope="module")
def town(dc):
    """DNs of 3,000 accounts, and of a group that they are all in."""
    staff = dc.add("Ansatte", "organizationalUnit")
    accounts = {
        f"CN=u{number:05},{staff}": {
            "sAMAccountName": f"u{number:05}",
            "employeeID": f"{number % 28 + 1:02}0190{number:04}",
            "title": "Ansat",
        }
        for number in range(MANY)
    }
    dc.fill(accounts)
    people = list(accounts)
    group = dc.add("Alle ansatte", "group", staff, sAMAccountName="alle", member=people)
    return people, group


def test_3000_accounts_and_a_group_of_them_all_are_read_each_once(dc, town):
    """Six pages and a list that a real AD gives in two ranges."""
    people, group = town
    with dc.source() as source:
        snapshot = source.snapshot()
        staff = [each for each in snapshot.accounts if each.value("title") == "Ansat"]
        assert len(staff) == len({each.guid for each in staff}) == MANY
        assert {each.dn for each in staff} == set(people)
        [everybody] = [each for each in snapshot.groups if each.dn == group]
        assert set(everybody.members) == {each.guid for each in staff}
        dc.change(people[1234], title="Leder")
        delta = source.changes(snapshot.header.cookie)
    assert [(each.sam, each.value("title")) for each in delta.accounts] == [("u01234", "Leder")]
    assert (delta.groups, delta.ous, delta.gone) == ((), (), ())


def test_deletions_among_3000_are_found_by_comparing(dc, town):
    """An ordinary account is not told of them (domain 2.3)."""
    people, group = town
    with dc.source(SEES_LIVING) as source:
        snapshot = source.snapshot()
        guid = dc.guid(people[0])
        dc.delete(people[0])
        delta = source.changes(snapshot.header.cookie)
        assert delta.gone == (guid,)
        [everybody] = source.read({dc.guid(group)}).groups
    assert len(everybody.members) == MANY - 1
