"""Which MO unit an engagement belongs in, by each integration's rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.sd.said import CPR, EMPLOYED, FULL, TOP, A, B, C, departments, employments, held, odd

from motoolkit.sd._facts import Facts
from motoolkit.sd.mapping import Mapping
from motoolkit.sd.timelines import employment_side, sd_side

PLUS = Mapping.read("sdtool-plus-municipality")
PARENT = Mapping.read(PLUS, placement="parent")
MANAGER = Mapping.read(PLUS, placement="manager")
REGION = Mapping.read("sdtool-plus-region", prefix=False)
MANAGED, RELATED, UNKNOWN = (f"5c0a7a52-0000-4a00-8a00-00000000000{n}" for n in (1, 2, 9))
PAIR = f"{CPR}/4711"


def side(mapping, known=None, facts=None):
    """Somebody in A since 2019-08-01, placed."""
    said = employments([*EMPLOYED, *FULL])
    return employment_side(said, mapping, departments=known, facts=facts).check()


def levels(*parents):
    """A below B below C below the top, each on its level."""
    names = ["Afdelings-niveau", "NY0-niveau", "NY1-niveau"]
    rows = [(unit, "2010-01-01", None, {"level": name}) for unit, name in zip((A, B, C), names, strict=True)]
    return departments(*rows, parents=parents)


def facts(columns, *rows, **more):
    """Facts with one frame filled."""
    name, heads = columns
    frame = pd.DataFrame(list(rows), columns=heads, dtype=object)
    dated = frame.astype({"start": "datetime64[s]", "end": "datetime64[s]"})
    return replace(Facts.empty(), **{name: dated}, **more)


MANAGERS = ("managers", ["pair", "start", "end", "manager", "unit", "unit_code"])
KEPT = ("kept", ["pair", "start", "end", "unit", "sd_unit"])
RELATIONS = ("related", ["unit", "start", "end", "other"])


class TestParent:
    """One step up, or out of what is too deep."""

    def test_one_step_up_split_where_the_parent_changes(self):
        """The engagement stays, its unit does not; the raw unit is SD's department."""
        known = levels((A, "2010-01-01", "2022-01-01", B), (A, "2022-01-01", None, C))
        found = side(PARENT, known)
        assert held(found, "unit") == [("2019-08-01", "2022-01-01", B), ("2022-01-01", None, C)]
        assert held(found, "sd_unit") == [("2019-08-01", None, A)]
        assert odd(found) == []

    def test_equal_parents_one_after_another_are_one(self):
        """A history that is cut for no reason does not cut the unit."""
        known = levels((A, "2010-01-01", "2022-01-01", B), (A, "2022-01-01", None, B))
        assert held(side(PARENT, known), "unit") == [("2019-08-01", None, B)]

    def test_a_hole_in_the_history_is_undecided(self):
        """Told, and no unit there."""
        known = levels((A, "2010-01-01", "2022-01-01", B), (A, "2023-01-01", None, C))
        found = side(PARENT, known)
        assert held(found, "unit") == [("2019-08-01", "2022-01-01", B), ("2023-01-01", None, C)]
        assert odd(found) == [("gap_in_sd_attr", "unit", "2022-01-01", "2023-01-01", A, "parents")]

    def test_a_history_with_two_parents_is_undecided(self):
        """Where they overlap."""
        known = levels((A, "2010-01-01", "2023-01-01", B), (A, "2022-01-01", None, C))
        found = side(PARENT, known)
        assert held(found, "unit") == [("2019-08-01", "2022-01-01", B), ("2023-01-01", None, C)]
        assert odd(found) == [("overlap_in_sd", "unit", "2022-01-01", "2023-01-01", A, "parents")]

    def test_a_unit_on_top_stays(self):
        """It has no parent to go to."""
        assert held(side(PARENT, levels((A, "2010-01-01", None, None))), "unit") == [("2019-08-01", None, A)]

    def test_climbs_as_long_as_it_is_too_deep(self):
        """As sdlon does, through levels that change."""
        known = levels(
            (A, "2010-01-01", "2022-01-01", B), (A, "2022-01-01", None, C), (B, "2010-01-01", None, C)
        )
        one = Mapping.read(PARENT, too_deep=["Afdelings-niveau"])
        two = Mapping.read(PARENT, too_deep=["Afdelings-niveau", "NY0-niveau"])
        assert held(side(one, known), "unit") == [("2019-08-01", "2022-01-01", B), ("2022-01-01", None, C)]
        assert held(side(two, known), "unit") == [("2019-08-01", None, C)]

    def test_a_ring_of_parents_ends(self):
        """Two departments below each other."""
        known = levels((A, "2010-01-01", None, B), (B, "2010-01-01", None, A))
        deep = Mapping.read(PARENT, too_deep=["Afdelings-niveau", "NY0-niveau"])
        found = side(deep, known)
        assert held(found, "unit") == []
        assert odd(found) == [("gap_in_sd_attr", "unit", "2019-08-01", None, None, "department")]


class TestManager:
    """Who leads a unit is placed in it."""

    def test_the_led_unit_and_its_code(self):
        """While it is led through this engagement; SD's department before and after."""
        found = side(MANAGER, facts=facts(MANAGERS, (PAIR, "2021-01-01", "2022-01-01", "m1", MANAGED, "LED")))
        assert held(found, "unit") == [
            ("2019-08-01", "2021-01-01", A),
            ("2021-01-01", "2022-01-01", MANAGED),
            ("2022-01-01", None, A),
        ]
        assert held(found, "unit_code") == [
            ("2019-08-01", "2021-01-01", "B7Q"),
            ("2021-01-01", "2022-01-01", "LED"),
            ("2022-01-01", None, "B7Q"),
        ]
        assert held(found, "sd_unit") == [("2019-08-01", None, A)]

    def test_the_lowest_manager_wins(self):
        """Of several roles at a time."""
        told = facts(
            MANAGERS,
            (PAIR, "2021-01-01", None, "m2", RELATED, "SEC"),
            (PAIR, "2022-01-01", "2023-01-01", "m1", MANAGED, "LED"),
            ("0101011234/1", "2021-01-01", None, "m0", C, "OTH"),
        )
        assert held(side(MANAGER, facts=told), "unit") == [
            ("2019-08-01", "2021-01-01", A),
            ("2021-01-01", "2022-01-01", RELATED),
            ("2022-01-01", "2023-01-01", MANAGED),
            ("2023-01-01", None, RELATED),
        ]

    def test_who_leads_nothing_may_go_one_step_up(self):
        """Where the customer has both rules, leading comes first."""
        told = facts(MANAGERS, (PAIR, "2021-01-01", None, "m1", MANAGED, "LED"))
        found = side(Mapping.read(MANAGER, climb=True), levels((A, "2010-01-01", None, B)), told)
        assert held(found, "unit") == [("2019-08-01", "2021-01-01", B), ("2021-01-01", None, MANAGED)]


class TestRegion:
    """MO's own choice, relations, and the unit for the rest."""

    def test_mo_keeps_its_unit_while_the_department_stays(self):
        """Its unit is the right one, whichever it is."""
        told = facts(KEPT, (PAIR, "2019-08-01", None, MANAGED, A), unknown_unit=UNKNOWN)
        assert held(side(REGION, facts=told), "unit") == [("2019-08-01", None, MANAGED)]

    def test_else_a_related_unit_and_else_unknown(self):
        """Where MO has another department, or none, or Unknown; the lowest related unit wins."""
        told = facts(
            KEPT,
            (PAIR, "2019-08-01", "2020-01-01", MANAGED, A),
            (PAIR, "2020-01-01", "2021-01-01", MANAGED, B),
            (PAIR, "2021-01-01", "2022-01-01", UNKNOWN, A),
            unknown_unit=UNKNOWN,
        )
        relations = facts(
            RELATIONS, (A, "2020-07-01", None, RELATED), (A, "2021-07-01", None, MANAGED)
        ).related
        found = side(REGION, facts=replace(told, related=relations))
        assert held(found, "unit") == [
            ("2019-08-01", "2020-01-01", MANAGED),
            ("2020-01-01", "2020-07-01", UNKNOWN),
            ("2020-07-01", "2021-07-01", RELATED),
            ("2021-07-01", None, MANAGED),
        ]

    def test_relations_of_the_units_above(self):
        """Where the customer climbs."""
        told = facts(RELATIONS, (B, "2010-01-01", None, RELATED), unknown_unit=UNKNOWN)
        known = levels((A, "2010-01-01", "2022-01-01", B), (A, "2022-01-01", None, TOP))
        climbing = Mapping.read(REGION, climb=True)
        assert held(side(climbing, known, told), "unit") == [
            ("2019-08-01", "2022-01-01", RELATED),
            ("2022-01-01", None, UNKNOWN),
        ]
        assert held(side(REGION, known, told), "unit") == [("2019-08-01", None, UNKNOWN)]


LIVING = ("living", ["unit", "start", "end"])
days = st.dates(date(2020, 1, 1), date(2020, 1, 30))
spans = st.lists(st.tuples(st.sampled_from([A, B, UNKNOWN]), days, days), max_size=6)


class TestUnitsThatMoLacks:
    """The last rule: there the unit for the unknown is right."""

    def test_without_the_unit_it_is_the_one_for_the_unknown(self):
        """What is meant is told beside it; SD's own department stays as it is."""
        told = facts(LIVING, (A, "2020-01-01", "2021-01-01"), (A, "2022-01-01", None), unknown_unit=UNKNOWN)
        found = sd_side(employments([*EMPLOYED, *FULL]), None, None, PLUS, facts=told).check()
        assert held(found, "unit") == [
            ("2019-08-01", "2020-01-01", UNKNOWN),
            ("2020-01-01", "2021-01-01", A),
            ("2021-01-01", "2022-01-01", UNKNOWN),
            ("2022-01-01", None, A),
        ]
        assert held(found, "meant_unit") == [("2019-08-01", "2020-01-01", A), ("2021-01-01", "2022-01-01", A)]
        assert held(found, "sd_unit") == [("2019-08-01", None, A)]

    def test_where_there_is_no_unit_for_the_unknown_it_stays(self):
        """Then the integration has no such rule."""
        told = facts(LIVING, (A, "2020-01-01", None))
        found = sd_side(employments([*EMPLOYED, *FULL]), None, None, PLUS, facts=told)
        assert held(found, "unit") == [("2019-08-01", None, A)]
        assert held(found, "meant_unit") == []

    def test_it_is_the_last_of_the_rules(self):
        """A related unit that has closed is not there either."""
        related = facts(RELATIONS, (A, None, None, RELATED)).related
        told = facts(LIVING, (A, None, None), (RELATED, None, "2021-01-01"), unknown_unit=UNKNOWN)
        found = sd_side(
            employments([*EMPLOYED, *FULL]), None, None, REGION, facts=replace(told, related=related)
        )
        assert held(found, "unit") == [("2019-08-01", "2021-01-01", RELATED), ("2021-01-01", None, UNKNOWN)]
        assert held(found, "meant_unit") == [("2021-01-01", None, RELATED)]

    @settings(max_examples=30, deadline=None)
    @given(moves=days, lives=spans)
    def test_on_every_day_it_is_the_unit_if_mo_has_it_then_else_unknown(self, moves, lives):
        """However often MO's units come and go."""
        said = [
            *EMPLOYED,
            ("department", A, "2019-08-01", str(moves)),
            ("department", B, str(moves), None),
            *FULL[2:],
        ]
        rows = [(unit, min(pair), max(pair)) for unit, *pair in lives if pair[0] != pair[1]]
        told = facts(LIVING, *rows, unknown_unit=UNKNOWN)
        found = sd_side(employments(said), None, None, PLUS, facts=told).check()
        for day in (date(2019, 12, 31) + timedelta(n) for n in range(33)):
            right = A if day < moves else B
            there = any(unit == right and start <= day < end for unit, start, end in rows)
            assert on(found, "unit", day) == (right if there else UNKNOWN)
            assert on(found, "meant_unit", day) == (None if there else right)


def on(side, attribute, day):
    """Return what holds on a day."""
    values = [
        value
        for start, end, value in held(side, attribute)
        if (start or "") <= str(day) < (end or "9999-12-31")
    ]
    return values[0] if values else None


def test_what_a_rule_explains():
    """The units that MO may have, by employment or by department."""
    told = facts(MANAGERS, (PAIR, "2021-01-01", None, "m1", MANAGED, "LED"))
    relations = facts(RELATIONS, (A, None, None, RELATED), (A, None, None, B)).related
    assert replace(told, related=relations).explained() == {PAIR: {MANAGED}, A: {RELATED, B}}
