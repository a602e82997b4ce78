"""Measuring: every form of a query once a round, round by round, so that a slow minute is shared by all."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError, MoError, QueryError, TransportError
from motoolkit.language import tr
from motoolkit.probes._asking import Asked, asked, extent_of, fields_of, forms, sizes
from motoolkit.probes._collections import Collections
from motoolkit.probes._documents import counted, without
from motoolkit.probes._flat import flat_of
from motoolkit.probes._pace import Pace, StoppedError
from motoolkit.probes.results import Extent, ProbeResult, ProbeRun
from motoolkit.probes.robust import drift, is_drift, is_noisy
from motoolkit.probes.suite import SUITE
from motoolkit.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.probes._documents import Place
    from motoolkit.probes.probe import Probe
    from motoolkit.progress import Reporter

ROUNDS: Final = 4
SECONDS: Final = 900.0
_FEWEST_ROUNDS: Final = 2
_MORE: Final = 2
"""How many times as many rounds are sent where times scatter."""
_LONGEST: Final = 1.5
"""Seconds of a request, above which smaller pages are measured."""
_LEAST: Final = 8


def measure(
    client: Client,
    probes: Iterable[Probe] | None = None,
    *,
    as_of: date,
    rounds: int = ROUNDS,
    seconds: float = SECONDS,
    versions: Sequence[int] = (),
) -> ProbeRun:
    """Measure nested queries: what each field costs, how it grows, and what reading flat would take.

    One request is under way at a time, and none is made again.  A probe that MO refuses is told, and the
    others are measured.  What was measured is kept when the time is over, MO has enough, or Ctrl-C is
    pressed; the run is ``partial`` then.

    Args:
        client: the MO.
        probes: what is measured; the suite unless given.
        as_of: the day for everything in them that does not say itself of when it is.
        rounds: how often each form of a query is sent, beside the cold round; twice as often where times
            scatter.
        seconds: how long all may take.
        versions: GraphQL versions to compare beside that of the client.
    """
    chosen = list(SUITE.values() if probes is None else probes)
    run = _Run(client, as_of, rounds, Pace(client, seconds))
    try:
        with progress(tr("Probes")) as report:
            run.clients(versions)
            results = [run.probe(probe, at, len(chosen), report) for at, probe in enumerate(chosen)]
            report.finish(tr("{number} queries", number=len(chosen)))
        return run.result(results)
    finally:
        run.close()


@dataclass(slots=True)
class _Run:
    """One run: what its probes share."""

    client: Client
    as_of: date
    rounds: int
    pace: Pace
    others: list[Client] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    started: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    collections: Collections = field(init=False)

    def __post_init__(self) -> None:
        self.collections = Collections(self.pace, self.as_of)

    def clients(self, versions: Sequence[int]) -> None:
        """Open a client for each other GraphQL version."""
        from motoolkit.client import connect

        for version in versions:
            if version == self.client.version:
                continue
            try:
                self.others.append(connect(self.client.profile, graphql_version=version))
            except InputError as error:
                self.notices.append(str(error))

    def close(self) -> None:
        """Let go of the other versions' clients."""
        for other in self.others:
            other.close()

    def probe(self, probe: Probe, at: int, of: int, report: Reporter) -> ProbeResult:
        """Measure one probe; an error of its own is its result."""
        report.update(probe.name, at, of)
        if self.pace.stopped:
            return ProbeResult(probe.name, probe.title, error=tr("Not measured."), partial=True)
        one = _One(self, probe)
        try:
            one.measure()
        except StoppedError:
            one.partial = True
        except (MoError, KeyError) as error:
            return ProbeResult(probe.name, probe.title, probe.shown, error=_told(error))
        return one.result()

    def result(self, results: Sequence[ProbeResult]) -> ProbeRun:
        """Return the run."""
        notices = [*self.notices, *filter(None, [self.pace.stopped])]
        return ProbeRun(
            mo=self.client.url,
            as_of=self.as_of,
            started=self.started,
            graphql_version=self.client.version,
            mo_version=_mo_version(self.client),
            rounds=self.rounds,
            probes=tuple(results),
            collections=self.collections.known,
            control=tuple(self.pace.control),
            notices=tuple(notices),
            partial=bool(self.pace.stopped),
        )


class _One:
    """One probe of a run."""

    def __init__(self, run: _Run, probe: Probe) -> None:
        self._run, self._probe = run, probe
        self._size = probe.page_size
        self._asked: list[Asked] = []
        self._places: list[Place] = []
        self._extent: Extent | None = None
        self._flat: Any = None
        self._notices: list[str] = []
        self._began = len(run.pace.control)
        self.partial = False

    def measure(self) -> None:
        """Send the query cold, then every form of it, round by round, then read flat.

        Raises:
            StoppedError: the run must end; what there is stays.
            MoError: the query itself can not be measured.
        """
        run, probe = self._run, self._probe
        # As it was written, so that an error names the line.
        run.client.check(probe.document, probe.given(probe.tree))
        run.pace.check()
        answer = self._cold()
        self._places = fields_of(probe, run.client)
        self._flat = flat_of(run.client, probe, run.as_of)
        self._add_forms(answer)
        self._turn()

    def _cold(self) -> Any:
        """Send the query for the first time, with smaller pages where MO is slow, and return the answer."""
        while True:
            whole = self._form(self._probe.tree, self._size, "whole")
            answer = self._run.pace.send(partial(whole.send, 0))
            if answer is None:
                raise TransportError("MO cut the connection.", remedy="Try again.")
            self._asked = [whole]
            took = self._again(whole)
            if took <= _LONGEST or self._size <= _LEAST or not whole.paged:
                break
            self._size = max(_LEAST, int(self._size * _LONGEST / took))
        if whole.paged:
            self._extent = extent_of(answer)
        return answer

    def _again(self, whole: Asked) -> float:
        """Return how long the query takes; a slow first answer may be somebody else's doing."""
        if whole.shots[0].whole > _LONGEST:
            self._run.pace.send(partial(whole.send, 1))
        return min(shot.whole for shot in whole.shots)

    def _add_forms(self, answer: Any) -> None:
        """Prepare every form of the query at every page size."""
        self._whole_of_others()
        tree, (*smaller, _) = self._probe.tree, sizes(self._size, self._asked[0].shots[0].objects)
        for size in smaller if self._asked[0].paged else ():
            self._add(tree, size, "whole", (), None)
        for place in self._places:
            bare = without(tree, place.path)
            for size in (*(smaller if self._asked[0].paged else ()), self._size):
                self._add(bare, size, "without", place.path, counted(answer, place.parent[1:]))
        for form, path, document in forms(self._probe, self._places):
            self._add(document, self._size, form, path, None)

    def _whole_of_others(self) -> None:
        for other in self._run.others:
            try:
                form = asked(
                    other, self._probe, self._probe.tree, self._run.as_of,
                    page_size=self._size, form="whole",
                )  # fmt: skip
            except InputError as error:
                self._notices.append(f"v{other.version}: {error.message}")
            else:
                self._asked.append(form)

    def _add(self, document: Any, size: int, form: str, path: tuple[str, ...], parents: int | None) -> None:
        try:
            added = self._form(document, size, form, path)
        except InputError:
            # A form that this version can not answer is one comparison less.
            return
        if parents is not None:
            share = size / max(self._asked[0].shots[0].objects, 1)
            added.series = _with_parents(added, round(parents * min(share, 1.0)))
        self._asked.append(added)

    def _form(self, document: Any, size: int, form: str, path: tuple[str, ...] = ()) -> Asked:
        return asked(
            self._run.client, self._probe, document, self._run.as_of,
            page_size=size, form=form, path=path,
        )  # fmt: skip

    def _turn(self) -> None:
        """Send every form once a round, each round in another order; the first round is cold."""
        order = random.Random(1)  # noqa: S311 - no secret, only fairness
        for number in range(_MORE * self._run.rounds + 1):
            if number > self._run.rounds and not is_noisy(self._asked[0].done.times):
                break
            self._run.pace.check()
            waiting = [one for one in self._asked if all(shot.round != number for shot in one.shots)]
            order.shuffle(waiting)
            for one in waiting:
                self._send(one, number)
            if number in {1, self._run.rounds // 2, self._run.rounds}:
                self._read_flat()
            if number >= _FEWEST_ROUNDS and self._round_takes() > self._run.pace.left:
                break
        self._run.pace.check()

    def _read_flat(self) -> None:
        """Read the collections that the query needs, in the middle of what it is held against."""
        targets = (name for place in self._places for name in place.link.targets)
        self._run.collections.measure([self._probe.collection, *targets, *self._flat.collections])

    def _round_takes(self) -> float:
        return sum(one.shots[-1].whole for one in self._asked if one.shots)

    def _send(self, one: Asked, number: int) -> None:
        try:
            self._run.pace.send(partial(one.send, number))
        except (QueryError, KeyError) as error:
            # MO loses connections over failing queries, so that one is never sent again.
            self._asked.remove(one)
            self._notices.append(f"{one.series.form}: {_told(error)}")

    def result(self) -> ProbeResult:
        """Return what was measured."""
        control = self._run.pace.control[self._began :]
        return ProbeResult(
            name=self._probe.name,
            title=self._probe.title,
            document=self._probe.shown,
            collection=self._probe.collection,
            page_size=self._size,
            places=tuple(self._places),
            series=tuple(one.done for one in self._asked if one.shots),
            extent=self._extent,
            flat=self._flat,
            error="" if any(one.shots for one in self._asked) else tr("Not measured."),
            notices=tuple(dict.fromkeys(self._notices)),
            partial=self.partial,
            unsure=is_drift(drift(control)),
        )


def _with_parents(one: Asked, parents: int) -> Any:
    s = one.series
    return type(s)(s.form, s.path, s.page_size, s.version, parents)


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, MoError) else tr("MO's answer lacks what was asked for.")


def _mo_version(client: Client) -> str | None:
    try:
        return client.mo_version()
    except MoError:
        return None
