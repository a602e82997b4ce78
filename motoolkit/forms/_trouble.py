"""What is wrong with what was entered: where, and in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from motoolkit.errors import InputError
from motoolkit.language import tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong, or looks wrong.

    Attributes:
        step: of the form (``engagements``), "" for all of it.
        row: of the step, from 0.
        field: of the row, "" for all of it.
        code: for programs.
        text: one sentence for people, in the language in use; it holds no CPR number.
        severity: with an ``error`` nothing is sent.
    """

    step: str
    row: int
    field: str
    code: str
    text: str
    severity: Severity = "error"

    @property
    def where(self) -> tuple[str, int, str]:
        """The place that it is about."""
        return self.step, self.row, self.field


class FormError(InputError):
    """What was entered can not be used; ``troubles`` has all that is wrong with it."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = tuple(troubles)
        first = self.troubles[0]
        place = f"{first.step}[{first.row}].{first.field}".rstrip(".")
        more = len(self.troubles) - 1
        others = tr(" ({more} more)", more=more) if more else ""
        super().__init__(mask_all(f"{place}: {first.text}{others}"))
