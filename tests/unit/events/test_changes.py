"""What changed in an object, told from its rows before and after."""

from __future__ import annotations

from datetime import date

from motoolkit.catalogue import CATALOGUE
from motoolkit.events._changes import Change, changes_of, timeline_of
from motoolkit.model import Validity

UUID = "0fb62199-cb9e-4083-ba45-2a63bfd142d7"
OTHER = "12345678-1234-4234-8234-123456789012"
PAST, NOW, FUTURE = date(2020, 1, 1), date(2026, 1, 1), date(2030, 1, 1)
UNITS, PERSONS = CATALOGUE["org_units"], CATALOGUE["persons"]


def row(collection, start, end, **values):
    """Return a row of a mirror that says only these values."""
    assert values.keys() <= set(collection.columns)
    return (UUID, start, end, *(values.get(column) for column in collection.columns))


def unit(start, end, **values):
    """Return a row of a unit."""
    return row(UNITS, start, end, **values)


def person(**values):
    """Return the only row of a person."""
    return (row(PERSONS, None, None, **values),)


def test_equal_rows_have_no_changes():
    """Also where the periods are cut otherwise: a cut alone changes nothing."""
    before = (unit(PAST, None, name="IT"),)
    after = (unit(PAST, NOW, name="IT"), unit(NOW, None, name="IT"))
    assert changes_of(UNITS, before, before) == ()
    assert changes_of(UNITS, before, after) == ()
    assert changes_of(UNITS, (), ()) == ()


def test_a_change_in_the_future_is_told_with_its_period():
    """The part that stays is not told."""
    before = (unit(PAST, None, name="IT"),)
    after = (unit(PAST, FUTURE, name="IT"), unit(FUTURE, None, name="Digital"))
    assert changes_of(UNITS, before, after) == (Change("name", Validity(FUTURE), "IT", "Digital"),)


def test_a_change_in_the_past_is_told_with_its_period():
    """Trap: MO lets the past be corrected, and an event comes of that too."""
    before = (unit(PAST, None, name="IT"),)
    after = (unit(PAST, NOW, name="EDB"), unit(NOW, None, name="IT"))
    assert changes_of(UNITS, before, after) == (Change("name", Validity(PAST, NOW), "IT", "EDB"),)


def test_a_period_is_as_long_as_it_can_be():
    """Trap: MO cuts an object wherever any of its rows begins; another field's cut does not part a change."""
    before = (unit(PAST, NOW, name="IT", user_key="a"), unit(NOW, None, name="IT", user_key="b"))
    after = (unit(PAST, NOW, name="Ny", user_key="a"), unit(NOW, None, name="Ny", user_key="b"))
    assert changes_of(UNITS, before, after) == (Change("name", Validity(PAST), "IT", "Ny"),)


def test_changes_come_in_order_of_column_and_then_of_time():
    """The order is that of the catalogue, not that of the periods."""
    before = (unit(PAST, None, name="IT", user_key="a"),)
    after = (
        unit(PAST, NOW, name="Et", user_key="a"),
        unit(NOW, FUTURE, name="IT", user_key="a"),
        unit(FUTURE, None, name="To", user_key="b"),
    )
    told = [(change.field, change.validity.start) for change in changes_of(UNITS, before, after)]
    order = sorted(("name", "user_key"), key=UNITS.columns.index)
    assert told == [
        (field, start) for field in order for start in ((PAST, FUTURE) if field == "name" else (FUTURE,))
    ]


def test_all_of_a_new_object_comes_from_nothing():
    """Fields that say nothing are not told."""
    after = (unit(NOW, None, name="IT", parent_uuid=OTHER),)
    told = {change.field: change for change in changes_of(UNITS, (), after)}
    assert told == {
        "name": Change("name", Validity(NOW), None, "IT"),
        "parent_uuid": Change("parent_uuid", Validity(NOW), None, OTHER),
    }


def test_all_of_a_deleted_object_goes():
    """New is None throughout."""
    before = (unit(NOW, None, name="IT"),)
    assert changes_of(UNITS, before, ()) == (Change("name", Validity(NOW), "IT", None),)


def test_an_end_tells_what_no_longer_is():
    """Terminating takes the values from that day on."""
    before = (unit(PAST, None, name="IT"),)
    after = (unit(PAST, FUTURE, name="IT"),)
    assert changes_of(UNITS, before, after) == (Change("name", Validity(FUTURE), "IT", None),)


def test_cpr_numbers_are_compared_in_full_and_shown_masked():
    """Trap: two numbers of one birthday look the same masked, and yet the number changed."""
    before, after = person(cpr_number="0101901234"), person(cpr_number="0101904321")
    assert changes_of(PERSONS, before, after) == (
        Change("cpr_number", Validity(), "010190-xxxx", "010190-xxxx"),
    )
    assert changes_of(PERSONS, before, after, show_cpr=True) == (
        Change("cpr_number", Validity(), "0101901234", "0101904321"),
    )


def test_a_user_key_that_is_the_cpr_number_is_masked():
    """Trap: older integrations made the number the user_key."""
    after = person(cpr_number="0101901234", user_key="010190-1234")
    assert "1234" not in str(changes_of(PERSONS, (), after))
    assert timeline_of(PERSONS, after).at(NOW)["user_key"] == "010190-xxxx"
    assert timeline_of(PERSONS, after, show_cpr=True).at(NOW)["user_key"] == "010190-1234"


def test_uuids_are_never_masked():
    """Trap: the end of a UUID can be twelve digits, and it is no CPR number."""
    after = (unit(NOW, None, parent_uuid=OTHER),)
    assert timeline_of(UNITS, after).at(NOW)["parent_uuid"] == OTHER


def test_a_timeline_has_every_column():
    """Also those that say nothing, so that a handler can ask for any."""
    timeline = timeline_of(UNITS, (unit(NOW, None, name="IT"),))
    assert list(timeline.at(NOW)) == list(UNITS.columns)
    assert len(timeline_of(UNITS, ())) == 0


def test_a_change_reads_well():
    """A line of a log."""
    assert str(Change("name", Validity(NOW), None, "IT")) == f"name {Validity(NOW)}: – → IT"
