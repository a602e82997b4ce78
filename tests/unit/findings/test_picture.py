"""Bars of findings by unit and by run."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import unquote

from motoolkit.findings import (
    Acceptance,
    Finding,
    Findings,
    Kind,
    Run,
    Severity,
    Subject,
    TrendPicture,
    UnitsPicture,
)

DAY = date(2026, 11, 27)
BAD = Kind("bad", Severity.ERROR, "Bad")
ODD = Kind("odd", Severity.WARNING, "Odd")


def _found(kind, key, unit, **more):
    return Finding(kind, Subject("person", key, key, unit=unit), **more)


def _picture(*items):
    return UnitsPicture(Findings("test", "Test", items, kinds=(BAD, ODD), as_of=DAY))


def test_the_unit_to_phone_first_has_the_gravest():
    """One error goes before many warnings; what is accepted or undecided makes nobody phone."""
    accepted = Acceptance("known", date(2027, 1, 1))
    shown = _picture(
        *(_found(ODD, f"a{number}", "Skolen") for number in range(5)),
        _found(BAD, "b", "Plejehjemmet"),
        _found(BAD, "c", "Skolen", accepted=accepted),
        _found(BAD, "d", "Havnen", undecided=True),
        _found(ODD, "e", ""),
    )
    assert repr(shown).splitlines() == ["Plejehjemmet: 1 Error", "Skolen: 5 Warning", "No unit: 1 Warning"]


def test_names_are_safe_and_fit():
    """A unit's name is no markup, and a long one is cut in the picture only."""
    name = "<b>Afdelingen for " + "meget " * 20
    html = unquote(_picture(_found(BAD, "a", name))._repr_html_())
    assert "<b>" not in html
    assert "…" in html
    assert name in repr(_picture(_found(BAD, "a", name)))


def test_runs_are_told_the_oldest_first():
    """What is new stands beside what the run before had already."""
    ran = datetime(2026, 11, 27, tzinfo=UTC)
    runs = [Run(2, "ad", "", ran, DAY, 7, 2), Run(1, "ad", "", ran, date(2026, 11, 20), 5, 5)]
    assert repr(TrendPicture(runs)).splitlines() == ["20-11-2026: 5 new", "27-11-2026: 5 still there, 2 new"]
    assert repr(TrendPicture([])) == "No run is kept yet."
