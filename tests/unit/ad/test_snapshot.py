"""Snapshots of directories in sealed files, and as frames."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import UTC, datetime

import orjson
import pytest
from ad_stage import Stage

from motoolkit.ad import snapshot as snapshots
from motoolkit.ad.records import Header
from motoolkit.errors import AdError, InputError, SecretError
from motoolkit.sealed import new_key

KEY = new_key()
CPR = "0101901234"


@pytest.fixture(scope="module")
def taken():
    """A snapshot with one of everything."""
    stage = Stage()
    hans = stage.account(
        "hans",
        cpr=CPR,
        expires_at=datetime(2026, 1, 1, tzinfo=UTC),
        attributes={"title": ("Chef",), "othertelephone": ("1", "2")},
        proxy_addresses=("SMTP:h@x",),
    )
    stage.group("alle", members=(hans.guid,))
    stage.ou("Brugere")
    stage.tombstone("gammel", deleted=datetime(2025, 1, 1, tzinfo=UTC))
    stage.header["admin"] = Header(
        ad="admin",
        read_at=datetime(2026, 11, 27, tzinfo=UTC),
        counts={"accounts": 1},
        bases=("DC=x",),
        notices=("så",),
        cookie="{}",
    )
    return stage.snapshots()[0]


def test_a_saved_snapshot_is_read_back_as_it_was(taken, tmp_path):
    """Times, lists and tables too; several in one file."""
    file = tmp_path / "ad.snapshot"
    other = replace(taken, accounts=())
    snapshots.save((taken, other), file, KEY)

    assert snapshots.load(file, KEY) == (taken, other)


def test_a_file_holds_nothing_in_clear_and_is_its_owners(taken, tmp_path):
    """CPR numbers and names."""
    file = tmp_path / "ad.snapshot"
    snapshots.save(taken, file, KEY)

    assert file.stat().st_mode & 0o777 == 0o600
    assert CPR.encode() not in file.read_bytes()
    assert b"hans" not in file.read_bytes()


def test_the_environment_may_hold_the_key(taken, tmp_path, monkeypatch):
    """MOTOOLKIT_AD_KEY, a password of one's own."""
    monkeypatch.setenv("MOTOOLKIT_AD_KEY", "et langt kodeord")
    snapshots.save(taken, tmp_path / "ad", None)
    assert snapshots.load(tmp_path / "ad") == (taken,)


def test_without_key_and_keyring_nothing_is_written(taken, tmp_path, monkeypatch):
    """And it says how to give one."""
    monkeypatch.delenv("MOTOOLKIT_AD_KEY", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    import keyring
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        with pytest.raises(SecretError, match="no key"):
            snapshots.save(taken, tmp_path / "ad")
    finally:
        keyring.set_keyring(before)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_damaged_or_has_another_key_is_refused(taken, tmp_path):
    """One sentence."""
    file = tmp_path / "ad"
    snapshots.save(taken, file, KEY)
    with pytest.raises(InputError, match="can not be opened with this key, or is no directory snapshot"):
        snapshots.load(file, new_key())
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(InputError, match="can not be opened with this key, or is no directory snapshot"):
        snapshots.load(file, KEY)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not zlib", "holds no snapshot"),
        (zlib.compress(b"[]"), "holds no snapshot"),
        (
            zlib.compress(orjson.dumps({"format": "motoolkit directory snapshot", "version": 99})),
            "is of version 99, and this motoolkit reads version 1",
        ),
    ],
)
def test_a_file_of_something_else_or_another_version_is_refused(tmp_path, content, words):
    """Sealed with the right key all the same."""
    file = tmp_path / "ad"
    snapshots.FILES.seal(file, content, KEY)
    with pytest.raises(AdError, match=words):
        snapshots.load(file, KEY)


def test_frames_have_cpr_numbers_masked_until_they_are_asked_for(taken):
    """One frame for each kind, members apart."""
    frames = snapshots.frames(taken)

    assert {name: len(frame) for name, frame in frames.items()} == {
        "accounts": 1,
        "groups": 1,
        "ous": 1,
        "tombstones": 1,
        "members": 1,
    }
    assert list(frames["accounts"]["cpr"]) == ["010190-xxxx"]
    assert list(snapshots.frames(taken, show_cpr=True)["accounts"]["cpr"]) == [CPR]
    assert list(frames["members"].loc[0]) == [taken.groups[0].guid, taken.accounts[0].guid]


def test_frames_of_an_empty_snapshot_have_their_columns(taken):
    """A report can be made of it."""
    empty = replace(taken, accounts=(), groups=(), ous=(), tombstones=())
    assert "sam" in snapshots.frames(empty)["accounts"].columns
