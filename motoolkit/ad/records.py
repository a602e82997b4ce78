"""What a directory holds, typed: accounts, groups, organisational units, what was deleted, and of which read.

GUIDs are lower-case without braces, times are UTC, links are GUIDs.  Attributes are named after the
directory's own: ``sam`` is sAMAccountName, ``upn`` userPrincipalName, ``uac`` userAccountControl.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

# An audit asks what is a GUID millions of times, and most texts are far too short.
_HEX_DIGITS: Final = 32
DISABLED: Final = 0x2
PASSWORD_NOT_REQUIRED: Final = 0x20
PASSWORD_NEVER_EXPIRES: Final = 0x10000
TRUSTED_FOR_DELEGATION: Final = 0x80000
NO_PREAUTHENTICATION: Final = 0x400000
TRUSTED_TO_AUTHENTICATE: Final = 0x1000000
SECURITY_GROUP: Final = 0x80000000
_PLAIN: Final = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A GUID as it should be written; nearly all are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account, a mailbox, a contact or a computer: whatever somebody or something can be known by.

    Attributes:
        ad: the directory's name in the profile.
        guid: objectGUID (entryUUID where there is none).
        dn: where it is now; never a key.
        sam: sAMAccountName (uid where there is none).
        cpr: ten digits, or "" where the attribute is empty or holds no CPR number; personal data.
        cpr_wrong: whether the CPR attribute holds something that is no CPR number.
        employee_number: employeeNumber.
        engagement: the engagement's user_key, of the attribute that the settings name.
        mo_uuid: the person's UUID in MO, likewise.
        uac: userAccountControl; None where the directory has none.
        expires_at: accountExpires; None for never.
        manager: GUID of the manager, "" for none or where it is in another directory.
        recipient_type: msExchRecipientTypeDetails, 0 for no mailbox.
        delegates: GUIDs of publicDelegates.
        critical: isCriticalSystemObject.
        object_class: the most special class: user, computer, contact, msDS-GroupManagedServiceAccount.
        attributes: every attribute that was read, by its lower-case name, as texts; without the CPR number.
    """

    ad: str
    guid: str
    dn: str = ""
    sam: str = ""
    upn: str = ""
    cn: str = ""
    display_name: str = ""
    given_name: str = ""
    surname: str = ""
    mail: str = ""
    proxy_addresses: tuple[str, ...] = ()
    cpr: str = field(default="", repr=False)
    cpr_wrong: bool = False
    employee_number: str = ""
    engagement: str = ""
    mo_uuid: str = ""
    uac: int | None = None
    expires_at: datetime | None = None
    created: datetime | None = None
    changed: datetime | None = None
    usn: int | None = None
    password_set: datetime | None = None
    last_logon: datetime | None = None
    manager: str = ""
    recipient_type: int = 0
    mailbox: str = ""
    delegates: tuple[str, ...] = ()
    sid: str = ""
    sid_history: tuple[str, ...] = ()
    primary_group: int | None = None
    admin_count: int = 0
    critical: bool = False
    object_class: str = "user"
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False, hash=False)

    @property
    def key(self) -> tuple[str, str]:
        """What no other account of any directory has."""
        return self.ad, self.guid

    @property
    def enabled(self) -> bool:
        """Whether it is not disabled; an expired one is enabled."""
        return not (self.uac or 0) & DISABLED

    def can_log_in(self, now: datetime) -> bool:
        """Tell whether it is enabled and not expired (an expired account stays enabled in AD)."""
        return self.enabled and (self.expires_at is None or now < self.expires_at)

    def value(self, attribute: str) -> str:
        """Return the first value of an attribute that was read, "" for none; names in any case."""
        return next(iter(self.attributes.get(attribute.lower(), ())), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdGroup:
    """A group and its direct members.

    Attributes:
        group_type: groupType, signed as the directory writes it.
        managed_by: GUID of who owns it, "" for nobody.
        members: GUIDs of accounts and groups, as read in one piece; the primary group has none of its own.
    """

    ad: str
    guid: str
    dn: str = ""
    sam: str = ""
    name: str = ""
    group_type: int = 0
    managed_by: str = ""
    description: str = ""
    mail: str = ""
    members: tuple[str, ...] = ()
    sid: str = ""
    admin_count: int = 0
    critical: bool = False
    changed: datetime | None = None
    usn: int | None = None
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False, hash=False)

    @property
    def key(self) -> tuple[str, str]:
        """What no other group of any directory has."""
        return self.ad, self.guid

    @property
    def is_security(self) -> bool:
        """Whether rights can hang on it; else it only distributes mail."""
        return bool(self.group_type & SECURITY_GROUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ou:
    """An organisational unit of the directory."""

    ad: str
    guid: str
    dn: str = ""
    name: str = ""
    managed_by: str = ""
    description: str = ""
    changed: datetime | None = None
    usn: int | None = None
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False, hash=False)

    @property
    def key(self) -> tuple[str, str]:
        """What no other unit of any directory has."""
        return self.ad, self.guid


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of an object that was deleted."""

    ad: str
    guid: str
    sam: str = ""
    name: str = ""
    last_parent: str = ""
    deleted: datetime | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What no other of any directory has."""
        return self.ad, self.guid


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Which read of which directory this is.

    Attributes:
        read_at: when reading began.
        server: what answered: a server's name, or a file's.
        invocation_id: the database that usn counts in; another one means that counting began anew.
        highest_usn: the last change that may be in it.
        bases: where it was read below.
        counts: how many of each kind: accounts, groups, ous, tombstones.
        complete: whether all that was asked for came; what is missing in another one is not known.
        tombstones: whether deleted objects could be read.
        notices: what readers must know: attributes that the directory does not have, referrals.
        cookie: where the next delta goes on, opaque; "" where the source has none.
    """

    ad: str
    read_at: datetime
    server: str = ""
    invocation_id: str = ""
    highest_usn: int | None = None
    bases: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict, hash=False)
    complete: bool = True
    tombstones: bool = False
    notices: tuple[str, ...] = ()
    cookie: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All of one directory as one read found it."""

    header: Header
    accounts: tuple[Account, ...] = ()
    groups: tuple[AdGroup, ...] = ()
    ous: tuple[Ou, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """What changed in one directory since a cookie; every object that is in it is in it whole.

    Attributes:
        gone: GUIDs of what is there no more: deleted, or moved out of what is read.
        cookie: where the next delta goes on.
    """

    ad: str
    cookie: str
    read_at: datetime
    accounts: tuple[Account, ...] = ()
    groups: tuple[AdGroup, ...] = ()
    ous: tuple[Ou, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    gone: tuple[str, ...] = ()


def guid_of(text: str) -> str:
    """Return a GUID in lower case without braces, "" where the text is none."""
    if len(text) < _HEX_DIGITS:
        return ""
    if _PLAIN.fullmatch(text):
        return text
    try:
        return str(UUID(text))
    except ValueError:
        return ""
