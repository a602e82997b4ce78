"""What MO takes for the value of an address, by the scope of its type (measured)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_LABEL: Final = r"[A-Za-z0-9\u0080-\uffff]([A-Za-z0-9\-\u0080-\uffff]*[A-Za-z0-9\u0080-\uffff])?"
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u0080-\uffff]+"
_RESERVED: Final = "arpa|invalid|local|localhost|onion|test"
"""Ends of domains that nobody has, and MO's own check knows."""

_MAIL: Final = rf"(?=[^@]{{1,64}}@){_ATOM}(\.{_ATOM})*@({_LABEL}\.)+(?!(\d+|{_RESERVED})\s*>?\s*$){_LABEL}"

FREE_SCOPES: Final = frozenset({"TEXT", "MULTIFIELD_TEXT"})
"""The scopes in which every text will do."""

SCOPES: Final[Mapping[str, re.Pattern[str]]] = {
    "EMAIL": re.compile(rf"\s*({_MAIL}|[\w ]*<{_MAIL}>)\s*", re.IGNORECASE),
    "PHONE": re.compile(r"\+?\d+\n?"),
    "EAN": re.compile(r"\d{13}\n?"),
    "PNUMBER": re.compile(r"\d{10}\n?"),
    "WWW": re.compile(r"\s*https?://(?!-)[^\s/?#]+\S*\s*", re.IGNORECASE),
    "DAR": re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
}
"""The others: what a whole value must look like."""
