"""Completion of the magics' own lines."""

from __future__ import annotations

import pytest
from graphql import build_schema

from motoolkit.kernel.completion._words import COMMANDS, OPTIONS, magic_line
from motoolkit.kernel.magics import _cell, _line, _options
from motoolkit.profile import add_profile

SCHEMA = build_schema("type Query { persons(limit: Int): Int }")


def offered(line, rest="", **python):
    """Return what has been typed of a word, and what is offered for it."""
    typed, found = magic_line(line, line + rest, python, lambda: SCHEMA)
    return typed, [offer.text for offer in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("%mo ", ("", ["use", "at", "doctor", "mirror", "person", "unit", "diff", "explain", "help"])),
        ("  answer = %mo d", ("d", ["doctor", "diff"])),
        ("%mo mirror ", ("", ["load", "refresh"])),
        ("%mo mirror load pers", ("pers", ["persons"])),
        ("%mo mirror load persons pers", ("pers", [])),
        ("%mo at ", ("", ["today"])),
        ("%mo help pe", ("pe", ["persons"])),
        ("%mo help persons.l", ("persons.l", ["persons.limit"])),
        ("%mo person An", ("An", [])),
        ("%%mo ", ("", ["--at", "--all", "--raw", "--explain", "--write", "--var", "--show-cpr"])),
        ("%%mo frame --a", ("--a", ["--at", "--all"])),
        ("%%mo --all --raw --a", ("--a", ["--at"])),
        ("%%mo fra", ("fra", [])),
        ("%%mosql --", ("--", ["--var", "--show-cpr"])),
    ],
)
def test_words_are_offered(line, expected):
    """Commands, what follows them, and options that are not there yet."""
    assert offered(line) == expected


def test_var_takes_a_variable_of_the_cell_and_a_name_of_pythons():
    """Left of the equals sign and right of it."""
    assert offered("%%mo --var li", "\n{ a(b: $limit, c: $line) }") == ("li", ["limit=", "line="])
    assert offered("%%mo --var limit=to", total="Python int") == ("to", ["total"])


def test_use_offers_the_profiles():
    """By name."""
    add_profile("aarhus", mo_url="https://mo.aarhus.example")
    add_profile("odense", mo_url="https://mo.odense.example")
    assert offered("%mo use o") == ("o", ["odense"])


@pytest.mark.parametrize("line", ["mo ", "%mosql ", "x = 1", "%%mo", "# %mo us"])
def test_other_lines_are_left_alone(line):
    """They are none of the magics'."""
    assert magic_line(line, line, {}, lambda: SCHEMA) is None


def test_all_that_the_magics_take_is_offered():
    """A new command or option is no secret."""
    assert [offer.text for offer in COMMANDS] == list(_line.COMMANDS)
    for magic, parser in (("mo", _cell.graphql_options()), ("mosql", _options.cell_options("%%mosql"))):
        taken = {text for action in parser._actions for text in action.option_strings}
        assert {offer.text for offer in OPTIONS[magic]} == taken
