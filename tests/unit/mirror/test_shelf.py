"""Tables that other parts of the toolkit keep in a mirror's file."""

from __future__ import annotations

import pytest

from motoolkit.errors import InputError, MirrorError
from motoolkit.mirror import Mirror

TABLES = {"notes": "day DATE, number INTEGER, text VARCHAR"}
COLUMNS = ("day", "number", "text")


@pytest.fixture
def path(tmp_path):
    """Return the path of a mirror file in which two rows are kept."""
    path = tmp_path / "nordby.duckdb"
    with Mirror.open(path, key="k") as mirror:
        shelf = mirror.shelf("kept", TABLES)
        with shelf.transaction():
            shelf.add("notes", COLUMNS, [("2026-11-23", "7", "Kaj Kajsen på Ærø"), (None, None, "")])
    return path


def test_what_is_kept_is_there_the_next_time(path):
    """As dates and numbers, before anything was loaded."""
    with Mirror.open(path, key="k") as mirror:
        rows = mirror.shelf("kept", TABLES).query("SELECT year(day), number, text FROM kept.notes")
    assert rows == [(2026, 7, "Kaj Kajsen på Ærø"), (None, None, "")]


def test_the_file_is_as_encrypted_as_before(path):
    """No byte of what is kept can be read, and the owner alone opens it."""
    assert b"Kajsen" not in path.read_bytes()
    assert oct(path.stat().st_mode) == "0o100600"
    with pytest.raises(MirrorError, match="can not be opened with this key"):
        Mirror.open(path, key="wrong")


def test_half_a_transaction_is_none(path):
    """What was there stays."""
    with Mirror.open(path, key="k") as mirror:
        shelf = mirror.shelf("kept", TABLES)
        with pytest.raises(ZeroDivisionError), shelf.transaction():
            _ = shelf.query("DELETE FROM kept.notes"), 1 / 0
        assert shelf.query("SELECT count(*) FROM kept.notes") == [(2,)]


def test_tables_of_a_newer_toolkit_are_refused(path):
    """With what to do about it; the mirror itself can still be used."""
    with Mirror.open(path, key="k") as mirror:
        mirror.shelf("kept", TABLES, layout=2)
        with pytest.raises(MirrorError, match=r"nordby\.duckdb keeps as kept was made by a newer motoolkit"):
            mirror.shelf("kept", TABLES, layout=1)


@pytest.mark.parametrize("name", ["base", "incoming", "unhandled", "main", "x; DROP", "", "Kept"])
def test_the_mirrors_own_names_can_not_be_taken(name):
    """A load would throw them away."""
    with Mirror.open() as mirror, pytest.raises(InputError, match="can not be kept as"):
        mirror.shelf(name, TABLES)
