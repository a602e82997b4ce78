"""Planted cases: groups, lists, shared mailboxes and people from outside."""

from __future__ import annotations

from typing import Final

from motoolkit.sandbox.ad._case import group, in_admin, in_school, made, own
from motoolkit.sandbox.ad.expected import Expected
from motoolkit.sandbox.ad.places import ADMIN
from motoolkit.sandbox.municipality import uid

_RING: Final = min(("Bro A", "Bro B"), key=lambda name: ADMIN.key(f"group/{name}"))
GROUPS: Final = {
    "member_without_role": in_admin(
        "AD_ad-bruger",
        "Somebody without the role is in its group.",
        group("GRP-EXTRA", "AD_ad-bruger", member=own("kultur")),
    ),
    "role_without_member": in_admin(
        "AD_ad-admin",
        "Somebody with the role is not in its group.",
        group("GRP-MISSING", "AD_ad-admin", member=own("it")),
    ),
    "ruler": in_admin(
        "Ivan Kowalski",
        "An everyday account is in Domain Admins.",
        Expected("GRP-PRIV", "group", f"admin/{ADMIN.key('own/Domain Admins')}/{own('vagt')}"),
    ),
    "group_without_role": in_admin(
        "AD_gammel", "A group among those of roles that is none's.", group("GRP-NO-ROLE", "AD_gammel")
    ),
    "role_without_group": in_school(
        "Skoleadministrator",
        "A role without a group.",
        Expected("ROLE-NO-GROUP", "class", f"skole/{uid('classes', 'role/skole-admin')}"),
    ),
    "too_deep": in_admin(
        "Printere 1", "Four groups in one another.", group("GRP-NESTED", "Printere 1", "member")
    ),
    "ring_of_groups": in_admin(
        "Bro A, Bro B", "Two groups that are in each other.", group("GRP-CYCLE", _RING, "member")
    ),
    "empty_group": in_admin(
        "Tom gruppe", "A group without members.", group("GRP-EMPTY", "Tom gruppe", "member")
    ),
    "group_without_owner": in_admin(
        "Herreløs gruppe", "A group without owner.", group("GRP-NO-OWNER", "Herreløs gruppe", "managedBy")
    ),
    "group_of_somebody_gone": in_admin(
        "Bos gruppe", "A group whose owner has left.", group("GRP-NO-OWNER", "Bos gruppe", "managedBy")
    ),
    "list_with_rights": in_admin(
        "Alle ledere", "A list that is a security group.", group("GRP-TYPE", "Alle ledere", "groupType")
    ),
    "outsider_on_list": in_admin(
        "Alle i Kultur og Fritid",
        "A member of the council is on the staff's list.",
        group("DL-STALE", "Alle i Kultur og Fritid", member=own("councillor")),
    ),
    "box_without_owner": in_admin(
        "Postkasse uden ejer",
        "A shared mailbox of which nobody knows whose it is.",
        made("MBX-NO-OWNER", "Postkasse uden ejer", "manager"),
    ),
    "box_enabled": in_admin(
        "Postkasse åben",
        "A shared mailbox that one can log on with.",
        made("MBX-ENABLED", "Postkasse åben", "userAccountControl"),
    ),
    "box_of_somebody_gone": in_admin(
        "Postkasse Kultur og Fritid",
        "Somebody who left may still act for a shared mailbox.",
        Expected(
            "MBX-DELEGATE-ENDED",
            "account",
            f"admin/{ADMIN.key('account/Postkasse Kultur og Fritid')}/{own('ended-yesterday')}",
            "publicDelegates",
        ),
    ),
    "external_unknown": in_admin(
        "ekst71", "A consultant whom MO does not know.", made("EXT-NOT-IN-MO", "ekst71")
    ),
    "external_of_nobody": in_admin(
        "ekst72",
        "A consultant for whom nobody answers.",
        made("EXT-NO-OWNER", "ekst72", "manager"),
        made("EXT-NOT-IN-MO", "ekst72"),
    ),
    "external_for_ever": in_admin(
        "ekst73",
        "A consultant without an end.",
        made("EXT-NO-END", "ekst73", "accountExpires"),
        made("EXT-NOT-IN-MO", "ekst73"),
    ),
    "external_employed": in_admin(
        "Nanna Skov",
        "Is employed, and has a consultant's account too.",
        made("EXT-IS-INTERNAL", "ekst74"),
        made("ENG-NOLINK-MULTI", "ekst74", "engagement"),
    ),
}
