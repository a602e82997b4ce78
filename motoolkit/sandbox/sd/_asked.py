"""What is asked of one of SD's services: parameters in SD's own ways of writing them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_DANISH_DATE: Final = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_TRUE, _FALSE = "true", "false"


class FaultError(Exception):
    """SD refuses what was asked; the argument is its sentence."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a request, as they came."""

    parameters: Mapping[str, str]

    def text(self, name: str) -> str:
        """Return a parameter without the blanks around it; blank where it was not given."""
        return self.parameters.get(name, "").strip()

    def needed(self, name: str) -> str:
        """Return a parameter that has to be there.

        Raises:
            FaultError: it is not.
        """
        if not (text := self.text(name)):
            raise FaultError(f"The parameter {name} is missing")
        return text

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return an indicator, written in any case.

        Raises:
            FaultError: it is neither true nor false.
        """
        text = self.text(name).lower()
        if text not in {"", _TRUE, _FALSE}:
            raise FaultError(f"The stated {name} '{self.text(name)}' is not valid")
        return text == _TRUE if text else default

    def day(self, name: str) -> date:
        """Return a date, written dd.mm.yyyy or yyyy-mm-dd.

        Raises:
            FaultError: it is missing, or no date.
        """
        text = self.needed(name)
        if found := _DANISH_DATE.fullmatch(text):
            text = f"{found[3]}-{found[2]}-{found[1]}"
        try:
            if _ISO_DATE.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise FaultError(f"The stated {name} '{self.text(name)}' is not valid")

    def moment(self, prefix: str, otherwise: time) -> datetime:
        """Return ``<prefix>Date`` at ``<prefix>Time``, or at another time where none was given.

        Raises:
            FaultError: one of them can not be read.
        """
        text = self.text(f"{prefix}Time")
        try:
            at = time.fromisoformat(text) if text else otherwise
        except ValueError:
            raise FaultError(f"The stated {prefix}Time '{text}' is not valid") from None
        return datetime.combine(self.day(f"{prefix}Date"), at)

    def window(self) -> tuple[date, date]:
        """Return the first and the last day that are asked for.

        Raises:
            FaultError: one is missing or no date, or they are the wrong way round.
        """
        first, last = self.day("ActivationDate"), self.day("DeactivationDate")
        if first > last:
            raise FaultError("The stated ActivationDate is later than the stated DeactivationDate")
        return first, last
