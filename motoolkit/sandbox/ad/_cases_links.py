"""Planted cases: who has an account, whose it is, and what it is called."""

from __future__ import annotations

from typing import Final

from motoolkit.sandbox.ad._case import (
    account,
    ended_group,
    group,
    in_admin,
    in_school,
    ituser,
    made,
    of,
    own,
    person,
    person_guid,
)
from motoolkit.sandbox.ad.expected import Expected
from motoolkit.sandbox.ad.places import SCHOOL
from motoolkit.sandbox.municipality import uid

LIFE: Final = {
    "stranger": in_admin(
        "jeuk77", "An account in use of which nobody knows whose it is.", made("ACC-NO-PERSON", "stranger")
    ),
    "stranger_disabled": in_admin(
        "peuk77",
        "The same, disabled and parked.",
        made("ACC-NO-PERSON", "stranger-disabled", severity="warning"),
    ),
    "no_account": in_admin(
        "Emma Nymail", "Works here and has no account.", person("PER-NO-ACC", "mail-changed")
    ),
    "wrong_directory": in_admin(
        "Trine Tavs",
        "Has her account in the schools' directory, and works at the town hall.",
        person("XAD-WRONG", "no-mail"),
        person("PER-NO-ACC", "no-mail"),
    ),
    "ended_enabled": in_admin(
        "Kirsten Lauridsen",
        "Left two months ago; her account was opened again.",
        of("soegaarden", "ENG-ENDED-ENABLED"),
    ),
    "ended_in_groups": in_admin(
        "Bo Farvel",
        "Left yesterday, is parked, and still in a group and on a list.",
        ended_group("Projekt Havn"),
        ended_group("Alle i It og Digitalisering"),
        group("DL-STALE", "Alle i It og Digitalisering", member=own("ended-yesterday")),
    ),
    "disabled_at_work": in_admin(
        "Maja Uklassificeret",
        "Is at work with a disabled account.",
        of("plain-mail", "ENG-ACTIVE-DISABLED"),
    ),
    "expired_at_work": in_admin(
        "Lars Opus",
        "Is at work with an account that expired yesterday, which AD still calls enabled.",
        of("opus", "ENG-ACTIVE-DISABLED"),
    ),
    "disabled_on_leave": in_admin(
        "Cecilie Orlov",
        "Is on leave, and her account is disabled meanwhile.",
        of("on-leave", "ENG-ACTIVE-DISABLED", severity="info"),
    ),
    "expires_otherwise": in_admin(
        "Magnus Ærø",
        "His account expires in a hundred days, his work does not end.",
        of("oekonomi", "EXP-MISMATCH", "accountExpires"),
    ),
    "never_expires": in_admin(
        "Inge Mikkelsen",
        "Resigns on the first of next month; her account never expires.",
        of("sundhed-old", "EXP-MISSING-TEMP", "accountExpires"),
    ),
    "created_late": in_admin(
        "Torben Lund",
        "His account was created 400 days after the day on which MO's IT user begins.",
        ituser("ITU-PERIOD", "borgmester/1", "start"),
    ),
    "forgotten": in_admin(
        "Jytte Enevoldsen",
        "Left last month; her disabled account lies where the integration does not look, with its mailbox.",
        of("aabrinken", "OU-OUT-OF-SCOPE"),
        of("aabrinken", "MBX-LICENCE", "mailbox"),
    ),
}
LINKS: Final = {
    "recreated": in_admin(
        "Suharto",
        "Her account was deleted and created again under the same name: MO has the GUID of the old one.",
        ituser("GUID-STALE", "one-name/1"),
    ),
    "deleted": in_admin(
        "Emma Timelærer",
        "Her account was deleted; paid by the hour, she does not need one.",
        ituser("GUID-STALE", "hourly/1"),
    ),
    "cpr_of_another": in_admin(
        "=1+1 Formelsen",
        "Her account has the CPR number of somebody else.",
        of("formula", "ACC-CPR-GUID-CONFLICT"),
    ),
    "cpr_other": in_admin(
        "Signe Åkjær Bjerregaard",
        "Her account has a CPR number that MO does not know.",
        of("married", "CPR-DIFF"),
    ),
    "cpr_missing": in_admin("Kaj Høj", "His account has no CPR number.", of("marrying", "CPR-MISSING")),
    "cpr_invalid": in_admin(
        "Lone Igen", "Her account has something else in its place.", of("came-back", "CPR-INVALID")
    ),
    "cpr_made_up": in_admin(
        "Linh Uden Nummer",
        "AD has a replacement number for somebody of whom MO has none.",
        of("no-cpr", "CPR-FICTIVE"),
    ),
    "cpr_with_hyphen": in_admin("Fatima Yıldız", "Her account has the CPR number with a hyphen."),
    "number_of_another": in_admin(
        "Viggo Schmidt",
        "His account has the payroll number of somebody else.",
        of("beskaeft", "ENG-WRONG", "engagement"),
    ),
    "rule_fits_two": in_admin(
        "Birgitte Skov", "Both of her accounts are marked primær.", person("DISC-AMBIG", "mailboxes")
    ),
    "rule_fits_none": in_admin(
        "Hans-Jørgen Bech", "His account is not marked.", person("DISC-NONE", "aeldre")
    ),
    "rule_takes_the_shut_one": in_admin(
        "Åse Ørsted Holm",
        "An old, disabled account of hers is marked primær, and the one in use sekundær.",
        person("DISC-EXCLUDED", "boern"),
    ),
    "two_directories": in_school(
        "Gitte Bonde",
        "Has an account in the schools' directory too, and no work there.",
        person("XAD-TWO", "misbrug-old", SCHOOL, "info"),
    ),
    "field_of_two_masters": in_school(
        "mobile",
        "By the settings both directories write the mobile number to MO.",
        Expected("XAD-FIELD-CLASH", "ad", "skole/admin", "mobile"),
    ),
    "cpr_twice": in_school(
        "Per Munk",
        "Has two accounts, and nothing tells which is for what.",
        Expected("DUP-CPR", "cpr", f"skole/{uid('persons', 'Ravnsnæs Skole/1')}"),
        *account(
            person_guid(SCHOOL, "Ravnsnæs Skole/1"), "ENG-NOLINK-MULTI", place=SCHOOL, attribute="engagement"
        ),
        made("ENG-NOLINK-MULTI", "second", "engagement", place=SCHOOL),
    ),
}
NAMES: Final = {
    "upn_twice": in_school(
        "kontoret@skole.nordby.example",
        "Two accounts have the same UPN.",
        Expected("DUP-UPN", "upn", "skole/kontoret@skole.nordby.example"),
    ),
    "mail_twice": in_admin(
        "postkasse.hr.og.loen@nordby.example",
        "Two shared mailboxes have the same address.",
        Expected("DUP-MAIL", "mail", "postkasse.hr.og.loen@nordby.example"),
    ),
    "proxy_twice": in_admin(
        "faelles@nordby.example",
        "Two shared mailboxes have the same proxy address.",
        Expected("DUP-PROXY", "mail", "faelles@nordby.example"),
    ),
    "name_reused": in_admin(
        "olti01",
        "Hans' account here has a username that was somebody else's until twenty months ago.",
        Expected("SAM-REUSED", "sam", "admin/olti01"),
    ),
    "name_against_pattern": in_school(
        "Zeynep.Ozdemir",
        "A username that does not end in a number.",
        *account(person_guid(SCHOOL, "Åvangskolen/3"), "SAM-PATTERN", place=SCHOOL),
    ),
    "name_forbidden": in_school(
        "post22",
        "A username whose stem is forbidden.",
        *account(person_guid(SCHOOL, "clerk"), "SAM-FORBIDDEN", place=SCHOOL),
    ),
    "name_too_long": in_school(
        "livnguyenvejledning01",
        "A username of 21 characters.",
        *account(person_guid(SCHOOL, "tutor"), "SAM-TOO-LONG", place=SCHOOL),
    ),
    "name_other_in_mo": in_admin(
        "amhu77", "MO has the username from before it was changed.", ituser("SAM-MO-DIFF", "demens/1")
    ),
    "name_in_capitals": in_admin(
        "ELTO01",
        "MO has the username in small letters.",
        ituser("SAM-MO-DIFF", "museum/1", severity="info"),
    ),
    "name_of_another_elsewhere": in_school(
        "frsk01",
        "The same username is somebody else's in the other directory.",
        Expected("SAM-CROSS-AD", "any_sam", "frsk01"),
    ),
    "upn_other_than_mail": in_admin(
        "Rikke Arkiv", "Logs on to the cloud by another name than her mail.", of("no-unit", "UPN-MAIL-DIFF")
    ),
}
