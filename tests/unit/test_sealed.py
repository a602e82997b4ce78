"""Sealed files: written whole, read by whoever has the key, old ones by nobody."""

from __future__ import annotations

import time

import pytest

from motoolkit.errors import InputError, SecretError
from motoolkit.sealed import SealedFiles, new_key

FILES = SealedFiles("letter", "MOTOOLKIT_LETTER_KEY", "motoolkit/letter")


@pytest.mark.parametrize("key", [new_key(), "en god lang kode"], ids=["made", "chosen"])
def test_what_is_sealed_is_read_back(tmp_path, key):
    """With a key of the toolkit's, or a password of one's own."""
    file = tmp_path / "folder" / "a.letter"
    FILES.seal(file, b"2512484916", key)
    assert FILES.unseal(file, key) == b"2512484916"
    assert b"2512484916" not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["a.letter"]


def test_another_key_opens_nothing(tmp_path):
    """Nor does a password that another kind of files would make something else of."""
    FILES.seal(tmp_path / "a", b"x", "kode")
    for files, key in ((FILES, "anden"), (SealedFiles("other", "OTHER", "motoolkit/other"), "kode")):
        with pytest.raises(InputError, match="can not be opened with this key"):
            files.unseal(tmp_path / "a", key)


def test_what_is_too_old_is_not_opened(tmp_path, monkeypatch):
    """Its age is sealed in it."""
    FILES.seal(tmp_path / "a", b"x", "kode")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 100)
    assert FILES.unseal(tmp_path / "a", "kode", seconds=200) == b"x"
    with pytest.raises(InputError):
        FILES.unseal(tmp_path / "a", "kode", seconds=50)


def test_names_tell_nobody_anything():
    """The same for the same key, another for another; no CPR number can be tried out without the key."""
    name = FILES.name_for("2512484916", "kode")
    assert name == FILES.name_for("2512484916", "kode")
    assert len({name, FILES.name_for("2512484916", "anden"), FILES.name_for("1111111118", "kode")}) == 3


def test_where_nothing_can_be_written(tmp_path):
    """One sentence, whatever stood in the way."""
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="The letter can not be written to"):
        FILES.seal(tmp_path / "file" / "a", b"x", "kode")


def test_the_key_comes_from_the_environment_or_the_keyring(monkeypatch):
    """Where there is neither, the error says what to set."""
    with pytest.raises(SecretError, match=r"no key for the letter a\.letter: this machine's keyring"):
        FILES.key_for("a", make=True, told="a.letter")
    monkeypatch.setenv("MOTOOLKIT_LETTER_KEY", "kode")
    assert FILES.key_for("a", make=False) == "kode"
