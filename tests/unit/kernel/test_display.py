"""How timelines, trees, profiles and clients look: drawn in a notebook, as text in a terminal."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from motoolkit.drawing import Bar, Lane, timeline_svg
from motoolkit.kernel.display import _cards as _display_cards
from motoolkit.kernel.display import _display
from motoolkit.kernel.display import _timeline as _display_timeline
from motoolkit.kernel.display import _tree as _display_tree
from motoolkit.model import OrgTree, Timeline, Validity
from motoolkit.profile import ClientCredentials, Profile, Secret

SVG = "{http://www.w3.org/2000/svg}"
MOVED = Timeline(
    [
        (Validity(None, date(2015, 1, 1)), {"name": "Teknik"}),
        (Validity(date(2015, 1, 1), date(2019, 6, 1)), {"name": "Teknik", "parent": "By & <Land>"}),
        (Validity(date(2021, 1, 1)), {"name": "Miljø", "parent": "By & <Land>"}),
    ]
)


def drawn(timeline):
    """Return the SVG of a timeline, parsed: it is well-formed XML."""
    html = _display_timeline.html(timeline)
    return ET.fromstring(re.search("<svg.*</svg>", html)[0])  # noqa: S314 - our own


def titles(svg):
    """Return what shows where the mouse rests, of the bars."""
    return [title.text for title in svg.iter(f"{SVG}title") if "," in title.text]


def corners(svg):
    """Return how many corners each bar has: four, and one more for each open end."""
    return [len(bar.get("points").split()) for bar in svg.iter(f"{SVG}polygon")]


def test_each_key_of_the_values_is_a_lane_and_equal_neighbours_are_one_bar():
    """The name did not change in 2015, so it is drawn as one bar until the gap."""
    assert titles(drawn(MOVED)) == [
        "Teknik, til og med 31-05-2019",
        "Miljø, fra 01-01-2021",
        "By & <Land>, 01-01-2015 – 31-05-2019",
        "By & <Land>, fra 01-01-2021",
    ]


def test_open_ends_are_arrows():
    """A bar that is open has a fifth corner; a closed one is a box."""
    assert corners(drawn(MOVED)) == [5, 5, 4, 5]


def test_a_gap_is_as_wide_as_the_time_it_lasts():
    """Half of the four years are empty, so is half of the lane."""
    two = Timeline(
        [
            (Validity(date(2020, 1, 1), date(2021, 1, 1)), "a"),
            (Validity(date(2023, 1, 1), date(2024, 1, 1)), "b"),
        ]
    )
    edges = [
        [float(point.split(",")[0]) for point in bar.get("points").split()]
        for bar in drawn(two).iter(f"{SVG}polygon")
    ]
    gap = min(edges[1]) - max(edges[0])
    assert gap / (max(edges[1]) - min(edges[0])) == pytest.approx(0.5, abs=0.01)


def test_a_scalar_timeline_is_one_lane_and_none_is_a_value():
    """``None`` holds where it is said; a gap is where nothing is."""
    svg = drawn(Timeline([(Validity(date(2020, 1, 1), date(2021, 1, 1)), None)]))
    assert corners(svg) == [4]


def test_cpr_numbers_are_masked_in_the_drawing_and_in_the_text():
    """Trap: a number stands in a value, in a key and in a hover."""
    shown = Timeline([(Validity(date(2020, 1, 1)), {"0101901234": "CPR 010190-1234"})])
    for look in (_display_timeline.html(shown), _display_timeline.text(shown)):
        assert "1234" not in look
        assert "010190-xxxx" in look


def test_values_are_escaped():
    """Markup in a name is text."""
    assert "<script>" not in _display_timeline.html(Timeline([(Validity(), "<script>alert(1)</script>")]))


@pytest.mark.parametrize(
    ("start", "end", "labels"),
    [
        (date(2015, 1, 1), date(2026, 1, 1), ["2016", "2018", "2020", "2022", "2024", "2026"]),
        (date(2026, 1, 1), date(2026, 7, 1), ["jan 2026", "feb 2026", "mar 2026"]),
        (date(2026, 1, 1), date(2026, 2, 1), ["5. jan", "12. jan", "19. jan", "26. jan"]),
        (date(1900, 1, 1), date(2026, 1, 1), ["1900", "1920", "1940"]),
    ],
)
def test_the_axis_is_written_in_steps_that_fit(start, end, labels):
    """Years, months or weeks, and never more than a dozen."""
    svg = drawn(Timeline([(Validity(start, end), "")]))
    written = [text.text for text in svg.iter(f"{SVG}text")]
    assert written[: len(labels)] == labels
    assert len(written) <= 12


def test_the_earliest_and_the_latest_day_can_be_drawn():
    """Trap: the axis reaches beyond its dates, and there is nothing beyond these."""
    assert corners(drawn(Timeline([(Validity(date.min, date.max), "a")]))) == [4]
    assert corners(drawn(Timeline([(Validity(), "a")]))) == [6]


def test_many_lanes_are_counted_instead_of_drawn():
    """Forty are drawn."""
    lanes = [Lane(str(n), (Bar(Validity(date(2020, 1, 1)), "a"),)) for n in range(45)]
    svg = timeline_svg(lanes)
    assert svg.count("<polygon") == 40
    assert "… og 5 til" in svg


def test_the_day_is_marked():
    """A dashed line with the date."""
    svg = timeline_svg([Lane("", (Bar(Validity(date(2020, 1, 1)), "a"),))], date(2026, 11, 23))
    assert "<title>23-11-2026</title>" in svg


def test_nothing_is_fetched_and_nothing_runs():
    """Works offline and in exported HTML."""
    html = _display_timeline.html(MOVED)
    assert "<script" not in html
    assert "url(" not in html
    assert re.findall(r"(?:https?:)?//[\w.]+", html) == ["http://www.w3.org"]


def test_a_terminal_shows_blocks():
    """One line a bar, the arrow at an open end, the gap empty."""
    shown = Timeline(
        [
            (Validity(date(2020, 1, 1), date(2021, 1, 1)), "Skole"),
            (Validity(date(2022, 1, 1)), "Skoler"),
        ]
    )
    first, second = _display_timeline.text(shown).splitlines()
    assert re.fullmatch(r"  01-01-2020 – 31-12-2020    █+ +Skole", first)
    assert re.fullmatch(r"  fra 01-01-2022             +█+▶ Skoler", second)


def test_an_empty_timeline_says_so():
    """Rather than an empty picture."""
    assert _display_timeline.text(Timeline()) == "Tom tidslinje."
    assert "Tom tidslinje." in _display_timeline.html(Timeline())


def tree(schools: int = 2) -> OrgTree:
    """Return Kommunen, its school department and so many schools."""
    units = [("k", "Kommunen", None), ("s", "Skoler & <SFO>", "k"), ("x", "Tabt", "væk")]
    return OrgTree.from_units(units + [(f"u{n:03}", f"Skole {n:03}", "s") for n in range(schools)])


def test_a_tree_folds_and_counts_what_is_below():
    """Branches are <details>; the outermost is open."""
    html = _display_tree.html(tree())
    assert "<b>5 enheder, 3 niveauer</b>" in html
    assert html.count("<details open>") == 1
    assert html.count("<details>") == 1
    assert "Skoler &amp; &lt;SFO&gt;" in html
    assert ">3 under<" in html
    assert ">2 under<" in html


def test_a_tree_tells_what_is_wrong_with_it():
    """Trap: a unit whose parent does not exist is still there, and told."""
    for look in (_display_tree.html(tree()), _display_tree.text(tree())):
        assert "har en overenhed, der ikke findes på datoen: væk." in look


def test_a_large_tree_is_cut():
    """400 units are shown, the rest counted; a terminal gets the upper levels."""
    html = _display_tree.html(tree(797))
    assert html.count("Skole ") == 398
    assert "… og 400 enheder til" in html
    assert _display_tree.text(tree(797)).splitlines()[2:] == [
        "Kommunen",
        "└─ Skoler & <SFO>  … 797 under",
        "Tabt",
    ]


def test_a_tree_in_a_terminal():
    """Drawn lines, siblings in Danish order."""
    assert _display_tree.text(tree()).splitlines()[2:] == [
        "Kommunen",
        "└─ Skoler & <SFO>",
        "   ├─ Skole 000",
        "   └─ Skole 001",
        "Tabt",
    ]


PROFILE = Profile(
    mo_url="https://mo.example.dk",
    name="nordby",
    credentials=ClientCredentials("https://keycloak.example.dk", "mo", "dipex", Secret("hush-hush")),
)


def test_a_profile_shows_where_it_points_and_never_a_secret():
    """How it logs in, and that there is a secret."""
    for look in (_display_cards.profile_html(PROFILE), _display_cards.profile_text(PROFILE)):
        assert "https://mo.example.dk" in look
        assert "Keycloak-klient" in look
        assert "dipex" in look
        assert "hush" not in look


@pytest.fixture(scope="module")
def shell():
    """A plain IPython with the looks and nothing else."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    shell = InteractiveShell(config=Config(HistoryManager={"hist_file": ":memory:"}))
    yield shell
    shell.history_manager.end_session()


@pytest.fixture
def shown(shell):
    """Return how an object is shown."""
    _display.install(shell)
    yield lambda value: shell.display_formatter.format(value)[0]
    _display.uninstall(shell)


@pytest.mark.parametrize(
    ("value", "html", "plain"),
    [
        (MOVED, "<svg", "Teknik"),
        (tree(), "<details", "└─ Skoler"),
        (PROFILE, "nordby", "Profil: nordby"),
    ],
)
def test_a_shell_shows_them_so(shown, value, html, plain):
    """Both in a notebook and in a terminal."""
    data = shown(value)
    assert html in data["text/html"]
    assert plain in data["text/plain"]


def test_inside_a_list_an_object_is_one_line(shown):
    """A list of trees is no wood of drawings."""
    assert shown([tree()])["text/plain"] == "[<OrgTree: 5 units, 3 levels, 1 problems>]"


def test_a_client_is_shown_without_asking_mo(shown):
    """Trap: looking at a variable must not connect; nobody answers at this address."""
    from motoolkit.client import Client

    with Client(Profile("http://127.0.0.1:9")) as client:
        data = shown(client)
    assert "http://127.0.0.1:9" in data["text/html"]
    assert "endnu ikke aftalt" in data["text/plain"]


def test_uninstalling_leaves_what_python_has(shell):
    """And may be done twice."""
    _display.install(shell)
    shell.display_formatter.format(tree())
    _display.uninstall(shell)
    _display.uninstall(shell)
    assert set(shell.display_formatter.format(tree())[0]) == {"text/plain"}
    assert shell.display_formatter.format(tree())[0]["text/plain"].startswith("<OrgTree")
