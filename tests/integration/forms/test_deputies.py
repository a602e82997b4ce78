"""Seats and deputies of the sandbox: found, checked, looked through, from MO and from a mirror."""

from __future__ import annotations

from datetime import date

import pytest
from contract.town import Town
from support import TODAY, launch

import motoolkit
from motoolkit.errors import InputError
from motoolkit.forms import FormError
from motoolkit.forms.deputies import check_removal, plan_removal, removal, remove_deputy, review, seats
from motoolkit.mirror import Mirror
from motoolkit.sandbox.municipality import municipality
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.municipality._line_units import unit_uuid

PERSONS = 20
DAY = date.fromisoformat(TODAY)
NOBODY = "0a000000-0000-4000-8000-000000000001"
CHAIR = uid("associations", "formand")
VICE = uid("associations", "næstformand")
WITHOUT = uid("associations", "tr")
ENDED = uid("associations", "left")


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A sandbox of this file's own; what is planted in it stays as it is."""
    log = tmp_path_factory.mktemp("deputies") / "log"
    started = launch("--today", TODAY, "--persons", str(PERSONS), log=log)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def mo(running):
    """A client of it."""
    with motoolkit.connect(running.url) as client:
        yield client


@pytest.fixture(scope="module")
def town(mo):
    """A town of one's own in it."""
    return Town.of(mo, tuple(municipality(persons=PERSONS, today=DAY)))


@pytest.fixture
def committee(town):
    """A committee of the test's own."""
    return town.make("org_unit", name="MED-udvalg")


def codes(mo, chosen, **asked):
    """Return the places and codes of what is wrong with a removal."""
    return [(t.where, t.code, t.severity) for t in check_removal(mo, chosen, **asked)]


def test_a_seat_is_told_of_with_all_its_facts(mo):
    """The vice-chair of the planted committee, whose deputy was removed nine months ago."""
    before, now = seats(mo, unit=unit_uuid("Hoved-MED"), as_of=DAY, below=False).of(VICE)
    assert (before.role.name, before.member.name, before.deputy.name, before.union.name) == (
        "Næstformand",
        "Margrethe Åkjær",
        "Karin Overgaard",
        "HK Kommunal",
    )
    assert (now.period.start, now.period.end, now.deputy) == (date(2026, 2, 1), None, None)
    assert before.life.start == now.life.start == date(2024, 11, 1)
    assert now.path == ("MED-organisationen", "Hoved-MED")


def test_every_seat_once_is_as_it_is_on_the_day(mo):
    """Else as it will be next, else as it was last."""
    found = {seat.uuid: seat for seat in seats(mo, as_of=DAY).each()}
    assert found[VICE].deputy is None
    assert found[ENDED].period.end == date(2026, 2, 1)
    past = {seat.uuid: seat for seat in seats(mo, as_of=date(2025, 1, 1)).each()}
    assert past[VICE].deputy.name == "Karin Overgaard"


def test_seats_on_a_day(mo):
    """Those that live then, as they are then."""
    found = seats(mo, as_of=DAY).on(DAY)
    assert ENDED not in {seat.uuid for seat in found}
    assert [seat.deputy for seat in found if seat.uuid == VICE] == [None]


def test_a_unit_or_a_person_that_mo_does_not_have(mo):
    """An empty answer would look as if nobody had a seat."""
    with pytest.raises(InputError, match=f"Der findes ingen enhed {NOBODY}"):
        seats(mo, unit=NOBODY, as_of=DAY)
    with pytest.raises(InputError, match="Der findes ingen person Karin"):
        seats(mo, person="Karin", as_of=DAY)


def test_an_association_with_an_account_is_no_seat(town):
    """MO keeps what an account is for as an association as well."""
    uuid = town.make("itassociation")
    assert uuid not in {seat.uuid for seat in seats(town.client, as_of=DAY)}


def test_seats_as_a_table(mo):
    """A slice a row, with names, UUIDs and both periods."""
    frame = seats(mo, unit=unit_uuid("Hoved-MED"), as_of=DAY, below=False).frame().set_index("uuid")
    row = frame.loc[CHAIR]
    assert (row["unit"], row["role"], row["member"], row["deputy"]) == (
        "Hoved-MED",
        "Formand",
        "Karin Overgaard",
        "Anders Bæk",
    )
    assert (row["path"], row["begins"], row["ends"]) == (
        "MED-organisationen › Hoved-MED",
        date(2024, 11, 1),
        None,
    )
    assert row["substitute_uuid"] == uid("persons", "two-b")


def test_seats_as_text_and_as_a_page(mo, monkeypatch):
    """Danish, unless English is asked for."""
    found = seats(mo, unit=unit_uuid("Hoved-MED"), as_of=DAY, below=False)
    assert "Stedfortræder" in str(found)
    assert "01-11-2024 – 31-01-2026" in str(found)
    assert '<tr title="MED-organisationen › Hoved-MED">' in found._repr_html_()
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")
    assert "Trade union" in str(found)


def test_names_are_text_on_the_page(town, committee):
    """A name is never markup, and a CPR number in one is masked."""
    town.make(
        "association", org_unit=committee, person=town.make("person", given_name="<b>", surname="010190-1234")
    )
    page = seats(town.client, unit=committee, as_of=DAY)._repr_html_()
    assert "<b> 0" not in page
    assert "&lt;b&gt; 010190-xxxx" in page


def test_nothing_to_remove_is_no_error(mo):
    """A second run of a script finds it done."""
    wrong = codes(mo, [WITHOUT], start="2026-12-01")
    assert wrong == [(("seats", 0, ""), "no-deputy", "warning")]
    result = remove_deputy(mo, [WITHOUT], start="2026-12-01")
    assert [outcome.became for outcome in result.outcomes] == ["already so"]


def test_a_deputy_who_is_the_member(mo):
    """MO refuses it, and so does the check."""
    member = uid("persons", "chief")
    wrong = codes(mo, [CHAIR], start="2026-12-01", replacement=member)
    assert wrong == [(("seats", 0, "replacement"), "own-deputy", "error")]


def test_the_deputy_whom_the_seat_has(mo):
    """There is nothing to do."""
    wrong = codes(mo, [CHAIR], start="2026-12-01", replacement=uid("persons", "two-b"))
    assert wrong == [(("seats", 0, "replacement"), "same-deputy", "warning")]


def test_a_deputy_who_is_unknown(mo):
    """A UUID of nobody, and a text that is none."""
    unknown = [(("", 0, "replacement"), "unknown-person", "error")]
    assert codes(mo, [CHAIR], start="2026-12-01", replacement=NOBODY) == unknown
    assert codes(mo, [CHAIR], start="2026-12-01", replacement="Karin") == unknown


def test_a_deputy_who_is_not_born(town, committee):
    """MO lets persons begin on their birthday, and does not look at a deputy's."""
    seat = town.make("association", org_unit=committee)
    child = town.make("person", cpr_number="0101205678")
    wrong = codes(town.client, [seat], start="2019-12-31", replacement=child)
    assert wrong == [(("", 0, "replacement"), "not-alive", "error")]


def test_a_deputy_without_an_engagement_is_warned_of(town, committee):
    """MO takes it; nobody means it."""
    seat = town.make("association", org_unit=committee)
    wrong = codes(town.client, [seat], start="2026-12-01", replacement=town.other)
    assert wrong == [(("", 0, "replacement"), "no-engagement", "warning")]


def test_a_deputy_with_a_seat_in_the_committee_is_warned_of(town, committee):
    """In another committee it is nobody's business."""
    deputy = town.make("person")
    town.make("engagement", person=deputy)
    seat = town.make("association", org_unit=committee)
    town.make("association", org_unit=town.below, person=deputy)
    assert codes(town.client, [seat], start="2026-12-01", replacement=deputy) == []
    town.make("association", org_unit=committee, person=deputy)
    wrong = codes(town.client, [seat], start="2026-12-01", replacement=deputy)
    assert wrong == [(("seats", 0, "replacement"), "own-seat", "warning")]


def test_an_association_with_an_account_can_not_be_chosen(town):
    """It is no seat."""
    wrong = codes(town.client, [town.make("itassociation")], start="2026-12-01")
    assert wrong == [(("seats", 0, ""), "unknown-seat", "error")]


@pytest.mark.parametrize(
    ("dates", "place", "code"),
    [
        ({"start": None}, ("", 0, "start"), "no-start"),
        ({"start": "snart"}, ("", 0, "start"), "bad-date"),
        ({"start": "2026-12-01", "end": "31-02-2027"}, ("", 0, "end"), "bad-date"),
        ({"start": "2026-12-01", "end": "2026-12-01"}, ("", 0, "end"), "end-before-start"),
        ({"start": "2026-12-01", "end": "2025-12-01"}, ("", 0, "end"), "end-before-start"),
        ({"start": "2024-10-31"}, ("seats", 0, "start"), "before-life"),
    ],
)
def test_dates_that_can_not_be(mo, dates, place, code):
    """Missing, no dates, the wrong way round, before the seat begins."""
    assert codes(mo, [CHAIR], **dates) == [(place, code, "error")]


def test_dates_after_the_seat(mo):
    """The first day after a seat is not of its life."""
    assert codes(mo, [ENDED], start="2026-02-01") == [(("seats", 0, "start"), "after-life", "error")]
    assert codes(mo, [ENDED], start="2026-01-31") == [(("seats", 0, ""), "no-deputy", "warning")]


def test_dates_within_a_pause_of_the_seat(town, committee):
    """There is no seat then, although it goes on later."""
    seat = town.make("association", org_unit=committee, start="2020-01-01", substitute=town.other)
    plan = town.plan()
    plan.terminate("association", seat, start="2022-01-01", end="2023-01-01")
    town.apply(plan)
    wrong = codes(town.client, [seat], start="2022-02-01", end="2022-03-01")
    assert wrong == [(("seats", 0, "start"), "outside-life", "error")]


def test_seats_that_can_not_be(mo):
    """None, one that MO does not have, a text, the same one twice."""
    assert codes(mo, [], start="2026-12-01") == [(("", 0, "seats"), "no-seat", "error")]
    assert codes(mo, [CHAIR, NOBODY, "formand", CHAIR], start="2026-12-01") == [
        (("seats", 1, ""), "unknown-seat", "error"),
        (("seats", 2, ""), "unknown-seat", "error"),
        (("seats", 3, ""), "same-seat", "error"),
    ]


def test_what_is_wrong_is_not_planned(mo):
    """The error holds all that is wrong, each in a sentence."""
    with pytest.raises(FormError, match="pladsen begynder først 01-11-2024") as error:
        plan_removal(mo, [CHAIR, VICE], start="2020-01-01")
    assert [trouble.row for trouble in error.value.troubles] == [0, 1]


def test_a_removal_is_looked_at_before_it_is_sent(mo):
    """Who is the deputy when, before and after; the planted seat is not touched."""
    asked = removal(mo, [CHAIR], start=date(2026, 12, 1), end=date(2027, 2, 1))
    (lane,) = asked.lanes
    assert lane.seat == "Karin Overgaard, Formand, Hoved-MED"
    assert [(str(each.period), each.text) for each in lane.before] == [("[2024-11-01, …)", "Anders Bæk")]
    assert [(str(each.period), each.text, each.vacant) for each in lane.after] == [
        ("[2024-11-01, 2026-12-01)", "Anders Bæk", False),
        ("[2026-12-01, 2027-02-01)", "ingen", True),
        ("[2027-02-01, …)", "Anders Bæk", False),
    ]
    (row,) = asked.plan("Sag 17").preview().rows
    assert (row.field, row.before, row.after, row.reason) == ("substitute", "Anders Bæk", "", "Sag 17")


def test_seats_that_were_found_can_be_chosen(town, committee):
    """As slices, or by the UUIDs of their associations."""
    seat = town.make("association", org_unit=committee, substitute=town.other)
    (found,) = seats(town.client, unit=committee, as_of=DAY)
    result = remove_deputy(town.client, [found], start="2026-12-01", reason="Udtrådt")
    assert [o.operation.uuid for o in result.outcomes] == [seat]
    assert [o.operation.reason for o in result.outcomes] == ["Udtrådt"]


def test_the_review_of_the_planted_deputies(mo):
    """Both are employed and have no seat in the committee where they stand in."""
    found = review(mo, DAY)
    assert found.deputies >= 2
    assert [remark for remark in found if remark.seat.uuid in {CHAIR, uid("associations", "amr")}] == []


def test_the_review_says_each_thing_in_a_sentence(town, committee):
    """Left, never engaged, with a seat of one's own."""
    left = town.make("person", given_name="Lars", surname="Fratrådt")
    town.make("engagement", person=left, start="2018-01-01", end="2026-11-01")
    town.make("association", org_unit=committee, substitute=left, start="2020-01-01")
    own = town.make("person", given_name="Ove", surname="Dobbelt")
    town.make("engagement", person=own, start="2018-01-01")
    town.make("association", org_unit=committee, person=own, start="2020-01-01", substitute=town.other)
    town.make("association", org_unit=committee, substitute=own, start="2020-01-01")
    told = [remark.sentence for remark in review(town.client, DAY) if remark.seat.unit.uuid == committee]
    seat = "Karen Prøvesen, Formand, MED-udvalg"
    assert sorted(told) == [
        f"{seat}: stedfortræderen Lars Fratrådt fratrådte 31-10-2026.",
        f"{seat}: stedfortræderen Ove Dobbelt har selv en plads i udvalget.",
        "Ove Dobbelt, Formand, MED-udvalg: stedfortræderen Anders Prøve har aldrig været ansat.",
    ]


def test_the_review_finds_old_data_that_mo_would_not_take(running, town, committee):
    """A deputy who is the member: MO refuses it, but may hold it from before it did."""
    values = {
        "user_key": "gammel",
        "person": town.other,
        "substitute": town.other,
        "org_unit": committee,
        "association_type": town.a("association_type"),
    }
    period = {"start": "2020-01-01", "end": None, "values": values}
    uuid = "0a000000-0000-4000-8000-000000000002"
    record = {"collection": "associations", "uuid": uuid, "slices": [period]}
    running.post("/sandbox/records", {"put": [record]})
    told = [remark.code for remark in review(town.client, DAY) if remark.seat.unit.uuid == committee]
    assert told == ["self", "no-engagement"]


def test_a_mirror_tells_the_same_as_mo(mo, town, committee):
    """Slices, paths, names and remarks are those of MO."""
    town.make("association", org_unit=committee, substitute=town.other)
    with Mirror.open() as mirror:
        mirror.load(mo)
        assert seats(mirror, as_of=DAY) == seats(mo, as_of=DAY)
        below = unit_uuid("Hoved-MED")
        assert seats(mirror, unit=below, as_of=DAY) == seats(mo, unit=below, as_of=DAY)
        who = uid("persons", "chief")
        assert seats(mirror, person=who, as_of=DAY) == seats(mo, person=who, as_of=DAY)
        assert review(mirror, DAY) == review(mo, DAY)
        assert len(review(mirror, DAY)) > 0


def test_the_review_as_a_table_and_as_a_page(town, committee):
    """A remark a row, with all that is told of its seat."""
    town.make("association", org_unit=committee, substitute=town.other)
    found = review(town.client, DAY)
    frame = found.frame()
    assert "no-engagement" in set(frame["code"][frame["org_unit_uuid"] == committee])
    assert "har aldrig været ansat" in str(found)
    assert "MED-udvalg" in found._repr_html_()
