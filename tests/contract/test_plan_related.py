"""Related units: the whole set of one unit, from a day on, however MO keeps it (sandbox and real MO)."""

from __future__ import annotations

import pytest

from motoolkit.errors import InputError
from motoolkit.mirror import Mirror
from motoolkit.plan import Plan, read_state, state_of_mirror

pytestmark = pytest.mark.contract


@pytest.fixture
def units(town):
    """Four units of the test's own, named by letters."""
    return {name: town.make("org_unit", name=f"Relateret {name}", start="2015-01-01") for name in "abcd"}


class Relations:
    """What units are related to each other, told by their letters."""

    def __init__(self, town, units):
        self.town, self.units = town, units

    def set(self, unit, others, start, end=None):
        """Relate a unit to others in a plan of its own, and once more: then there is nothing to do."""
        plan = self.town.plan()
        self.say(plan, unit, others, start, end)
        shown = plan.preview()
        self.town.apply(plan)
        assert read_state(self.town.client, shown.wanted) == shown.wanted
        assert [o.became for o in plan.apply().outcomes] == ["already so"]

    def say(self, plan, unit, others, start, end=None):
        """Add to a plan what a unit is related to."""
        chosen = [self.units[other] for other in others]
        plan.update("related_units", self.units[unit], start=start, end=end, org_units=chosen)

    def of(self, unit):
        """Return the sets of a unit: the first day and the letters."""
        key = ("related_units", self.units[unit])
        letters = {uuid: name for name, uuid in self.units.items()}
        spans = read_state(self.town.client, [key])[key]
        return [
            (str(span.start or ""), "".join(sorted(letters[u] for u in span.values["org_units"])))
            for span in spans
        ]


@pytest.fixture
def relations(town, units):
    """No units are related yet."""
    return Relations(town, units)


def test_units_are_related_from_a_day_on(relations):
    """Each to the other."""
    relations.set("a", "bc", "2020-01-01")
    assert relations.of("a") == [("", ""), ("2020-01-01", "bc")]
    assert relations.of("b") == [("", ""), ("2020-01-01", "a")]
    assert relations.of("d") == [("", "")]


def test_others_take_their_place_from_another_day_on(relations):
    """Who stays is left as it is."""
    relations.set("a", "bc", "2020-01-01")
    relations.set("a", "cd", "2022-01-01")
    assert relations.of("a") == [("", ""), ("2020-01-01", "bc"), ("2022-01-01", "cd")]
    assert relations.of("c") == [("", ""), ("2020-01-01", "a")]
    relations.set("a", "", "2024-01-01")
    assert relations.of("a")[-1] == ("2024-01-01", "")


def test_a_period_gives_back_what_was_after_it(relations):
    """MO's update knows no end, so a second one says what comes after."""
    relations.set("a", "b", "2020-01-01")
    relations.set("a", "cd", "2021-01-01", "2022-01-01")
    assert relations.of("a") == [("", ""), ("2020-01-01", "b"), ("2021-01-01", "cd"), ("2022-01-01", "b")]


def test_what_begins_later_is_replaced_too(relations):
    """MO looks at the day alone, and would leave a second relation to begin then."""
    relations.set("a", "b", "2024-01-01")
    relations.set("a", "bc", "2020-01-01")
    assert relations.of("a") == [("", ""), ("2020-01-01", "bc")]


def test_a_relation_seen_from_the_other_side_is_the_same(relations):
    """Said of both in one plan it is made once; said of one and denied of the other it is refused."""
    plan = relations.town.plan()
    relations.say(plan, "a", "b", "2020-01-01")
    relations.say(plan, "b", "a", "2020-01-01")
    relations.town.apply(plan)
    assert relations.of("a") == relations.of("a") == [("", ""), ("2020-01-01", "b")]
    plan = relations.town.plan()
    relations.say(plan, "a", "c", "2021-01-01")
    relations.say(plan, "c", "", "2021-01-01")
    result = plan.apply()
    assert {outcome.became for outcome in result.outcomes} == {"not sent", "refused"}
    assert "to each other, and not" in str(result)


def test_a_mirror_knows_them_too(relations):
    """As sets, one for each unit."""
    relations.set("a", "bc", "2020-01-01", "2021-01-01")
    keys = [("related_units", uuid) for uuid in relations.units.values()]
    with Mirror.open() as mirror:
        mirror.load(relations.town.client)
        assert state_of_mirror(mirror, keys) == read_state(relations.town.client, keys)


def test_a_check_looks_at_the_units(relations):
    """A unit that is not there is an error, for MO would refuse it."""
    plan = relations.town.plan()
    nobody = "0a000000-0000-4000-8000-00000000dead"
    plan.update("related_units", relations.units["a"], start="2020-01-01", org_units=[nobody])
    assert {problem.code for problem in plan.check().problems} >= {"unknown-reference"}
    assert not plan.apply().ok


def test_they_can_only_be_updated():
    """The error says how."""
    plan = Plan()
    unit = "0a000000-0000-4000-8000-00000000dead"
    for wrong in (
        lambda: plan.create("related_units", start="2020-01-01", org_units=[unit]),
        lambda: plan.terminate("related_units", unit, end="2020-01-01"),
        lambda: plan.update("related_units", unit, org_units=[unit]),
    ):
        with pytest.raises(InputError, match="replaces all the units") as caught:
            wrong()
        assert "start, and all of them as org_units" in caught.value.remedy
