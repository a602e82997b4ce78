"""What the rules of an onboarding look at: what was entered, what can be chosen, what MO knows already."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from motoolkit.forms._trouble import Trouble
from motoolkit.model import Cpr, Timeline, Validity
from motoolkit.plan.danish import period as said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from motoolkit.forms._choices import Choices
    from motoolkit.forms._trouble import Severity
    from motoolkit.forms.onboarding._draft import Row
    from motoolkit.forms.onboarding._entered import Entered
    from motoolkit.forms.onboarding._lookup import Lookup, State
    from motoolkit.plan import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A row, and where it is."""

    step: str
    number: int
    row: Row

    def trouble(self, field: str, code: str, text: str, severity: Severity = "error") -> Trouble:
        """Say that something is wrong with a field of the row."""
        return Trouble(self.step, self.number, field, code, text, severity)


@dataclass
class Case:
    """One onboarding, and whom to ask about it."""

    entered: Entered
    lookup: Lookup

    @property
    def choices(self) -> Choices:
        """What can be chosen."""
        return self.entered.choices

    @property
    def existing(self) -> bool:
        """Whether the person is in MO already."""
        return self.entered.draft.existing

    @property
    def person(self) -> Row:
        """The row of the person."""
        return self.entered.rows["person"][0]

    @cached_property
    def theirs(self) -> State:
        """What MO holds of the person already: engagements, accounts, manager roles, addresses."""
        return self.lookup.belongings(self.person["uuid"])

    @cached_property
    def born(self) -> date | None:
        """The day on which MO lets the person begin, if any (mo-graphql 8)."""
        number = self.person["cpr_number"]
        cpr = None if number is None else Cpr(number)
        return None if cpr is None or cpr.is_replacement else cpr.birth_date

    def places(self, *steps: str) -> Iterator[Place]:
        """Yield the rows of some steps."""
        for step in steps:
            for number, row in enumerate(self.entered.rows[step]):
                yield Place(step, number, row)

    def day(self, row: Row) -> date:
        """Return the day for which a row's choices are made."""
        return self.entered.day(row)

    def period(self, row: Row) -> Validity | None:
        """Return the period of a row, None where it has none yet."""
        return self.entered.period(row)

    def lives_of(self, collection: str, step: str, uuid: str) -> list[Validity]:
        """Return the periods of what a link names: a row of the draft, or something that the person has."""
        rows = (row for row in self.entered.rows[step] if row["uuid"] == uuid)
        periods = [period for row in rows if (period := self.period(row))]
        return periods or life(self.theirs.get((collection, uuid), ()))

    def named(self, step: str, uuid: str) -> bool:
        """Tell whether the draft or the person has what a link names."""
        drafted = any(row["uuid"] == uuid for row in self.entered.rows[step])
        return drafted or (step, uuid) in self.theirs


def life(spans: tuple[Span, ...]) -> list[Validity]:
    """Return the longest periods in which an object lives."""
    return [period for period, _ in Timeline((span.validity, True) for span in spans).coalesce()]


def inside(period: Validity, lives: list[Validity]) -> bool:
    """Tell whether an object lives in all of a period."""
    return any(each.intersect(period) == period for each in lives)


def spoken(lives: list[Validity]) -> str:
    """Return periods as people say them."""
    return ", ".join(said(each) for each in lives)
