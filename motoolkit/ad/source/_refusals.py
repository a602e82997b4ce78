"""What directories refuse, in plain words with a way out."""

from __future__ import annotations

import re
import ssl
from typing import TYPE_CHECKING, Final

from ldap3.core.exceptions import (
    LDAPBindError,
    LDAPInvalidCredentialsResult,
    LDAPOperationResult,
    LDAPStrongerAuthRequiredResult,
)

from motoolkit.errors import AdCredentialsError, AdError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.profile.ad import AdSettings

_SUBCODE: Final = re.compile(r"\bdata ([0-9a-f]{3,4})\b")
_BIND: Final[Mapping[str, tuple[str, str]]] = {
    "525": ("there is no such user", "Check the username: name@domain, DOMAIN\\name or a DN."),
    "52e": (
        "the user name or the password is wrong",
        "Check both; the password is where the profile points to.",
    ),
    "530": ("the account may not log on at this time", "Let its logon hours be changed, or wait."),
    "531": ("the account may not log on from this machine", "Let its list of workstations be changed."),
    "532": ("the account's password has expired", "Let it be set anew."),
    "533": ("the account is disabled", "Let it be enabled."),
    "701": ("the account has expired", "Let its end date be moved."),
    "773": ("the account's password must be changed before it is used", "Let it be set without that demand."),
    "775": ("the account is locked out", "Let it be unlocked; a wrong password tried too often locks it."),
}
"""The sub-code in AD's text to invalidCredentials."""
_CERTIFICATE: Final[Mapping[int, tuple[str, str]]] = {
    9: ("is not valid yet", "Check this machine's clock, or let the certificate be renewed."),
    10: ("has expired", "Let the certificate be renewed on the server."),
    18: ("is signed by itself", "Give it, or its authority's, as ca_file."),
    19: ("is signed by an authority that this machine does not trust", "Give the authority's as ca_file."),
    20: ("is signed by an authority that this machine does not trust", "Give the authority's as ca_file."),
    21: ("is signed by an authority that this machine does not trust", "Give the authority's as ca_file."),
    62: ("is for another name", "Write the url with the server's name as its certificate has it."),
    64: ("is not for this IP address", "Write the url with the server's name as its certificate has it."),
}
"""OpenSSL's reasons for not accepting a certificate."""
_ANSWERS: Final[Mapping[int, tuple[str, str]]] = {
    1: (
        "could not go on with the search (operationsError)",
        "Try again; if it stays, choose another server.",
    ),
    3: ("ran out of time (timeLimitExceeded)", "Lower page_size, or read in a quieter hour."),
    4: (
        "gave only the first part (sizeLimitExceeded)",
        "Lower page_size; a real AD gives at most 1000 a page.",
    ),
    10: (
        "refers to another server (referral)",
        "Give base_dn as that server has it, or the url of the other one.",
    ),
    11: (
        "will not give so much (adminLimitExceeded)",
        "Lower page_size, or let the server's limit be raised.",
    ),
    32: ("does not have what was asked for (noSuchObject)", "Check base_dn."),
    34: ("can not read a DN (invalidDNSyntax)", "Check base_dn: OU=Brugere,DC=ad,DC=example."),
    50: ("does not let us read this (insufficientAccessRights)", "Give the account the right to read."),
    51: ("is busy", "Try again later."),
    52: ("is not available", "Try again later, or choose another server."),
    53: ("will not do this (unwillingToPerform)", "Try again; if it stays, choose another server."),
}
"""LDAP's result codes."""


def connecting(settings: AdSettings, error: Exception, tls: Exception | None) -> AdError:
    """Return why no connection came about.

    Args:
        settings: of the directory.
        error: the library's.
        tls: what Python said of the encryption, where it said anything.
    """
    if tls is not None:
        return _insecure(settings, tls)
    if isinstance(error, LDAPStrongerAuthRequiredResult):
        return AdCredentialsError(
            f"The directory {settings.name} wants a stronger way to log in than this (strongerAuthRequired).",
            remedy="Use ldaps://; a server that demands more than encryption is not supported.",
        )
    if isinstance(error, LDAPInvalidCredentialsResult):
        return _refused(settings, str(error.message))
    if isinstance(error, LDAPOperationResult):
        return answered(settings, error.result or 0, str(error.message))
    if isinstance(error, LDAPBindError):
        return AdCredentialsError(
            f"The directory {settings.name} does not let us in.", remedy="Check username and password."
        )
    told = str(error).casefold()
    reason = next((words for sign, words in _UNREACHED.items() if sign in told), "it does not answer")
    return AdError(
        f"The directory {settings.name} can not be reached at {settings.url}: {reason}.",
        remedy="Check the url, and that this machine may reach that port (636 for ldaps, 389 for StartTLS).",
    )


_UNREACHED: Final[Mapping[str, str]] = {
    "refused": "nothing listens there",
    "invalid server address": "there is no such name",
    "name or service": "there is no such name",
    "timed out": "no answer in time",
    "unreachable": "there is no way to it",
    "starttls": "it does not offer StartTLS there",
}


def _refused(settings: AdSettings, message: str) -> AdError:
    found = _SUBCODE.search(message.casefold())
    reason, remedy = _BIND.get(found[1] if found else "52e", _BIND["52e"])
    return AdCredentialsError(
        f"The directory {settings.name} does not let {settings.username} in: {reason}.", remedy=remedy
    )


def _insecure(settings: AdSettings, error: Exception) -> AdError:
    if isinstance(error, ssl.SSLCertVerificationError):
        reason, remedy = _CERTIFICATE.get(
            error.verify_code,
            (f"is not accepted ({error.verify_message})", "Let the certificate be renewed."),
        )
        return AdError(f"The certificate of {settings.url} {reason}.", remedy=remedy)
    if isinstance(error, TimeoutError):
        return AdError(
            f"The directory {settings.name} at {settings.url} does not answer in time.",
            remedy="Check the port: 636 for ldaps, 389 for ldap with StartTLS.",
        )
    return AdError(
        f"The directory {settings.name} does not speak TLS at {settings.url}.",
        remedy="Check the port: 636 for ldaps, 389 for ldap with StartTLS.",
    )


def answered(settings: AdSettings, code: int, message: str = "") -> AdError:
    """Return what a result code means; an answer with one is never used, not even in part."""
    reason, remedy = _ANSWERS.get(
        code, (f"answered with error {code}", "Try again, or ask who runs the server.")
    )
    said = f": {message.strip(' .')}" if message and code not in _ANSWERS else ""
    return AdError(f"The directory {settings.name} {reason}{said}.", remedy=remedy, code=code)


def broken(settings: AdSettings, error: Exception) -> AdError:
    """Return what a connection means that broke in the middle of an answer."""
    slow = any(sign in str(error).casefold() for sign in ("timed out", "temporarily unavailable"))
    return AdError(
        f"The directory {settings.name} "
        f"{'did not answer in time' if slow else 'broke off in the middle of its answer'}; nothing was kept.",
        remedy="Read it again; raise timeout or lower page_size if it stays.",
    )
