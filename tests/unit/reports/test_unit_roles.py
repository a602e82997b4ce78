"""Who holds which role in a unit, in "Engagementer og ledere"."""

from __future__ import annotations

import pytest

B = "engagements-managers"
ROLES = (
    "Leder",
    "Medleder 1",
    "Medleder 2",
    "Administrator",
    "Administrativ ansvarlig",
    "Personaleledelse",
    "Uddannelsesansvarlig",
)


@pytest.fixture
def school(world):
    """A school with one teacher, below Nordby."""
    world.top = world.unit("Nordby")
    world.school = world.unit("Skole", world.top)
    world.engagement("Bo Bo", world.school)
    return world


def roles(table, employee="Bo Bo"):
    """Return the role columns of one employee's row, by heading."""
    who = table.headings.index("Medarbejder")
    row = next(row for row in table.rows if row[who] == employee)
    return {heading: row[table.headings.index(heading)] for heading in ROLES}


def test_every_row_of_a_unit_repeats_who_holds_its_roles(school):
    """By type in the first four columns, by responsibility in the last three, names throughout."""
    school.manager("Lea Leder", school.school, responsibilities=["Personaleledelse"])
    school.manager("Mads Med", school.school, "Medleder")
    school.manager("Ada Admin", school.school, "Administrator", responsibilities=["Administrativ ansvarlig"])
    school.manager("Ulla Ud", school.school, "Vejleder", responsibilities=["Uddannelsesansvarlig"])
    assert roles(school.report(B)) == {
        "Leder": "Lea Leder",
        "Medleder 1": "Mads Med",
        "Medleder 2": "",
        "Administrator": "Ada Admin",
        "Administrativ ansvarlig": "Ada Admin",
        "Personaleledelse": "Lea Leder",
        "Uddannelsesansvarlig": "Ulla Ud",
    }


def test_the_roles_of_the_unit_above_do_not_count(school):
    """No inheritance in these columns, unless a column is named for it."""
    school.manager("Top Chef", school.top, responsibilities=["Personaleledelse"])
    assert roles(school.report(B))["Leder"] == ""
    inherited = roles(school.report(B, inherit_unit_roles=["unit_leader"]))
    assert (inherited["Leder"], inherited["Personaleledelse"]) == ("Top Chef", "")


def test_a_vacant_leader_is_called_vakant(school):
    """Only in the column Leder, and only when there is such a seat."""
    school.manager(None, school.school, responsibilities=["Personaleledelse"])
    found = roles(school.report(B))
    assert (found["Leder"], found["Personaleledelse"]) == ("Vakant", "")


def test_a_filled_seat_comes_before_a_vacant_one(school):
    """Two seats of the type Leder, one of them empty."""
    school.manager(None, school.school, responsibilities=["Personaleledelse"])
    school.manager("Lea Leder", school.school)
    assert roles(school.report(B))["Leder"] == "Lea Leder"


def test_a_third_co_manager_is_counted_in_the_warnings(school):
    """Two columns, three co-managers: nobody is lost in silence."""
    for name in ("Cai Cai", "Ane Ane", "Bea Bea"):
        school.manager(name, school.school, "Medleder")
    table = school.report(B)
    found = roles(table)
    assert (found["Medleder 1"], found["Medleder 2"]) == ("Ane Ane", "Bea Bea")
    notice = next(notice for notice in table.notices if notice.kind == "too_many_co_managers")
    assert (notice.times, notice.details) == (1, ("Skole: også Cai Cai",))


def test_a_second_leader_is_named_in_the_warnings(school):
    """The first is shown; the other one is told about."""
    school.manager("Ane Ane", school.school)
    school.manager("Bea Bea", school.school)
    table = school.report(B)
    assert roles(table)["Leder"] == "Ane Ane"
    notice = next(notice for notice in table.notices if notice.kind == "several_leaders")
    assert notice.details == ("Skole: også Bea Bea",)
    assert roles(school.report(B, join_leaders=True))["Leder"] == "Ane Ane, Bea Bea"


def test_one_person_with_two_leader_roles_is_one_leader(school):
    """The same name twice is neither shown nor warned about."""
    lea = school.person("Lea Leder")
    school.manager(lea, school.school)
    school.manager(lea, school.school)
    table = school.report(B, join_leaders=True)
    assert roles(table)["Leder"] == "Lea Leder"
    assert not any(notice.kind == "several_leaders" for notice in school.report(B).notices)


def test_lederniveau_is_the_employees_own(school, column):
    """Or that of the leader in the column Leder, on request."""
    lea = school.person("Lea Leder")
    school.manager(lea, school.school, level="Niveau 3")
    school.engagement(lea, school.school)
    assert column(school.report(B), "Lederniveau") == {"": "", "Bo Bo": "", "Lea Leder": "Niveau 3"}
    assert column(school.report(B, level_of="leader"), "Lederniveau")["Bo Bo"] == "Niveau 3"


def test_leders_email_is_that_of_the_column_leder(school, column):
    """Not of the nearest leader."""
    lea = school.person("Lea Leder")
    school.email("lea@x.dk", person_uuid=lea)
    school.manager(lea, school.school)
    assert column(school.report(B), "Leders e-mail")["Bo Bo"] == "lea@x.dk"


@pytest.mark.parametrize(
    ("shown_as", "expected"),
    [
        ("code_name", "1234 Lærer"),
        ("name_code", "Lærer (1234)"),
        ("code", "1234"),
        ("name", "Lærer"),
    ],
)
def test_stillingskode_shows_code_and_name(world, column, shown_as, expected):
    """As the parameter says; the code comes first by default."""
    world.cls("engagement_job_function", "Lærer", user_key="1234")
    world.engagement("Bo Bo", world.unit("Skole"))
    assert column(world.report(B, job_function_format=shown_as), "Stillingskode")["Bo Bo"] == expected


def test_a_role_type_that_this_mo_does_not_have_leaves_its_column_empty(world):
    """The default names are guesses: a warning, no failure."""
    world.cls("manager_type", "Direktør")
    world.manager("Dea Dea", unit := world.unit("Skole"), "Direktør")
    world.engagement("Bo Bo", unit)
    table = world.report(B, leader_types=["direktør"])
    assert roles(table)["Leder"] == "Dea Dea"


def test_own_role_columns_show_the_preferred_of_several_own_roles(world, column):
    """In report A: Leder before Administrator, all responsibilities, personnel management first."""
    both, unit = world.person("Bea Begge"), world.unit("Museum")
    world.manager(both, unit, "Administrator", level="Niveau 9")
    world.manager(
        both,
        unit,
        "Leder",
        level="Niveau 3",
        responsibilities=["Budgetansvarlig", "Arbejdsmiljø", "Personaleledelse"],
    )
    world.engagement(both, unit)
    table = world.report()
    assert column(table, "Lederbetegnelse")["Bea Begge"] == "Leder"
    assert column(table, "Lederniveau")["Bea Begge"] == "Niveau 3"
    expected = "Personaleledelse, Arbejdsmiljø, Budgetansvarlig"
    assert column(table, "Lederansvar")["Bea Begge"] == expected
    assert (
        column(world.report(responsibilities_shown="preferred"), "Lederansvar")["Bea Begge"]
        == "Personaleledelse"
    )


def test_a_leader_without_responsibilities_has_a_blank(world, column):
    """Upstream's report stopped at an empty list."""
    lea, unit = world.person("Lea Leder"), world.unit("Skole")
    world.manager(lea, unit, responsibilities=[])
    world.engagement(lea, unit)
    for shown in ("all", "preferred"):
        assert column(world.report(responsibilities_shown=shown), "Lederansvar")["Lea Leder"] == ""
