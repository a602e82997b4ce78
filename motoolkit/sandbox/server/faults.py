"""Faults that MO and the network have, on demand: for training, and for tests of what survives them."""

from __future__ import annotations

import random
from typing import Final

from motoolkit.errors import InputError

FAULTS: Final = {
    "502": "the proxy answers 502 Bad Gateway",
    "cut": "the connection is cut in the middle of the answer",
    "slow": "the answer comes after two seconds",
    "queuepool": "MO answers that its connection pool is exhausted",
    "html": "a login page comes instead of JSON",
    "unauthorized": "MO does not accept the token",
}


class Faults:
    """Which faults are on: for some requests (``502=2``), at a rate (``cut=0.1``), or always (``slow``)."""

    def __init__(self, wanted: list[str]) -> None:
        self._left: dict[str, int | None] = {}
        self._rates: dict[str, float] = {}
        self._random = random.Random(1)  # noqa: S311  # repeatable mishaps, no secrets
        for text in wanted:
            self.turn_on(text)

    def turn_on(self, text: str) -> None:
        """Turn on ``NAME``, ``NAME=COUNT`` or ``NAME=RATE`` (with a point); ``NAME=0`` turns it off.

        Raises:
            InputError: there is no such fault, or what follows is no number.
        """
        name, given, amount = text.partition("=")
        if name not in FAULTS:
            raise InputError.unknown("fault", name, list(FAULTS))
        try:
            self._rates[name] = float(amount) if "." in amount else 1.0
            self._left[name] = int(amount) if given and "." not in amount else None
        except ValueError:
            raise InputError(
                f"{amount!r} is no number of faults.", remedy=f"Write {name}=2 or {name}=0.1."
            ) from None

    def strikes(self, name: str) -> bool:
        """Tell whether a fault befalls this request, and count it."""
        left = self._left.get(name, 0)
        if left == 0 or self._random.random() >= self._rates.get(name, 0.0):
            return False
        if left is not None:
            self._left[name] = left - 1
        return True
