"""SD's side: from sections to timelines, with every trap that SD has set."""

from __future__ import annotations

import pytest
from unit.sd.said import (
    CPR,
    EMPLOYED,
    FULL,
    TOP,
    A,
    B,
    C,
    departments,
    employments,
    held,
    odd,
    persons,
)

from motoolkit.sd._side import Side
from motoolkit.sd.mapping import Mapping
from motoolkit.sd.timelines import employment_side, person_side, sd_side, unit_side

PLUS = Mapping.read("sdtool-plus-municipality")
LON = Mapping.read("sdlon", padding=5, title="extension_1")
WORKED_EXAMPLE = [
    ("status", "1", "2019-08-01", "2024-02-01"),
    ("status", "3", "2024-02-01", "2024-10-27"),
    ("status", "1", "2024-10-27", "2026-03-30"),
    ("status", "8", "2026-03-30", None),
    ("department", A, "2019-08-01", "2023-01-01"),
    ("department", B, "2023-01-01", None),
    ("department_code", "AAA", "2019-08-01", "2023-01-01"),
    ("department_code", "BBB", "2023-01-01", None),
    ("job_position", "3120", "2019-08-01", None),
    ("title", None, "2019-08-01", None),
    ("rate", "1.0000", "2019-08-01", "2022-04-01"),
    ("rate", "0.8649", "2022-04-01", None),
    ("salaried", "true", "2019-08-01", None),
    ("full_time", "false", "2019-08-01", None),
]


def without(*fields, spans=FULL):
    """Everything but some fields."""
    return [span for span in spans if span[0] not in fields]


UNNAMED = [*without("department"), ("department", None, "2019-08-01", None)]


def side(*spans, mapping=PLUS, **more):
    """The side of one employment with these sections."""
    return employment_side(employments([*spans]), mapping, **more).check()


class TestWorkedExample:
    """The example of the domain notes, exactly."""

    def test_half_open_and_masked(self):
        """What SD goes on saying after the resignation does not hold."""
        found = side(*WORKED_EXAMPLE)
        assert held(found, "active") == [("2019-08-01", "2026-03-30", "true")]
        assert held(found, "leave") == [("2024-02-01", "2024-10-27", "true")]
        assert held(found, "unit") == [("2019-08-01", "2023-01-01", A), ("2023-01-01", "2026-03-30", B)]
        assert held(found, "sd_unit") == held(found, "unit")
        assert held(found, "fraction") == [
            ("2019-08-01", "2022-04-01", 1_000_000),
            ("2022-04-01", "2026-03-30", 864_900),
        ]
        assert held(found, "job_function") == [("2019-08-01", "2026-03-30", "3120")]
        assert held(found, "unit_code") == [
            ("2019-08-01", "2023-01-01", "AAA"),
            ("2023-01-01", "2026-03-30", "BBB"),
        ]
        assert held(found, "engagement_type") == [("2019-08-01", "2026-03-30", "deltid")]
        assert held(found, "title") == [("2019-08-01", "2026-03-30", None)]
        assert odd(found) == []

    def test_the_subject_is_person_and_number(self):
        """Leading zeros and the institution are no part of the pair, unless the mapping has the prefix."""
        said = employments(WORKED_EXAMPLE, who=[("xy", CPR, "0471a")])
        names = persons(("xy", CPR, "Nora", "Prøvesen"))
        (row,) = employment_side(said, PLUS, persons=names).subjects.itertuples(index=False)
        assert tuple(row) == ("employment", f"{CPR}/471A", "xy", "0471a", CPR, "Nora Prøvesen", "", "")
        region = Mapping.read("sdtool-plus-region", placement="none")
        assert employment_side(said, region).subjects["pair"][0] == f"{CPR}/XY-471A"


class TestStatus:
    """Active, on leave, and codes that are neither."""

    def test_codes_that_are_active_make_one_span(self):
        """The start on payroll is no break in being employed; 4 is a conflict and no leave."""
        codes = ["0", "1", "3", "4", "1"]
        status = [
            ("status", code, f"202{year}-01-01", f"202{year + 1}-01-01") for year, code in enumerate(codes)
        ]
        found = side(*status, *FULL)
        assert held(found, "active") == [("2020-01-01", "2025-01-01", "true")]
        assert held(found, "leave") == [("2022-01-01", "2023-01-01", "true")]

    def test_rehire_on_the_same_number_is_a_hole(self):
        """1, 8, 1: attributes have the hole too."""
        found = side(
            ("status", "1", "2020-01-01", "2021-01-01"),
            ("status", "8", "2021-01-01", "2022-01-01"),
            ("status", "1", "2022-01-01", None),
            *FULL,
        )
        assert held(found, "active") == [("2020-01-01", "2021-01-01", "true"), ("2022-01-01", None, "true")]
        assert held(found, "unit") == [("2020-01-01", "2021-01-01", A), ("2022-01-01", None, A)]

    @pytest.mark.parametrize("code", ["7", "8", "9", "S"])
    def test_passive_codes_leave_nothing(self, code):
        """Somebody who only ever resigned is a subject without intervals, and not odd."""
        found = side(("status", code, "2020-01-01", None), *FULL)
        assert len(found.subjects) == 1
        assert len(found.intervals) == len(found.oddities) == 0

    def test_unknown_codes_are_told(self):
        """They are neither active nor not."""
        found = side(("status", "1", "2020-01-01", "2021-01-01"), ("status", "5", "2021-01-01", None), *FULL)
        assert held(found, "active") == [("2020-01-01", "2021-01-01", "true")]
        assert odd(found) == [("gap_in_sd_attr", "active", "2021-01-01", None, "5", "unknown_status")]

    def test_one_day(self):
        """An engagement of a single day holds it."""
        found = side(("status", "1", "2024-03-31", "2024-04-01"), *FULL)
        assert held(found, "fraction") == [("2024-03-31", "2024-04-01", 1_000_000)]

    def test_employed_and_resigned_at_a_time(self):
        """The days on which status contradicts itself are undecided."""
        found = side(("status", "1", "2020-01-01", "2022-01-01"), ("status", "8", "2021-01-01", None), *FULL)
        assert held(found, "active") == [("2020-01-01", "2021-01-01", "true")]
        assert odd(found) == [("overlap_in_sd", "active", "2021-01-01", "2022-01-01", ("false", "true"), "")]


class TestValues:
    """Rates, engagement types, titles."""

    @pytest.mark.parametrize(
        ("rate", "millionths"),
        [
            ("0.8649", 864_900),
            ("0.8765", 876_500),
            ("0.2805", 280_500),  # a float gives 280499.99…
            ("1.0000", 1_000_000),
            ("0.0000", 0),
            ("1", 1_000_000),
        ],
    )
    def test_rates_are_exact(self, rate, millionths):
        """By decimal arithmetic, never through floating point."""
        found = side(*EMPLOYED, *without("rate"), ("rate", rate, "2019-08-01", None))
        assert held(found, "fraction") == [("2019-08-01", None, millionths)]
        assert type(found.intervals.query("attribute == 'fraction'")["value"].iloc[0]) is int

    @pytest.mark.parametrize(
        ("rate", "why"),
        [("1.0001", "above_one"), ("-0.5000", "negative"), ("fuld tid", "unreadable"), ("0,5", "unreadable")],
    )
    def test_rates_that_mo_can_not_hold_are_told(self, rate, why):
        """And not compared."""
        found = side(*EMPLOYED, *without("rate"), ("rate", rate, "2019-08-01", None))
        assert held(found, "fraction") == []
        assert odd(found) == [("gap_in_sd_attr", "fraction", "2019-08-01", None, rate, why)]

    @pytest.mark.parametrize(
        ("salaried", "full_time", "expected"),
        [("true", "true", "fuldtid"), ("true", "false", "deltid"), ("false", "true", "timelønnet")],
    )
    def test_types_by_hours(self, salaried, full_time, expected):
        """Not salaried is by the hour, whatever the other flag says."""
        flags = [
            ("salaried", salaried, "2019-08-01", None),
            ("full_time", full_time, "2019-08-01", None),
        ]
        found = side(*EMPLOYED, *without("salaried", "full_time"), *flags)
        assert held(found, "engagement_type") == [("2019-08-01", None, expected)]

    def test_types_by_status(self):
        """Each active code has its class."""
        mapping = Mapping.read(
            PLUS,
            engagement_type="status",
            engagement_types={code: f"status{code}" for code in "0134"},
        )
        found = side(
            ("status", "0", "2020-01-01", "2021-01-01"),
            ("status", "1", "2021-01-01", "2022-01-01"),
            ("status", "8", "2022-01-01", None),
            *FULL,
            mapping=mapping,
        )
        assert held(found, "engagement_type") == [
            ("2020-01-01", "2021-01-01", "status0"),
            ("2021-01-01", "2022-01-01", "status1"),
        ]

    @pytest.mark.parametrize(
        ("number", "expected"),
        [("04711", "månedsløn"), ("90000", "timeløn"), ("A4711", "engagement_type3120")],
    )
    def test_types_by_number(self, number, expected):
        """Sdlon's split; numbers with letters go by job code."""
        mapping = Mapping.read("sdlon", engagement_type="number", divide=90_000)
        said = employments([*EMPLOYED, *FULL], who=[("XY", CPR, number)])
        assert held(employment_side(said, mapping).check(), "engagement_type") == [
            ("2019-08-01", None, expected)
        ]

    def test_a_title_that_is_empty_is_not_a_missing_one(self):
        """A profession without EmploymentName has an empty title; no profession has none."""
        found = side(
            *EMPLOYED,
            *without("job_position", "title"),
            ("job_position", "3120", "2019-08-01", "2021-01-01"),
            ("job_position", "3121", "2022-01-01", None),
            ("title", "Havneassistent", "2019-08-01", "2020-01-01"),
        )
        assert held(found, "title") == [
            ("2019-08-01", "2020-01-01", "Havneassistent"),
            ("2020-01-01", "2021-01-01", None),
            ("2022-01-01", None, None),
        ]

    def test_job_functions_can_be_called_by_title(self):
        """As some sdlon customers have it."""
        mapping = Mapping.read("sdlon", job_function="name")
        assert held(side(*EMPLOYED, *FULL, mapping=mapping), "job_function") == [
            ("2019-08-01", None, "Havneassistent")
        ]

    def test_only_what_the_mapping_compares_is_there(self):
        """Neither raw unit nor code are kept by sdlon."""
        found = side(*EMPLOYED, *FULL, mapping=Mapping.read("sdlon"))
        assert set(found.intervals["attribute"]) == {
            "active",
            "unit",
            "job_function",
            "engagement_type",
            "fraction",
        }


class TestGaps:
    """Employed, but not as what, where or how much."""

    @pytest.mark.parametrize(
        ("fields", "attribute", "section"),
        [
            (("job_position", "title"), "job_function", "profession"),
            (("department", "department_code"), "unit", "department"),
            (("rate", "salaried", "full_time"), "engagement_type", "working_time"),
        ],
    )
    def test_a_missing_section_is_one_oddity(self, fields, attribute, section):
        """Under the first attribute that is read from it, for the days on which it is missing."""
        half = [(field, value, "2021-01-01", None) for field, value, *_ in FULL if field in fields]
        found = side(*EMPLOYED, *without(*fields), *half)
        assert odd(found) == [("gap_in_sd_attr", attribute, "2019-08-01", "2021-01-01", None, section)]

    def test_a_missing_element_is_its_own(self):
        """A working time without a rate."""
        found = side(*EMPLOYED, *without("rate"))
        assert odd(found) == [("gap_in_sd_attr", "fraction", "2019-08-01", None, None, "working_time")]

    def test_gaps_outside_employment_do_not_matter(self):
        """Before the first and after the last day."""
        found = side(
            ("status", "1", "2020-01-01", "2021-01-01"),
            *[(f, v, "2020-01-01", "2021-01-01") for f, v, *_ in FULL],
        )
        assert odd(found) == []


class TestOverlaps:
    """Sections of one kind that lie on each other."""

    def test_equal_values_merge_with_the_larger_end(self):
        """A section nested inside an equal one does not shorten it; the order of sections does not matter."""
        found = side(
            *EMPLOYED,
            *without("job_position"),
            ("job_position", "3120", "2020-01-01", "2021-01-01"),
            ("job_position", "3120", "2019-08-01", None),
        )
        assert held(found, "job_function") == [("2019-08-01", None, "3120")]
        assert odd(found) == []

    def test_sections_split_for_other_reasons_are_one(self):
        """Only SalaryRate changed, say."""
        found = side(
            *EMPLOYED,
            *without("rate"),
            ("rate", "0.5000", "2019-08-01", "2020-01-01"),
            ("rate", "0.5000", "2020-01-01", None),
        )
        assert held(found, "fraction") == [("2019-08-01", None, 500_000)]

    def test_different_values_are_told_and_left_out(self):
        """Only the days that are contested, and only while employed."""
        found = side(
            ("status", "1", "2019-08-01", "2022-01-01"),
            *without("job_position"),
            ("job_position", "3120", "2019-08-01", "2021-01-01"),
            ("job_position", "3121", "2020-01-01", "2023-01-01"),
            ("job_position", "3122", "2022-06-01", None),
        )
        assert held(found, "job_function") == [
            ("2019-08-01", "2020-01-01", "3120"),
            ("2021-01-01", "2022-01-01", "3121"),
        ]
        assert odd(found) == [
            ("overlap_in_sd", "job_function", "2020-01-01", "2021-01-01", ("3120", "3121"), "")
        ]

    def test_two_departments_at_a_time(self):
        """Neither unit nor raw unit is decided, and there is no gap besides."""
        found = side(
            *EMPLOYED,
            *without("department"),
            ("department", A, "2019-08-01", "2021-01-01"),
            ("department", B, "2020-01-01", None),
        )
        assert held(found, "unit") == [("2019-08-01", "2020-01-01", A), ("2021-01-01", None, B)]
        assert {(kind, attribute, start, end) for kind, attribute, start, end, *_ in odd(found)} == {
            ("overlap_in_sd", name, "2020-01-01", "2021-01-01") for name in ("unit", "sd_unit")
        }

    def test_an_employment_that_is_listed_twice_is_one(self):
        """And disputed only where the two differ."""
        other = [*without("rate"), ("rate", "0.5000", "2019-08-01", None)]
        said = employments(
            [*EMPLOYED, *FULL], [*EMPLOYED, *other], who=[("XY", CPR, "04711"), ("XY", CPR, "4711")]
        )
        found = employment_side(said, PLUS).check()
        assert list(found.subjects["number"]) == ["04711"]
        assert held(found, "unit") == [("2019-08-01", None, A)]
        assert odd(found) == [("overlap_in_sd", "fraction", "2019-08-01", None, (1_000_000, 500_000), "")]


class TestIgnored:
    """What importers leave alone."""

    @pytest.mark.parametrize(
        ("cpr", "why"), [("0101010000", "fictive_cpr"), ("9999991234", "no_date_cpr"), ("", "no_date_cpr")]
    )
    def test_made_up_persons(self, cpr, why):
        """CPR numbers that end in 0000, or tell no date."""
        said = employments([*EMPLOYED, *FULL], who=[("XY", cpr, "04711")])
        found = employment_side(said, PLUS).check()
        assert len(found.intervals) == 0
        assert odd(found) == [("ignored_by_rule", "", None, None, None, why)]

    def test_days_before_the_clamp(self):
        """A start of 1929 counts as the first day that importers know, and is told."""
        mapping = Mapping.read(PLUS, clamp="1930-01-01")
        spans = [(field, value, "1929-05-01", None) for field, value, *_ in FULL]
        found = side(("status", "1", "1929-05-01", None), *spans, mapping=mapping)
        assert held(found, "active") == [("1930-01-01", None, "true")]
        assert held(found, "unit") == [("1930-01-01", None, A)]
        assert odd(found) == [("ignored_by_rule", "clamp", "1929-05-01", "1930-01-01", "1", "clamp")]

    def test_no_beginning_at_all(self):
        """SD's year 1 is no limit."""
        found = side(("status", "1", None, "2020-01-01"), *[(f, v, None, None) for f, v, *_ in FULL])
        assert held(found, "unit") == [(None, "2020-01-01", A)]

    def test_what_the_reader_could_not_use(self):
        """A section that ends before it begins: the days between are uncertain."""
        said = employments(
            [*EMPLOYED, *FULL],
            odd=[
                (0, "rate", "2024-06-01", "2024-03-01", "0.5000", "reversed"),
                (0, "department", None, None, "x (2024 - )", "unreadable"),
            ],
        )
        assert odd(employment_side(said, PLUS).check()) == [
            ("gap_in_sd_attr", "fraction", "2024-02-29", "2024-06-02", "0.5000", "reversed"),
            ("gap_in_sd_attr", "unit", None, None, "x (2024 - )", "unreadable"),
            ("gap_in_sd_attr", "sd_unit", None, None, "x (2024 - )", "unreadable"),
        ]

    def test_nothing_at_all(self):
        """No employments make an empty side."""
        found = sd_side(employments(who=()), departments(), persons(), PLUS).check()
        assert [len(frame) for frame in (found.subjects, found.intervals, found.oddities)] == [0, 0, 0]


class TestDepartmentsByCode:
    """A department whose UUID SD forgot."""

    def test_the_code_tells_it(self):
        """From the departments of the institution, as of the time."""
        known = departments(
            (A, "2010-01-01", "2021-01-01", {"code": "B7Q"}), (B, "2021-01-01", None, {"code": "B7Q"})
        )
        found = side(*EMPLOYED, *UNNAMED, departments=known)
        assert held(found, "unit") == [("2019-08-01", "2021-01-01", A), ("2021-01-01", None, B)]
        assert odd(found) == []

    def test_a_code_that_several_have_does_not(self):
        """Codes are not unique, not even on one day."""
        known = departments(
            (A, "2010-01-01", None, {"code": "B7Q"}), (B, "2021-01-01", None, {"code": "B7Q"})
        )
        found = side(*EMPLOYED, *UNNAMED, departments=known)
        assert held(found, "unit") == [("2019-08-01", "2021-01-01", A)]
        assert odd(found) == [("gap_in_sd_attr", "unit", "2021-01-01", None, None, "department")]

    def test_without_departments_it_is_a_gap(self):
        """The code stays."""
        found = side(*EMPLOYED, *UNNAMED)
        assert odd(found) == [("gap_in_sd_attr", "unit", "2019-08-01", None, None, "department")]
        assert held(found, "unit_code") == [("2019-08-01", None, "B7Q")]


class TestUnits:
    """Departments as units."""

    def test_each_value_has_its_timeline(self):
        """Renamed and recoded; what is not set does not hold."""
        said = departments(
            (
                A,
                "2015-01-01",
                "2024-07-01",
                {"code": "B7Q", "level": "Afdelings-niveau", "name": "Havnekontoret", "phone": "99887766"},
            ),
            (
                A,
                "2024-07-01",
                None,
                {"code": "B8Q", "level": "Afdelings-niveau", "name": "Havnen", "p_number": "1000000042"},
            ),
            (TOP, "2015-01-01", None, {"code": "TEK", "level": "NY1-niveau"}),
            parents=[
                (A, "2015-01-01", None, TOP),
                (TOP, "2015-01-01", None, "0e0e0000-1111-4111-8111-000000000002"),
            ],
        )
        found = unit_side(said, PLUS).check()
        assert list(found.subjects["label"]) == ["Havnen", ""]
        assert held(found, "name") == [
            ("2015-01-01", "2024-07-01", "Havnekontoret"),
            ("2024-07-01", None, "Havnen"),
        ]
        assert held(found, "unit_code") == [("2015-01-01", "2024-07-01", "B7Q"), ("2024-07-01", None, "B8Q")]
        assert held(found, "level") == [("2015-01-01", None, "afdelings-niveau")]
        assert held(found, "phone") == [("2015-01-01", "2024-07-01", "99887766")]
        assert held(found, "p_number") == [("2024-07-01", None, "1000000042")]
        assert held(found, "active") == [("2015-01-01", None, "true")]
        assert held(found, "parent") == [("2015-01-01", None, TOP)]
        assert held(found, "name", subject=1) == [("2015-01-01", None, "(intet navn)")]
        assert held(found, "parent", subject=1) == [("2015-01-01", None, None)]

    def test_parents_of_other_institutions_are_parents(self):
        """What is a unit of MO is no institution."""
        said = departments((A, "2015-01-01", None, {}), parents=[(A, "2015-01-01", None, TOP)])
        assert held(unit_side(said, PLUS, others={TOP}), "parent") == [("2015-01-01", None, TOP)]
        assert held(unit_side(said, PLUS), "parent") == [("2015-01-01", None, None)]

    def test_two_parents_at_a_time_are_told(self):
        """And a unit that is its own parent is not."""
        said = departments(
            (A, "2015-01-01", None, {}),
            (B, "2015-01-01", None, {}),
            parents=[
                (A, "2015-01-01", "2020-01-01", TOP),
                (A, "2019-01-01", None, B),
                (B, "2015-01-01", None, B),
            ],
        )
        found = unit_side(said, PLUS, others={TOP}).check()
        assert held(found, "parent") == [("2015-01-01", "2019-01-01", TOP), ("2020-01-01", None, B)]
        assert odd(found) == [("overlap_in_sd", "parent", "2019-01-01", "2020-01-01", (B, TOP), "")]
        assert held(found, "parent", subject=1) == []

    def test_names_that_are_filtered(self):
        """A unit that has such a name at any time is left out, and told."""
        said = departments(
            (A, "2015-01-01", "2020-01-01", {"name": "Havnen"}), (A, "2020-01-01", None, {"name": "%Havnen"})
        )
        found = unit_side(said, Mapping.read(PLUS, ignore_unit_names=["%", "Ø_"])).check()
        assert len(found.intervals) == 0
        assert odd(found) == [("ignored_by_rule", "", None, None, None, "unit_name")]

    def test_region_codes_have_the_institution_before_them(self):
        """As the user_key of MO's unit has it."""
        said = departments((A, "2015-01-01", None, {"code": "B7Q"}))
        assert held(unit_side(said, Mapping.read("sdtool-plus-region")), "unit_code") == [
            ("2015-01-01", None, "XY-B7Q")
        ]


def test_a_person_in_two_institutions_is_two_subjects():
    """Names may differ; they hold always."""
    found = person_side(persons(("XY", CPR, "Nora", "Prøvesen"), ("XZ", CPR, "Nora", "Test")), PLUS).check()
    assert [held(found, "name", subject) for subject in (0, 1)] == [
        [(None, None, "Nora Prøvesen")],
        [(None, None, "Nora Test")],
    ]


def test_sides_are_joined_with_their_numbers():
    """Intervals and oddities keep their subjects."""
    said = employments([*EMPLOYED, *without("rate")])
    units = departments((A, "2015-01-01", None, {"name": "Havnen"}), (C, "2015-01-01", None, {}))
    joined = sd_side(said, units, persons(("XY", CPR, "Nora", "Prøvesen")), PLUS).check()
    assert list(joined.subjects["sort"]) == ["employment", "unit", "unit", "person"]
    assert held(joined, "name", subject=1) == [("2015-01-01", None, "Havnen")]
    assert held(joined, "name", subject=3) == [(None, None, "Nora Prøvesen")]
    assert Side.joined([]).check() is not None
    units_only = joined.only(joined.subjects["sort"] == "unit").check()
    assert list(units_only.subjects["pair"]) == [A, C]
    assert held(units_only, "name") == [("2015-01-01", None, "Havnen")]
    assert len(units_only.oddities) == 0
