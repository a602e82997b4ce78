"""What every municipality promises: it is the same again, complete, and as a real MO would hold it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from motoolkit.catalogue import CATALOGUE, Reference
from motoolkit.model import Cpr
from motoolkit.sandbox.municipality import PLANTED, municipality
from motoolkit.sandbox.municipality._cpr import passes_modulus_11

TODAY = date(2026, 11, 23)


def test_same_arguments_give_the_same_municipality(town):
    """Seed, size and day decide everything."""
    assert municipality(seed=1, persons=400, today=TODAY) == town.records


def test_another_seed_gives_other_staff_and_the_same_planted_persons(town):
    """The seed is for the ordinary persons."""
    other = {r.uuid: r for r in municipality(seed=2, today=TODAY)}
    mine = town.by_collection["persons"]
    changed = [uuid for uuid in mine if other[uuid] != mine[uuid]]
    assert len(changed) > 250
    assert PLANTED["hans"].uuid not in changed


def test_there_are_as_many_persons_as_asked_for(town):
    """400 by default, and never fewer than the planted cases need."""
    assert len(town.by_collection["persons"]) == 400
    assert Counter(r.collection for r in municipality(persons=1000, today=TODAY))["persons"] == 1000
    assert Counter(r.collection for r in municipality(persons=1, today=TODAY))["persons"] == 81


def test_growing_leaves_what_was_there_as_it_is(town):
    """A municipality of 1,300 holds the one of 400, slice by slice."""
    grown = {r.uuid: r for r in municipality(persons=1300, today=TODAY)}
    assert [r for r in town.records if grown[r.uuid] != r] == []


def test_every_slice_holds_every_stored_field(town):
    """Nothing is left for the sandbox to guess."""
    for record in town.records:
        names = {field.name for field in CATALOGUE[record.collection].stored}
        assert all(set(each.values) == names for each in record.slices), record


def test_slices_are_in_order_and_equal_neighbours_are_merged(town):
    """Half-open, ascending, without overlap."""
    for record in town.records:
        assert all(each.end is None or (each.start or date.min) < each.end for each in record.slices)
        for before, after in pairwise(record.slices):
            assert before.end <= after.start
            assert before.end < after.start or before.values != after.values


def test_what_is_pointed_at_comes_first(town):
    """Whoever writes the records in this order meets no reference to something unwritten, but three."""
    seen, missing = set(), []
    for record in town.records:
        seen.add(record.uuid)
        for each in record.slices:
            for field in CATALOGUE[record.collection].references:
                value = each.values[field.name]
                targets = value if field.many else (value,)
                missing += [record.uuid for target in targets if target and target not in seen]
    assert set(missing) == {PLANTED[f"unknown_{what}"].uuid for what in ("type", "job_function", "level")}


def test_only_catalogued_collections_and_no_uuid_twice(town):
    """A UUID is one object's."""
    assert {r.collection for r in town.records} == set(CATALOGUE)
    assert len({r.uuid for r in town.records}) == len(town.records)


def test_lists_of_references_are_sorted(town):
    """As MO answers them."""
    several = [
        each.values[field.name]
        for record in town.records
        for each in record.slices
        for field in CATALOGUE[record.collection].references
        if isinstance(field, Reference) and field.many
    ]
    assert all(value == tuple(sorted(value)) for value in several)


def test_engagements_lie_in_their_persons_and_units_lives(town):
    """MO would refuse others; only one engagement outlives its unit, as updates let it."""
    outside = set()
    for record in town.by_collection["engagements"].values():
        for each in record.slices:
            for collection, target in (("persons", "person"), ("org_units", "org_unit")):
                life = town.by_collection[collection][each.values[target]].slices
                starts, ends = life[0].start or date.min, life[-1].end or date.max
                if not (starts <= each.start and (each.end or date.max) <= ends):
                    outside.add(record.uuid)
    assert outside == {PLANTED["unit_closed"].uuid}


def test_no_cpr_number_can_belong_to_anybody(town):
    """All fail modulus 11, and nobody is born on a day whose numbers are issued without it."""
    numbers = [
        each.values["cpr_number"]
        for record in town.by_collection["persons"].values()
        for each in record.slices
        if each.values["cpr_number"]
    ]
    assert len(numbers) > 398
    assert [number for number in numbers if passes_modulus_11(number)] == []
    assert [number for number in numbers if number.startswith("0101")] == []


def test_modulus_11():
    """The weights are 4 3 2 7 6 5 4 3 2 1; the example is CPR's own test number."""
    assert passes_modulus_11("0707614285")
    assert not passes_modulus_11("0707614286")


def test_persons_begin_on_the_birth_date_that_their_number_tells(town):
    """As in MO: replacement numbers tell it nothing, and without number a person is for ever."""
    for record in town.by_collection["persons"].values():
        first = record.slices[0]
        number = first.values["cpr_number"] and Cpr(first.values["cpr_number"])
        tells = number and not number.is_replacement
        assert first.start == (number.birth_date if tells else None)


def test_cpr_numbers_log_ons_and_mailboxes_are_nobody_elses(town):
    """MO refuses a second person with the same number."""
    persons = [r.slices[-1].values["cpr_number"] for r in town.by_collection["persons"].values()]
    log_ons = [r.slices[0].values["user_key"] for r in town.by_collection["itusers"].values()]
    mails = [v["value"] for v in town.all_at("addresses").values() if "@" in v["value"] and v["person"]]
    for values in (persons, log_ons, mails):
        assert {value for value, count in Counter(values).items() if value and count > 1} == set()


def test_nobody_can_be_written_to_or_called(town):
    """Mail domains are reserved for examples, and no Danish telephone number begins with 0."""
    values = [r.slices[0].values["value"] for r in town.by_collection["addresses"].values()]
    assert all(value.endswith(".example") for value in values if "@" in value)
    assert all(value.startswith("+450") for value in values if value.startswith("+"))
    assert all(re.search("9999,? Nordby$", value) for value in values if not re.search(r"@|^[+\d]+$", value))


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2031, 1, 1), date(2026, 12, 31), date(2015, 6, 1)])
def test_any_day_will_do(day):
    """First and last days of months and years, leap days: no slice is empty or overlaps."""
    for record in municipality(persons=300, today=day):
        assert all(each.end is None or (each.start or date.min) < each.end for each in record.slices)
        assert all(before.end <= after.start for before, after in pairwise(record.slices))


def test_another_day_moves_the_changes_along():
    """The cases are there whatever today is."""
    day = date(2031, 2, 28)
    records = {r.uuid: r for r in municipality(persons=100, today=day)}
    assert records[PLANTED["ended_yesterday"].uuid].slices[-1].end == day
    assert records[PLANTED["starts_tomorrow"].uuid].slices[0].start == date(2031, 3, 1)
    assert records[PLANTED["future_unit"].uuid].slices[0].start == date(2031, 5, 1)
