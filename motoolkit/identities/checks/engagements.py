"""Engagements: whether there is an account for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.identities import kinds
from motoolkit.identities._nodes import engagement_label
from motoolkit.identities._spans import common, union, without
from motoolkit.identities.checks._hit import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.identities._owned import Owned
    from motoolkit.identities._spans import Spans
    from motoolkit.identities.checks._hit import Circumstances


def uncovered(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find engagements without account while another engagement of the same time has one.

    Days on which an account is for no engagement, in a system where others are, are left out: it may be for
    this one, and is told itself.
    """
    if not one.in_parallel:
        return
    served = _served(one)
    if not served:
        return
    open_to_all = union(
        (r.start, r.end) for r in one.itusers if not r.engagements and r.itsystem in known.linking_systems
    )
    for uuid, rows in one.jobs.items():
        others = union(span for other, spans in served.items() if other != uuid for span in spans)
        mine = without(union((row.start, row.end) for row in rows), served.get(uuid, []))
        if spans := without(common(mine, others), open_to_all):
            row = rows[-1]
            label = f"{engagement_label(row, known.names)} ({row.user_key})"
            yield Hit(
                kinds.UNCOVERED_ENGAGEMENT,
                "engagement",
                uuid,
                label,
                spans,
                (uuid,),
                milder=True,
            )


def _served(one: Owned) -> dict[str, Spans]:
    """Return when there is an account for each engagement, while it is there."""
    found: dict[str, list[tuple[object, object]]] = {}
    for row in one.itusers:
        for job in row.engagements:
            if job in one.jobs:
                found.setdefault(job, []).append((row.start, row.end))
    return {
        job: common(union(spans), union((row.start, row.end) for row in one.jobs[job]))  # type: ignore[arg-type]
        for job, spans in found.items()
    }


def no_account(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find who is employed and has no account at all."""
    if not one.engagements or not known.has_accounts:
        return
    spans = without(one.employed, union((row.start, row.end) for row in one.itusers))
    if spans:
        told = [row for row in one.engagements if common([(row.start, row.end)], spans)]
        labels = "; ".join(sorted({engagement_label(row, known.names) for row in told}))
        marks = tuple(sorted({row.uuid for row in told}))
        yield Hit(kinds.NO_ACCOUNT, "person", one.uuid, one.name, spans, marks, others=labels)
