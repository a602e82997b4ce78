"""Accounts of people that are easier to take over than they need be, or that nobody uses.

Documented by Microsoft: the bits of userAccountControl; lastLogonTimestamp may be 14 days late.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from motoolkit.ad.kinds import kind_of, on_leave
from motoolkit.ad.matching import person_of
from motoolkit.ad.records import (
    NO_PREAUTHENTICATION,
    PASSWORD_NEVER_EXPIRES,
    PASSWORD_NOT_REQUIRED,
    TRUSTED_FOR_DELEGATION,
    TRUSTED_TO_AUTHENTICATE,
)
from motoolkit.ad.rules._rule import ERROR, INFO, WARNING, Found, rule
from motoolkit.ad.rules._telling import where
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World

Key = tuple[str, str]

_PEOPLE: Final = frozenset({"person", "external", "admin"})
"""Kinds of accounts that somebody logs on with; administrators' are worth most to others."""
_LATE: Final = timedelta(days=14)
"""So late lastLogonTimestamp may be."""
_SMARTCARD: Final = 0x40000


def _used(world: World, key: Key) -> Account | None:
    """Return an account that somebody can log on with, None for any other."""
    account = world.accounts.one(key)
    usable = account is not None and account.can_log_in(world.now)
    return account if usable and world.ask(kind_of, key) in _PEOPLE else None


def _flag(flags: int, unless: int, world: World, key: Key) -> Iterator[Found]:
    account = world.accounts.one(key)
    uac = account.uac or 0 if account else 0
    if account and uac & flags and not uac & unless and _used(world, key):
        yield Found(source=f"0x{uac & flags:X}", attribute="userAccountControl", facts=where(account))


for _code, _severity, _flags, _unless, _title, _explanation, _remedy in (
    (
        "SEC-PWDNOTREQD",
        ERROR,
        PASSWORD_NOT_REQUIRED,
        0,
        N_("No password required"),
        N_("The account may have an empty password, whatever the directory's rules say."),
        N_("Clear the flag, and set a password."),
    ),
    (
        "SEC-NEVEREXP",
        WARNING,
        PASSWORD_NEVER_EXPIRES,
        _SMARTCARD,
        N_("Password never expires"),
        N_("The password of the account need never be changed."),
        N_("Clear the flag."),
    ),
    (
        "SEC-NOPREAUTH",
        ERROR,
        NO_PREAUTHENTICATION,
        0,
        N_("No Kerberos pre-authentication"),
        N_("Anybody can ask for what the password can be guessed from, and guess at home."),
        N_("Clear the flag."),
    ),
    (
        "SEC-DELEG",
        ERROR,
        TRUSTED_FOR_DELEGATION | TRUSTED_TO_AUTHENTICATE,
        0,
        N_("Trusted for delegation"),
        N_("The account may act as anybody who uses a service of its own; a person's never needs that."),
        N_("Clear the flag."),
    ),
):
    rule(_code, "account", _severity, title=_title, explanation=_explanation, remedy=_remedy)(
        partial(_flag, _flags, _unless)
    )


@rule(
    "SEC-STALE",
    "account",
    WARNING,
    title=N_("Account is not used"),
    explanation=N_("Nobody has logged on with the account for a long time."),
    remedy=N_("Disable the account; ask the manager first."),
)
def stale(world: World, key: Key) -> Iterator[Found]:
    """What the directory tells may be 14 days late, so they are added; who is on leave can not use it."""
    account = _used(world, key)
    if account is None or account.last_logon is None:
        return
    longest = timedelta(days=world.settings[account.ad].stale_days)
    if longest and world.now - account.last_logon > longest + _LATE:
        yield _unused(world, account, account.last_logon, "lastLogonTimestamp")


@rule(
    "SEC-NEVERUSED",
    "account",
    WARNING,
    title=N_("Account was never used"),
    explanation=N_("Nobody has logged on with the account since it was created."),
    remedy=N_("Disable the account; see whether the person has another one."),
)
def never_used(world: World, key: Key) -> Iterator[Found]:
    """An account that is new waits for its first day; where UAC is unknown logons are too."""
    account = _used(world, key)
    if account is None or account.uac is None or account.last_logon or account.created is None:
        return
    longest = timedelta(days=world.settings[account.ad].unused_days)
    if longest and world.now - account.created > longest:
        yield _unused(world, account, account.created, "whenCreated")


def _unused(world: World, account: Account, since: datetime, attribute: str) -> Found:
    person = world.ask(person_of, account.key)
    away = bool(person) and world.ask(on_leave, person)
    return Found(
        source=f"{since.astimezone(world.now.tzinfo):%d-%m-%Y}",
        attribute=attribute,
        detail=tr("The person is on leave.") if away else "",
        severity=INFO if away else None,
        facts=where(account),
    )
