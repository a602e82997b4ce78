"""Pages: by UUID, with a cursor that is null exactly on the last one."""

from __future__ import annotations

import pytest
from unit.sandbox.worlds import LEAF, MIDDLE, OTHER, ROOT, TREE, unit, uuids

ALL = [ROOT, MIDDLE, LEAF, OTHER]
PAGE = """query ($limit: int, $cursor: Cursor) {
  org_units(limit: $limit, cursor: $cursor) { objects { uuid } page_info { next_cursor } }
}"""


@pytest.fixture(scope="module", autouse=True)
def world(small):
    """Four units."""
    small.put(*TREE)


def page(small, **variables):
    """Return a page's UUIDs and its cursor."""
    found = small.data(PAGE, variables=variables)["org_units"]
    return uuids(found), found["page_info"]["next_cursor"]


def test_pages_follow_each_other_without_gaps(small):
    """The cursor of each page starts the next."""
    first, cursor = page(small, limit=3)
    second, last = page(small, limit=3, cursor=cursor)
    assert (first, second, last) == (ALL[:3], ALL[3:], None)


@pytest.mark.parametrize("limit", [None, 4, 5, 10**8, 2**31])
def test_the_last_page_has_no_cursor(small, limit):
    """Also where the limit is just the number of objects; no limit is everything."""
    assert page(small, limit=limit) == (ALL, None)


@pytest.mark.parametrize("limit", [0, -1])
def test_no_limit_below_one(small, limit):
    """Trap: an empty page that says it is the last."""
    assert page(small, limit=limit) == ([], None)


def test_a_limit_may_be_a_text(small):
    """MO's ``int`` reads it."""
    assert page(small, limit="2")[0] == ALL[:2]


def test_the_limit_is_no_int(small):
    """Trap: a variable declared ``Int`` is refused; MO's scalar is ``int``."""
    answer = small.ask("query ($l: Int) { org_units(limit: $l) { objects { uuid } } }", variables={"l": 1})
    assert answer["data"] is None
    assert "in position expecting type 'int'" in answer["errors"][0]["message"]


def test_a_cursor_of_another_kind_is_refused(small):
    """Before anything is executed, so the error has no path."""
    answer = small.ask('{ org_units(limit: 2, cursor: "MA==") { objects { uuid } } }')
    assert answer["data"] is None
    assert "path" not in answer["errors"][0]


def test_pages_are_no_snapshot(small):
    """Trap: what appears above the cursor is on the next page, what appears below is missed."""
    _, cursor = page(small, limit=2)
    below, above = "00000000-0000-4000-8000-00000000000a", "ffffffff-0000-4000-8000-00000000000a"
    small.put(unit(below, "Under"), unit(above, "Over"))
    assert page(small, limit=10, cursor=cursor)[0] == [LEAF, OTHER, above]
    small.delete(["org_units", below], ["org_units", above])


def test_nested_lists_have_pages_too(small):
    """With limit and cursor of their own."""
    small.put(unit("0a000000-0000-4000-8000-0000000000b1", "Søskende", ROOT))
    query = (
        '{ org_units(filter: {uuids: ["%s"]}) { objects { current'
        " { children_response(limit: 1) { objects { uuid } page_info { next_cursor } } } } } }"
    )
    found = small.data(query % ROOT)["org_units"]["objects"][0]["current"]["children_response"]
    assert uuids(found) == [MIDDLE]
    assert found["page_info"]["next_cursor"] is not None
    small.delete(["org_units", "0a000000-0000-4000-8000-0000000000b1"])
