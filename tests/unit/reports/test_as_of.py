"""Reports of the past and of the future."""

from __future__ import annotations

from datetime import date


def test_an_engagement_counts_until_the_day_before_its_end(world):
    """Half-open periods: ended yesterday, starting tomorrow."""
    unit = world.unit("Skole")
    world.engagement("Gerda Gammel", unit, end=date(2026, 11, 23))
    world.engagement("Nanna Ny", unit, start=date(2026, 11, 24))
    who = [[row[3] for row in world.report(as_of=date(2026, 11, day)).rows] for day in (22, 23, 24)]
    assert who == [["Gerda Gammel"], [""], ["Nanna Ny"]]


def test_a_unit_that_moves_next_month_is_where_it_is_on_the_date(world):
    """Path, leader and name follow the date."""
    top = world.unit("Nordby")
    old, new = world.unit("Børn", top), world.unit("Kultur", top)
    club = world.unit("Klub", old, end=date(2026, 12, 1))
    world.unit("Klubhus", new, uuid=club, start=date(2026, 12, 1))
    world.manager("Britta Børn", old)
    world.manager("Karl Kultur", new)
    world.engagement("Bo Bo", club)

    def row(day):
        table = world.report(as_of=day)
        found = next(row for row in table.rows if "Bo Bo" in row)
        return found[:4], found[table.headings.index("Leder")]

    assert row(date(2026, 11, 30)) == (("Nordby", "Børn", "Klub", "Klub"), "Britta Børn")
    assert row(date(2026, 12, 1)) == (("Nordby", "Kultur", "Klubhus", "Klubhus"), "Karl Kultur")


def test_a_person_is_called_what_they_were_called(world, column):
    """Surname before and after a wedding."""
    eva = world.person("Eva Før", end=date(2026, 6, 1))
    world.person("Eva Efter", uuid=eva, start=date(2026, 6, 1))
    world.engagement(eva, world.unit("Skole"))
    assert list(column(world.report(as_of=date(2026, 5, 31)), "Medarbejder")) == ["Eva Før"]
    assert list(column(world.report(as_of=date(2026, 6, 1)), "Medarbejder")) == ["Eva Efter"]


def test_a_class_is_called_what_it_was_called(world, column):
    """Job functions are renamed too."""
    job = world.cls("engagement_job_function", "Lærer", end=date(2026, 6, 1))
    world.add(
        "classes",
        uuid=job,
        start=date(2026, 6, 1),
        name="Underviser",
        user_key="Lærer",
        facet_uuid=world._classes["engagement_job_function"],
    )
    world.engagement("Bo Bo", world.unit("Skole"), job="Lærer")
    assert column(world.report(as_of=date(2026, 5, 31)), "Stilling")["Bo Bo"] == "Lærer"
    assert column(world.report(as_of=date(2026, 6, 1)), "Stilling")["Bo Bo"] == "Underviser"


def test_an_address_is_the_one_of_the_date(world, column):
    """And so is the account it hangs on."""
    bo = world.person("Bo Bo")
    world.engagement(bo, world.unit("Skole"))
    world.email("gl@x.dk", person_uuid=bo, end=date(2026, 6, 1))
    world.email("ny@x.dk", person_uuid=bo, start=date(2026, 6, 1))
    assert column(world.report(as_of=date(2026, 5, 31)), "E-mail")["Bo Bo"] == "gl@x.dk"
    assert column(world.report(as_of=date(2026, 6, 1)), "E-mail")["Bo Bo"] == "ny@x.dk"


def test_a_person_without_a_start_is_known_on_every_date(world, column):
    """MO lets persons and classes be valid from ever."""
    bo = world.person("Bo Bo", start=None)
    world.engagement(bo, world.unit("Skole"))
    assert list(column(world.report(), "Medarbejder")) == ["Bo Bo"]
