"""How values of units are written, so that SD's and MO's are equal when they mean the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.sd._keys import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    Reader = Callable[[pd.Series[Any]], pd.Series[Any]]


def level_key(levels: pd.Series[Any]) -> pd.Series[Any]:
    """Return levels with one spelling: customers write ``Afdelings-niveau`` and ``afdelings-niveau``."""
    return texts(levels).str.lower()


def _phone(numbers: pd.Series[Any]) -> pd.Series[Any]:
    """Return numbers without blanks and without Denmark's own prefix."""
    return numbers.str.replace(r"[\s-]", "", regex=True).str.replace(
        r"^(?:\+|00)45(?=\d{8}$)", "", regex=True
    )


def _email(addresses: pd.Series[Any]) -> pd.Series[Any]:
    return addresses.str.lower()


def _postal(addresses: pd.Series[Any]) -> pd.Series[Any]:
    """Return addresses as ``street, code, city``, whatever stands between code and city."""
    blanks = addresses.str.replace(r"\s+", " ", regex=True)
    return blanks.str.replace(r",? ?\b(\d{4})[, ]+(?=\D+$)", r", \1, ", regex=True)


def _same(values: pd.Series[Any]) -> pd.Series[Any]:
    return values


ADDRESSES: Final[Mapping[str, Reader]] = {
    "p_number": _same,
    "phone": _phone,
    "email": _email,
    "postal": _postal,
}
"""How each kind of address of a unit is written."""
