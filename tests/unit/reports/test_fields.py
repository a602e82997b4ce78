"""Stilling, Tjenestenummer, CPR-nummer, Alder."""

from __future__ import annotations

from datetime import date

import pytest

from motoolkit.errors import ReportError


@pytest.mark.parametrize(
    ("user_key", "number"),
    [
        ("NK-12345", "12345"),
        ("N2-00012", "00012"),
        ("12345678", "12345678"),
        ("NK-1234-5", "NK-1234-5"),
        ("ABC-12345", "ABC-12345"),
        ("5d54e3f0-1b14-5d61-8a83-96e24e2c5e17", "5d54e3f0-1b14-5d61-8a83-96e24e2c5e17"),
        ("", ""),
    ],
)
def test_tjenestenummer_loses_the_institution_prefix_only_where_there_is_one(world, column, user_key, number):
    """SD's keys are cut; OPUS numbers, UUIDs and anything else stay, leading zeros too."""
    world.engagement("Bo Bo", world.unit("Skole"), user_key)
    table = world.report()
    assert column(table, "Tjenestenummer")["Bo Bo"] == number
    assert column(table, "Brugervendt Nøgle (BvN)")["Bo Bo"] == user_key


def test_stilling_is_the_engagements_own_title_before_the_job_function(world, column):
    """extension_1, else the job function; the chain is a parameter."""
    unit = world.unit("Skole")
    world.engagement("Ane Ane", unit, job="Lærer", extension_1="Klasselærer ")
    world.engagement("Bo Bo", unit, job="Lærer", extension_3="Vikar")
    assert column(world.report(), "Stilling") == {"Ane Ane": "Klasselærer", "Bo Bo": "Lærer"}
    chain = world.report(title_field=["extension_3"])
    assert column(chain, "Stilling") == {"Ane Ane": "", "Bo Bo": "Vikar"}


def test_a_sensitive_title_gives_way_to_the_next_one(world, column):
    """Some titles tell of a person's health."""
    unit = world.unit("Skole")
    world.engagement("Ane Ane", unit, job="Lærer", extension_1="Fleksjobber")
    world.engagement("Bo Bo", unit, job="fleksjobber")
    shown = column(world.report(sensitive_titles=["Fleksjobber"]), "Stilling")
    assert shown == {"Ane Ane": "Lærer", "Bo Bo": ""}


@pytest.mark.parametrize(
    ("cpr", "age"),
    [
        ("2311901234", 36),
        ("2411901234", 35),
        ("3211901234", None),
        ("8311901234", 36),
        ("0101036234", 23),
        ("0101584234", 68),
        ("010190ABC1", None),
        ("9999999999", None),
        ("nonsense", None),
        (None, None),
        ("", None),
    ],
)
def test_age_is_whole_years_on_the_date(world, column, cpr, age):
    """Birthday today or tomorrow, no such day, replacement, centuries, hospital number, none."""
    world.engagement(world.person("Bo Bo", cpr), world.unit("Skole"))
    assert column(world.report(), "Alder")["Bo Bo"] == age


def test_age_is_of_the_reports_date_and_not_of_today(world, column):
    """As-of in the past and in the future."""
    world.engagement(world.person("Bo Bo", "2311901234"), world.unit("Skole"))
    assert column(world.report(as_of=date(2020, 11, 22)), "Alder")["Bo Bo"] == 29
    assert column(world.report(as_of=date(2036, 11, 23)), "Alder")["Bo Bo"] == 46


def test_bad_cpr_numbers_are_counted_without_being_told(world):
    """The warnings hold counts, no number and no name."""
    unit = world.unit("Skole")
    for name, cpr in (
        ("A A", None),
        ("B B", "nonsense"),
        ("C C", "6101901234"),
        ("D D", "0101995001"),
        ("E E", "0101210000"),
    ):
        world.engagement(world.person(name, cpr), unit)
    notices = {notice.kind: (notice.times, notice.details) for notice in world.report().notices}
    assert notices == {
        "no_cpr": (1, ()),
        "invalid_cpr": (1, ()),
        "replacement_cpr": (1, ()),
        "fictive_cpr": (1, ()),
        "unlikely_age": (2, ()),
    }


def test_a_frame_is_masked_unless_the_numbers_are_asked_for(world):
    """Twice: when the report is made, and when it is shown."""
    world.engagement(world.person("Bo Bo", "0101901234"), world.unit("Skole"))
    assert list(world.report().frame()["CPR-nummer"]) == ["010190-xxxx"]
    table = world.report(with_cpr=True, purpose="Test")
    assert list(table.frame()["CPR-nummer"]) == ["010190-xxxx"]
    assert list(table.frame(show_cpr=True)["CPR-nummer"]) == ["0101901234"]
    with pytest.raises(ReportError, match="made without CPR numbers"):
        world.report().frame(show_cpr=True)


def test_nothing_that_prints_a_report_prints_a_cpr_number(world):
    """Neither the table's repr nor its rows'."""
    world.engagement(world.person("Bo Bo", "0101901234"), world.unit("Skole"))
    table = world.report(with_cpr=True, purpose="Test")
    assert "0101901234" not in f"{table!r} {table.rows!r} {table.frame()} {table.summary()}"


def test_ages_in_a_frame_are_numbers_with_room_for_unknown(world):
    """Int64, so that 36 does not become 36.0 beside a blank."""
    unit = world.unit("Skole")
    world.engagement(world.person("Bo Bo", "0101901234"), unit)
    world.engagement("Ib Ib", unit)
    assert str(world.report().frame()["Alder"].dtype) == "Int64"
