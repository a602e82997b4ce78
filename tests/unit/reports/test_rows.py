"""Which rows there are, and in what order."""

from __future__ import annotations

from datetime import date

import pytest


def people(table):
    """Return the unit's own name and the employee of every row."""
    unit, who = table.headings.index("Enhedsnavn"), table.headings.index("Medarbejder")
    return [(row[unit], row[who]) for row in table.rows]


def test_a_person_with_two_engagements_has_two_rows(world):
    """One row an engagement."""
    bo = world.person("Bo Bo")
    world.engagement(bo, world.unit("A"), "NK-1")
    world.engagement(bo, world.unit("B"), "NK-2")
    table = world.report()
    assert people(table) == [("A", "Bo Bo"), ("B", "Bo Bo")]
    assert table.persons == 1


def test_a_unit_without_staff_and_leaders_has_a_row_of_its_own(world):
    """Path, name and type only; it can be left out."""
    world.unit("Tom")
    world.engagement("Bo Bo", world.unit("Skole"))
    assert people(world.report()) == [("Skole", "Bo Bo"), ("Tom", "")]
    assert people(world.report(include_empty_units=False)) == [("Skole", "Bo Bo")]


def test_a_leader_employed_elsewhere_has_a_row_in_the_led_unit_too(world, column):
    """Filled from the engagement that the person leads with."""
    head = world.person("Lea Leder")
    own, led = world.unit("Egen"), world.unit("Ledet")
    world.engagement(head, own, "NK-00007", job="Viceleder")
    world.manager(head, led)
    table = world.report(mark_leaders_elsewhere=True)
    assert people(table) == [("Egen", "Lea Leder"), ("Ledet", "Lea Leder")]
    assert column(table, "Brugervendt Nøgle (BvN)", listed=True) == ["NK-00007", "NK-00007"]
    assert column(table, "Ansat andetsteds", listed=True) == [False, True]
    assert people(world.report(include_leaders_elsewhere=False)) == [("Egen", "Lea Leder"), ("Ledet", "")]


@pytest.mark.parametrize("linked", [True, False])
def test_the_row_of_a_leader_from_elsewhere_shows_the_right_engagement(world, column, linked):
    """The role's own engagement when it is set, else the primary one, never just the first."""
    head = world.person("Lea Leder")
    own = world.unit("Egen")
    second = world.engagement(head, own, "NK-2")
    world.engagement(head, own, "NK-3", primary="primary")
    world.engagement(head, own, "NK-1")
    world.manager(head, world.unit("Ledet"), engagement_uuid=second if linked else None)
    shown = column(world.report(), "Brugervendt Nøgle (BvN)", listed=True)
    assert shown == ["NK-1", "NK-2", "NK-3", "NK-2" if linked else "NK-3"]


def test_a_leader_without_any_engagement_is_listed_and_warned_about(world):
    """Blank engagement columns; the row can be left out, the warning stays."""
    world.manager("Lea Leder", world.unit("Skole"))
    table = world.report()
    assert people(table) == [("Skole", "Lea Leder")]
    assert table.warnings[0] == "En leder har intet engagement på datoen: 1"
    without = world.report(include_leaders_without_engagement=False)
    assert people(without) == [("Skole", "")]
    assert without.warnings == ("En leder har intet engagement på datoen: 1",)


def test_an_engagement_in_a_closed_unit_is_kept_on_its_own_list(world):
    """Never lost, never in the way: the sheet "Uden enhed"."""
    closed = world.unit("Lukket", world.unit("Nordby"), end=date(2026, 6, 1))
    world.engagement("Bo Bo", closed)
    table = world.report()
    assert people(table) == [("Nordby", "")]
    unit, who = table.headings.index("Enhedsnavn"), table.headings.index("Medarbejder")
    assert [(row[unit], row[who]) for row in table.strays] == [("Lukket", "Bo Bo")]
    assert any(warning.startswith("Engagementets enhed findes ikke") for warning in table.warnings)


def test_a_leader_whose_unit_closed_keeps_a_row_and_has_no_leader(world):
    """Role and engagement live on in a unit that does not."""
    closed = world.unit("Lukket", world.unit("Nordby"), end=date(2026, 6, 1))
    lea = world.person("Lea Leder")
    world.engagement(lea, closed)
    world.manager(lea, closed)
    table = world.report()
    assert [row[table.headings.index("Leder")] for row in table.strays] == [""]


def test_an_engagement_in_a_unit_that_mo_never_heard_of_is_kept_too(world):
    """A dangling reference."""
    world.unit("Nordby")
    world.engagement("Bo Bo", world.uuid())
    assert len(world.report().strays) == 1


def test_a_closed_unit_of_another_part_of_the_organisation_is_not_ours(world):
    """What was below the other root is not kept."""
    world.unit("Nordby")
    world.engagement("Bo Bo", world.unit("Lukket", world.unit("Andre"), end=date(2026, 6, 1)))
    assert len(world.report(root="Nordby").strays) == 0


def test_an_engagement_of_a_person_that_does_not_exist_keeps_its_row(world):
    """MO does not clean up after a deleted person."""
    world.engagement(world.uuid(), world.unit("Nordby"))
    table = world.report()
    assert people(table) == [("Nordby", "(ukendt)")]
    assert "En person er ukendt eller ikke gyldig på datoen; navnet mangler: 1" in table.warnings


def test_an_unknown_class_leaves_a_blank_and_not_a_hole(world, column):
    """Job function, type and unit type that lead nowhere."""
    unit = world.unit("Nordby", unit_type=None)
    engagement = world.engagement("Bo Bo", unit, job=None, kind=None)
    assert engagement
    world.engagement("Ib Ib", unit, job="Nedlagt", kind="Månedslønnet")
    world._rows["classes"] = [
        (*row[:2], date(2026, 1, 1), *row[3:]) if "Nedlagt" in row else row for row in world._rows["classes"]
    ]
    table = world.report()
    assert column(table, "Stilling") == {"Bo Bo": "", "Ib Ib": ""}
    assert column(table, "Engagementstype") == {"Bo Bo": "", "Ib Ib": "Månedslønnet"}
    assert table.warnings == (
        "En klasse er ukendt eller ikke gyldig på datoen; feltet er tomt: 1",
        "Personen har intet CPR-nummer; alderen er tom: 2",
    )


def test_rows_are_sorted_as_a_dane_expects(world):
    """Æ, Ø and Å after Z; aa as å; lower case beside upper."""
    unit = world.unit("Skole")
    for name in ("Åse", "Østergård", "Ågård", "Zebra", "Aabenraa", "Ærø", "andersen", "Bo"):
        world.engagement(world.person(name), unit)
    expected = ["andersen", "Bo", "Zebra", "Ærø", "Østergård", "Aabenraa", "Ågård", "Åse"]
    assert [who for _, who in people(world.report())] == expected


def test_a_units_own_staff_come_before_its_sub_units(world):
    """A blank level sorts first, and last on request."""
    top = world.unit("Nordby")
    world.engagement("Bo Bo", world.unit("Afdeling", top))
    world.engagement("Ane Ane", top)
    assert people(world.report()) == [("Nordby", "Ane Ane"), ("Afdeling", "Bo Bo")]
    assert people(world.report(own_staff_first=False)) == [("Afdeling", "Bo Bo"), ("Nordby", "Ane Ane")]


def test_leaders_can_come_first_in_their_unit(world):
    """leaders_first=True."""
    unit, zoe = world.unit("Skole"), world.person("Zoe Zoe")
    world.engagement(zoe, unit)
    world.engagement("Ane Ane", unit)
    world.manager(zoe, unit)
    assert [who for _, who in people(world.report())] == ["Ane Ane", "Zoe Zoe"]
    assert [who for _, who in people(world.report(leaders_first=True))] == ["Zoe Zoe", "Ane Ane"]


def test_the_rows_can_be_sorted_by_employee(world):
    """sort="employee": a telephone-book order."""
    world.engagement("Zoe Zoe", world.unit("A"))
    world.engagement("Ane Ane", world.unit("B"))
    assert [who for _, who in people(world.report(sort="employee"))] == ["Ane Ane", "Zoe Zoe"]


def test_the_key_breaks_the_tie_between_two_rows_of_one_person(world, column):
    """Stable output that can be compared between runs."""
    unit, bo = world.unit("Skole"), world.person("Bo Bo")
    for key in ("NK-3", "NK-1", "NK-2"):
        world.engagement(bo, unit, key)
    assert column(world.report(), "Brugervendt Nøgle (BvN)", listed=True) == ["NK-1", "NK-2", "NK-3"]


def test_only_some_engagement_types_can_be_asked_for(world):
    """By user_key or by name; others can be left out instead."""
    unit = world.unit("Skole")
    world.engagement("Mia Måned", unit, kind="Månedslønnet")
    world.engagement("Tom Time", unit, kind="Timelønnet")
    assert people(world.report(engagement_types=["månedslønnet"])) == [("Skole", "Mia Måned")]
    assert people(world.report(exclude_engagement_types=["Månedslønnet"])) == [("Skole", "Tom Time")]


def test_engagements_on_some_kinds_of_leave_can_be_left_out(world):
    """exclude_leave_types, as of the date."""
    unit = world.unit("Skole")
    away = world.engagement("Eva Eva", unit)
    world.engagement("Bo Bo", unit)
    world.add("leaves", engagement_uuid=away, leave_type_uuid=world.cls("leave_type", "Orlov"))
    assert people(world.report(exclude_leave_types=["Orlov"])) == [("Skole", "Bo Bo")]
    assert len(world.report()) == 2


def test_a_person_can_be_shown_once(world, column):
    """person_once: the primary engagement, else the one of most hours."""
    unit, bo, ib = world.unit("Skole"), world.person("Bo Bo"), world.person("Ib Ib")
    world.engagement(bo, unit, "NK-1", fraction=900_000)
    world.engagement(bo, unit, "NK-2", fraction=100_000, primary="primary")
    world.engagement(ib, unit, "NK-3", fraction=100_000)
    world.engagement(ib, unit, "NK-4", fraction=900_000)
    shown = column(world.report(person_once=True), "Brugervendt Nøgle (BvN)")
    assert shown == {"Bo Bo": "NK-2", "Ib Ib": "NK-4"}


def test_fictive_persons_can_be_left_out(world):
    """CPR numbers that end in 0000 are made up by the payroll system."""
    unit = world.unit("Skole")
    world.engagement(world.person("Ghost Ghost", "0101900000"), unit)
    world.engagement(world.person("Bo Bo", "0101901234"), unit)
    assert people(world.report(exclude_fictive=True)) == [("Skole", "Bo Bo")]
    assert "Personen er fiktiv (CPR-nummer, der ender på 0000): 1" in world.report().warnings


def test_a_nickname_is_shown_only_when_asked_for(world):
    """And the legal name stands in where there is none."""
    unit = world.unit("Skole")
    nick = world.add(
        "persons", given_name="Karl", surname="Ove", nickname_given_name="Kalle", nickname_surname="Ove"
    )
    world.engagement(nick, unit)
    world.engagement("Bo Bo", unit)
    assert [who for _, who in people(world.report())] == ["Bo Bo", "Karl Ove"]
    assert [who for _, who in people(world.report(person_name="nickname"))] == ["Bo Bo", "Kalle Ove"]


def test_the_same_facts_give_the_same_rows(world):
    """Two runs on one snapshot."""
    unit = world.unit("Skole")
    for name in ("Bo Bo", "Bo Bo", "Ane Ane"):
        world.engagement(world.person(name), unit)
    assert world.report().rows == world.report().rows
