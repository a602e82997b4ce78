"""Danish alphabetical order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from motoolkit.model import danish_key


def in_order(*names):
    """Whether the names, rotated by one, are sorted into this order."""
    return sorted([*names[1:], names[0]], key=danish_key) == list(names)


def test_ae_oe_aa_come_last_and_double_a_is_aa():
    """The order of a Danish phone book."""
    assert in_order("Andersen", "Zebra", "Ærø", "Østergård", "Aabenraa", "Ågård", "Åse")


def test_case_does_not_matter_before_all_letters_are_compared():
    """Python alone puts every capital before every small letter."""
    assert in_order("anders", "Birgit", "carl", "ÆBLE", "æblegrød")
    assert in_order("Nord", "nord", "Nordby")


def test_none_and_blank_come_first():
    """A unit without a sub-unit stands above its sub-units, and None never reaches a comparison."""
    assert danish_key(None) == danish_key("") == danish_key("  ")
    assert in_order(None, "0", "A")


def test_foreign_letters_sort_with_their_danish_like():
    """Ä as æ, ö as ø, ü as y, other accents as without."""
    assert in_order("Yale", "Übel", "Yvonne", "Zoe")
    assert in_order("Zoe", "Ærø", "Äsop", "Øst", "Öz", "Ål")
    assert in_order("Andre", "André", "Andreas")


def test_composed_and_decomposed_letters_are_the_same():
    """Å typed as A and a ring is Å."""
    assert in_order("Østerbro", "A\u030agård", "Åse")


def test_words_sort_before_longer_words():
    """Blank before letter: "Nord by" before "Nordby"."""
    assert in_order("Nord", "Nord by", "Nordby")


@given(st.text(), st.text())
def test_only_equal_names_have_equal_keys(left, right):
    """So the order of a report never depends on the order of the data."""
    assert (danish_key(left) == danish_key(right)) == (left.strip() == right.strip())
