"""The picture of a report shows who is led by whom, in every notebook and offline."""

from __future__ import annotations

from urllib.parse import unquote
from xml.etree import ElementTree as ET

from motoolkit.reports.picture import CoveragePicture


def nordby(world):
    """Make a report of a municipality with two departments, one of them without a leader of its own."""
    top = world.unit("Nordby")
    school, care = world.unit("Skole & fritid", top), world.unit("Pleje", top)
    world.manager("Anna Berg", top)
    world.manager("Bo Dam", school)
    world.manager(None, world.unit("Nat", care))
    world.engagement("Carl Eg", school)
    world.engagement("Dorte Fisker", care)
    world.engagement("Erik Gade", care)
    return world.report("engagements-managers", include_leaders_elsewhere=False)


def test_the_words_say_what_the_bars_show(world):
    """They are what a screen reader reads and what is left in plain text."""
    assert CoveragePicture(nordby(world)).text == (
        "Engagementer og ledere pr. 23-11-2026\n"
        "Pleje: 2 (2 leder længere oppe)\n"
        "Skole & fritid: 1 (1 egen leder)"
    )


def test_each_segment_has_its_length_colour_and_tooltip(world):
    """The longest bar takes the whole width, one of half as many half of it."""
    root = ET.fromstring(CoveragePicture(nordby(world)).svg)  # noqa: S314 - our own picture
    bars = [rect for rect in root.iter() if rect.tag.endswith("rect") and len(rect)]
    assert [(bar.get("width"), bar.get("fill"), bar[0].text) for bar in bars] == [
        ("530.0", "#8fbbdc", "Pleje: 2 leder længere oppe"),
        ("265.0", "#1b6ca8", "Skole & fritid: 1 egen leder"),
    ]


def test_it_is_shown_as_an_image_that_carries_its_own_data(world):
    """JupyterLab shows no bare SVG of a notebook that somebody else ran, and nothing is fetched."""
    picture = CoveragePicture(nordby(world))
    shown = picture._repr_mimebundle_()
    assert sorted(shown) == ["text/html", "text/plain"]
    source = shown["text/html"].split('"')[1]
    assert source.startswith("data:image/svg+xml;charset=utf-8,")
    assert unquote(source.partition(",")[2]) == picture.svg


def test_a_large_organisation_is_shown_down_to_the_level_that_fits(world):
    """Thirty schools do not fit into 24 bars: their department stands for them."""
    department = world.unit("Skoler", world.unit("Nordby"))
    for number in range(30):
        world.engagement(f"Lærer Nr{number}", world.unit(f"Skole {number}", department))
    assert CoveragePicture(world.report("engagements-managers")).text.splitlines()[1:] == [
        "Skoler: 30 (30 ingen leder)"
    ]


def test_units_of_one_name_are_not_added_up(world):
    """Two departments each have a Administration."""
    top = world.unit("Nordby")
    for name in ("Skoler", "Veje"):
        world.engagement("Ane Bo", world.unit("Administration", world.unit(name, top), user_key=name))
    assert CoveragePicture(world.report("engagements-managers")).text.splitlines()[1:] == [
        "Administration: 1 (1 ingen leder)",
        "Administration: 1 (1 ingen leder)",
    ]


def test_nobody_is_a_sentence(world):
    """A selection without staff."""
    world.unit("Nordby")
    assert "Ingen engagementer i udvalget." in CoveragePicture(world.report("engagements-managers")).svg
