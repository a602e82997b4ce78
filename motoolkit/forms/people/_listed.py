"""What a list holds: the persons, where each value stands, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from motoolkit.forms._trouble import Severity, Trouble
    from motoolkit.forms.onboarding import Draft


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong in a list, or looks wrong.

    Attributes:
        cell: where, as ``Engagementer!C4``.
        number: of the person that it is about.
        code: for programs.
        text: one sentence for people; it holds no CPR number.
        severity: a person with an ``error`` is not sent.
    """

    cell: str
    number: str
    code: str
    text: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.cell}: {self.text}"


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of a list.

    Attributes:
        number: in the list.
        draft: what is to be entered.
        cells: by step and row: where the value of each field stands; "" for the row itself.
        flaws: what can not be read.
    """

    number: str
    draft: Draft
    cells: Mapping[tuple[str, int], Mapping[str, str]]
    flaws: tuple[Flaw, ...] = ()

    def cell(self, step: str, row: int, field: str = "") -> str:
        """Return where a value stands; where its row does if the list has no such column."""
        cells = self.cells[step, row]
        return cells.get(field, cells[""])

    def flaw(self, trouble: Trouble) -> Flaw:
        """Return a trouble of the draft at its cell."""
        cell = self.cell(trouble.step, trouble.row, trouble.field)
        return Flaw(cell, self.number, trouble.code, mask_all(trouble.text), trouble.severity)


@dataclass(frozen=True, slots=True)
class People:
    """A list as it was read.

    Attributes:
        path: of its file.
        persons: in the order of the list.
        flaws: what is wrong with rows that belong to nobody.
    """

    path: Path
    persons: tuple[Listed, ...]
    flaws: tuple[Flaw, ...] = ()

    def __repr__(self) -> str:
        return f"<People: {len(self.persons)} persons of {self.path.name}>"
