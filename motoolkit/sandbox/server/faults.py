"""Faults that MO and the network have, on demand: for training, and for tests of what survives them."""

from __future__ import annotations

import random
from typing import Final

from motoolkit.errors import InputError

FAULTS: Final = {
    "502": "the proxy answers 502 Bad Gateway",
    "html": "a login page comes instead of JSON",
    "slow": "the answer comes after two seconds",
    "stall": "the request waits 30 seconds for a database connection, and is then executed",
    "queuepool": "MO answers that its connection pool is exhausted",
    "leak": "a failing request of several fields keeps a connection; none is left after fifteen",
    "unauthorized": "MO does not accept the token",
    "expired": "a token that was accepted expires for good",
    "cut": "the connection is cut in the middle of the answer",
    "cut-before": "the connection is cut before a mutation is executed",
    "cut-after": "the connection is cut after a mutation was committed, and before its answer",
    "noop-trap": "an update that changes nothing silently discards its whole request",
    "spurious-null": "event_fetch answers null although events are pending",
    "sd-closed": "SD-Løn is closed: HTTP 200, and a text that says that the webservice has failed",
    "sd-slow": "SD-Løn's answer comes after two seconds",
    "sd-500": "SD-Løn answers 500 Internal Server Error",
    "sd-html": "a page comes from SD-Løn instead of XML",
    "sd-truncated": "SD-Løn's answer breaks off",
    "sd-empty": "SD-Løn tells of no employment, person or department, although there is one",
    "sd-fault": "SD-Løn answers with a fault that is about nothing that was asked",
    "sd-history-404": "SD-Løn has no history of parents",
    "sd-history-empty": "SD-Løn's history of parents is empty",
}

ALWAYS: Final = ("noop-trap",)
"""What every MO has, so that it is on until it is turned off."""

SECONDS: Final = {"slow": 2.0, "stall": 30.0, "leak": 1.0, "sd-slow": 2.0}
"""How long what takes its time takes, unless ``@SECONDS`` says otherwise; a real leak's is 30."""


class Faults:
    """Which faults are on: for some requests (``502=2``), at a rate (``cut=0.1``), or always (``slow``)."""

    def __init__(self, wanted: list[str]) -> None:
        self._left: dict[str, int | None] = {}
        self._rates: dict[str, float] = {}
        self._seconds = dict(SECONDS)
        self._random = random.Random(1)  # noqa: S311  # repeatable mishaps, no secrets
        for text in (*ALWAYS, *wanted):
            self.turn_on(text)

    def turn_on(self, text: str) -> None:
        """Turn on ``NAME``, ``NAME=COUNT`` or ``NAME=RATE`` (with a point); ``NAME=0`` turns it off.

        ``@SECONDS`` behind it tells how long ``slow``, ``stall``, ``leak`` and ``sd-slow`` take.

        Raises:
            InputError: there is no such fault, or what follows is no number.
        """
        what, timed, seconds = text.partition("@")
        name, given, amount = what.partition("=")
        if name not in FAULTS:
            raise InputError.unknown("fault", name, list(FAULTS))
        if timed and name not in SECONDS:
            raise InputError(f"{name} takes no time.", remedy=f"Only {', '.join(SECONDS)} take @SECONDS.")
        try:
            rate = float(amount) if "." in amount else 1.0
            left = int(amount) if given and "." not in amount else None
            takes = float(seconds) if timed else SECONDS.get(name, 0.0)
        except ValueError:
            raise InputError(
                f"{text!r} is no number of faults.", remedy=f"Write {name}=2 or {name}=0.1."
            ) from None
        self._rates[name], self._left[name], self._seconds[name] = rate, left, takes

    def strikes(self, name: str) -> bool:
        """Tell whether a fault befalls this request, and count it."""
        left = self._left.get(name, 0)
        if left == 0 or self._random.random() >= self._rates.get(name, 0.0):
            return False
        if left is not None:
            self._left[name] = left - 1
        return True

    def seconds(self, name: str) -> float:
        """Return how long a fault takes."""
        return self._seconds[name]
