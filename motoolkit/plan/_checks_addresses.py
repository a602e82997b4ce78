"""What MO takes for the value of an address, by the scope of its type."""

from __future__ import annotations

import re
from typing import Final

_LABEL: Final = r"[A-Za-z0-9\u0080-\uffff]([A-Za-z0-9\-\u0080-\uffff]*[A-Za-z0-9\u0080-\uffff])?"
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u0080-\uffff]+"
_RESERVED: Final = "arpa|invalid|local|localhost|onion|test"
"""Ends of domains that nobody has, and MO's own check knows."""

_MAIL: Final = rf"(?=[^@]{{1,64}}@){_ATOM}(\.{_ATOM})*@({_LABEL}\.)+(?!(\d+|{_RESERVED})\s*>?\s*$){_LABEL}"
_RULES: Final = {
    "EMAIL": (
        re.compile(rf"\s*({_MAIL}|[\w ]*<{_MAIL}>)\s*", re.IGNORECASE),
        "is no e-mail address",
        "Write it as karen@kommune.dk.",
    ),
    "PHONE": (
        re.compile(r"\+?\d+\n?"),
        "is no telephone number",
        "Write digits only, with a + in front if any.",
    ),
    "EAN": (re.compile(r"\d{13}\n?"), "is no EAN number", "Write its 13 digits."),
    "PNUMBER": (re.compile(r"\d{10}\n?"), "is no P-number", "Write its 10 digits."),
    "WWW": (
        re.compile(r"\s*https?://(?!-)[^\s/?#]+\S*\s*", re.IGNORECASE),
        "is no web address",
        "Write it with https:// in front.",
    ),
    "DAR": (
        re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
        "is no UUID of an address in DAR",
        "Look the address up in Danmarks Adresseregister, and give its UUID.",
    ),
}
_FREE: Final = frozenset({"TEXT", "MULTIFIELD_TEXT"})


def wrong_value(scope: str | None, value: str) -> tuple[str, str] | None:
    """Return what MO has against a value, and a way out; None if it has nothing."""
    if scope in _FREE:
        return None
    if scope not in _RULES:
        return "can not be checked: the type has no scope that MO knows", "Choose another address_type."
    pattern, wrong, remedy = _RULES[scope]
    return None if pattern.fullmatch(value) else (wrong, remedy)
