"""How a live view looks, and what it refuses."""

from __future__ import annotations

from datetime import datetime

import pytest

from motoolkit import events
from motoolkit.errors import EventError, InputError
from motoolkit.events import Event
from motoolkit.events._live_look import Shot, head, instead, rate, still, table
from motoolkit.events._rate import BARS, Rate
from motoolkit.events._story import Line, Story
from motoolkit.model import COPENHAGEN, Validity, as_date

SUBJECT = "0a000000-0000-4000-8000-000000000001"
MOMENT = datetime(2026, 11, 23, 12, 30, 5, tzinfo=COPENHAGEN)
EVENT = Event("org_unit", SUBJECT, 10000, MOMENT)


def shot(*stories, **other):
    """Return a view at one moment."""
    values = {
        "place": "http://mo",
        "state": "listening",
        "problem": None,
        "seen": 3,
        "a_minute": 2,
        "waiting": 1,
        "minutes": 10.0,
        "bars": [0] * (BARS - 1) + [2],
        "stories": stories,
        "knows_changes": True,
        "since": "23-11-2026 kl. 12:00",
    }
    return Shot(**{**values, **other})


def test_a_row_tells_what_changed_in_danish_and_escaped():
    """What people write into MO is no markup."""
    period = Validity(as_date("2026-12-01"))
    story = Story(EVENT, "<b>Børn</b>", "changed", (Line("name", period, "", "<i>Unge</i>"),))
    shown = table(shot(story))
    assert "12:30:05" in shown
    assert "Enhed" in shown
    assert "&lt;b&gt;Børn&lt;/b&gt;" in shown
    assert "ændret" in shown
    assert "Navn: " in shown
    assert "–</span> → " in shown
    assert "&lt;i&gt;Unge&lt;/i&gt;" in shown
    assert "fra 01-12-2026" in shown
    assert "<i>" not in shown


def test_an_object_without_a_name_is_its_uuid():
    """And without a mirror there is no column of changes."""
    shown = table(shot(Story(EVENT), knows_changes=False))
    assert f">{SUBJECT}</code>" in shown
    assert "Ændringer" not in shown


def test_many_changes_are_cut_and_counted():
    """A new object has a dozen fields."""
    lines = tuple(Line(f"extension_{n}", Validity(), "", str(n)) for n in range(1, 8))
    shown = table(shot(Story(EVENT, "Børn", "created", lines)))
    assert "Udvidelse 4" in shown
    assert "Udvidelse 5" not in shown
    assert "… og 3 til" in shown


def test_numbers_and_problems_stand_at_the_top():
    """A view that has stopped has nothing that waits."""
    assert "MO svarer ikke" in head(shot(state="ill", problem="<502>"))
    assert "&lt;502&gt;" in head(shot(state="ill", problem="<502>"))
    assert "venter" in head(shot())
    assert "venter" not in head(shot(state="stopped"))


def test_what_is_saved_needs_neither_scripts_nor_bare_svg():
    """JupyterLab drops both from notebooks that somebody else ran."""
    saved = still(shot(Story(EVENT), state="stopped"))
    assert "<svg" not in saved
    assert 'src="data:image/svg+xml' in saved
    assert "<svg" in rate(shot())
    assert "kun, mens notebooken kører" in instead(shot())


def test_the_rate_is_counted_by_the_second():
    """Bars keep their place as time goes on, and what is older goes."""
    counted = Rate(minutes=1)
    for second in (100.2, 100.9, 130.0):
        counted.add(second)
    assert counted.last_minute(131.0) == 3
    bars = counted.bars(131.0)
    assert len(bars) == 60
    assert (bars[-32], bars[-2], sum(bars)) == (2, 1, 3)
    assert sum(counted.bars(165.0)) == 1
    assert sum(counted.bars(1000.0)) == 0


@pytest.mark.parametrize("minutes", [0, -1, float("nan")])
def test_no_minutes_are_refused(minutes):
    """Before anything is listened to."""
    with pytest.raises(InputError, match="can not be"):
        Rate(minutes)


def test_outside_a_notebook_the_terminal_is_named():
    """One sentence, one way out."""
    with pytest.raises(EventError, match="needs a notebook") as caught:
        events.live()
    assert "motoolkit events tail" in caught.value.remedy
