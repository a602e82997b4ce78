"""Values that two systems write differently and mean alike."""

from __future__ import annotations

import pytest

from motoolkit.ad.normal import NORMAL, alike, common_names, postal, without_username


@pytest.mark.parametrize(
    ("sort", "one", "other"),
    [
        ("text", "Børn og  Unge ", "børn og unge"),
        ("text", "Ga\u030ard", "Gård"),
        ("phone", "+45 88 88 43 21", "88884321"),
        ("phone", "0045 8888-4321", "4588884321"),
        ("phone", "tel:+4588884321", "(88) 88 43 21"),
        ("mail", "Hans@Nordby.Example", "SMTP:hans@nordby.example"),
        ("street", "Rådhustorvet 1, 9999 Nordby", "Rådhustorvet 1"),
        ("digits", "DK-9999", "9999"),
        ("cn", "Hans Holm_2", "Hans Holm"),
    ],
)
def test_the_same_written_differently(sort, one, other):
    """Each pair is one value."""
    assert NORMAL[sort](one) == NORMAL[sort](other)


@pytest.mark.parametrize(
    ("sort", "one", "other"),
    [
        ("phone", "4321", "88884321"),
        ("phone", "+4688884321", "88884321"),
        ("text", "Skole A", "SkoleA"),
        ("cn", "Hans Holm_B", "Hans Holm"),
    ],
)
def test_what_only_looks_the_same(sort, one, other):
    """A local number, another country, a blank that matters, a letter that is no number."""
    assert NORMAL[sort](one) != NORMAL[sort](other)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Rådhustorvet 1, 9999, Nordby", ("Rådhustorvet 1", "9999", "Nordby")),
        ("Vej 1234, 2. th., DK-8000 Aarhus C", ("Vej 1234, 2. th.", "8000", "Aarhus C")),
        ("Vej 1234", ("Vej 1234", "", "")),
    ],
)
def test_the_parts_of_an_address(text, parts):
    """A house number of four digits is no postal code."""
    assert postal(text) == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hans P. Holm", "Hans Peter Holm"),
        ("Holm, Hans", "Hans Holm"),
        ("Aase Sørensen", "Åse Soerensen"),
        ("Hans Holm", "Hans Peter Holm"),
        ("Holm", "Holm-Hansen"),
    ],
)
def test_names_that_may_be_one_persons(one, other):
    """Both ways round."""
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(("one", "other"), [("Hans Holm", "Bo Holm"), ("A", "Anders"), ("", "Bo")])
def test_names_of_two(one, other):
    """A family name in common, an initial alone, and nothing at all are no likeness."""
    assert not alike(one, other)


def test_a_long_name_loses_middle_names_from_the_right():
    """As the integration makes common names of at most 60 characters."""
    name = "Hans Abcdefghij Bcdefghijk Cdefghijkl Defghijklm Efghijklmn Holm"
    assert common_names(name)[1] == "Hans Abcdefghij Bcdefghijk Cdefghijkl Defghijklm Holm"
    assert common_names("Hans Holm") == ("Hans Holm",)


@pytest.mark.parametrize("shown", ["Bo Holm (bo01)", "Bo Holm - BO01", "Bo Holm"])
def test_a_username_behind_a_name(shown):
    """The older integration writes it there."""
    assert without_username(shown, "bo01") == "Bo Holm"
