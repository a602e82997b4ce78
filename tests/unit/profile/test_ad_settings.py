"""Directories in a profile: ``[profiles.NAME.ad.DIRECTORY]``."""

from __future__ import annotations

import pytest

from motoolkit.errors import InputError, ProfileError, SecretError
from motoolkit.profile import (
    ad_settings_from_json,
    add_profile,
    list_profiles,
    load_ad_settings,
    load_profile,
)
from motoolkit.profile.ad import AdSettings, Discriminator, Externals, FieldRule, KindRule

TEXT = """
[profiles.nordby]
mo_url = "https://mo.nordby.example"

[profiles.nordby.ad.admin]
url = "ldaps://dc1.admin.nordby.example"
username = "reader@admin.nordby.example"
password = "env:ADMIN_PASSWORD"
base_dn = "DC=admin,DC=nordby,DC=example"
cpr_attribute = "employeeID"
timeout = 30
grace_days = 3

[[profiles.nordby.ad.admin.kinds]]
kind = "admin"
sam = "adm-.*"

[[profiles.nordby.ad.admin.fields]]
attribute = "title"
mo = "job_function.name"
authority = "ad"

[profiles.nordby.ad.admin.discriminator]
fields = ["sAMAccountName"]
values = ["{{ value|length < 5 }}"]

[profiles.nordby.ad.admin.externals.units]
"OU=Eksterne,DC=admin,DC=nordby,DC=example" = "eksterne"

[profiles.nordby.ad.skole]
files = ["skole.ldif"]
itsystem = "SKOLE-AD"
"""


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a profile file."""

    def start(text: str) -> None:
        file = tmp_path / "profiles.toml"
        file.write_text(text)
        monkeypatch.setenv("MOTOOLKIT_CONFIG", str(file))

    return start


def test_every_part_is_read_as_its_type_says(write):
    """Lists become tuples, tables parts, whole numbers seconds."""
    write(TEXT)
    admin, skole = load_profile("nordby").ad

    assert (admin.name, admin.timeout, admin.grace_days) == ("admin", 30.0, 3)
    assert admin.kinds == (KindRule(kind="admin", sam="adm-.*"),)
    assert admin.fields == (FieldRule(attribute="title", mo="job_function.name", authority="ad"),)
    assert admin.discriminator == Discriminator(
        fields=("sAMAccountName",), values=("{{ value|length < 5 }}",)
    )
    assert admin.externals == Externals(units=(("OU=Eksterne,DC=admin,DC=nordby,DC=example", "eksterne"),))
    assert skole == AdSettings(name="skole", files=("skole.ldif",), itsystem="SKOLE-AD")
    assert [len(profile.ad) for profile in list_profiles()] == [2]


def test_a_password_is_fetched_when_it_is_needed_and_never_shown(write, monkeypatch):
    """A reference; the environment may hold another one for one directory."""
    write(TEXT)
    monkeypatch.setenv("ADMIN_PASSWORD", "hemmeligt")
    (admin, _) = load_ad_settings("nordby")
    assert admin.password.reveal() == "hemmeligt"
    assert "hemmeligt" not in repr(admin)

    monkeypatch.setenv("MOTOOLKIT_AD_ADMIN_PASSWORD", "andet")
    assert load_ad_settings("nordby")[0].password.reveal() == "andet"


def test_a_password_in_plain_text_is_refused_and_not_repeated(write):
    """As every other secret."""
    write(TEXT.replace("env:ADMIN_PASSWORD", "hemmeligt"))
    with pytest.raises(SecretError) as caught:
        load_profile("nordby")
    assert "password of directory 'admin' of profile 'nordby'" in caught.value.message
    assert "hemmeligt" not in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message", "remedy"),
    [
        ("cpr_attribute", "cpr_atribute", "called 'cpr_atribute'", "Did you mean cpr_attribute"),
        ('sam = "adm', 'sami = "adm', "setting of kinds of directory 'admin'", "Did you mean sam"),
        ('kind = "admin"', 'kind = "admn"', "kind of account", "Did you mean admin"),
        ('kind = "admin"', "", "lacks kind", "Give it a value"),
        ('authority = "ad"', 'authority = "sd"', "called 'sd'", "Known: ad, mo"),
        (
            "timeout = 30",
            'timeout = "30"',
            "timeout of directory 'admin' of profile 'nordby' is not a number",
            "",
        ),
        ("grace_days = 3", "grace_days = true", "is not a whole number", ""),
        ("grace_days = 3", "grace_days = -1", "is below zero", ""),
        ('files = ["skole.ldif"]', 'files = "skole.ldif"', "is not a list", ""),
        ('"ldaps://dc1', '"https://dc1', "no address of a directory", "ldaps://"),
        ('sam = "adm-.*"', 'sam = "adm-("', "no regular expression", ""),
        ("[profiles.nordby.ad.skole]", '[profiles.nordby.ad."a/b"]', "can not be the name", ""),
    ],
)
def test_what_is_wrong_is_named_with_its_place(write, old, new, message, remedy):
    """And with the near match."""
    assert old in TEXT
    write(TEXT.replace(old, new))
    with pytest.raises(InputError) as caught:
        load_profile("nordby")
    assert message in caught.value.message
    assert remedy in caught.value.remedy


def test_directories_that_are_no_tables_are_refused(write):
    """``ad = "x"``."""
    write('[profiles.x]\nmo_url = "https://mo.example"\nad = "ldaps://x"\n')
    with pytest.raises(ProfileError, match="no tables of directories"):
        load_profile("x")


def test_directories_are_found_without_a_mo(write):
    """An audit of a mirror's file needs none."""
    write(TEXT.replace('mo_url = "https://mo.nordby.example"', ""))
    assert [each.name for each in load_ad_settings("nordby")] == ["admin", "skole"]


def test_a_profile_that_is_replaced_keeps_its_directories(write):
    """They are written by hand, and no option gives them."""
    write(TEXT)
    add_profile("nordby", replace=True, mo_url="https://other.example")
    profile = load_profile("nordby")
    assert (profile.mo_url, [each.name for each in profile.ad]) == (
        "https://other.example",
        ["admin", "skole"],
    )


def test_json_is_read_as_the_file_is():
    """As a sandbox tells its directories; pairs as lists."""
    settings = ad_settings_from_json(
        {"name": "admin", "externals": {"units": [["OU=E,DC=x", "e"]]}, "search_bases": ["DC=x"]}
    )
    assert settings == AdSettings(
        name="admin", search_bases=("DC=x",), externals=Externals(units=(("OU=E,DC=x", "e"),))
    )
    with pytest.raises(InputError, match="called 'nme'"):
        ad_settings_from_json({"name": "x", "nme": "y"})
