"""preset="rsd": how Region Syddanmark's own report chooses, without the states that stopped it."""

from __future__ import annotations

import pytest

A = "engagements-managers-cpr"
B = "engagements-managers"


@pytest.fixture
def region(world):
    """Nine levels, a leader at the top, one person at the bottom."""
    world.units = []
    for number in range(1, 10):
        world.units.append(world.unit(f"E{number}", world.units[-1] if world.units else None))
    world.manager("Top Chef", world.units[0])
    world.engagement("Bo Bo", world.units[8])
    return world


def test_there_are_always_seven_levels_and_the_rest_is_cut(region, world):
    """Fixed columns, whatever the depth."""
    row = next(row for row in region.report(preset="rsd").rows if "Bo Bo" in row)
    assert row[:8] == ("E1", "E2", "E3", "E4", "E5", "E6", "E7", "E9")
    world.unit("Fladt")
    flat = region.report(preset="rsd", root="Fladt")
    assert flat.rows[0][:8] == ("Fladt", "", "", "", "", "", "", "Fladt")


def test_the_leader_is_the_one_right_in_the_unit_and_may_be_oneself(region, column):
    """No inheritance; a leader's own row shows the leader."""
    lea = region.person("Lea Leder")
    region.engagement(lea, region.units[1])
    region.manager(lea, region.units[1])
    shown = column(region.report(preset="rsd"), "Leder")
    assert (shown["Lea Leder"], shown["Bo Bo"]) == ("Lea Leder", "")


def test_stilling_is_extension_1_alone(region, column):
    """No fallback to the job function."""
    assert column(region.report(preset="rsd"), "Stilling")["Bo Bo"] == ""


def test_lederansvar_is_personaleledelse_or_any_one(region, column):
    """And a blank where there is none, which stopped upstream's report."""
    for name, held in (
        ("A A", ["Budget", "Personaleledelse"]),
        ("B B", ["Budget", "Arbejdsmiljø"]),
        ("C C", []),
    ):
        person = region.person(name)
        region.engagement(person, region.units[1])
        region.manager(person, region.units[1], responsibilities=held)
    shown = column(region.report(preset="rsd"), "Lederansvar")
    assert (shown["A A"], shown["B B"], shown["C C"]) == ("Personaleledelse", "Arbejdsmiljø", "")


def test_a_leader_from_elsewhere_is_filled_in_from_inside_the_root_only(region):
    """An engagement outside the root gives no row."""
    outside = region.unit("Udenfor", hierarchy=None)
    lea = region.person("Lea Leder")
    region.engagement(lea, outside)
    region.manager(lea, region.units[1])
    who = [row[9] for row in region.report(preset="rsd", root="E1").rows]
    assert "Lea Leder" not in who
    assert "Lea Leder" in [row for table_row in region.report(root="E1").rows for row in table_row]


def test_a_vacant_leader_is_a_blank(region, column):
    """No word for it."""
    region.manager(None, region.units[8])
    assert column(region.report(B, preset="rsd"), "Leder")["Bo Bo"] == ""


def test_stillingskode_is_name_and_code(region, column):
    """The form that upstream's first version had."""
    assert column(region.report(B, preset="rsd"), "Stillingskode")["Bo Bo"] == "Lærer (Lærer)"


@pytest.mark.parametrize("cpr", [None, "nonsense", "6101901234"])
def test_missing_and_replacement_cpr_numbers_do_not_stop_the_report(region, cpr):
    """Upstream's stopped at both."""
    region.engagement(region.person("Eva Eva", cpr), region.units[0])
    assert any("Eva Eva" in row for row in region.report(preset="rsd").rows)


def test_missing_classes_do_not_stop_the_report(region):
    """No manager type, no unit type, no engagement type."""
    unit = region.unit("Uden", unit_type=None)
    region.manager("Ib Ib", unit, None)
    region.engagement("Eva Eva", unit, kind=None, job=None)
    assert any("Eva Eva" in row for row in region.report(preset="rsd").rows)


def test_an_opus_number_keeps_its_first_digits(region, column):
    """Upstream cut three characters of every key."""
    region.engagement("Eva Eva", region.units[0], "12345678")
    assert column(region.report(preset="rsd"), "Tjenestenummer")["Eva Eva"] == "12345678"
