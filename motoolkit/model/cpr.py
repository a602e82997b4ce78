"""Danish personal identity numbers (CPR), which nobody gets to see by accident."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NoReturn

from motoolkit.errors import InputError

MASK: Final = "xxxx"

_NUMBER = re.compile(r"([0-9]{6})-?([0-9A-Z]{4})")
_REPLACEMENT_DAYS = 60

# Seventh digit: the last two-digit year of the later century, then the two centuries (cpr.dk).
_CENTURIES: Final = {
    **dict.fromkeys("0123", (99, 1900, 1900)),
    **dict.fromkeys("49", (36, 2000, 1900)),
    **dict.fromkeys("5678", (57, 2000, 1800)),
}


class Cpr:
    """A CPR number: ten characters, shown as ``010190-xxxx`` wherever it is printed.

    ``repr``, ``str`` and ``format`` are masked, JSON encoders and pickle refuse it, frames write it masked.
    Ask for ``.digits`` where the number itself is needed.
    """

    __slots__ = ("_digits",)

    _digits: str

    def __init__(self, digits: str) -> None:
        match = _NUMBER.fullmatch(digits)
        if match is None:
            raise InputError(
                "This is no CPR number.", remedy="Write ten digits, with or without a dash after the sixth."
            )
        object.__setattr__(self, "_digits", match[1] + match[2])

    @classmethod
    def parse(cls, text: str) -> Cpr:
        """Read a number with or without dash, surrounding blanks allowed.

        Hospital-style numbers (six digits, then letters and digits) are numbers too.

        Raises:
            InputError: the text is something else; the message does not repeat it.
        """
        return cls(text.strip().upper())

    @property
    def digits(self) -> str:
        """The number itself, ten characters without dash: personal data."""
        return self._digits

    @property
    def is_replacement(self) -> bool:
        """Whether it is a replacement number (erstatningspersonnummer): the day raised by 60 (cpr.dk)."""
        return _REPLACEMENT_DAYS < int(self._digits[:2]) <= _REPLACEMENT_DAYS + 31

    @property
    def is_fictive(self) -> bool:
        """Whether it ends in 0000, as SD-Løn's made-up persons do."""
        return self._digits.endswith("0000")

    @property
    def birth_date(self) -> date | None:
        """The date of birth that the number tells, or None where it tells none.

        The seventh digit gives the century (cpr.dk). There is no modulus 11 test: numbers without it are
        issued since 2007. Hospital-style numbers and impossible dates have no date of birth.
        """
        if not self._digits.isdigit():
            return None
        day, month, year = (int(self._digits[at : at + 2]) for at in (0, 2, 4))
        last_of_later, later, earlier = _CENTURIES[self._digits[6]]
        if self.is_replacement:
            day -= _REPLACEMENT_DAYS
        try:
            return date((later if year <= last_of_later else earlier) + year, month, day)
        except ValueError:
            return None

    def age(self, as_of: date) -> int | None:
        """Whole years at ``as_of``; None without a date of birth, or when it comes after ``as_of``.

        Who is born on 29 February turns a year older on 1 March in common years.
        """
        born = self.birth_date
        if born is None or born > as_of:
            return None
        return as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))

    def __str__(self) -> str:
        return f"{self._digits[:6]}-{MASK}"

    def __repr__(self) -> str:
        return f"Cpr({self})"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __eq__(self, other: object) -> bool:
        return self._digits == other._digits if isinstance(other, Cpr) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._digits)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("A CPR number can not be changed.")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("A CPR number can not be changed.")

    def __dir__(self) -> list[str]:
        # pandas' to_json writes every attribute that dir() lists of an object that it does not know.
        return [name for name in super().__dir__() if name != "digits"]

    def __copy__(self) -> Cpr:
        return self

    def __deepcopy__(self, memo: object) -> Cpr:
        return self

    def __getstate__(self) -> NoReturn:
        raise TypeError("A CPR number is not pickled; pass on .digits where that is meant.")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        self.__getstate__()


def mask(text: str) -> str:
    """Return one CPR number masked, ``010190-xxxx``; anything else is hidden completely."""
    match = _NUMBER.fullmatch(text.strip().upper())
    return f"{match[1] if match else 'xxxxxx'}-{MASK}"


_SIX_DIGITS = re.compile("[0-9]{6}")
_DASH = "-\u2010\u2011\u2013"
_DAY_AND_MONTH = r"(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])(?:0[1-9]|1[0-2])[0-9]{2}"
_IN_TEXT = re.compile(
    rf"""
    (?P<keep> (?<![0-9a-fA-F]) [0-9a-fA-F]{{8}}(?:-[0-9a-fA-F]{{4}}){{3}}-[0-9a-fA-F]{{12}} (?![0-9a-fA-F])
            | [0-9a-fA-F]{{32,}} )                                             # UUIDs and digests
    | (?<![0-9+]) (?P<digits> [0-9]{{6}}) [{_DASH}]? [0-9]{{4}} (?![0-9])
    | (?<![0-9+]) (?P<spaced> {_DAY_AND_MONTH}) [ \u00a0]?[{_DASH}]?[ \u00a0]? [0-9]{{4}} (?![0-9])
    | (?<![0-9A-Za-z]) (?P<hospital> {_DAY_AND_MONTH}) [{_DASH}]?
          (?=[0-9]{{0,3}}[A-Z]) [0-9A-Z]{{4}} (?![0-9A-Za-z])
    """,
    re.VERBOSE,
)


def mask_all(text: str) -> str:
    """Mask every CPR number inside a longer text, whatever stands around it.

    Masked are ten digits with or without a dash; with blanks around the dash or with letters at the end
    (hospital-style) only where the first six can be a birthday. UUIDs, digests and longer runs of digits
    stay as they are, and so do telephone numbers with a + before them. Other ten-digit numbers (P-numbers,
    seconds since 1970) are masked too: better one too many.
    """
    # Every form begins with six digits, and most texts have none.
    return _IN_TEXT.sub(_masked, text) if _SIX_DIGITS.search(text) else text


def _masked(match: re.Match[str]) -> str:
    return match["keep"] or f"{match['digits'] or match['spaced'] or match['hospital']}-{MASK}"
