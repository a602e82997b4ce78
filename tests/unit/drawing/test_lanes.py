"""Lanes of periods as SVG and as an image: groups, colours, shades, what the mouse tells."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from motoolkit.drawing import MOST_LANES, Bar, Lane, Shade, timeline_image, timeline_svg
from motoolkit.model import Validity

SVG = "{http://www.w3.org/2000/svg}"
YEAR = Validity(date(2025, 1, 1), date(2026, 1, 1))
NEXT = Validity(date(2026, 1, 1), date(2027, 1, 1))
DAY = Validity(date(2025, 6, 1), date(2025, 6, 2))
SD = Lane("SD", (Bar(YEAR, "Skole"), Bar(NEXT, "Jobcenter")), "Enhed")
MO = Lane("MO", (Bar(YEAR, "Skole"), Bar(NEXT, "Skole")), "Enhed")
JOB = Lane("SD", (Bar(YEAR, "Lærer"),), "Stilling")


def drawn(*lanes, **options):
    """Return the parsed SVG."""
    return ET.fromstring(timeline_svg(lanes, **options))  # noqa: S314 - our own


def fills(svg):
    """Return the colour of each bar by what the mouse tells of it."""
    told = ((group.find(f"{SVG}title"), group.find(f"{SVG}polygon")) for group in svg.iter(f"{SVG}g"))
    return {title.text: shape.get("style") for title, shape in told if shape is not None}


def rects(svg):
    """Return (x, width) of the shades' outlines."""
    return [
        (float(rect.get("x")), float(rect.get("width")))
        for rect in svg.iter(f"{SVG}rect")
        if "fill: none" in rect.get("style")
    ]


def test_equal_values_of_a_pair_have_equal_colours_and_others_another():
    """A difference is seen from afar."""
    colours = list(fills(drawn(SD, MO)).values())
    assert colours[0] == colours[2] == colours[3]
    assert colours[1] != colours[0]


def test_every_group_begins_with_the_first_colour():
    """What is usual looks calm: only deviations have other colours."""
    colours = fills(drawn(SD, MO, JOB))
    assert colours["Stilling, SD: Lærer, 01-01-2025 – 31-12-2025"] == "fill: #2f6fa8"
    assert colours["Enhed, SD: Skole, 01-01-2025 – 31-12-2025"] == "fill: #2f6fa8"


def test_a_value_keeps_its_colour_in_another_group():
    """Trap: the department of SD and the unit of MO are often the same place."""
    raw = Lane("SD", (Bar(YEAR, "Jobcenter"), Bar(NEXT, "Skole")), "Afdeling")
    colours = fills(drawn(SD, raw))
    assert colours["Afdeling, SD: Jobcenter, 01-01-2025 – 31-12-2025"] == "fill: #3d7a4a"
    assert colours["Afdeling, SD: Skole, 01-01-2026 – 31-12-2026"] == "fill: #2f6fa8"


def test_lanes_of_a_group_are_closer_than_groups():
    """The pair reads as a pair, under one name."""
    svg = drawn(SD, MO, JOB)
    rows = [float(text.get("y")) for text in svg.iter(f"{SVG}text") if text.text in {"SD", "MO"}]
    assert [later - earlier for earlier, later in pairwise(rows)] == [20, 32]
    assert [text.text for text in svg.iter(f"{SVG}text")].count("Enhed") == 1


def test_a_shade_reaches_over_its_lanes_and_days():
    """From the first of its lanes to the last."""
    svg = drawn(SD, MO, JOB, shades=[Shade(NEXT, "Forkert enhed", 0, 1)])
    (rect,) = [rect for rect in svg.iter(f"{SVG}rect") if "fill: none" in rect.get("style")]
    assert float(rect.get("height")) == 44
    assert rect.find(f"{SVG}title").text == "Forkert enhed"
    assert "<path" not in timeline_svg([SD, MO], shades=[Shade(NEXT, "", 0, 1)])


def test_a_day_is_shaded_wide_enough_to_be_found_and_pointed_at():
    """One day of two years is a pixel."""
    svg = drawn(SD, MO, shades=[Shade(DAY, "én dag", 0, 1)])
    assert rects(svg)[0][1] == 4
    assert len(list(svg.iter(f"{SVG}path"))) == 1


def test_what_is_undecided_is_dashed():
    """Nobody is wrong there, as far as is known."""
    assert "stroke-dasharray: 4 3" in timeline_svg([SD, MO], shades=[Shade(NEXT, "", 0, 1, dashed=True)])


def test_a_shade_of_a_lane_that_is_not_drawn_is_left_out():
    """Forty lanes are drawn."""
    assert rects(drawn(SD, shades=[Shade(NEXT, "", 0, 1)])) == []


def test_a_faint_bar_is_grey():
    """A value that is empty."""
    svg = drawn(Lane("SD", (Bar(YEAR, "–", faint=True),), "Titel"))
    assert list(fills(svg).values()) == ["fill: #7d8590"]


def test_the_marked_day_is_written_above():
    """Not in the colour of what is wrong."""
    svg = drawn(SD, as_of=date(2026, 11, 23))
    assert "23-11-2026" in [text.text for text in svg.iter(f"{SVG}text")]


def test_an_image_holds_the_drawing_and_tells_of_every_bar():
    """Trap: JupyterLab drops SVG, but no images, of a notebook that it does not trust."""
    html = timeline_image([SD, MO], alt="NK-00361", shades=[Shade(NEXT, "Forkert enhed", 0, 1)])
    (source,) = re.findall(r'src="data:image/svg\+xml;charset=utf-8,([^"]*)"', html)
    assert unquote(source).startswith("<svg ")
    assert "<svg" not in html
    assert 'alt="NK-00361"' in html
    titles = re.findall(r'title="([^"]*)"', html)
    assert titles[:2] == ["Forkert enhed", "Enhed, SD: Skole, 01-01-2025 – 31-12-2025"]
    assert len(titles) == 5


def test_a_thin_shade_lies_above_the_bars_for_the_mouse():
    """Else the bar beneath would tell of itself."""
    html = timeline_image([SD, MO], alt="", shades=[Shade(DAY, "én dag", 0, 1)])
    assert re.findall(r'title="([^"]*)"', html)[-1] == "én dag"


def test_pictures_beside_each_other_have_one_axis():
    """A person's employments are compared by eye."""
    early = Lane("SD", (Bar(Validity(date(2001, 1, 1), date(2002, 1, 1)), "Skole"),), "Enhed")
    alone, shared = (timeline_image([SD], alt="", beside=beside) for beside in ([], [early]))
    assert ">2010<" not in unquote(alone)
    assert ">2010<" in unquote(shared)


def test_cpr_numbers_are_masked_everywhere():
    """In bars, labels, shades and the text of the image."""
    cpr = "2502849996"
    lane = Lane(cpr, (Bar(YEAR, cpr),), f"{cpr} x")
    html = unquote(timeline_image([lane], alt=cpr, shades=[Shade(YEAR, cpr, 0, 0)]))
    assert cpr not in html
    assert "250284-xxxx" in html


def test_nothing_to_draw_is_nothing():
    """No bar, no picture."""
    assert timeline_image([Lane("SD", (), "Enhed")], alt="", empty=True) == ""


@pytest.mark.parametrize(
    ("language", "told", "tick", "left_out"),
    [
        ("da", ["altid", "til og med 31-12-2025", "fra 01-01-2026", "01-06-2025"], "maj 2025", "… og 2 til"),
        ("en", ["always", "until 31-12-2025", "from 01-01-2026", "01-06-2025"], "may 2025", "… and 2 more"),
    ],
)
def test_periods_are_told_in_the_language_in_use(monkeypatch, language, told, tick, left_out):
    """Where the mouse rests, below the axis, and of lanes that are left out; in the image too."""
    monkeypatch.setenv("MOTOOLKIT_LANG", language)
    periods = [Validity(None, None), Validity(None, YEAR.end), Validity(NEXT.start, None), DAY]
    lanes = [Lane("Enhed", (Bar(period, "X"),)) for period in periods]
    assert list(fills(drawn(*lanes))) == [f"X, {text}" for text in told]
    image = timeline_image(lanes, alt="")
    assert re.findall(r'<div title="([^"]*)"', image) == [f"X, {text}" for text in told]
    assert tick in timeline_svg([Lane("Enhed", (Bar(Validity(date(2025, 3, 1), date(2025, 9, 1)), "X"),))])
    assert left_out in timeline_svg(lanes[-1:] * (MOST_LANES + 2))
