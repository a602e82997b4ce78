"""How an audit reads the sandbox's directories: settings by a profile's names, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.ad import places as at
from motoolkit.sandbox.ad._builder import PRIMARY, SECONDARY
from motoolkit.sandbox.municipality import uid, unit_uuid

if TYPE_CHECKING:
    from collections.abc import Callable

    from motoolkit.sandbox.ad.places import Place

FIELDS: Final = {
    "givenName": "person.given_name",
    "sn": "person.surname",
    "displayName": "person.name",
    "cn": "person.name",
    "mail": "mail",
    "telephoneNumber": "phone",
    "mobile": "mobile",
    "physicalDeliveryOfficeName": "office",
    "title": "job_function.name",
    "department": "unit.name",
    "company": "company",
    "info": "unit.path",
    "streetAddress": "unit.street",
    "postalCode": "unit.postal_code",
    "l": "unit.city",
    "manager": "manager",
}
"""What each attribute shows of MO."""
FORBIDDEN: Final = ("admin", "post", "root", "test")
PATTERN: Final = r"[a-z0-9-]+\d{2,3}"
FK: Final = "FK-ORG"
"""The IT system of FK Organisation, where MO has it."""


def settings_of(
    place: Place, user_key: Callable[[str, str], str], *, clashing: bool = False
) -> dict[str, Any]:
    """Return the settings of a directory.

    Args:
        place: which.
        user_key: returns an object's user_key in MO by collection and UUID, "" for one that MO does not have.
        clashing: let the second directory write the mobile number to MO too, as the first does.
    """
    masters = {"mobile"} if place is at.ADMIN or clashing else set()
    units = [user_key("org_units", unit_uuid(name)) for name in place.scope]
    outside = user_key("org_units", unit_uuid("Eksterne"))
    return {
        "name": place.name,
        "base_dn": place.base,
        "search_bases": [place.dn(at.UNITS), place.dn(at.OUTSIDE), place.dn(at.PARKING)]
        * (place is at.ADMIN),
        "itsystem": place.itsystem,
        **({"fk_itsystem": FK} if user_key("itsystems", uid("itsystems", FK)) else {}),
        "cpr_attribute": "employeeID",
        "engagement_attribute": "employeeNumber",
        "mo_uuid_attribute": "msDS-cloudExtensionAttribute1",
        "scope_units": [key for key in units if key],
        "scope_engagement_types": [at.SALARIED],
        "ou_root": place.dn(at.UNITS),
        "ou_parking": place.dn(at.PARKING),
        "ou_placement": True,
        "kinds": _kinds(place),
        "fields": [
            {"attribute": name, "mo": mo, "authority": "ad" if name in masters else "mo"}
            for name, mo in FIELDS.items()
        ],
        **({"discriminator": _discriminator()} if place.discriminates else {}),
        "usernames": _usernames(),
        "externals": {
            "units": [[place.dn(at.OUTSIDE), outside]] * (place is at.ADMIN and bool(outside)),
            "job_function": "9002",
        },
        "groups": {
            "below": [place.dn(at.GROUPS, at.ROLES)],
            "distribution_below": [place.dn(at.GROUPS, at.LISTS)],
        },
    }


def _usernames() -> dict[str, Any]:
    return {
        "method": "combinations",
        "combinations": ["FFLLXX"],
        "forbidden": list(FORBIDDEN),
        "pattern": PATTERN,
        "reuse_own": True,
    }


def _kinds(place: Place) -> list[dict[str, Any]]:
    return [
        {"kind": "admin", "below": place.dn(at.ADMINS)},
        {"kind": "service", "below": place.dn(at.SERVICES)},
        {"kind": "mailbox", "below": place.dn(at.MAILBOXES)},
        {"kind": "test", "sam": "test.*"},
    ]


def _discriminator() -> dict[str, Any]:
    return {
        "fields": ["employeeType"],
        "values": [f"{{{{ value == '{each}' }}}}" for each in (PRIMARY, SECONDARY)],
    }
