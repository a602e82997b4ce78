"""How a profile says where SD-Løn is, and that its password goes nowhere else."""

from __future__ import annotations

import pytest

from motoolkit.errors import ProfileError, SecretError
from motoolkit.profile import SdSettings, load_profile, load_sd_settings, override, profile_file

NORDBY = """
[profiles.nordby]
mo_url = "https://mo.nordby.example"
sd_url = "https://service.sd.example/"
sd_username = "SY0001"
sd_password = "env:NORDBY_SD"
sd_institutions = ["NK", "NS"]
sd_hours = "6:05-21:55"
"""


@pytest.fixture
def nordby(monkeypatch, tmp_path):
    """Write the profile of a customer."""
    monkeypatch.setenv("MOTOOLKIT_CONFIG", str(tmp_path / "profiles.toml"))
    monkeypatch.setenv("NORDBY_SD", "hemmelig")
    profile_file().write_text(NORDBY)


@pytest.mark.usefixtures("nordby")
def test_the_settings_of_a_profile():
    """Beside those of its MO; what is not said has its usual value."""
    sd = load_profile("nordby").sd
    assert (sd.url, sd.username, sd.password.reveal()) == ("https://service.sd.example", "SY0001", "hemmelig")
    assert (sd.institutions, sd.hours) == (("NK", "NS"), "06:05-21:55")
    assert (sd.dates, sd.method, sd.concurrency, sd.bulk, sd.cache_hours) == ("danish", "GET", 1, False, 12.0)
    assert "hemmelig" not in repr(load_profile("nordby"))


@pytest.mark.usefixtures("nordby")
def test_the_call_wins_over_the_environment_and_that_over_the_file(monkeypatch):
    """As for MO."""
    monkeypatch.setenv("MOTOOLKIT_SD_INSTITUTIONS", "xy, xz")
    monkeypatch.setenv("MOTOOLKIT_SD_PASSWORD", "anden")
    sd = load_profile("nordby", sd_dates="dd.mm.yyyy", sd_method="post").sd
    assert (sd.institutions, sd.password.reveal(), sd.method, sd.dates) == (
        ("XY", "XZ"),
        "anden",
        "POST",
        "danish",
    )
    assert sd.username == "SY0001"


@pytest.mark.usefixtures("nordby")
@pytest.mark.parametrize("by", ["call", "environment"])
def test_credentials_never_go_to_another_host(monkeypatch, by):
    """An address from above leaves the file's user and password behind."""
    elsewhere = "https://elsewhere.example"
    if by == "environment":
        monkeypatch.setenv("MOTOOLKIT_SD_URL", elsewhere)
    sd = load_profile("nordby", **({"sd_url": elsewhere} if by == "call" else {})).sd
    assert (sd.url, sd.username, sd.password) == (elsewhere, None, None)


@pytest.mark.usefixtures("nordby")
def test_credentials_stay_with_the_address_that_they_are_written_with(monkeypatch):
    """Those of the environment's own address are not sent to the file's."""
    monkeypatch.setenv("MOTOOLKIT_SD_URL", "https://test.sd.example")
    monkeypatch.setenv("MOTOOLKIT_SD_USERNAME", "SYTEST")
    monkeypatch.setenv("MOTOOLKIT_SD_PASSWORD", "test")
    sd = load_profile("nordby", sd_url="https://service.sd.example").sd
    assert (sd.username, sd.password.reveal()) == ("SY0001", "hemmelig")


def test_sd_alone_needs_no_mo(monkeypatch):
    """SD can be read where nothing says which MO is meant."""
    monkeypatch.setenv("MOTOOLKIT_SD_URL", "https://sd.example")
    assert load_sd_settings().url == "https://sd.example"
    with pytest.raises(ProfileError, match="which MO is meant"):
        load_profile()


@pytest.mark.usefixtures("nordby")
def test_a_password_in_plain_text_is_refused():
    """It is not repeated."""
    profile_file().write_text(NORDBY.replace("env:NORDBY_SD", "hemmelig"))
    with pytest.raises(SecretError, match=r"sd_password of profile 'nordby' stands in plain text") as caught:
        load_profile("nordby")
    assert "hemmelig" not in str(caught.value)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("sd_url", "service.sd.example"),
        ("sd_institutions", "Nordby"),
        ("sd_institutions", ""),
        ("sd_hours", "22:00-06:00"),
        ("sd_hours", "6-22"),
        ("sd_hours", "06:00-25:00"),
        ("sd_dates", "american"),
        ("sd_method", "PUT"),
        ("sd_concurrency", "0"),
        ("sd_bulk", "perhaps"),
        ("sd_cache_hours", "-1"),
    ],
)
def test_settings_that_can_not_be_used(setting, value):
    """Each is named, with what was written."""
    with pytest.raises(ProfileError, match=rf"{setting} of the call can not be used"):
        load_profile("https://mo.example", **{setting: value})


def test_hours_may_be_always():
    """For a stand-in, or a contract that says so."""
    assert load_profile("https://mo.example", sd_hours="Always").sd.hours == "always"


@pytest.mark.usefixtures("nordby")
def test_what_may_change_on_a_loaded_profile():
    """All but where SD is and who we are there."""
    changed = override(load_profile("nordby"), {"sd_institutions": "n2", "sd_bulk": "yes"})
    assert (changed.sd.institutions, changed.sd.bulk, changed.sd.username) == (("N2",), True, "SY0001")
    with pytest.raises(ProfileError, match="sd_url can not be changed"):
        override(load_profile("nordby"), {"sd_url": "https://elsewhere.example"})


def test_nothing_said_is_nothing_known():
    """A profile without SD has settings without an address."""
    assert load_profile("https://mo.example").sd == SdSettings()
