"""One customer's connection, and where its secret comes from."""

from __future__ import annotations

from motoolkit.profile._ad_tables import ad_settings_from_json
from motoolkit.profile._ad_toml import ad_settings_to_toml
from motoolkit.profile._change import add_profile, remove_profile
from motoolkit.profile._files import profile_file
from motoolkit.profile._profile import (
    Profile,
    is_chosen,
    list_profiles,
    load_ad_settings,
    load_profile,
    load_sd_settings,
    override,
)
from motoolkit.profile.ad import AdSettings
from motoolkit.profile.credentials import (
    ClientCredentials,
    Credentials,
    GivenToken,
    Grant,
    LegacySession,
    PasswordGrant,
)
from motoolkit.profile.sd import SdSettings
from motoolkit.profile.secret import Secret, secret_at

__all__ = [
    "AdSettings",
    "ClientCredentials",
    "Credentials",
    "GivenToken",
    "Grant",
    "LegacySession",
    "PasswordGrant",
    "Profile",
    "SdSettings",
    "Secret",
    "ad_settings_from_json",
    "ad_settings_to_toml",
    "add_profile",
    "is_chosen",
    "list_profiles",
    "load_ad_settings",
    "load_profile",
    "load_sd_settings",
    "override",
    "profile_file",
    "remove_profile",
    "secret_at",
]
