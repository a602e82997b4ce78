"""The columns: the newsletter's headings in the newsletter's order."""

from __future__ import annotations

import pytest

from motoolkit.errors import ParameterError

A = "engagements-managers-cpr"
B = "engagements-managers"

NEWSLETTER_A = [
    "Enhedsnavn",
    "Enhedstype",
    "Medarbejder",
    "Stilling",
    "Lederniveau",
    "Lederbetegnelse",
    "Lederansvar",
    "Tjenestenummer",
    "CPR-nummer",
    "E-mail",
    "Alder",
    "Leder",
    "Leders e-mail",
    "Brugervendt Nøgle (BvN)",
    "Engagementstype",
]
NEWSLETTER_B = [
    "Leder",
    "Medleder 1",
    "Medleder 2",
    "Administrator",
    "Administrativ ansvarlig",
    "Personaleledelse",
    "Uddannelsesansvarlig",
    "Lederniveau",
    "Brugervendt Nøgle (BvN)",
    "Tjenestenummer",
    "Medarbejder",
    "E-mail",
    "Stillingskode",
    "Engagementstype",
    "Leders e-mail",
]


@pytest.fixture
def three_levels(world):
    """A world of three levels with one person at the bottom."""
    top = world.unit("Nordby")
    world.engagement("Bo Bo", world.unit("Team", world.unit("Skole", top)))
    return world


@pytest.mark.parametrize(("name", "headings"), [(A, NEWSLETTER_A), (B, NEWSLETTER_B)])
def test_the_headings_are_the_newsletters_in_its_order(three_levels, name, headings):
    """Organisationsenhedsti becomes one column a level; the rest is as printed."""
    assert list(three_levels.report(name).headings) == ["Niveau 1", "Niveau 2", "Niveau 3", *headings]


@pytest.mark.parametrize("preset", ["standard", "rsd"])
def test_engagementer_og_ledere_has_no_column_with_cpr_numbers(three_levels, preset):
    """Report B never holds one, whatever is asked for."""
    table = three_levels.report(B, preset=preset, with_cpr=True, purpose="Test")
    assert not any(column.sensitive for column in table.columns)
    assert not table.shows_cpr


def test_a_subset_of_columns_keeps_the_order(three_levels):
    """Data minimisation: only what is asked for is made."""
    table = three_levels.report(A, columns=["leader", "employee"])
    assert table.headings == ("Niveau 1", "Niveau 2", "Niveau 3", "Medarbejder", "Leder")


def test_an_unknown_column_is_refused_with_a_near_match(three_levels):
    """A misspelt column key is an error, not a missing column."""
    with pytest.raises(ParameterError, match="Did you mean leader"):
        three_levels.report(A, columns=["leadr"])


def test_optional_columns_come_after_the_newsletters(three_levels):
    """Orlov and Ansat andetsteds are off unless asked for."""
    table = three_levels.report(A, show_leave=True, mark_leaders_elsewhere=True)
    assert table.headings[-3:] == ("Engagementstype", "Orlov", "Ansat andetsteds")


def test_a_leave_shows_its_type_and_last_day(three_levels, column):
    """The mirror's end is the first day after."""
    from datetime import date

    engagement = three_levels.engagement("Eva Eva", three_levels.unit("Barsel"))
    three_levels.add(
        "leaves",
        engagement_uuid=engagement,
        leave_type_uuid=three_levels.cls("leave_type", "Barselsorlov"),
        end=date(2027, 3, 1),
    )
    assert (
        column(three_levels.report(A, show_leave=True), "Orlov")["Eva Eva"] == "Barselsorlov til 28-02-2027"
    )
