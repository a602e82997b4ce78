"""Planted cases for which MO has to be odd too."""

from __future__ import annotations

from typing import Final

from motoolkit.sandbox.ad._case import group, ituser, odd, of, own, person
from motoolkit.sandbox.ad.expected import Expected
from motoolkit.sandbox.municipality import uid, unit_uuid

_UNIT: Final = {
    name: f"admin/{unit_uuid(name)}"
    for name in ("Projekthuset Delta", "Valgsekretariatet", "Byarkivet", "Sommerskolen")
}
NEEDING_MO: Final = {
    "guid_in_braces": odd(
        "Klaus Klamme", "MO has the GUID in capitals and braces.", ituser("GUID-BAD-FORMAT", "ad-braces/1")
    ),
    "guid_swapped": odd(
        "Bente Bytter", "MO has the GUID with its bytes swapped.", ituser("GUID-SWAPPED", "ad-swapped/1")
    ),
    "guid_as_name": odd(
        "Gerda Gammel",
        "MO has the GUID where others have the username.",
        person("GUID-CONVENTION", "ad-convention"),
    ),
    "guid_of_the_other": odd(
        "Svend Skolemand",
        "MO has the GUID of the account in the other directory.",
        ituser("LINK-DUP-AD", "ad-elsewhere/1"),
    ),
    "guid_twice": odd(
        "Dina Dobbelt",
        "MO has two IT users for one account.",
        Expected("DUP-GUID", "external_id", f"admin/{uid('ad', 'ad-double/1')}"),
    ),
    "name_twice": odd(
        "samm71",
        "MO has the same username for two persons.",
        Expected("DUP-SAM", "username", "admin/samm71"),
        ituser("SAM-MO-DIFF", "ad-same-b/1"),
    ),
    "two_for_one_job": odd(
        "Tove Tokonti",
        "Two accounts are linked with one engagement.",
        Expected("ENG-TWO-ACCOUNTS", "engagement", f"admin/{uid('engagements', 'ad-two/1')}"),
    ),
    "role_ended": odd(
        "Rolf Rolle",
        "The role ended last month, the membership did not.",
        group("GRP-BIND-ENDED", "AD_ad-fjern", member=own("ad-role")),
    ),
    "two_primary_jobs": odd(
        "Pia Primær", "Two engagements are primary alike.", person("PRIM-MULTI", "ad-primaries")
    ),
    "open_too_early": odd(
        "Lene Senere",
        "Begins in three months, and the account is open.",
        of("ad-later", "ENG-FUTURE-ENABLED"),
    ),
    "expires_a_day_late": odd(
        "Tim Tidsbegrænset", "His account expires one day after his work ends, in Danish time."
    ),
    "own_name_free": odd(
        "Bachar Tilbage",
        "Came back and got a new username though the old one was free.",
        person("SAM-OWN-NOT-REUSED", "ad-back"),
    ),
    "link_ended": odd(
        "Lise Linket",
        "MO links her account with the engagement that ended, and she has another.",
        Expected(
            "ENG-LINK-ENDED",
            "account",
            f"admin/{own('ad-link')}/{uid('engagements', 'ad-link/1')}",
            "engagement",
        ),
        of("ad-link", "ENG-WRONG", "engagement"),
    ),
    "ituser_left_over": odd(
        "Gorm Gået",
        "Left last month; his account is disabled, and MO's IT user goes on.",
        ituser("ITU-NO-ENG-SYS", "ad-gone/1"),
    ),
    "consultant": odd("Kurt Konsulent", "A consultant whose end only MO knows, which is enough."),
    "consultant_ended": odd(
        "Fie Forhenværende",
        "A consultant whose work ended two months ago can log on.",
        of("ad-former", "EXT-ENDED", "end"),
    ),
    "ou_renamed": odd(
        "Projekthuset Delta",
        "The OU with the unit's GUID is called otherwise.",
        Expected("OU-NAME", "org_unit", _UNIT["Projekthuset Delta"]),
    ),
    "ou_moved": odd(
        "Valgsekretariatet",
        "The OU with the unit's GUID lies in another branch.",
        Expected("OU-PARENT", "org_unit", _UNIT["Valgsekretariatet"]),
    ),
    "ou_too_high": odd(
        "Byarkivet",
        "The OU with the unit's GUID lies a level too high.",
        Expected("OU-LEVEL", "org_unit", _UNIT["Byarkivet"]),
    ),
    "ou_twice": odd(
        "Sommerskolen",
        "The unit has the GUIDs of two OUs.",
        Expected("OU-DUP", "org_unit", _UNIT["Sommerskolen"]),
    ),
    "fk_missing": odd("Ellen Toft", "Is not in FK Organisation.", ituser("FK-PAIR-MISSING", "museum/1")),
    "fk_stale": odd(
        "Pia Højgaard",
        "Is in FK Organisation with the GUID of no account.",
        ituser("FK-PAIR-MISSING", "hr/1"),
        ituser("FK-PAIR-STALE", f"fk/{uid('itusers', 'hr/1')}"),
    ),
    "fk_twice": odd(
        "Lisbeth Østergaard",
        "Is in FK Organisation twice.",
        ituser("FK-PAIR-MULTI", f"fk/{uid('itusers', 'kultur/1')}", "user_key"),
        ituser("FK-PAIR-MULTI", f"fk/{uid('itusers', 'kultur/1')}/2", "user_key"),
    ),
}
