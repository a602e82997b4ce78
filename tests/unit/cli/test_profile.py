"""Profiles by name; no secret on the command line, none on the screen."""

from __future__ import annotations

import stat

import pytest

from motoolkit.cli import main
from motoolkit.profile import profile_file


@pytest.fixture
def run(capsys):
    """Run a command and return its exit code, its output and its error lines."""

    def go(*words):
        code = main(words)
        done = capsys.readouterr()
        return code, done.out, done.err

    return go


def add(run, *more):
    """Add the profile of a MO."""
    way_in = ("--auth-server", "https://kc.nordby.dk/auth", "--client-id", "hr")
    return run("profile", "add", "nordby", "https://mo.nordby.dk", *way_in, *more)


def test_a_profile_is_added_with_a_reference_to_its_secret(run):
    """The file is the owner's alone and holds where the secret is, never the secret."""
    code, out, _ = add(run, "--client-secret", "env:NORDBY_SECRET")
    assert (code, out) == (0, f"nordby: https://mo.nordby.dk (client credentials), in {profile_file()}\n")
    assert 'client_secret = "env:NORDBY_SECRET"' in profile_file().read_text()
    assert stat.S_IMODE(profile_file().stat().st_mode) == 0o600


def test_a_secret_on_the_command_line_is_refused_and_not_repeated(run):
    """It would stay in the shell's history and in the list of processes."""
    code, _, err = add(run, "--client-secret", "correct-horse")
    assert code == 1
    assert err.startswith("Error: A secret stands in plain text where a reference belongs.")
    assert "correct-horse" not in err
    assert not profile_file().exists()


def test_a_machine_without_keyring_is_told_where_else_a_secret_can_be(run, monkeypatch):
    """The secret is asked for, can not be kept, and is not shown."""
    monkeypatch.setattr("click.prompt", lambda *_, **__: "correct-horse")
    code, _, err = add(run, "--client-secret", "-")
    assert code == 1
    assert "env:NAME" in err
    assert "correct-horse" not in err


def test_profiles_are_listed_without_their_secrets(run):
    """As a table, or as JSON for programs."""
    add(run, "--client-secret", "env:NORDBY_SECRET")
    assert run("profile", "list", "--format", "csv") == (
        0,
        "name,mo_url,way in\nnordby,https://mo.nordby.dk,client credentials\n",
        "",
    )


def test_a_profile_is_removed(run):
    """The list is empty again."""
    add(run, "--client-secret", "env:NORDBY_SECRET")
    assert run("profile", "remove", "nordby")[:2] == (0, "Removed nordby.\n")
    assert run("profile", "list", "--format", "json")[1] == "[]\n"


def test_an_unknown_profile_is_answered_with_the_near_one(run):
    """Exit code 1: the command was understood."""
    add(run, "--client-secret", "env:NORDBY_SECRET")
    assert run("profile", "remove", "norby") == (
        1,
        "",
        "Error: There is no profile 'norby'.\nDid you mean nordby?\n",
    )
