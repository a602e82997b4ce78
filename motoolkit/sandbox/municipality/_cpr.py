"""CPR numbers that belong to nobody.

A number can only have been issued if it passes the modulus 11 test, or if its day of birth is one of those
whose numbers ran out; since 2007 such days, most of them a 1 January, get numbers without the test (cpr.dk).
So the numbers here fail the test and nobody is born on a 1 January. MO asks for neither, and the birth date,
the century and the sex of the last digit are as in real numbers.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

_WEIGHTS: Final = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)

# Seventh digits by century, as far as year and digit go together (cpr.dk).
_CENTURY_DIGITS: Final = {18: "5678", 19: "0123", 20: "4567"}


def passes_modulus_11(number: str) -> bool:
    """Tell whether ten digits pass the test that numbers had to pass before 2007."""
    return sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=True)) % 11 == 0


def birth_date(rng: Random, today: date, age: int) -> date:
    """Return a day on which somebody was born who is ``age`` years old today, never a 1 January."""
    latest = today.replace(year=today.year - age, day=min(today.day, 28))
    born = latest - timedelta(days=rng.randrange(360))
    return born - timedelta(days=1) if (born.month, born.day) == (1, 1) else born


def invented_number(
    rng: Random, born: date, *, woman: bool, replacement: bool = False, seventh: str = ""
) -> str:
    """Return a number for somebody born on ``born`` that can not have been issued.

    Args:
        rng: chance.
        born: the day of birth.
        woman: an even last digit, else odd.
        replacement: a replacement number, with the day raised by 60 (cpr.dk).
        seventh: the seventh digits to choose from; by default those of the century.
    """
    day = born.day + (60 if replacement else 0)
    head = f"{day:02}{born:%m%y}"
    digits = seventh or _CENTURY_DIGITS[born.year // 100]
    while True:
        number = f"{head}{rng.choice(digits)}{rng.randrange(100):02}{rng.randrange(5) * 2 + (not woman)}"
        if not passes_modulus_11(number) and not number.endswith("0000"):
            return number
