"""Periods, and dates as MO and people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motoolkit.errors import InputError
from motoolkit.model import Validity, as_date, copenhagen_date, midnight, today_in_denmark

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
VERSIONS = st.integers(22, 30)


@st.composite
def periods(draw: st.DrawFn) -> Validity:
    """Periods of the years that MO serves, with and without limits."""
    start, end = sorted(draw(st.tuples(DAYS, DAYS).filter(lambda days: days[0] != days[1])))
    return Validity(draw(st.sampled_from([start, None])), draw(st.sampled_from([end, None])))


class TestPeriod:
    """Half-open periods."""

    def test_the_end_is_the_first_day_outside(self):
        """[2020, 2021) holds New Year's Eve but not New Year's Day."""
        year = Validity(date(2020, 1, 1), date(2021, 1, 1))
        assert year.contains(date(2020, 1, 1))
        assert year.contains(date(2020, 12, 31))
        assert not year.contains(date(2021, 1, 1))
        assert not year.contains(date(2019, 12, 31))
        assert year.last_day == date(2020, 12, 31)

    def test_no_limits_means_always(self):
        """A period without start and end holds the first and the last day there is."""
        assert Validity().contains(date.min)
        assert Validity().contains(date.max)
        assert Validity().last_day is None

    @pytest.mark.parametrize(
        ("start", "end"),
        [(date(2020, 1, 1), date(2020, 1, 1)), (date(2020, 1, 2), date(2020, 1, 1)), (None, date.min)],
    )
    def test_a_period_without_a_day_is_refused(self, start, end):
        """Same-day and reversed periods are an input error that names both dates."""
        with pytest.raises(InputError, match=f"from {start} to {end} holds no day"):
            Validity(start, end)

    def test_datetimes_are_refused(self):
        """A datetime is a date to Python, but not to a validity."""
        with pytest.raises(InputError, match="calendar dates"):
            Validity(datetime(2020, 1, 1))

    def test_periods_sort_by_start_then_end_with_no_limit_outermost(self):
        """No start sorts before every start, no end after every end."""
        early, late = date(2020, 1, 1), date(2021, 1, 1)
        ordered = [
            Validity(None, early),
            Validity(None, None),
            Validity(early, late),
            Validity(early, None),
            Validity(late, None),
        ]
        assert sorted([*ordered[3:], *ordered[:3]]) == ordered

    def test_periods_that_touch_do_not_overlap(self):
        """The end of one is the start of the next: they meet, with no common day."""
        first = Validity(None, date(2020, 1, 1))
        second = Validity(date(2020, 1, 1), None)
        assert first.meets(second)
        assert not first.overlaps(second)
        assert not second.overlaps(first)
        assert first.intersect(second) is None
        assert not second.meets(first)

    def test_intersection_of_an_open_and_a_limited_period(self):
        """The later start and the earlier end."""
        limited = Validity(date(2019, 1, 1), date(2021, 1, 1))
        assert Validity(date(2020, 1, 1), None).intersect(limited) == Validity(
            date(2020, 1, 1), date(2021, 1, 1)
        )

    @given(periods(), periods(), DAYS)
    def test_intersection_holds_exactly_the_days_in_both(self, left, right, day):
        """A day is in the intersection when it is in both periods, and only then."""
        both = left.intersect(right)
        assert (both is not None and both.contains(day)) == (left.contains(day) and right.contains(day))
        assert (both is not None) == left.overlaps(right) == right.overlaps(left)
        assert both == right.intersect(left)

    def test_prints_as_a_half_open_interval(self):
        """Square bracket in, round bracket out, dots for no limit."""
        assert str(Validity(date(2020, 1, 1), None)) == "[2020-01-01, …)"


class TestMo:
    """MO's ``from`` and ``to``, version by version."""

    def test_to_is_exclusive_from_v29(self):
        """The same text is the first day outside in v29 and v30."""
        period = Validity.from_mo("2020-01-01T00:00:00+01:00", "2020-12-31T00:00:00+01:00", 29)
        assert period == Validity(date(2020, 1, 1), date(2020, 12, 31))

    def test_to_is_the_last_day_up_to_v28(self):
        """The same text is the last day inside in v28 and below."""
        period = Validity.from_mo("2020-01-01T00:00:00+01:00", "2020-12-31T00:00:00+01:00", 28)
        assert period == Validity(date(2020, 1, 1), date(2021, 1, 1))

    def test_last_day_before_summer_time_does_not_lose_an_hour(self):
        """One day later is a calendar day later, also when the night is 23 hours long."""
        period = Validity.from_mo("2024-03-30T00:00:00+01:00", "2024-03-31T00:00:00+01:00", 28)
        assert period == Validity(date(2024, 3, 30), date(2024, 4, 1))
        assert period.to_mo(28) == {"from": "2024-03-30T00:00:00+01:00", "to": "2024-03-31T00:00:00+01:00"}
        assert period.to_mo(30) == {"from": "2024-03-30T00:00:00+01:00", "to": "2024-04-01T00:00:00+02:00"}

    def test_one_day_in_v28_has_the_same_from_and_to(self):
        """What is an empty period from v29 on is one day in v28."""
        day = "2020-06-01T00:00:00+02:00"
        assert Validity.from_mo(day, day, 28) == Validity(date(2020, 6, 1), date(2020, 6, 2))
        with pytest.raises(InputError, match="holds no day"):
            Validity.from_mo(day, day, 29)

    def test_null_is_no_limit(self):
        """Persons without CPR, classes and facets can lack ``from``; open periods lack ``to``."""
        assert Validity.from_mo(None, None, 30) == Validity()
        assert Validity().to_mo(28) == {"from": None, "to": None}

    @pytest.mark.parametrize("version", [28, 29])
    def test_the_year_9999_is_open(self, version):
        """Old importers wrote their infinity as a date; adding a day to it would overflow."""
        assert Validity.from_mo("2020-01-01T00:00:00+01:00", "9999-12-31T00:00:00+01:00", version).end is None

    def test_dates_before_1900_survive(self):
        """MO gives 1760-01-01 back with the local mean time of Copenhagen."""
        assert Validity.from_mo("1759-12-31T00:00:00+00:50:20", None, 29).start == date(1759, 12, 31)

    def test_old_summer_times_do_not_move_a_birthday(self):
        """A person is valid from birth, and time zone databases disagree about the summer of 1945."""
        assert copenhagen_date("1945-06-15T00:00:00+03:00") == date(1945, 6, 15)
        assert copenhagen_date("1945-06-15T00:00:00+02:00") == date(1945, 6, 15)

    @given(periods(), VERSIONS)
    def test_what_is_written_reads_back(self, period, version):
        """Any version's text gives the same period again in that version."""
        texts = period.to_mo(version)
        assert Validity.from_mo(texts["from"], texts["to"], version) == period

    @given(periods())
    def test_v28_shows_the_day_before_v29(self, period):
        """For every limited period the older version's ``to`` is a day earlier."""
        older, newer = period.to_mo(28)["to"], period.to_mo(29)["to"]
        if period.end is None:
            assert older is newer is None
        else:
            assert copenhagen_date(older) + timedelta(days=1) == copenhagen_date(newer) == period.end


class TestDates:
    """Dates as texts."""

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2020-06-01T00:00:00+02:00", date(2020, 6, 1)),
            ("2020-06-01T23:30:00Z", date(2020, 6, 2)),
            ("2020-06-01T22:00:00+00:00", date(2020, 6, 2)),
            ("2020-01-01T22:59:59+00:00", date(2020, 1, 1)),
            ("2020-01-01T00:00:00+02:00", date(2019, 12, 31)),
            ("2020-01-01T12:00:00+01:00", date(2020, 1, 1)),
            ("2020-01-01T23:30:00", date(2020, 1, 1)),
            ("2020-01-01", date(2020, 1, 1)),
        ],
    )
    def test_a_moment_counts_on_its_day_in_denmark(self, text, day):
        """Other offsets and times of day are converted; without offset the text is Danish time."""
        assert copenhagen_date(text) == day

    @given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)), st.integers(-12, 14))
    def test_conversion_agrees_with_the_time_zone_database(self, moment, hours):
        """For every moment since 1980, in whatever offset it is written."""
        aware = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
        assert copenhagen_date(aware.isoformat()) == aware.astimezone(ZoneInfo("Europe/Copenhagen")).date()

    @pytest.mark.parametrize(
        "value",
        [
            "2026-11-03",
            " 2026-11-03 ",
            "03-11-2026",
            "3-11-2026",
            "03.11.2026",
            "2026-11-03T00:00:00+01:00",
            "2026-11-02 23:30:00+00:00",
            date(2026, 11, 3),
            datetime(2026, 11, 3, 23, 59),
            datetime(2026, 11, 2, 23, 30, tzinfo=UTC),
            pd.Timestamp("2026-11-03"),
        ],
    )
    def test_people_may_write_a_date_in_these_ways(self, value):
        """ISO, Danish day first, dates and datetimes; all of them 3 November."""
        day = as_date(value)
        assert day == date(2026, 11, 3)
        assert type(day) is date

    @pytest.mark.parametrize(
        "value",
        [
            "",
            "i morgen",
            "2026-13-01",
            "31-02-2026",
            "11/3/2026",
            "03-11.2026",
            "20261103",
            "2026",
            20261103,
            None,
            True,
            pd.NaT,
        ],
    )
    def test_anything_else_is_no_date(self, value):
        """The message shows what came in and how to write it; slashes could be American."""
        with pytest.raises(InputError, match=r"is no date\. Write a date as 2026-11-23 or 23-11-2026\."):
            as_date(value)

    def test_the_message_masks_a_cpr_number(self):
        """Someone who puts a CPR number into the date field does not find it in a log."""
        with pytest.raises(InputError) as refused:
            as_date("010190-1234")
        assert "1234" not in str(refused.value)
        assert "010190-xxxx" in str(refused.value)

    @pytest.mark.parametrize("word", ["today", "Today", "i dag"])
    def test_today_is_a_date_only_when_the_caller_says_which(self, word):
        """Nothing below the entry points knows what day it is."""
        assert as_date(word, today=date(2026, 11, 23)) == date(2026, 11, 23)
        with pytest.raises(InputError):
            as_date(word)

    def test_midnight_has_the_offset_of_its_day(self):
        """Winter, summer, and the last day of summer time, which still starts in it."""
        assert midnight(date(2020, 1, 1)) == "2020-01-01T00:00:00+01:00"
        assert midnight(date(2020, 7, 1)) == "2020-07-01T00:00:00+02:00"
        assert midnight(date(2020, 10, 25)) == "2020-10-25T00:00:00+02:00"

    def test_today_is_today_in_copenhagen(self):
        """Late in the evening it is already tomorrow there, whatever the machine's own zone."""
        before = datetime.now(ZoneInfo("Europe/Copenhagen")).date()
        today = today_in_denmark()
        assert before <= today <= datetime.now(ZoneInfo("Europe/Copenhagen")).date()
