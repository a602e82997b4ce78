"""Reading page by page, in pages that fit the server."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from motoolkit.client import Page, aconnect, connect
from motoolkit.errors import BusyError, InputError, SchemaError, TransportError

UNITS = """
query Units($filter: OrganisationUnitFilter, $limit: int, $cursor: Cursor) {
  page: org_units(filter: $filter, limit: $limit, cursor: $cursor) {
    objects { uuid }
    page_info { next_cursor }
  }
}
"""
EVER = {"from_date": None, "to_date": None}


def page(*uuids, after=None):
    """Write a page of MO's."""
    return {"data": {"page": {"objects": [{"uuid": u} for u in uuids], "page_info": {"next_cursor": after}}}}


def full(payload):
    """Answer with as many objects as were asked for, and one page more to come."""
    count = payload["variables"]["limit"]
    return page(*(f"u{n}" for n in range(count)), after=f"after-{payload['variables']['cursor']}")


def limits(mo):
    """Return the page sizes that MO was asked for."""
    return [asked["variables"]["limit"] for asked in mo.asked]


def test_pages_are_read_until_the_cursor_is_null(mo, client):
    """Short and empty pages in between mean nothing (MO's guide)."""
    mo.answers.extend([page("a", "b", after="c1"), page(after="c2"), page("c")])
    assert list(client.pages(UNITS)) == [
        Page([{"uuid": "a"}, {"uuid": "b"}], "c1"),
        Page([], "c2"),
        Page([{"uuid": "c"}], None),
    ]
    assert [asked["variables"]["cursor"] for asked in mo.asked] == [None, "c1", "c2"]


def test_reading_continues_from_a_cursor(mo, client):
    """As after a cut in the same run."""
    mo.answers.append(page("c"))
    list(client.pages(UNITS, {"filter": {"names": ["Skole"]}}, cursor="c2", page_size=7))
    assert mo.asked[0]["variables"] == {"filter": {"names": ["Skole"]}, "limit": 7, "cursor": "c2"}


def test_a_page_that_fails_twice_then_succeeds_is_read(mo, client):
    """Pages are safe to repeat; none is lost and none comes twice."""
    closed = mo.reply(b"", status=502)
    cut = mo.reply(b'{"data": {"page": null}}', cut=True)
    mo.answers.extend([page("a", after="c1"), closed, cut, page("b")])
    assert [o["uuid"] for p in client.pages(UNITS) for o in p.objects] == ["a", "b"]
    assert [asked["variables"]["cursor"] for asked in mo.asked] == [None, "c1", "c1", "c1"]


def test_a_page_is_halved_when_mo_is_busy(mo, client):
    """Each time, and no more than three times."""
    mo.answers.extend([mo.reply(b"", status=503)] * 9)
    with pytest.raises(BusyError):
        list(client.pages(UNITS))
    assert limits(mo) == [500, 250, 125, 62]


def test_a_page_that_takes_too_long_is_halved(mo, way_in):
    """A timeout too is an answer: it was too much."""
    mo.answers.extend([mo.reply(b"{}", delay=0.6), page("a")])
    with connect(mo.url, timeout=0.3, **way_in) as client:
        assert [p.objects for p in client.pages(UNITS)] == [[{"uuid": "a"}]]
    assert limits(mo) == [500, 250]


def test_pages_grow_while_mo_is_quick(mo, client):
    """Doubling up to 2,000 objects."""
    mo.answers.extend([full, full, full, page()])
    list(client.pages(UNITS))
    assert limits(mo) == [500, 1000, 2000, 2000]


def test_a_page_size_given_is_not_exceeded(mo, client):
    """Who says 100 means 100."""
    mo.answers.extend([full, full, page()])
    list(client.pages(UNITS, page_size=100))
    assert limits(mo) == [100, 100, 100]


def test_a_cursor_that_stands_still_ends_in_an_error(mo, client):
    """It would never end otherwise."""
    mo.answers.extend([page("a", after="c1"), page("a", after="c1")])
    with pytest.raises(TransportError, match="the same cursor"):
        list(client.pages(UNITS))


def test_a_document_that_can_not_be_paged_is_told_what_it_lacks(mo, client):
    """At once, not when the first page is asked for."""
    with pytest.raises(SchemaError) as caught:
        client.pages("query($limit: int) { org_units(limit: $limit) { objects { uuid } } }")
    assert "it lacks $cursor and `page:` before its paged field" in caught.value.message
    assert mo.asked == []


def test_reading_a_collection_asks_for_all_time(mo, client):
    """Without a window MO answers for the present millisecond only."""
    mo.answers.append(page())
    list(client.read("facets", filter={"user_keys": ["role"]}))
    assert mo.asked[0]["variables"]["filter"] == {**EVER, "user_keys": ["role"]}


def test_a_window_of_ones_own_wins(mo, client):
    """As of an instant."""
    mo.answers.append(page())
    list(client.read("facets", filter={"from_date": "2026-11-23", "to_date": "2026-11-24"}))
    assert mo.asked[0]["variables"]["filter"] == {"from_date": "2026-11-23", "to_date": "2026-11-24"}


def test_what_mo_held_to_be_true_once_is_asked_for_in_both_places(mo, client):
    """Trap: the filter's registration_time alone chooses objects by it and answers what is true today."""
    mo.answers.append(page())
    list(client.read("facets", asserted="2026-11-23T12:00:00+01:00"))
    assert "validities(start: null, end: null, registration_time: $asserted)" in mo.asked[0]["query"]
    variables = mo.asked[0]["variables"]
    assert variables["asserted"] == "2026-11-23T12:00:00+01:00"
    assert variables["filter"]["registration_time"] == "2026-11-23T12:00:00+01:00"


def test_only_the_chosen_fields_are_read(mo, client):
    """By the catalogue's names."""
    mo.answers.append(page())
    list(client.read("facets", fields=["user_key"]))
    assert "user_key" in mo.asked[0]["query"]
    assert "published" not in mo.asked[0]["query"]


def test_an_unknown_collection_is_named_with_near_ones(client):
    """Before MO is asked."""
    with pytest.raises(InputError, match=r"There is no collection 'facet'\. Did you mean facets"):
        client.read("facet")


def test_no_more_requests_are_under_way_than_the_profile_says(mo, way_in):
    """Two, however many threads share the client."""
    mo.answers.extend([mo.reply(b'{"data": {}}', delay=0.05)] * 6)
    with connect(mo.url, concurrency=2, **way_in) as client, ThreadPoolExecutor(6) as pool:
        _ = client.schema
        list(pool.map(lambda _: client.execute("{ me { username } }"), range(6)))
    assert mo.most_at_once == 2


def test_the_asynchronous_client_does_the_same(mo, way_in):
    """The same names, awaited."""

    async def run():
        async with await aconnect(mo.url, concurrency=2, **way_in) as client:
            found = [page async for page in client.pages(UNITS, page_size=50)]
            found += [page async for page in client.read("facets")]
            await asyncio.gather(*(client.execute("{ me { username } }") for _ in range(6)))
            return found, client.version, await client.mo_version(), "Query" in client.schema.type_map

    slow = mo.reply(b'{"data": {}}', delay=0.05)
    busy = mo.reply(b"", status=503)
    mo.answers.extend([page("a", after="c1"), busy, page("b"), page("f"), *[slow] * 6])
    found, version, mo_version, has_schema = asyncio.run(run())
    assert found == [Page([{"uuid": "a"}], "c1"), Page([{"uuid": "b"}], None), Page([{"uuid": "f"}], None)]
    assert (version, mo_version, has_schema) == (30, "24.11.1", True)
    assert [asked["variables"]["limit"] for asked in mo.asked[:3]] == [50, 50, 50]
    assert mo.most_at_once == 2


def test_the_synchronous_client_works_inside_a_running_loop(mo, way_in):
    """As in a notebook cell."""
    mo.answers.append(page("a"))

    async def cell():
        with connect(mo.url, **way_in) as client:
            return [o["uuid"] for p in client.pages(UNITS) for o in p.objects]

    assert asyncio.run(cell()) == ["a"]


def test_an_asynchronous_client_that_is_not_open_says_so(client):
    """Its version is not known yet."""
    from motoolkit.client import AsyncClient

    async def look():
        async_client = AsyncClient(client.profile)
        try:
            return async_client.version
        finally:
            await async_client.close()

    with pytest.raises(InputError, match="The client is not open yet"):
        asyncio.run(look())
