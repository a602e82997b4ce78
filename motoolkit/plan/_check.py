"""What is wrong with a plan, found before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motoolkit.errors import PlanError
from motoolkit.model import mask_all, today_in_denmark
from motoolkit.plan import _check_look
from motoolkit.plan._checks_lookups import gather
from motoolkit.plan._checks_rehearsal import rehearse
from motoolkit.plan._checks_roles import deputies, lacking
from motoolkit.plan._checks_said import in_pieces, in_vain
from motoolkit.plan._checks_source import source_of
from motoolkit.plan._checks_units import left_behind, moves, nameless
from motoolkit.plan._checks_wanted import doubles, facets, pointing_at, systems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    import pandas as pd
    from rich.console import Group

    from motoolkit.client import Client
    from motoolkit.plan._checks_case import Case
    from motoolkit.plan._operation import Operation
    from motoolkit.plan._problems import Problem, Severity
    from motoolkit.plan._reading import Rows


@dataclass(frozen=True, repr=False)
class Check:
    """What a check of a plan found; CPR numbers are always masked.

    Attributes:
        operations: of the plan.
        problems: the gravest first, then in the plan's order.
    """

    operations: tuple[Operation, ...]
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether there are no errors: MO would take the plan."""
        return not self.errors

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What MO would refuse, and what the plan refuses to send."""
        return self._of("error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What MO would take, but probably is not meant."""
        return self._of("warning")

    def _of(self, severity: Severity) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == severity)

    def raise_unless_ok(self) -> Check:
        """Return the check if there are no errors.

        Raises:
            PlanError: there are; the message tells the first.
        """
        if self.ok:
            return self
        first, more = self.errors[0], len(self.errors) - 1
        told = f" ({more} more)" if more else ""
        raise PlanError(f"The plan can not be carried out: {mask_all(first.text)}{told}", remedy=first.remedy)

    def frame(self) -> pd.DataFrame:
        """Return the problems as a data frame, a problem a row."""
        return _check_look.frame(self)

    def __str__(self) -> str:
        return _check_look.text(self)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return _check_look.html(self)

    def __rich__(self) -> Group:
        return _check_look.rich(self)


def check(operations: Sequence[Operation], source: Client | Rows, *, as_of: date | None = None) -> Check:
    """Look for what is wrong with operations, in MO as it is or in a mirror.

    Errors are what MO would refuse, tried on a copy of what it holds, and what the plan refuses to send;
    warnings are what MO takes in silence and probably nobody means.  A mirror can not tell the roles that
    one has, and tells what it knew when it was refreshed.

    Args:
        operations: of a plan.
        source: a MO, or a mirror that holds all collections.
        as_of: today, as MO takes it to be; None for today in Denmark.

    Raises:
        MoError: MO did not answer, or not as it should; or the mirror lacks a collection.
    """
    known = source_of(source)
    case = gather(operations, known, as_of or today_in_denmark())
    found = [*case.found, *lacking(case, known.roles), *rehearse(case)]
    for look in _LOOKS:
        found += look(case)
    found.sort(key=lambda problem: (_GRAVITY.index(problem.severity), _place(problem)))
    return Check(tuple(operations), tuple(dict.fromkeys(found)))


_LOOKS: Final[tuple[Callable[[Case], Iterator[Problem]], ...]] = (
    pointing_at,
    facets,
    systems,
    doubles,
    moves,
    left_behind,
    nameless,
    deputies,
    in_vain,
    in_pieces,
)
_GRAVITY: Final = ("error", "warning", "info")


def _place(problem: Problem) -> int:
    return -1 if problem.operation is None else problem.operation
