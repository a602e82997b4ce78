"""The figure of somebody's identities: what is drawn, where, and what is told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from hypothesis import given, settings
from identity_people import (
    OWNER,
    TODAY,
    TOO_MUCH,
    UNLINKED,
    anybody,
    broken,
    finding,
    hans,
    link,
    much,
    node,
    person,
    unit,
    uuid,
)
from PIL import ImageFont

from motoolkit.identities.picture import IdentityPicture
from motoolkit.identities.picture._scene import Words
from motoolkit.model import Validity

FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
PLAIN, BOLD = str(FONTS / "DejaVuSans.ttf"), str(FONTS / "DejaVuSans-Bold.ttf")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Read the texts as they stand in the code."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def groups(picture, what, day=None):
    """Return the groups of one sort in the drawing, by key."""
    root = ET.fromstring(picture.svg(day))  # noqa: S314 - our own
    found = [group for group in root.iter(f"{SVG}g") if group.get(f"data-{what}") is not None]
    keys = [group.get(f"data-{what}") for group in found]
    assert len(keys) == len(set(keys))
    return dict(zip(keys, found, strict=True))


def texts(group):
    """Return what is written in a group."""
    return [text.text for text in group.iter(f"{SVG}text")]


def told(group):
    """Return what the mouse is told."""
    return group.find(f"{SVG}title").text


def pairs(*links):
    """Return links as they are named in the drawing."""
    return {f"{uuid(one)}/{uuid(other)}" for one, other in links}


def curve(points):
    """Yield points of a path of curves and lines, as the drawing has it."""
    at = None
    for step in points:
        letter, *numbers = step
        ends = list(zip(numbers[::2], numbers[1::2], strict=True))
        if letter == "C":
            for n in range(21):
                t = n / 20
                weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
                yield tuple(
                    sum(w * p[axis] for w, p in zip(weights, (at, *ends), strict=True)) for axis in (0, 1)
                )
        at = ends[-1] if ends else at
        yield at


def check_clear(scene):
    """Check that no box lies on another, none is outside, no link goes through one, no text sticks out."""
    boxes = {group.key: group.place for group in scene.groups if group.what == "node"}
    for one, other in combinations(boxes.values(), 2):
        assert (
            one.right <= other.left
            or other.right <= one.left
            or one.bottom <= other.top
            or other.bottom <= one.top
        )
    for place in boxes.values():
        assert 0 <= place.left < place.right <= scene.width
        assert 0 <= place.top < place.bottom <= scene.height
    for group in scene.groups:
        if group.what == "link":
            ends = group.key.split("/")
            others = [place for key, place in boxes.items() if key not in ends]
            for x, y in curve(group.parts[0].path):
                assert 0 <= x <= scene.width
                assert 0 <= y <= scene.height
                assert not any(b.left < x < b.right and b.top < y < b.bottom for b in others)


def check_texts(scene):
    """Check that no text of a cell is wider than the cell, as a font that is wide draws it."""
    for group in scene.groups:
        if group.what == "node":
            for words in group.parts:
                if isinstance(words, Words) and words.anchor == "start" and words.text[:1] != " ":
                    font = ImageFont.truetype(BOLD if words.bold else PLAIN, 100)
                    end = words.x + font.getlength(words.text) * words.size / 100
                    assert end <= group.place.right + 3


def test_hans_is_the_newsletters_figure():
    """IT-konto 2 is linked to two engagements, an e-mail address and the telephone."""
    picture = IdentityPicture(hans())
    nodes = groups(picture, "node")
    assert set(nodes) == {OWNER, *map(uuid, (11, 12, 13, *range(21, 26), *range(31, 37)))}
    assert texts(nodes[uuid(22)]) == ["IT-konto 2", "AD"]
    assert set(groups(picture, "link")) == pairs(
        *[(1, 11), (1, 12), (1, 13), (11, 21), (12, 22), (13, 22), (11, 23), (11, 24), (12, 25)],
        *[(21, 31), (22, 32), (23, 33), (24, 34), (25, 35), (22, 36)],
    )
    assert len(groups(picture, "band")) == 2
    check_clear(picture.scene())


def test_no_links_of_hans_cross():
    """The accounts of a job stand beside it, their addresses beside them."""
    scene = IdentityPicture(hans()).scene()
    paths = {group.key: list(curve(group.parts[0].path)) for group in scene.groups if group.what == "link"}
    for one, other in combinations(paths.values(), 2):
        if abs(one[0][0] - other[0][0]) < 1:
            starts, ends = one[0][1] - other[0][1], one[-1][1] - other[-1][1]
            assert starts * ends >= 0


def test_columns_are_named_and_stand_in_order():
    """Whose it is, engagements, accounts, addresses."""
    picture = IdentityPicture(hans())
    assert [texts(head) for head in groups(picture, "head").values()] == [
        ["Engagements"],
        ["IT accounts"],
        ["Addresses"],
    ]
    lefts = {group.key: group.place.left for group in picture.scene().groups if group.what == "node"}
    assert lefts[OWNER] < lefts[uuid(11)] < lefts[uuid(21)] < lefts[uuid(31)]


def test_somebody_with_much_has_room():
    """Six engagements, nine accounts, fifteen addresses: each once, nothing on anything else."""
    picture = IdentityPicture(much())
    check_clear(picture.scene())
    check_texts(picture.scene())
    assert len(groups(picture, "node")) == 1 + 6 + 9 + 15 + 1
    assert picture.scene().width <= 1000


def test_roles_stand_in_the_cell_of_their_account_and_posts_in_that_of_their_engagement():
    """Those that are too many are counted; a post of no engagement has a cell of its own."""
    nodes = groups(IdentityPicture(much()), "node")
    assert texts(nodes[uuid(33)])[-1] == "◆ Rolle 5, Vig Skole"
    assert texts(nodes[uuid(30)])[-4:] == [
        *(f"◆ Rolle {n}, Vig Skole" for n in range(3)),
        "◆ +2",
    ]
    assert "◆ Rolle 4, Vig Skole" in told(nodes[uuid(30)])
    assert texts(nodes[uuid(14)])[-1] == "◆ Leder, Vig Skole"
    assert texts(nodes[uuid(96)]) == ["Leder, Center for Børn"]


def test_what_is_too_long_is_cut_and_told_whole():
    """In two lines first."""
    account = groups(IdentityPicture(much()), "node")[uuid(30)]
    assert texts(account)[:2] == ["bruger0@kommunen-med-det-", "meget-lange-navn.example"]
    long = "Konsulent, " + "Børnehuset " * 9
    cell = groups(IdentityPicture(person([node(10, "engagement", long)], [link(1, 10)])), "node")[uuid(10)]
    assert texts(cell)[-1].endswith("…")
    assert told(cell).startswith(long.strip())


def test_a_link_to_what_is_not_there_ends_in_a_broken_cell():
    """Before what links to it; what is only referred to is told below."""
    picture = IdentityPicture(broken())
    nodes, links = groups(picture, "node"), groups(picture, "link")
    assert texts(nodes[uuid(900)])[0] == "Not in MO"
    assert set(links) == pairs((1, 10), (900, 30), (30, 50), (901, 51))
    line = links[f"{uuid(900)}/{uuid(30)}"].find(f"{SVG}path")
    assert (line.get("stroke"), line.get("stroke-dasharray")) == ("#d13438", "5 4")
    assert f"MO refers to what it does not have: {uuid(902)}." in picture.html()
    check_clear(picture.scene())


def test_the_links_of_a_unit_are_dashed():
    """As the newsletter's figure has them; those between its own things are not."""
    links = groups(IdentityPicture(unit()), "link")
    dashed = {key for key, group in links.items() if group.find(f"{SVG}path").get("stroke-dasharray")}
    assert dashed == pairs((1, 30), (1, 51), (1, 95))
    assert texts(groups(IdentityPicture(unit()), "head")["1"]) == ["Managers"]


def test_nothing_is_a_plain_sentence():
    """No picture, no slider, no lanes."""
    picture = IdentityPicture(person(name="Ole Ny"))
    said = "Ole Ny has never had an engagement, an account or an address."
    assert repr(picture) == f"Ole Ny · 23-11-2026\n{said}"
    assert said in picture.html()
    assert "<img" not in picture.html()
    assert "<script" not in picture.html()
    assert texts(groups(picture, "node")[OWNER]) == ["Ole Ny"]


def test_somebody_who_had_something_is_told_so_on_the_day():
    """And the slider shows what there was."""
    gone = node(10, "engagement", "Lærer", "", Validity(date(2020, 1, 1), date(2021, 1, 1)))
    picture = IdentityPicture(person([gone], [link(1, 10, gone.validity)]))
    assert "Ida Bech has no engagement, no account and no address on 23-11-2026." in repr(picture)
    assert "<script" in picture.html()
    assert "Lærer" in picture.text(date(2020, 5, 1))


def test_what_is_wrong_is_ringed_numbered_and_told():
    """A node, a link, and a list below; a warning sign beside the colour."""
    one, two = finding(UNLINKED, "a", detail="bruger6"), finding(TOO_MUCH, "b")
    marks = {one.key: (uuid(36),), two.key: (uuid(31), f"{uuid(10)}/{uuid(31)}")}
    picture = IdentityPicture(much(), [two, one], marks)
    nodes = groups(picture, "node")
    assert texts(nodes[uuid(36)])[-2:] == ["!", "1"]
    assert told(nodes[uuid(36)]).endswith("⚠ 1. Account without engagement")
    assert nodes[uuid(36)].find(f"{SVG}path").get("stroke") == "#d13438"
    assert texts(nodes[uuid(31)])[-2:] == ["!", "2"]
    flags = groups(picture, "mark")
    assert {key: texts(flag) for key, flag in flags.items()} == {f"{uuid(10)}/{uuid(31)}": ["!", "2"]}
    assert told(groups(picture, "link")[f"{uuid(10)}/{uuid(31)}"]).endswith("⚠ 2. One account in two places")
    html = re.sub(r"<img[^>]*>", "", picture.html())
    assert html.index("Account without engagement: bruger6") < html.rindex("One account in two places")
    assert 'title="Nobody knows what it is for. Link it."' in html
    assert "⚠ 1. Error: Account without engagement: bruger6" in repr(picture)


def test_what_is_wrong_with_a_role_is_seen_at_its_account():
    """The role has no cell of its own."""
    one = finding(UNLINKED, "a")
    nodes = groups(IdentityPicture(much(), [one], {one.key: (uuid(85),)}), "node")
    assert texts(nodes[uuid(33)])[-2:] == ["!", "1"]


def test_a_finding_is_shown_on_the_days_on_which_it_is_so_and_of_its_owner_only():
    """Others' findings are left out."""
    past = finding(UNLINKED, "a", Validity(date(2021, 1, 1), date(2022, 1, 1)))
    other = replace(finding(TOO_MUCH, "b"), subject=replace(past.subject, uuid=uuid(999)))
    picture = IdentityPicture(hans(), [past, other], {past.key: (uuid(21),)})
    assert "⚠" not in picture.text()
    assert "⚠ 1. Error: Account without engagement" in picture.text(date(2021, 5, 1))
    assert [found.key for found in picture.findings] == [past.key]


def test_cpr_numbers_are_masked_and_markup_is_text():
    """In cells, hover texts, titles, the tree and the lanes."""
    cpr, nasty = "2502849996", '<b>&"</script>'
    nodes = [node(10, "engagement", f"{nasty} {cpr}", cpr), node(30, "ituser", cpr, nasty)]
    picture = IdentityPicture(person(nodes, [link(1, 10), link(10, 30)], name=f"Ida {cpr}"))
    whole = picture.svg() + picture.html() + repr(picture)
    assert cpr not in whole
    assert "250284-xxxx" in whole
    assert "<b>" not in picture.html()
    assert texts(groups(picture, "node")[uuid(30)]) == ["250284-xxxx", nasty]


def test_a_day_in_words_tells_what_several_have_once():
    """The second time with an arrow to the first."""
    assert IdentityPicture(hans()).text().splitlines()[-8:] == [
        "├─ Lærer, Vig Skole (NS-04712)",
        "│  ├─ IT-konto 2 (AD)",
        "│  │  ├─ hans2@example.dk (E-mail)",
        "│  │  └─ +4500001122 (Telefon)",
        "│  └─ IT-konto 5 (AD)",
        "│     └─ hans5@example.dk (E-mail)",
        "└─ SFO, Vig Skole",
        "   └─ IT-konto 2 (AD) ↑",
    ]


@given(anybody())
@settings(max_examples=150, deadline=None)
def test_whatever_there_is_nothing_lies_on_anything_else(identity):
    """On every day on which something changes; every node is drawn once, alone or within another."""
    picture = IdentityPicture(identity)
    for day in [*identity.days, TODAY]:
        scene = picture.scene(day)
        check_clear(scene)
        check_texts(scene)
        held = {each.uuid for each in identity.on(day).nodes}
        cells = [group.key for group in scene.groups if group.what == "node"]
        assert len(cells) == len(set(cells))
        inside = {each.uuid for each in identity.on(day).nodes if each.sort in {"rolebinding", "manager"}}
        assert held - inside <= set(cells)
        ET.fromstring(picture.svg(day))  # noqa: S314 - our own
