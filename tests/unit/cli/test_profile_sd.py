"""A profile's SD-Løn on the command line."""

from __future__ import annotations

from motoolkit.cli import main
from motoolkit.profile import load_profile, profile_file

URL = "https://mo.nordby.example"
SD = ("--sd-url", "https://sd.example", "--sd-username", "SY0001", "--sd-institutions", "NK,NS")


def test_sd_is_added_with_a_reference_to_its_password(monkeypatch):
    """As everything else of a profile."""
    monkeypatch.setenv("NORDBY_SD", "hemmelig")
    words = (*SD, "--sd-password", "env:NORDBY_SD", "--sd-hours", "6:05-21:55")
    assert main(("profile", "add", "nordby", URL, *words)) == 0
    assert 'sd_password = "env:NORDBY_SD"' in profile_file().read_text()
    sd = load_profile("nordby").sd
    assert (sd.url, sd.institutions, sd.hours) == ("https://sd.example", ("NK", "NS"), "06:05-21:55")
    assert sd.password.reveal() == "hemmelig"


def test_a_password_on_the_command_line_is_refused(capsys):
    """It would stay in the shell's history."""
    assert main(("profile", "add", "nordby", URL, *SD, "--sd-password", "hemmelig")) == 1
    assert "hemmelig" not in capsys.readouterr().err
    assert not profile_file().exists()
