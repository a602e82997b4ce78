"""Where in a cell the GraphQL is; the bar is the cursor."""

from __future__ import annotations

import pytest

from motoolkit.client import AsyncClient, Client
from motoolkit.kernel.completion._snippets import find_snippet
from motoolkit.profile import Profile


class Trap:
    """An object that must not be touched."""

    def __getattr__(self, name):
        raise AssertionError(f"{name} was looked at")


@pytest.fixture(scope="module")
def names():
    """A notebook's variables."""
    profile = Profile(mo_url="http://localhost:1")
    with Client(profile) as client:
        yield {"mo": client, "amo": AsyncClient(profile), "db": object(), "trap": Trap()}


def found(cell, names):
    """Return the document in a cell up to the cursor, and what follows it."""
    snippet = find_snippet(cell.replace("|", "", 1), cell.index("|"), names)
    return snippet and (snippet.text[: snippet.cursor], snippet.text[snippet.cursor :])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("%%mo\n{ a|b }", ("{ a", "b }")),
        ("%%mo frame --all\n|", ("", "")),
        ("\n\n%%mo\n{|", ("{", "")),
        ("mo.query('{ a|b }')", ("{ a", "b }")),
        ('x = await amo.execute("{ a|', ("{ a", "")),
        ('mo.pages(document="""\n{ a|\n}""", {})', ("\n{ a", "\n}")),
        ("mo . query ( '''{ |", ("{ ", "")),
        ('mo.query(\n    r"{ a|', ("{ a", "")),
        ('mo.query("{ a|\nprint(1)', ("{ a", "")),
        ('s = "it\'s" # don\'t\nmo.query("{ |', ("{ ", "")),
        ('mo.query("{ a(b: \\"c|\\")', ('{ a(b:  "c', ' ")')),
        ('mo.query("{ a\\n b|', ("{ a \n b", "")),
    ],
)
def test_graphql_is_found(cell, expected, names):
    """In cells and in calls, finished or not; an escape counts as many characters as it is written with."""
    assert found(cell, names) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "%%mo --a|\n{ a }",
        "%%mo|",
        "%%mosql\nselect |",
        "mo.query(|",
        'mo.query("{ a }"|)',
        'mo.query(f"{ a|',
        'mo.query(b"{ a|',
        'mo.query("{ a }", "b|',
        'mo.close("{ a|',
        'db.query("{ a|',
        'trap.execute("{ a|',
        'self.mo.query("{ a|',
        'unknown.query("{ a|',
        '# mo.query("{ a|',
        "x = 'mo.query(\"{ a|'",
        'x = """\nmo.query("{ a|',
    ],
)
def test_all_else_is_left_alone(cell, names):
    """Python, other strings, f-strings, and objects that are no clients."""
    assert found(cell, names) is None


def test_the_client_before_the_dot_is_the_one_that_is_asked(names):
    """A notebook may talk to two MOs."""
    assert find_snippet('amo.execute("{', 13, names).client is names["amo"]
    assert find_snippet("%%mo\n{", 6, names).client is None
