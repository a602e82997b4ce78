"""Following an advice: the whole query as it is, and as advised, one after the other, some times."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphql import parse

from motoolkit.errors import InputError
from motoolkit.language import tr
from motoolkit.probes._collections import read_page
from motoolkit.probes._words import seconds, times
from motoolkit.probes.robust import Estimate, ratio, typical
from motoolkit.progress import progress
from motoolkit.query import ask

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.probes.advice import Advice
    from motoolkit.probes.probe import Probe
    from motoolkit.probes.results import ProbeRun

ROUNDS: Final = 3
NEAR: Final = 0.3


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of an advice.

    Attributes:
        advice: that was followed.
        before: seconds of the whole query, each time.
        after: seconds as advised, each time.
    """

    advice: Advice
    before: tuple[float, ...]
    after: tuple[float, ...]

    @property
    def faster(self) -> Estimate:
        """How many times as fast it was."""
        return ratio(self.after, self.before)

    @property
    def off(self) -> float:
        """How far that is from what was predicted, as a share of it; below zero where it was less."""
        return self.faster.value / self.advice.faster.value - 1

    @property
    def is_near(self) -> bool:
        """Whether the prediction was right within 30 %."""
        return abs(self.off) <= NEAR

    def __str__(self) -> str:
        return tr(
            "{before} became {after}: {times} as fast, and {predicted} were predicted.",
            before=seconds(typical(self.before)),
            after=seconds(typical(self.after)),
            times=times(self.faster.value),
            predicted=times(self.advice.faster.value),
        )


def follow(
    client: Client, run: ProbeRun, advice: Advice, probe: Probe | None = None, *, rounds: int = ROUNDS
) -> Followed:
    """Do what an advice says, and the query as it was, by turns; everything is read to its end.

    Args:
        client: the MO.
        run: that the advice is of.
        advice: what to do.
        probe: of the query, where its variables or its CPR numbers are not in the run.
        rounds: how often both are done.

    Raises:
        InputError: the run does not hold the query.
        MoError: as ``Client.timed``.
    """
    result = next((each for each in run.probes if each.name == advice.probe), None)
    if result is None:
        raise InputError.unknown("probe", advice.probe, [each.name for each in run.probes])
    document = probe.document if probe else result.document
    variables = dict(probe.variables) if probe else {}
    before: list[float] = []
    after: list[float] = []
    with progress(tr("Following the advice")) as report:
        for at in range(rounds):
            report.update(advice.probe, at, rounds)
            began = time.perf_counter()
            _query(client, document, variables, run.as_of, result.page_size)
            middle = time.perf_counter()
            if advice.document:
                _query(client, advice.document, variables, run.as_of, result.page_size)
            for _, written in advice.reads:
                _flat(client, written, run.as_of)
            before.append(middle - began)
            after.append(time.perf_counter() - middle)
        report.finish(tr("done"))
    return Followed(advice, tuple(before), tuple(after))


def _query(client: Client, document: str, variables: dict[str, Any], as_of: date, page_size: int) -> None:
    (one,) = ask(client, parse(document), variables, as_of=as_of).readings
    cursor = None
    while True:
        turning = {"limit": page_size, "cursor": cursor} if one.paged else {}
        answer = client.timed(one.document, {**one.variables, **turning}).answer
        cursor = answer["page"]["page_info"]["next_cursor"] if one.paged else None
        if cursor is None:
            return


def _flat(client: Client, document: str, as_of: date) -> None:
    cursor = None
    while True:
        page = read_page(client, document, as_of, cursor).answer["page"]
        if (cursor := page["page_info"]["next_cursor"]) is None:
            return
