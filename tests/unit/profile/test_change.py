"""Adding and removing profiles: secrets to the keyring, the file kept as people wrote it."""

from __future__ import annotations

import stat

import pytest

from motoolkit.errors import ProfileError, SecretError
from motoolkit.profile import add_profile, list_profiles, load_profile, profile_file, remove_profile

WAY_IN = {"auth_server": "https://kc.nordby.dk/auth", "client_id": "hr"}
COMMENTED = """\
# Customers of the north
[profiles.alleby]  # by Bente
mo_url = "https://mo.alleby.dk"

[colours]
alleby = "red"
"""


def add(**more):
    """Add the profile of Nordby."""
    return add_profile("nordby", mo_url="https://mo.nordby.dk", **WAY_IN, **more)


def test_a_secret_goes_to_the_keyring_and_the_file_gets_a_reference(memory_keyring):
    """And the profile can be used at once."""
    assert add(client_secret="correct-horse").credentials.client_secret.reveal() == "correct-horse"
    assert memory_keyring.held == {("motoolkit", "nordby"): "correct-horse"}
    assert 'client_secret = "keyring:motoolkit/nordby"' in profile_file().read_text()
    assert "correct-horse" not in profile_file().read_text()


def test_a_reference_is_written_as_it_is(memory_keyring):
    """Nothing goes to the keyring."""
    add(client_secret="env:NORDBY_SECRET")
    assert memory_keyring.held == {}
    assert 'client_secret = "env:NORDBY_SECRET"' in profile_file().read_text()


def test_the_file_is_the_owners_alone():
    """Mode 0600, and nothing temporary stays."""
    add(client_secret="env:NORDBY_SECRET")
    assert stat.S_IMODE(profile_file().stat().st_mode) == 0o600
    assert [path.name for path in profile_file().parent.iterdir()] == ["profiles.toml"]


def test_comments_and_unknown_tables_stay(write):
    """The file is people's own."""
    write(COMMENTED)
    add(client_secret="env:NORDBY_SECRET")
    remove_profile("nordby")
    assert profile_file().read_text() == COMMENTED


@pytest.mark.usefixtures("no_keyring")
def test_a_machine_without_keyring_writes_nothing():
    """The remedy names what else works."""
    with pytest.raises(SecretError, match="env:NAME"):
        add(client_secret="correct-horse")
    assert not profile_file().exists()


def test_a_name_that_is_taken_is_not_overwritten():
    """Unless that is asked for."""
    add(client_secret="env:OLD")
    with pytest.raises(ProfileError, match="There is a profile 'nordby' already"):
        add(client_secret="env:NEW")
    add(client_secret="env:NEW", replace=True)
    assert repr(load_profile("nordby").credentials.client_secret) == "Secret(env:NEW)"


@pytest.mark.parametrize("name", ["", "a b", "a/b", "-x", "https://mo"])
def test_a_name_that_would_not_work_is_refused(name):
    """It must fit a command line and a keyring."""
    with pytest.raises(ProfileError, match="can not be the name of a profile"):
        add_profile(name, mo_url="https://mo.nordby.dk")


def test_an_unusable_profile_is_not_written():
    """No address, half a way in, or a wrong setting."""
    for settings in ({}, {"mo_url": "https://mo", "client_secret": "env:X"}, {"mo_url": "nordby"}):
        with pytest.raises(ProfileError):
            add_profile("nordby", **settings)
    assert not profile_file().exists()


def test_removing_a_profile_forgets_its_secret(memory_keyring):
    """But not what other profiles keep."""
    memory_keyring.held["motoolkit", "nordby2"] = "other"
    add(client_secret="correct-horse", username="bente", password="hunter2")
    assert len(memory_keyring.held) == 3
    remove_profile("nordby")
    assert memory_keyring.held == {("motoolkit", "nordby2"): "other"}
    assert list_profiles() == []


def test_a_secret_that_other_tools_keep_is_left_alone(memory_keyring):
    """Only what was kept for the profile is forgotten."""
    memory_keyring.held["customers", "nordby"] = "correct-horse"
    add(client_secret="keyring:customers/nordby")
    remove_profile("nordby")
    assert memory_keyring.held == {("customers", "nordby"): "correct-horse"}


def test_removing_what_is_not_there_is_an_error():
    """With near ones, or how to add it."""
    with pytest.raises(ProfileError, match="There is no profile 'nordby'"):
        remove_profile("nordby")


def test_a_folder_that_can_not_be_written_is_told_as_such(tmp_path, monkeypatch):
    """A file stands where the folder should be."""
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("MOTOOLKIT_CONFIG", str(tmp_path / "taken" / "profiles.toml"))
    with pytest.raises(ProfileError, match="can not be"):
        add(client_secret="env:NORDBY_SECRET")
