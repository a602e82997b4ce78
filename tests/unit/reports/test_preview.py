"""What a notebook shows of a report is short, and masked whatever the report holds."""

from __future__ import annotations

from motoolkit.reports.preview import counts, preview, warnings

CPR = "0101901234"


def with_cpr(world):
    """Make a report that may show CPR numbers, of one person in one unit."""
    unit = world.unit("Havn <1>")
    world.engagement(world.person("Søren Bo", CPR), unit)
    world.manager(None, unit)
    return world.report(with_cpr=True, purpose="Lønkontrol")


def test_a_preview_is_masked_even_of_a_report_with_cpr_numbers(world):
    """It ends up in the executed notebook."""
    shown = preview(with_cpr(world))
    assert "010190-xxxx" in repr(shown)
    assert CPR not in repr(shown) + shown._repr_html_()


def test_names_are_text_and_no_html(world):
    """A unit may be called anything."""
    assert "Havn &lt;1&gt;</td>" in preview(with_cpr(world))._repr_html_()


def test_a_preview_has_as_many_rows_as_asked_for(world):
    """The heading comes on top."""
    unit = world.unit("Nordby")
    for number in range(30):
        world.engagement(f"Lærer Nr{number}", unit)
    report = world.report()
    assert len(repr(preview(report)).splitlines()) == 1 + 20
    assert len(repr(preview(report, rows=3)).splitlines()) == 1 + 3


def test_counts_and_warnings_are_small_tables(world):
    """Each warning with how often it was met."""
    report = with_cpr(world)
    assert repr(counts(report)).splitlines()[:3] == ["Tal\tAntal", "Rækker\t1", "Medarbejdere\t1"]
    assert repr(warnings(report)).splitlines() == ["Advarsel\tAntal", "Enhedens lederpost er vakant\t1"]
