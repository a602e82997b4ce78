"""The sheets of a list and their columns: the fields of onboarding, joined by the number of the person."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from motoolkit.forms.onboarding import STEPS, TITLES, Field, label
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBER: Final = "number"
UUID_COLUMN: Final = "uuid"
GUIDE: Final = N_("Guide")
LISTS: Final = N_("Lists")

_OWN: Final[Mapping[str, Field]] = MappingProxyType(
    {
        NUMBER: Field(
            NUMBER,
            N_("No."),
            required=True,
            hint=N_("The same number in all sheets is the same person. You choose the numbers."),
        ),
        UUID_COLUMN: Field(
            UUID_COLUMN,
            N_("UUID in MO"),
            hint=N_("Only for a person who is in MO already and gets additions; the names are not changed."),
        ),
    }
)
_SHEETS: Final[Mapping[str, str]] = MappingProxyType({**TITLES, "person": N_("People")})

CHOSEN: Final = frozenset({"unit", "class", "classes", "itsystem", "roles"})
"""The kinds of fields whose values are names of what MO has."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet."""

    field: Field

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.field.name

    @property
    def title(self) -> str:
        """What stands above it; what must be filled in has a star."""
        return f"{label(self.field)} *" if self.field.required else label(self.field)

    @property
    def names(self) -> frozenset[str]:
        """What may stand above it, in lower case: in the language in use, in English, or as in code."""
        number = self.name.removeprefix("extension_")
        return frozenset(map(str.casefold, (self.name, label(self.field), self.field.label.format(n=number))))


def columns_of(step: str) -> tuple[Column, ...]:
    """Return the columns of a step's sheet, in order."""
    own = (NUMBER, UUID_COLUMN) if step == "person" else (NUMBER,)
    return tuple(Column(field) for field in (*(_OWN[name] for name in own), *STEPS[step]))


def sheet_title(step: str) -> str:
    """Return what the sheet of a step is called."""
    return tr(_SHEETS[step])


def step_of(title: str) -> str | None:
    """Return the step whose sheet has a title, in the language in use, in English, or as in code."""
    wanted = title.strip().casefold()
    for step, english in _SHEETS.items():
        if wanted in (step, english.casefold(), tr(english).casefold()):
            return step
    return None
