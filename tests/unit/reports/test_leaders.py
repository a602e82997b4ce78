"""The nearest leader of a person in "Engagementer og ledere med cpr-numre"."""

from __future__ import annotations

from datetime import date

import pytest


@pytest.fixture
def org(world):
    """Nordby, with Skole below it and Team below that."""
    world.top = world.unit("Nordby")
    world.school = world.unit("Skole", world.top)
    world.team = world.unit("Team", world.school)
    return world


@pytest.fixture
def leader_of(column):
    """Return who leads an employee in a report."""
    return lambda table, employee: column(table, "Leder")[employee]


def test_a_leader_is_inherited_from_the_nearest_unit_above(org, leader_of):
    """A leaderless unit in the middle is climbed past."""
    org.manager("Top Chef", org.top)
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(), "Bo Bo") == "Top Chef"


def test_without_inheritance_only_the_own_unit_counts(org, leader_of):
    """leader_inherit=False."""
    org.manager("Top Chef", org.top)
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(leader_inherit=False), "Bo Bo") == ""


def test_a_vacant_seat_is_skipped(org, leader_of):
    """The walk goes on above it."""
    org.manager("Top Chef", org.top)
    org.manager(None, org.team)
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(), "Bo Bo") == "Top Chef"


def test_a_vacant_seat_stops_the_walk_when_it_is_not_skipped(org, leader_of):
    """As MO itself does: a vacant role is a role."""
    org.manager("Top Chef", org.top)
    org.manager(None, org.team)
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(leader_skip_vacant=False), "Bo Bo") == "Vakant"


def test_who_leads_the_own_unit_is_led_from_above(org, leader_of):
    """Nobody is their own leader."""
    head = org.person("Skole Chef")
    org.manager("Top Chef", org.top)
    org.manager(head, org.school)
    org.engagement(head, org.school)
    assert leader_of(org.report(), "Skole Chef") == "Top Chef"


def test_the_top_leader_has_no_leader(org, leader_of):
    """Blank, not themself, and not the administrator beside them."""
    chief = org.person("Top Chef")
    org.manager(chief, org.top, responsibilities=["Personaleledelse"])
    org.manager("Ada Admin", org.top, "Administrator", responsibilities=["Personaleledelse"])
    org.engagement(chief, org.top)
    assert leader_of(org.report(), "Top Chef") == ""


def test_leaders_may_be_shown_as_their_own(org, leader_of):
    """leader_exclude_self=False, as in Region Syddanmark's report."""
    chief = org.person("Top Chef")
    org.manager(chief, org.top)
    org.engagement(chief, org.top)
    assert leader_of(org.report(leader_exclude_self=False), "Top Chef") == "Top Chef"


def test_who_leads_several_units_is_judged_in_the_unit_of_each_row(org, column):
    """The head of school and team: led from the top in the school, and in the team by nobody but the top."""
    head = org.person("Skole Chef")
    org.manager("Top Chef", org.top)
    org.manager(head, org.school)
    org.manager(head, org.team)
    org.engagement(head, org.school)
    assert column(org.report(), "Leder", listed=True)[1:] == ["Top Chef", "Top Chef"]


def test_a_role_of_another_type_does_not_stop_the_walk(org, leader_of):
    """An administrator in the unit is not its leader while there is a Leder above."""
    org.manager("Top Chef", org.top)
    org.manager("Ada Admin", org.team, "Administrator")
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(), "Bo Bo") == "Top Chef"


def test_personaleledelse_leads_where_there_is_no_leder_at_all(org, leader_of):
    """The fallback by responsibility."""
    org.manager("Kim Koordinator", org.school, "Teamkoordinator", responsibilities=["Personaleledelse"])
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(), "Bo Bo") == "Kim Koordinator"


def test_any_role_leads_where_there_is_neither(org, leader_of):
    """The last fallback, and it can be turned off."""
    org.manager("Ada Admin", org.school, "Administrator")
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(), "Bo Bo") == "Ada Admin"
    assert leader_of(org.report(leader_any=False), "Bo Bo") == ""


def test_a_role_counts_from_its_first_day_until_the_day_before_its_end(org, leader_of):
    """Half-open: ended today is over, starting tomorrow is not yet."""
    org.manager("Gammel Chef", org.team, end=date(2026, 11, 23))
    org.manager("Ny Chef", org.team, start=date(2026, 11, 24))
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(as_of=date(2026, 11, 22)), "Bo Bo") == "Gammel Chef"
    assert leader_of(org.report(as_of=date(2026, 11, 23)), "Bo Bo") == ""
    assert leader_of(org.report(as_of=date(2026, 11, 24)), "Bo Bo") == "Ny Chef"


def test_a_role_whose_type_has_ended_still_leads(org, leader_of):
    """The class is over, the role that refers to it is not."""
    org.cls("manager_type", "Leder", end=date(2026, 1, 1))
    org.manager("Top Chef", org.top)
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(leader_any=False), "Bo Bo") == "Top Chef"


def test_among_two_leaders_personaleledelse_comes_first(org, leader_of):
    """Preference: the preferred responsibility before age of the role."""
    org.manager("Anna Ældst", org.team, start=date(2010, 1, 1))
    org.manager("Per Personale", org.team, responsibilities=["Personaleledelse"])
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(), "Bo Bo") == "Per Personale"


def test_among_two_equal_leaders_the_older_role_comes_first(org, leader_of):
    """Then the earlier start."""
    org.manager("Anna Ny", org.team, start=date(2020, 1, 1))
    org.manager("Åse Gammel", org.team, start=date(2010, 1, 1))
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(), "Bo Bo") == "Åse Gammel"


def test_then_the_name_in_danish_order_decides(org, leader_of):
    """Æ comes before Å, and both after Z."""
    org.manager("Åse Å", org.team)
    org.manager("Ærø Æ", org.team)
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(), "Bo Bo") == "Ærø Æ"


def test_a_role_tied_to_an_engagement_in_the_unit_comes_before_one_that_is_not(org, leader_of):
    """The link tells who leads from here."""
    org.manager("Anna Anna", org.team)
    here = org.person("Zoe Zoe")
    org.manager(here, org.team, engagement_uuid=org.engagement(here, org.team))
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(), "Bo Bo") == "Zoe Zoe"


def test_two_leaders_can_be_shown_together(org, leader_of):
    """join_leaders=True."""
    org.manager("Anna Anna", org.team)
    org.manager("Bent Bent", org.team)
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(join_leaders=True), "Bo Bo") == "Anna Anna, Bent Bent"


def test_a_closed_unit_in_between_ends_the_walk(org, world, leader_of):
    """The way up is broken where the parent has ended."""
    closed = world.unit("Lukket", org.top, end=date(2026, 6, 1))
    child = world.unit("Barn", closed)
    org.manager("Top Chef", org.top)
    org.engagement("Bo Bo", child)
    assert leader_of(org.report(), "Bo Bo") == ""


def test_the_walk_leaves_the_selected_units(org, leader_of):
    """A report on one school still finds the leader above the school."""
    org.manager("Top Chef", org.top)
    org.engagement("Bo Bo", org.team)
    assert leader_of(org.report(root="Skole"), "Bo Bo") == "Top Chef"


def test_the_leaders_mail_is_that_of_the_engagement_they_lead_with(org, column):
    """The role's engagement, not just any mailbox of the leader."""
    head = org.person("Skole Chef")
    elsewhere = org.engagement(head, org.top, "NK-00001")
    here = org.engagement(head, org.school, "NK-00002")
    org.email("top@x.dk", person_uuid=head, engagement_uuid=elsewhere)
    org.email("skole@x.dk", person_uuid=head, engagement_uuid=here)
    org.manager(head, org.school, engagement_uuid=here)
    org.engagement("Bo Bo", org.team, "NK-00003")
    assert column(org.report(), "Leders e-mail")["Bo Bo"] == "skole@x.dk"
