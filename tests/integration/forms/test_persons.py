"""Searching persons in a mirror and in MO itself: both find the same, and tell namesakes apart."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from motoolkit.client import connect
from motoolkit.forms._persons import LivePersons, persons_index
from motoolkit.mirror import Mirror

DAY = date(2026, 11, 23)
HANS = "0ec8999b-ef07-58c0-a584-b90d8165d716"


@pytest.fixture(scope="module")
def client(sandbox):
    """Log in."""
    with connect(sandbox.url) as client:
        yield client


@pytest.fixture(scope="module")
def mirror(client):
    """Load persons, accounts and engagements."""
    with Mirror.open() as mirror:
        mirror.load(client, ["persons", "itusers", "engagements"])
        yield mirror


@pytest.fixture(scope="module")
def index(mirror):
    """Search in the mirror."""
    return persons_index(mirror, DAY)


@pytest.fixture(scope="module")
def live(client):
    """Search in MO."""
    return LivePersons(client, DAY)


def number_of(mirror, uuid):
    """Return somebody's CPR number, ten digits."""
    found = mirror.rows("SELECT cpr_number FROM persons WHERE uuid = $uuid", {"uuid": uuid}, show_cpr=True)
    return next(found)[0]


def test_hans_is_told_from_his_namesakes(index):
    """By birthday, usernames and employee numbers, at most two each."""
    assert index.get(HANS).label == "Hans Holm"
    assert index.get(HANS).hint == (
        "25-01-1982 · hans.holm@ravnsnaes-skole.example · hans.holm@vig-skole.example · NS-04711 · NS-04712"
    )


@pytest.mark.parametrize(
    "typed",
    ["Hans Holm", "holm hans", "hol ha", "hans", "hh.laerer", "NS-04713", "aage", "Åge", "Moeller", HANS],
)
def test_mirror_and_mo_find_the_same_in_the_same_order(index, live, typed):
    """Words in any order, either spelling, usernames, numbers of jobs to come, a UUID."""
    found = index.search(typed)
    assert found.total > 0
    assert live.search(typed) == found


@pytest.mark.parametrize("written", ["{0}", "{1}-{2}", " {1}-{2} "])
def test_a_whole_cpr_number_finds_its_person_and_is_not_shown(index, live, mirror, written):
    """With dash, too, which MO itself would find nothing with."""
    digits = number_of(mirror, HANS)
    typed = written.format(digits, digits[:6], digits[6:])
    for source in (index, live):
        found = source.search(typed)
        assert [option.value for option in found.options] == [HANS]
        assert digits[6:] not in repr(found)


def test_a_cpr_number_of_nobody_finds_nobody(index, live):
    """It is not searched for as text."""
    assert index.search("010190-0001").total == 0
    assert live.search("010190-0001").total == 0


def test_former_names_are_found_and_not_shown(index, live, mirror):
    """By whoever was called otherwise once."""
    formerly = "SELECT uuid, name FROM persons WHERE valid_to <= DATE '2026-11-23' ORDER BY uuid, valid_from"
    uuid, former = next(each for each in mirror.rows(formerly) if index.get(each[0]).label != each[1])
    for source in (index, live):
        hit = next(option for option in source.search(former).options if option.value == uuid)
        assert former not in hit.label + hit.hint


def test_one_letter_is_too_little_for_mo(live):
    """MO is not asked; the field says to write more."""
    found = live.search("h")
    assert (found.options, found.capped) == ((), True)
    assert live.search("").capped


def test_wildcards_of_mo_are_text(index, live):
    """A percent sign alone finds nobody, and not all."""
    assert live.search("%%%").options == index.search("%%%").options == ()


def test_nobody_has_a_uuid_of_nobody(index, live):
    """None, and no error for what is no UUID."""
    assert live.get(HANS) == index.get(HANS)
    assert live.get("11111111-1111-4111-8111-111111111111") is None
    assert live.get("hans") is None


def test_a_search_can_be_awaited(index, live):
    """In a thread; the loop goes on meanwhile."""
    assert asyncio.run(live.asearch("hans holm")) == index.search("hans holm")


def test_a_mirror_without_accounts_still_finds_by_name(client):
    """With the birthday alone to tell them apart."""
    with Mirror.open() as mirror:
        mirror.load(client, ["persons"])
        assert persons_index(mirror, DAY).get(HANS).hint == "25-01-1982"
