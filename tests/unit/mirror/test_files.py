"""Mirror files: their keys, modes and locks, and what can be wrong with them."""

from __future__ import annotations

import subprocess
import sys

import duckdb
import keyring
import pytest
from keyring.backend import KeyringBackend

from motoolkit.errors import MirrorError
from motoolkit.mirror import Mirror

HOLDER = """
import sys
from motoolkit.mirror import Mirror
with Mirror.open(sys.argv[1], key="k"):
    print("open", flush=True)
    sys.stdin.read()
"""


class MemoryKeyring(KeyringBackend):
    """A keyring that forgets at the end of the test."""

    priority = 1

    def __init__(self):
        self.entries = {}

    def get_password(self, service, username):
        """Return what was set."""
        return self.entries.get((service, username))

    def set_password(self, service, username, password):
        """Keep it."""
        self.entries[service, username] = password

    def delete_password(self, service, username):
        """Forget it."""
        del self.entries[service, username]


@pytest.fixture
def memory_keyring():
    """Use a keyring of this test's own."""
    before = keyring.get_keyring()
    keyring.set_keyring(own := MemoryKeyring())
    yield own
    keyring.set_keyring(before)


@pytest.fixture
def file(tmp_path):
    """Return the path of an empty mirror file with the key "k"."""
    path = tmp_path / "nordby.duckdb"
    Mirror.open(path, key="k").close()
    return path


def test_only_its_owner_can_read_a_new_file_and_folder(tmp_path):
    """Files hold 0600; a folder made for one holds 0700."""
    path = tmp_path / "mirrors" / "nordby.duckdb"
    Mirror.open(path, key="k").close()
    assert oct(path.stat().st_mode) == "0o100600"
    assert oct(path.parent.stat().st_mode) == "0o40700"


def test_the_wrong_key_is_named_as_such(file):
    """The message names the file and does not repeat the key."""
    with pytest.raises(MirrorError, match=r"nordby\.duckdb can not be opened with this key") as caught:
        Mirror.open(file, key="wrong-key")
    assert "wrong-key" not in str(caught.value)


def test_a_file_of_another_process_is_left_alone(file):
    """One process at a time: DuckDB locks the file."""
    command = [sys.executable, "-c", HOLDER, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(MirrorError, match=r"nordby\.duckdb is in use by another process"):
            Mirror.open(file, key="k")
        holder.stdin.close()
    Mirror.open(file, key="k").close()


def test_a_file_is_open_once_in_a_process(file):
    """A notebook cell that is run twice says so instead of writing from two sides."""
    with Mirror.open(file, key="k"), pytest.raises(MirrorError, match="already open in this process"):
        Mirror.open(file, key="k")


def test_a_missing_file_is_not_made_when_it_must_exist(tmp_path):
    """``motoolkit mirror info`` does not leave files behind."""
    with pytest.raises(MirrorError, match="There is no mirror file"):
        Mirror.open(tmp_path / "none.duckdb", key="k", must_exist=True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_a_newer_toolkit_is_refused(file):
    """The layout's number is looked at before anything else."""
    with Mirror.open(file, key="k") as mirror:
        mirror._store.note(layout="2")
    with pytest.raises(MirrorError, match=r"nordby\.duckdb was made by a newer motoolkit \(layout 2\)"):
        Mirror.open(file, key="k")


@pytest.mark.parametrize("content", [b"", b"uuid;navn\n" * 1000])
def test_some_other_file_is_no_mirror(tmp_path, content):
    """A CSV file or an empty one is not written over."""
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(MirrorError, match=r"list\.csv is no mirror"):
        Mirror.open(path, key="k")
    assert path.read_bytes() == content


def test_an_unencrypted_database_is_no_mirror(tmp_path):
    """Somebody else's DuckDB file is left as it is."""
    path = tmp_path / "other.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(MirrorError, match=r"other\.duckdb is a DuckDB file, but no mirror"):
        Mirror.open(path, key="k")


def test_a_folder_that_can_not_be_made_is_named(file):
    """The path leads through a file."""
    with pytest.raises(MirrorError, match=r"nordby\.duckdb.*x\.duckdb"):
        Mirror.open(file / "x.duckdb", key="k")


def test_the_key_comes_from_the_environment(file, monkeypatch):
    """MOTOOLKIT_MIRROR_KEY is for machines without a keyring."""
    monkeypatch.setenv("MOTOOLKIT_MIRROR_KEY", "k")
    Mirror.open(file).close()


def test_a_key_is_made_once_and_kept_in_the_keyring(tmp_path, memory_keyring):
    """The reference is keyring:motoolkit/mirror/NAME; the second opening finds it there."""
    Mirror.open(tmp_path / "nordby.duckdb").close()
    assert list(memory_keyring.entries) == [("motoolkit/mirror", "nordby")]
    made = dict(memory_keyring.entries)
    Mirror.open(tmp_path / "nordby.duckdb").close()
    assert memory_keyring.entries == made


def test_no_new_key_is_made_for_a_file_that_is_there(file, memory_keyring):
    """It could not open the file, and would hide that the right one is lost."""
    with pytest.raises(MirrorError, match=r"There is no key for .*nordby\.duckdb in the keyring"):
        Mirror.open(file)
    assert memory_keyring.entries == {}


def test_without_a_keyring_the_ways_out_are_named(tmp_path):
    """Servers have none: use the environment, a key, or memory."""
    with pytest.raises(MirrorError, match="keyring can not be used") as caught:
        Mirror.open(tmp_path / "nordby.duckdb")
    assert caught.value.remedy == (
        "Set MOTOOLKIT_MIRROR_KEY, or pass key=, or pass no path and keep the mirror in memory."
    )


def test_an_empty_mirror_says_so():
    """Nothing is answered before the first load."""
    with Mirror.open() as mirror:
        with pytest.raises(MirrorError, match="The mirror is empty"):
            mirror.frame("persons")
        assert mirror.info().complete is False


def test_duckdb_downloads_and_spills_nothing():
    """Extensions come with the toolkit, rows stay in memory or in the encrypted file."""
    with Mirror.open() as mirror:
        settings = dict(mirror._store.query("SELECT name, value FROM duckdb_settings()"))
    assert settings["autoinstall_known_extensions"] == "false"
    assert settings["temp_directory"] == ""
    assert settings["enable_external_access"] == "false"
