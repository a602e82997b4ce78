"""Which attributes are read, and which are not to be asked for in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from motoolkit.profile.ad import AdSettings

_COMMON: Final = [
    "objectClass",
    "cn",
    "name",
    "displayName",
    "givenName",
    "sn",
    "initials",
    "mail",
    "description",
    "title",
    "department",
    "company",
    "division",
    "info",
    "physicalDeliveryOfficeName",
    "streetAddress",
    "l",
    "postalCode",
    "postalAddress",
    "telephoneNumber",
    "mobile",
    "facsimileTelephoneNumber",
    "employeeNumber",
    "manager",
    "member",
    "ou",
]
_AD: Final = [
    "objectGUID",
    "objectSid",
    "sIDHistory",
    "sAMAccountName",
    "userPrincipalName",
    "proxyAddresses",
    "userAccountControl",
    "accountExpires",
    "pwdLastSet",
    "lastLogonTimestamp",
    "whenCreated",
    "whenChanged",
    "uSNChanged",
    "primaryGroupID",
    "adminCount",
    "isCriticalSystemObject",
    "groupType",
    "managedBy",
    "otherTelephone",
    "publicDelegates",
    "mailNickname",
    "msExchMailboxGuid",
    "msExchRecipientTypeDetails",
    "homeMDB",
    "targetAddress",
]
_CONSTRUCTED: Final = ("msDS-User-Account-Control-Computed",)
"""Those that DirSync does not know."""
_STANDARD: Final = ["entryUUID", "uid", "createTimestamp", "modifyTimestamp", "uniqueMember", "owner"]
DELETED: Final = (
    "objectClass",
    "objectGUID",
    "sAMAccountName",
    "name",
    "msDS-LastKnownRDN",
    "lastKnownParent",
    "whenChanged",
    "isDeleted",
)
"""What is read of a deleted object."""


def named(settings: AdSettings) -> tuple[str, ...]:
    """Return the attributes that the settings name; that one of them is missing matters."""
    given = (
        settings.cpr_attribute,
        settings.engagement_attribute,
        settings.mo_uuid_attribute,
        *(rule.attribute for rule in settings.fields),
        *(each for each in settings.discriminator.fields if each.casefold() != "dn"),
    )
    return tuple({each.casefold(): each for each in given if each}.values())


def wished(settings: AdSettings, *, constructed: bool = True) -> tuple[str, ...]:
    """Return every attribute that is read where the directory has it."""
    own = (*_AD, *(_CONSTRUCTED if constructed else ())) if settings.dialect == "AD" else (*_AD, *_STANDARD)
    return tuple({each.casefold(): each for each in (*_COMMON, *own, *named(settings))}.values())
