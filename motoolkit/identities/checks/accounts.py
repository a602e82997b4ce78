"""Accounts: for which engagements they are, and whether those are still there."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from motoolkit.identities import kinds
from motoolkit.identities._nodes import engagement_label, ituser_label
from motoolkit.identities._rows import NEVER
from motoolkit.identities._spans import common, union
from motoolkit.identities.checks._hit import Hit
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from motoolkit.findings import Kind
    from motoolkit.identities._owned import Owned
    from motoolkit.identities._rows import Engagement, ItUser
    from motoolkit.identities._spans import Span, Spans
    from motoolkit.identities.checks._hit import Circumstances


def unlinked(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find accounts for no engagement of who has several at once, in systems where others are."""
    if not one.in_parallel:
        return
    for uuid, rows in one.accounts.items():
        free = [(r.start, r.end) for r in rows if not r.engagements and r.itsystem in known.linking_systems]
        if free and (spans := common(union(free), one.in_parallel)):
            there = [job for job in one.engagements if common([(job.start, job.end)], spans)]
            jobs = "; ".join(sorted({engagement_label(job, known.names) for job in there}))
            yield _hit(kinds.UNLINKED_ACCOUNT, rows, known, spans, (uuid,), others=jobs)


def outliving(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find accounts that go on after all engagements that they are for."""
    if not one.accounts:
        return
    last = max((job.end for job in one.engagements), default=None)
    for uuid, rows in one.accounts.items():
        spans = [span for row in rows if (span := _left(row, one, known, last))]
        if spans:
            jobs = sorted({job for row in rows for job in row.engagements if job in one.jobs})
            marks = (uuid, *(f"{job}/{uuid}" for job in jobs))
            labels = "; ".join(engagement_label(one.jobs[job][-1], known.names) for job in jobs or one.jobs)
            yield _hit(kinds.OUTLIVING_ACCOUNT, rows, known, union(spans), marks, others=labels, milder=True)


def _left(row: ItUser, one: Owned, known: Circumstances, last: date | None) -> Span | None:
    """Return the days of an account after its engagements, or for none of them after all of the person's."""
    if row.engagements:
        ends = [_last(one, job) for job in row.engagements]
        # Of an engagement that MO has not it can not be told when it ended.
        over = None if None in ends else max(end for end in ends if end is not None)
    else:
        over = last if last is not None and row.start < last else None
    if over is None or over == NEVER:
        return None
    begin = max(row.start, over + timedelta(days=known.grace))
    return (begin, row.end) if begin < row.end else None


def _last(one: Owned, engagement: str) -> date | None:
    rows = one.jobs.get(engagement) or one.foreign_jobs.get(engagement)
    return rows[-1].end if rows else None


def others_engagement(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find accounts for an engagement that is another person's."""
    if not one.foreign_engagements:
        return
    for uuid, rows in one.accounts.items():
        spans: Spans = []
        jobs: dict[str, Engagement] = {}
        for job, periods in one.foreign_jobs.items():
            linked = union((row.start, row.end) for row in rows if job in row.engagements)
            if held := common(linked, union((each.start, each.end) for each in periods)):
                spans += held
                jobs[job] = periods[-1]
        if spans:
            told = "; ".join(sorted(f"{engagement_label(j, known.names)} ({j.whose})" for j in jobs.values()))
            marks = (uuid, *jobs, *(f"{job}/{uuid}" for job in jobs))
            yield _hit(kinds.OTHERS_ENGAGEMENT, rows, known, union(spans), marks, others=told)


def across(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find accounts for engagements that are in different parts of the organisation at a time."""
    if not one.in_parallel:
        return
    for uuid, rows in one.accounts.items():
        spans: Spans = []
        jobs: dict[str, Engagement] = {}
        for row in rows:
            for left, right in _apart(row, one, known):
                held = common(
                    [(row.start, row.end)], common([(left.start, left.end)], [(right.start, right.end)])
                )
                if held:
                    spans += held
                    jobs |= {left.uuid: left, right.uuid: right}
        if spans:
            told = "; ".join(sorted(engagement_label(job, known.names) for job in jobs.values()))
            marks = (uuid, *(f"{job}/{uuid}" for job in sorted(jobs)))
            yield _hit(kinds.ACROSS, rows, known, union(spans), marks, others=told)


def _apart(row: ItUser, one: Owned, known: Circumstances) -> Iterator[tuple[Engagement, Engagement]]:
    """Yield the periods of engagements of an account whose units are in different parts, two by two."""
    if len(row.engagements) < 2:  # noqa: PLR2004 - it takes two
        return
    held = [job for uuid in row.engagements for job in one.jobs.get(uuid, ())]
    for left, right in combinations(held, 2):
        if left.uuid != right.uuid and known.part(left.org_unit) != known.part(right.org_unit):
            yield left, right


def _hit(
    kind: Kind,
    rows: Sequence[ItUser],
    known: Circumstances,
    spans: Spans,
    marks: tuple[str, ...],
    *,
    others: str,
    milder: bool = False,
) -> Hit:
    row = rows[-1]
    label = tr(
        "{account} in {system}",
        account=ituser_label(row, known.names),
        system=known.names.system(row.itsystem),
    )
    return Hit(kind, "ituser", row.uuid, label, spans, marks, others=others, milder=milder)
