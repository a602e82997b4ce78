"""What is said about the value of an address that MO does not take, by the scope of its type."""

from __future__ import annotations

from typing import Final

from motoolkit.catalogue import FREE_SCOPES, SCOPES

_WRONG: Final = {
    "EMAIL": ("is no e-mail address", "Write it as karen@kommune.dk."),
    "PHONE": ("is no telephone number", "Write digits only, with a + in front if any."),
    "EAN": ("is no EAN number", "Write its 13 digits."),
    "PNUMBER": ("is no P-number", "Write its 10 digits."),
    "WWW": ("is no web address", "Write it with https:// in front."),
    "DAR": (
        "is no UUID of an address in DAR",
        "Look the address up in Danmarks Adresseregister, and give its UUID.",
    ),
}


def wrong_value(scope: str | None, value: str) -> tuple[str, str] | None:
    """Return what MO has against a value, and a way out; None if it has nothing."""
    if scope in FREE_SCOPES:
        return None
    if scope is None or scope not in SCOPES:
        return "can not be checked: the type has no scope that MO knows", "Choose another address_type."
    return None if SCOPES[scope].fullmatch(value) else _WRONG[scope]
