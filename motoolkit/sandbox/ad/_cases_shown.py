"""Planted cases: what accounts show, how safe they are, and where they lie."""

from __future__ import annotations

from typing import Final

from motoolkit.sandbox.ad._case import in_admin, of
from motoolkit.sandbox.ad.expected import Expected
from motoolkit.sandbox.ad.places import ADMIN
from motoolkit.sandbox.municipality import unit_uuid

SHOWN: Final = {
    "surname": in_admin("Frida Skudstrup", "Is spelled otherwise.", of("leap-day", "ATTR-NAME", "sn")),
    "nickname_shown": in_admin(
        "Margrethe Åkjær",
        "Is shown by her nickname.",
        of("nickname", "ATTR-DISPLAY", "displayName", "info"),
    ),
    "common_name": in_admin("Grethe Juhl", "The account is called otherwise.", of("senior", "ATTR-CN", "cn")),
    "mail": in_admin("Stine Intern", "Has another mail address.", of("internal-mail", "ATTR-MAIL", "mail")),
    "secret_mail": in_admin(
        "Helle Skjult",
        "AD shows a mail address that MO keeps secret.",
        of("secret-mail", "ATTR-MAIL", "mail", "error"),
    ),
    "phone": in_admin(
        "Dorte Nøgle", "Has a mobile number that MO lacks.", of("uuid-key", "ATTR-PHONE", "mobile")
    ),
    "address": in_admin(
        "Charlotte Titel", "Has another address.", of("title", "ATTR-ADDRESS", "streetAddress")
    ),
    "office": in_admin(
        "Ali Ukendt",
        "Has an office that MO does not know.",
        of("unknown-job", "ATTR-OFFICE", "physicalDeliveryOfficeName"),
    ),
    "title": in_admin("Ærta Aagaard", "Has another title.", of("social", "ATTR-TITLE", "title")),
    "department": in_admin(
        "Alberte Bæk", "Is in another department.", of("century-5", "ATTR-DEPT", "department")
    ),
    "company": in_admin("Bente Midtby", "Is in another company.", of("century-4", "ATTR-COMPANY", "company")),
    "path": in_admin(
        "Natalia Kowalska", "The path of units is an old one.", of("got-cpr", "ATTR-UNITPATH", "info")
    ),
    "manager_other": in_admin(
        "Tina Skaarup", "Her manager is one level up.", of("borgerservice", "MGR-DIFF", "manager")
    ),
    "manager_missing": in_admin("Pia Højgaard", "Has no manager.", of("hr", "MGR-MISSING", "manager")),
    "manager_self": in_admin("Karin Overgaard", "Is her own manager.", of("chief", "MGR-SELF", "manager")),
    "manager_ring": in_admin(
        "Lisbeth Østergaard",
        "Her manager is somebody whose manager she is.",
        of("kultur", "MGR-CYCLE", "manager"),
        of("museum", "MGR-CYCLE", "manager"),
        of("kultur", "MGR-DIFF", "manager"),
    ),
    "manager_gone": in_admin(
        "Trine Flytter",
        "Her manager is somebody who left yesterday.",
        of("moving", "MGR-DISABLED", "manager"),
        of("moving", "MGR-DIFF", "manager"),
    ),
    "password_not_required": in_admin(
        "Noah Fritidsjob", "Needs no password.", of("young", "SEC-PWDNOTREQD", "userAccountControl")
    ),
    "password_for_ever": in_admin(
        "Sigrid Gammelgaard",
        "The password never expires.",
        of("century-18", "SEC-NEVEREXP", "userAccountControl"),
    ),
    "no_preauthentication": in_admin(
        "Kaj Bonde", "Needs no pre-authentication.", of("misbrug-new", "SEC-NOPREAUTH", "userAccountControl")
    ),
    "delegation": in_admin(
        "Aksel Fischer",
        "May act as anybody who uses a service of his.",
        of("Åvangskolen/2", "SEC-DELEG", "userAccountControl"),
    ),
    "unused": in_admin(
        "Nanna Skov",
        "Has not logged on for 300 days.",
        of("Ravnsnæs Skole/2", "SEC-STALE", "lastLogonTimestamp"),
    ),
    "hardly_used": in_admin(
        "Liv Nguyen", "Logged on 190 days ago, or up to 14 days later: that is how AD tells it."
    ),
    "never_used": in_admin(
        "Per Munk", "Has never logged on.", of("Ravnsnæs Skole/1", "SEC-NEVERUSED", "whenCreated")
    ),
}
PLACES: Final = {
    "ou_missing": in_admin(
        "Vaccinationscentret",
        "The unit has no OU.",
        Expected("OU-MISSING", "org_unit", f"admin/{unit_uuid('Vaccinationscentret')}"),
    ),
    "ou_of_the_future": in_admin("Klimasekretariatet", "The unit begins in three months, and has no OU yet."),
    "ou_orphan": in_admin(
        "Projekt Kystvej",
        "An OU of which MO knows nothing.",
        Expected("OU-ORPHAN", "ou", f"admin/{ADMIN.key('ou/Projekt Kystvej')}"),
    ),
    "ou_empty": in_admin(
        "Legatudvalget",
        "The empty OU of a unit that is closed.",
        Expected("OU-EMPTY", "ou", f"admin/{ADMIN.key('unit/' + unit_uuid('Legatudvalget'))}"),
    ),
    "misplaced": in_admin(
        "Oscar Lund", "His account lies in another unit's OU.", of("engagement-mail", "OU-PLACEMENT")
    ),
}
