"""What a listener was told when it was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError
from motoolkit.events._routing import MO, check_name

if TYPE_CHECKING:
    from typing import Self

MOST: Final = 200
"""The most event_fetch or event_acknowledge in one document."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a listener, checked; ``Listener`` describes them."""

    name: str
    namespace: str = MO
    parallel: int = 10
    batch: int = 50
    temporary: bool = False
    hang_after: float = 120.0
    show_cpr: bool = False

    @classmethod
    def checked(cls, name: str, **given: object) -> Self:
        """Return the settings.

        Raises:
            InputError: one of them can not be.
        """
        found = cls(check_name(name), **given)  # type: ignore[arg-type]  # by name, from Listener's own
        for setting, most in (("parallel", 1000), ("batch", MOST)):
            number = getattr(found, setting)
            if not 1 <= number <= most:
                raise InputError(
                    f"{setting}={number} can not be.", remedy=f"Choose a number from 1 to {most}."
                )
        if found.hang_after <= 0:
            raise InputError(f"hang_after={found.hang_after} can not be.", remedy="Choose some seconds.")
        return found
