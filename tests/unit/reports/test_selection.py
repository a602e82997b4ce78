"""Which units a report is about."""

from __future__ import annotations

from datetime import date

import pytest

from motoolkit.errors import ParameterError


@pytest.fixture
def two_trees(world):
    """Nordby with a school, in the line organisation, and a MED organisation beside it."""
    world.nordby = world.unit("Nordby Kommune", user_key="NBY")
    world.school = world.unit("Vig Skole", world.nordby)
    world.unit("MED", hierarchy="medorg")
    return world


def units(table):
    """Return the names of the selected units."""
    return [unit.name for unit in table.units]


@pytest.mark.parametrize("by", ["name", "case", "user_key", "uuid"])
def test_a_root_is_found_by_name_user_key_or_uuid(two_trees, by):
    """The unit and everything below it."""
    root = {"name": "Vig Skole", "case": "vig skole", "user_key": "NBY", "uuid": two_trees.nordby}[by]
    expected = ["Vig Skole"] if by in ("name", "case") else ["Nordby Kommune", "Vig Skole"]
    assert units(two_trees.report(root=root)) == expected


def test_several_roots_are_taken_together(two_trees):
    """A list of units."""
    assert units(two_trees.report(root=["MED", "Vig Skole"])) == ["MED", "Vig Skole"]


def test_a_hierarchy_is_found_by_user_key(two_trees):
    """Not the whole tree: only units of that hierarchy."""
    assert units(two_trees.report(hierarchy="medorg")) == ["MED"]


def test_root_and_hierarchy_narrow_each_other(two_trees):
    """Units below the root that belong to the hierarchy."""
    two_trees.unit("Udvalg", two_trees.nordby, hierarchy="medorg")
    assert units(two_trees.report(root="NBY", hierarchy="medorg")) == ["Udvalg"]


def test_without_either_the_line_organisation_is_taken_and_said_so(two_trees):
    """Never just everything."""
    table = two_trees.report()
    assert units(table) == ["Nordby Kommune", "Vig Skole"]
    assert table.selection == "Hierarkiet linjeorg (valgt, fordi intet andet var angivet)"


def test_without_a_line_organisation_the_choice_is_asked_for(world):
    """The error lists the candidates."""
    world.unit("Nordby", hierarchy=None)
    world.unit("MED", hierarchy="medorg")
    with pytest.raises(ParameterError) as error:
        world.report()
    assert error.value.remedy == "Choose among: root 'MED', root 'Nordby', hierarchy 'medorg'."


def test_an_unknown_root_is_refused_with_near_matches(two_trees):
    """A misspelt name."""
    with pytest.raises(ParameterError) as error:
        two_trees.report(root="Vigskole")
    assert str(error.value) == "There is no unit 'Vigskole'. Did you mean Vig Skole?"


def test_a_root_far_from_any_name_gets_the_top_units(two_trees):
    """Not the names of thousands of units."""
    with pytest.raises(ParameterError, match=r"Known: MED, Nordby Kommune\."):
        two_trees.report(root="qqqqqq")


def test_a_root_that_is_not_there_on_the_date_is_refused_with_the_reason(two_trees):
    """It exists, at another time."""
    with pytest.raises(ParameterError, match="does not exist on 2019-01-01"):
        two_trees.report(root="Vig Skole", as_of=date(2019, 1, 1))


def test_a_name_of_two_units_is_refused_with_their_paths(two_trees):
    """The UUIDs tell them apart."""
    two_trees.unit("Vig Skole")
    with pytest.raises(ParameterError, match=r"2 units are called 'Vig Skole'.*Nordby Kommune / Vig Skole"):
        two_trees.report(root="Vig Skole")


def test_an_unknown_hierarchy_is_refused_with_near_matches(two_trees):
    """By user_key."""
    with pytest.raises(ParameterError, match=r"no hierarchy 'linjorg'. Did you mean linjeorg"):
        two_trees.report(hierarchy="linjorg")


def test_a_hierarchy_without_units_on_the_date_gives_an_empty_report(two_trees):
    """Headings, no rows, a warning."""
    two_trees.cls("org_unit_hierarchy", "skjult")
    table = two_trees.report(hierarchy="skjult")
    assert len(table) == 0
    assert table.headings[:2] == ("Niveau 1", "Enhedsnavn")
    assert table.warnings == ("Ingen enheder er omfattet på datoen: 1",)


@pytest.mark.parametrize(
    ("parameter", "facet"),
    [
        ("leader_types", "manager_type"),
        ("leader_responsibilities", "responsibility"),
        ("engagement_types", "engagement_type"),
        ("exclude_engagement_types", "engagement_type"),
        ("email_type_priority", "employee_address_type"),
        ("exclude_leave_types", "leave_type"),
    ],
)
def test_a_class_named_in_the_parameters_that_does_not_exist_is_refused(two_trees, parameter, facet):
    """The error names the facet and what it has."""
    two_trees.cls(facet, "Findes")
    with pytest.raises(ParameterError, match=f"no class in the facet {facet} called 'Finde'.*Findes"):
        two_trees.report(**{parameter: ["Finde"]})


def test_a_class_that_only_the_preset_named_is_a_warning(world):
    """The column stays empty, and the info sheet tells why."""
    world.engagement("Bo Bo", world.unit("Nordby"))
    world.cls("manager_type", "Leder")
    world._classes["manager_type", "Medleder"] = world.uuid()
    table = world.report("engagements-managers")
    notice = next(n for n in table.notices if n.kind == "missing_configured_class")
    assert notice.details == ("Medleder (manager_type)",)


def test_a_mirror_without_a_needed_collection_is_refused(two_trees):
    """The error names it and the command."""
    from motoolkit.errors import ReportError

    del two_trees._rows["managers"]
    with pytest.raises(ReportError, match="does not hold managers"):
        two_trees.report()
