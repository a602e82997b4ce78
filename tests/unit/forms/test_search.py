"""Searching options: every word in any order, spelt either way, the best first."""

from __future__ import annotations

import pytest

from motoolkit.forms import Index, Option, marks

UUID = "0ec8999b-ef07-58c0-a584-b90d8165d716"
UNITS = Index(
    [
        Option("1", "Skole", "Nordstrand Kommune", "1001"),
        Option("2", "Vig Skole", "Nordstrand Kommune › Børn", "skole-vig"),
        Option("3", "Skoler og Dagtilbud", "Nordstrand Kommune", "1002"),
        Option("4", "Børn", "Nordstrand Kommune › Skoler og Dagtilbud", "1003"),
        Option("5", "Musikskolen", "Nordstrand Kommune › Kultur", "1004"),
        Option("6", "Ældre", "Nordstrand Kommune", "1005"),
        Option(UUID, "Ådalens Café", "Nordstrand Kommune › Kultur", "kaffe"),
    ]
)


def labels(text, limit=30):
    """Return the labels of what a text finds."""
    return [option.label for option in UNITS.search(text, limit).options]


def test_the_whole_label_comes_first_and_the_inside_of_a_word_last():
    """Whole, beginning of the label, beginning of a word of it, of the hint, inside a word."""
    assert labels("skole") == ["Skole", "Skoler og Dagtilbud", "Vig Skole", "Børn", "Musikskolen"]


def test_words_are_found_in_any_order_and_over_label_and_hint():
    """Unlike MO's own search, which minds the order."""
    assert labels("skole vig") == ["Vig Skole"]
    assert labels("kultur musik") == ["Musikskolen"]


def test_every_word_must_occur():
    """One of two is not enough."""
    assert labels("vig musik") == []


@pytest.mark.parametrize("typed", ["ådal", "aadal", "ÅDAL", "AaDal", "A\N{COMBINING RING ABOVE}dal"])
def test_aa_is_found_however_it_is_written(typed):
    """Å, aa, upper case, and a letter with its ring apart."""
    assert labels(typed) == ["Ådalens Café"]


@pytest.mark.parametrize(
    ("typed", "label"), [("aeldre", "Ældre"), ("boern", "Børn"), ("cafe", "Ådalens Café")]
)
def test_other_letters_are_found_without_a_danish_keyboard(typed, label):
    """Ae, oe, and letters without their accents."""
    assert label in labels(typed)


def test_a_uuid_finds_its_option_only():
    """With blanks around it and in upper case, too."""
    found = UNITS.search(f" {UUID.upper()} ")
    assert (found.total, found.options[0].label) == (1, "Ådalens Café")


def test_a_whole_user_key_comes_first():
    """Also one with a dash in it."""
    assert labels("skole-vig")[0] == "Vig Skole"
    assert labels("1003") == ["Børn"]


def test_no_text_finds_all_in_danish_order():
    """Æ and Å last; as many as are asked for, of how many there are."""
    found = UNITS.search("  ", limit=3)
    assert [option.label for option in found.options] == ["Børn", "Musikskolen", "Skole"]
    assert found.total == 7
    assert labels("")[-2:] == ["Ældre", "Ådalens Café"]


def test_a_text_without_letters_finds_nothing():
    """It is not the same as no text."""
    assert UNITS.search("--").total == 0


def test_equal_hits_are_in_danish_order_and_told_apart_by_hint():
    """Namesakes always come in the same order."""
    twins = [Option("b", "Hans", "02-03-1990"), Option("a", "Hans", "25-01-1982"), Option("c", "Hanne")]
    assert [option.value for option in Index(twins).search("han").options] == ["c", "b", "a"]


def test_what_is_cut_off_is_counted():
    """Two are shown of the five that fit."""
    found = UNITS.search("skole", limit=2)
    assert (len(found.options), found.total, found.capped) == (2, 5, False)


def test_an_option_is_got_by_its_uuid():
    """None for another."""
    assert UNITS.get(UUID).words == "kaffe"
    assert UNITS.get("nobody") is None
    assert len(UNITS) == 7


def test_what_was_typed_is_marked_where_it_stands():
    """A word's beginning before its inside; å for aa; signs of regular expressions are text."""
    assert marks("Åse Holm", "hol aa") == [("Å", True), ("se ", False), ("Hol", True), ("m", False)]
    assert marks("Musik i Sikringen", "sik") == [("Musik i ", False), ("Sik", True), ("ringen", False)]
    assert marks("C++ (Holm)", "(.*") == [("C++ (Holm)", False)]
    assert marks("", "x") == []
