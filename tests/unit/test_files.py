"""Files are written whole or not at all, and for their owner only."""

from __future__ import annotations

import stat

import pytest

from motoolkit.files import replace_file


def test_a_file_is_replaced_at_once_and_is_its_owner_s(tmp_path):
    """Its folder is made; nothing is left beside it."""
    path = tmp_path / "new" / "file"
    for content in (b"one", b"two"):
        replace_file(path, content)
        assert path.read_bytes() == content
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_what_can_not_be_put_in_place_leaves_nothing(tmp_path):
    """A folder has the name."""
    (tmp_path / "file").mkdir()
    with pytest.raises(OSError, match="file"):
        replace_file(tmp_path / "file", b"one")
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
