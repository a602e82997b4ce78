"""Secrets can be used but not shown."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import asdict

import orjson
import pytest

from motoolkit.errors import SecretError
from motoolkit.profile import Profile, Secret, load_profile, secret_at

HORSE = "correct-horse"


def test_a_secret_is_shown_in_no_way():
    """Neither printed, nor formatted, nor inside what holds it."""
    secret = Secret(HORSE)
    shown = [repr(secret), str(secret), f"{secret}", f"{secret!s:>40}", repr({"secret": secret})]
    assert all(HORSE not in text for text in shown)
    assert repr(secret) == "Secret(given)"
    assert secret.reveal() == HORSE


@pytest.mark.parametrize(
    "leak", [pickle.dumps, copy.copy, copy.deepcopy, json.dumps, orjson.dumps, vars, asdict]
)
def test_a_secret_refuses_to_be_written_or_copied(leak):
    """Pickle, JSON, copy: each is a way out by accident."""
    with pytest.raises(TypeError):
        leak(Secret(HORSE))


def test_a_profile_shows_where_its_secret_is_and_not_the_secret(monkeypatch):
    """The reference helps; the value would not."""
    monkeypatch.setenv("NORDBY_SECRET", HORSE)
    profile = load_profile(
        "https://mo.nordby.dk", auth_server="https://kc", client_id="hr", client_secret="env:NORDBY_SECRET"
    )
    assert "Secret(env:NORDBY_SECRET)" in repr(profile)
    assert HORSE not in repr(profile)
    assert profile.credentials.client_secret.reveal() == HORSE
    with pytest.raises(TypeError):
        asdict(profile)


def test_a_secret_is_read_from_a_file(tmp_path):
    """As Docker and Kubernetes mount it, without the line's end."""
    (tmp_path / "secret").write_text(f"{HORSE}\n")
    assert secret_at(f"file:{tmp_path / 'secret'}").reveal() == HORSE


def test_a_secret_is_read_from_the_keyring(memory_keyring):
    """The service may hold slashes, the user may not."""
    memory_keyring.held["customers/motoolkit", "nordby"] = HORSE
    assert secret_at("keyring:customers/motoolkit/nordby").reveal() == HORSE


def test_a_secret_is_fetched_when_it_is_used(monkeypatch):
    """A profile can be listed where its secret can not be had."""
    secret = secret_at("env:LATER")
    monkeypatch.setenv("LATER", HORSE)
    assert secret.reveal() == HORSE


@pytest.mark.usefixtures("memory_keyring")
@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        ("env:NOWHERE", "The environment variable NOWHERE is not set."),
        ("file:/nowhere", "The secret file /nowhere can not be read: No such file or directory."),
        ("keyring:motoolkit/nobody", "The keyring holds no secret for motoolkit/nobody."),
        ("keyring:nobody", "keyring:nobody names no secret."),
    ],
)
def test_a_secret_that_is_not_there_is_told_by_its_place(reference, sentence):
    """And how to put it there."""
    with pytest.raises(SecretError) as caught:
        secret_at(reference).reveal()
    assert caught.value.message == sentence
    assert caught.value.remedy


def test_an_empty_secret_file_is_told_as_such(tmp_path):
    """An empty secret would be refused by Keycloak with less to go by."""
    (tmp_path / "secret").write_text("\n")
    with pytest.raises(SecretError, match="is empty"):
        secret_at(f"file:{tmp_path / 'secret'}").reveal()


@pytest.mark.parametrize("text", [HORSE, "vault:nordby", "env:", "", "https://example.org"])
def test_what_is_no_reference_is_refused_and_not_repeated(text):
    """It is probably the secret itself."""
    with pytest.raises(SecretError) as caught:
        secret_at(text)
    assert caught.value.message == "A secret stands in plain text where a reference belongs."
    assert HORSE not in str(caught.value)


@pytest.mark.usefixtures("no_keyring")
def test_a_machine_without_keyring_says_what_else_works():
    """As in a container."""
    with pytest.raises(SecretError) as caught:
        secret_at("keyring:motoolkit/nordby").reveal()
    assert "this machine has none, or it is locked" in caught.value.message
    assert "env:NAME" in caught.value.remedy
    assert "file:PATH" in caught.value.remedy


def test_two_secrets_are_equal_when_place_and_value_are():
    """So that profiles can be compared."""
    assert Profile("https://mo", credentials=None) == Profile("https://mo", credentials=None)
    assert Secret(HORSE) == Secret(HORSE)
    assert Secret(HORSE) != Secret("wrong-horse")
