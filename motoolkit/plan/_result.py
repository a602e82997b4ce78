"""What became of a plan: an outcome for each operation, after MO was read again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from motoolkit.errors import PlanError
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from rich.console import Group

    from motoolkit.plan._operation import Operation
    from motoolkit.plan._problems import Problem
    from motoolkit.plan._state import Key, State
    from motoolkit.plan._steps import Step

Became = Literal["done", "already so", "valid", "refused", "rolled back", "not sent", "differs", "unknown"]
"""What became of an operation.

``done``: MO holds what was wanted.  ``already so``: it did before.  ``valid``: a dry run found no fault.
``refused``: by the plan's own rules or by MO.  ``rolled back``: nothing is wrong with it, but MO keeps
nothing of a request in which something is.  ``not sent``: an earlier part of the plan failed.  ``differs``:
MO took it and holds something else.  ``unknown``: no answer came, and MO could not be asked; applying the
plan again is safe.
"""

OUTCOMES: Final[tuple[Became, ...]] = (
    "unknown",
    "differs",
    "refused",
    "not sent",
    "rolled back",
    "done",
    "valid",
    "already so",
)
"""The gravest first."""

GOOD: Final = ("done", "already so", "valid")
"""Those with which MO holds what was wanted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one operation, and in words why."""

    operation: Operation
    became: Became
    text: str = ""

    def __repr__(self) -> str:
        return f"<{self.became}: {self.operation!r}{': ' if self.text else ''}{self.text}>"


@dataclass(frozen=True)
class Result:
    """What became of a plan.

    Attributes:
        outcomes: one for each operation, in the plan's order.
        problems: what the plan refused to send, or warned about.
        steps: the mutations that were sent (or, when refused, would have been).
        before: what MO held.
        after: what MO was seen to hold afterwards; what it held before where nothing was sent.
        uuids: the UUIDs that MO chose itself, by the ones that the plan chose.
        dry_run: whether nothing was to be kept.
        run: what the journal calls it; "" where it does not know of it.
    """

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...] = ()
    steps: tuple[Step, ...] = ()
    before: State = field(default_factory=dict, repr=False)
    after: State = field(default_factory=dict, repr=False)
    uuids: Mapping[Key, str] = field(default_factory=dict)
    dry_run: bool = False
    run: str = ""

    @property
    def ok(self) -> bool:
        """Whether all is as it was wanted (of a dry run: whether MO would take it)."""
        return all(outcome.became in GOOD for outcome in self.outcomes)

    def raise_unless_ok(self) -> Result:
        """Return the result if all is as it was wanted.

        Raises:
            PlanError: it is not; the message tells the first reason.
        """
        if self.ok:
            return self
        bad = [outcome for outcome in self.outcomes if outcome.became not in GOOD]
        told = next((outcome for outcome in bad if outcome.text), bad[0])
        raise PlanError(
            f"The plan is not carried out: {told.operation.action} {told.operation.kind}"
            f" {told.operation.uuid}: {told.became}. {told.text}".rstrip(),
            remedy="Look at the result's frame for all operations; applying the plan again is safe.",
        )

    def frame(self) -> pd.DataFrame:
        """Return the outcomes as a data frame, an operation a row."""
        import pandas as pd

        columns = ["action", "kind", "uuid", "start", "end", "outcome", "text", "reason"]
        rows = [
            (o.action, o.kind, o.uuid, o.start, o.end, found.became, found.text, o.reason)
            for found in self.outcomes
            for o in [found.operation]
        ]
        return pd.DataFrame(rows, columns=columns)

    def __repr__(self) -> str:
        counts: dict[str, int] = {}
        for outcome in self.outcomes:
            counts[outcome.became] = counts.get(outcome.became, 0) + 1
        told = [
            f"{o.operation.action} {o.operation.kind} {o.operation.uuid}: {o.became}. {mask_all(o.text)}"
            for o in self.outcomes
            if o.became not in GOOD and o.text
        ]
        head = ", ".join(f"{count} {became}" for became, count in counts.items()) or "nothing to do"
        dry = "Dry run: " if self.dry_run else ""
        return "\n".join([f"<Result {dry}{head}>", *told])

    def _repr_html_(self) -> str:
        from motoolkit.plan._result_look import html

        return html(self)

    def __rich__(self) -> Group:
        from motoolkit.plan._result_look import rich

        return rich(self)
