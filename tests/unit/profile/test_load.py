"""Where a profile comes from: the call over the environment over the file."""

from __future__ import annotations

import pytest

from motoolkit.errors import ProfileError, SecretError
from motoolkit.profile import (
    ClientCredentials,
    GivenToken,
    LegacySession,
    PasswordGrant,
    list_profiles,
    load_profile,
    profile_file,
)

NORDBY = """
[profiles.nordby]
mo_url = "https://mo.nordby.dk/"
auth_server = "https://kc.nordby.dk/auth"
client_id = "hr"
client_secret = "env:NORDBY_SECRET"
graphql_version = 28
timeout = 60
"""


def test_a_profile_is_read_from_the_file(write, monkeypatch):
    """With the defaults of what it does not say."""
    write(NORDBY)
    monkeypatch.setenv("NORDBY_SECRET", "correct-horse")
    profile = load_profile("nordby")
    assert (profile.name, profile.mo_url) == ("nordby", "https://mo.nordby.dk")
    assert (profile.graphql_version, profile.concurrency, profile.page_size) == (28, 2, 500)
    assert profile.timeout == 60.0
    assert isinstance(profile.credentials, ClientCredentials)
    assert profile.credentials.realm == "mo"
    assert profile.credentials.grant() == {
        "grant_type": "client_credentials",
        "client_id": "hr",
        "client_secret": "correct-horse",
    }


def test_the_environment_names_the_profile(write, monkeypatch):
    """``MOTOOLKIT_PROFILE``, where the call names none."""
    write(NORDBY)
    monkeypatch.setenv("MOTOOLKIT_PROFILE", "nordby")
    assert load_profile().name == "nordby"


def test_the_file_can_be_elsewhere(tmp_path, monkeypatch):
    """``MOTOOLKIT_CONFIG``."""
    (tmp_path / "mine.toml").write_text(NORDBY)
    monkeypatch.setenv("MOTOOLKIT_CONFIG", str(tmp_path / "mine.toml"))
    assert profile_file() == tmp_path / "mine.toml"
    assert load_profile("nordby").graphql_version == 28


def test_the_call_wins_over_the_environment_and_that_over_the_file(write, monkeypatch):
    """Setting by setting."""
    write(NORDBY)
    monkeypatch.setenv("MOTOOLKIT_GRAPHQL_VERSION", "v29")
    monkeypatch.setenv("MOTOOLKIT_TIMEOUT", "90")
    profile = load_profile("nordby", timeout=5)
    assert (profile.graphql_version, profile.timeout) == (29, 5.0)


def test_everything_can_come_from_the_environment(monkeypatch):
    """The issue's eight names."""
    for name, value in {
        "MO_URL": "https://mo.nordby.dk",
        "AUTH_SERVER": "https://kc.nordby.dk/auth",
        "REALM": "nordby",
        "CLIENT_ID": "hr",
        "CLIENT_SECRET": "correct-horse",
        "GRAPHQL_VERSION": "30",
    }.items():
        monkeypatch.setenv(f"MOTOOLKIT_{name}", value)
    profile = load_profile()
    assert (profile.name, profile.mo_url, profile.graphql_version) == (None, "https://mo.nordby.dk", 30)
    assert profile.credentials.realm == "nordby"
    assert profile.credentials.client_secret.reveal() == "correct-horse"
    assert "correct-horse" not in repr(profile)


@pytest.mark.parametrize(
    ("settings", "way"),
    [
        ({"token": "t"}, GivenToken),
        ({"session": "s"}, LegacySession),
        ({"auth_server": "https://kc", "client_id": "c", "client_secret": "x"}, ClientCredentials),
        ({"auth_server": "https://kc", "client_id": "c", "username": "u", "password": "p"}, PasswordGrant),
        ({}, type(None)),
    ],
)
def test_the_way_in_follows_from_what_is_given(settings, way):
    """There is nothing else to say which is meant."""
    assert type(load_profile("https://mo.nordby.dk", **settings).credentials) is way


def test_a_client_that_is_confidential_sends_its_secret_with_the_password():
    """Keycloak wants both then."""
    settings = {"auth_server": "https://kc", "client_id": "c", "username": "u", "password": "p"}
    profile = load_profile("https://mo.nordby.dk", client_secret="x", **settings)
    assert profile.credentials.grant() == {
        "grant_type": "password",
        "client_id": "c",
        "username": "u",
        "password": "p",
        "client_secret": "x",
    }


def test_a_token_of_the_environment_replaces_the_files_way_in(write, monkeypatch):
    """One way in, whole; not half of each."""
    write(NORDBY)
    monkeypatch.setenv("MOTOOLKIT_TOKEN", "a.b.c")
    assert isinstance(load_profile("nordby").credentials, GivenToken)


def test_a_secret_of_the_environment_completes_the_file(write, monkeypatch):
    """The file says who, the environment the secret."""
    write(NORDBY.replace('client_secret = "env:NORDBY_SECRET"\n', ""))
    monkeypatch.setenv("MOTOOLKIT_CLIENT_SECRET", "correct-horse")
    assert load_profile("nordby").credentials.client_secret.reveal() == "correct-horse"


def test_credentials_of_one_mo_are_never_sent_to_another(write, monkeypatch):
    """The environment names another MO, so that the file's credentials stay behind."""
    write(NORDBY)
    monkeypatch.setenv("MOTOOLKIT_MO_URL", "https://mo.sydby.dk")
    profile = load_profile("nordby")
    assert (profile.mo_url, profile.credentials) == ("https://mo.sydby.dk", None)


def test_a_url_in_the_call_leaves_another_mos_credentials_behind(monkeypatch):
    """The environment is set up for the customer, the call is for the sandbox."""
    monkeypatch.setenv("MOTOOLKIT_MO_URL", "https://mo.nordby.dk")
    monkeypatch.setenv("MOTOOLKIT_SESSION", "s")
    assert load_profile("http://127.0.0.1:5000").credentials is None


def test_an_unknown_profile_is_answered_with_near_ones(write):
    """Names are mistyped."""
    write(NORDBY)
    with pytest.raises(ProfileError, match=r"There is no profile 'norby'\. Did you mean nordby\?"):
        load_profile("norby")


def test_without_a_file_the_remedy_is_to_add_a_profile():
    """And where it would be kept."""
    with pytest.raises(ProfileError) as caught:
        load_profile("nordby")
    assert (
        caught.value.remedy == f"Add it: motoolkit profile add nordby. Profiles are kept in {profile_file()}."
    )


def test_nothing_at_all_is_told_as_such():
    """The library does not guess."""
    with pytest.raises(ProfileError, match="Nothing says which MO is meant"):
        load_profile()


def test_a_secret_in_plain_text_is_refused_and_not_repeated(write):
    """With where secrets belong."""
    write(NORDBY.replace("env:NORDBY_SECRET", "correct-horse"))
    with pytest.raises(SecretError) as caught:
        load_profile("nordby")
    assert (
        caught.value.message == f"client_secret of profile 'nordby' stands in plain text in {profile_file()}."
    )
    assert "keyring:SERVICE/USER" in caught.value.remedy
    assert "correct-horse" not in str(caught.value)


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        (
            "mo_url",
            "mo.nordby.dk",
            "mo_url of the call can not be used ('mo.nordby.dk'): The setting is no web",
        ),
        ("graphql_version", "new", "graphql_version of the call can not be used ('new')"),
        ("concurrency", 0, "concurrency of the call can not be used (0)"),
        ("page_size", "many", "page_size of the call can not be used ('many')"),
        ("timeout", -1, "timeout of the call can not be used (-1)"),
        ("realm", " ", "realm of the call can not be used (' ')"),
        ("colour", "red", "There is no setting of the call called 'colour'."),
    ],
)
def test_a_setting_that_can_not_be_used_is_named(setting, value, sentence):
    """With where it came from and what it held."""
    with pytest.raises(ProfileError) as caught:
        load_profile(**{"mo_url": "https://mo.nordby.dk", setting: value})
    assert caught.value.message.startswith(sentence)


def test_a_setting_of_the_environment_is_named_by_its_variable(monkeypatch):
    """People look for what they wrote."""
    monkeypatch.setenv("MOTOOLKIT_TIMEOUT", "soon")
    with pytest.raises(ProfileError, match=r"timeout of the environment \(MOTOOLKIT_TIMEOUT\)"):
        load_profile("https://mo.nordby.dk")


def test_a_password_in_an_address_is_refused_and_not_repeated():
    """It would be in every log."""
    with pytest.raises(ProfileError) as caught:
        load_profile("https://bente:correct-horse@mo.nordby.dk")
    assert "correct-horse" not in str(caught.value)


def test_an_incomplete_way_in_names_what_is_missing(write):
    """And the variable that would do."""
    write(NORDBY.replace('client_id = "hr"\n', ""))
    with pytest.raises(ProfileError) as caught:
        load_profile("nordby")
    assert caught.value.message.startswith("Profile 'nordby' lacks client_id")
    assert "MOTOOLKIT_CLIENT_ID" in caught.value.remedy


def test_two_ways_in_at_once_are_refused():
    """Nobody could tell which was meant."""
    with pytest.raises(ProfileError, match="Several ways to log in are given at once: token, session"):
        load_profile("https://mo.nordby.dk", token="t", session="s")


@pytest.mark.parametrize("text", ["[profiles.nordby", "profiles = 3", "[profiles]\nnordby = 3"])
def test_a_file_that_is_no_profile_file_is_told_as_such(write, text):
    """Cut off, or of another shape."""
    write(text)
    with pytest.raises(ProfileError, match="The profile file"):
        load_profile("nordby")


def test_profiles_are_listed_by_name(write):
    """Without fetching their secrets, and without the environment's."""
    write(NORDBY + '[profiles.alleby]\nmo_url = "https://mo.alleby.dk"\n')
    assert [profile.name for profile in list_profiles()] == ["alleby", "nordby"]
