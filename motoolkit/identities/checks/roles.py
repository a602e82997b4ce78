"""Roles: of the system that the account is in, and for units where the person works; and what moves leave."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from motoolkit.identities import kinds
from motoolkit.identities._nodes import engagement_label, ituser_label
from motoolkit.identities._spans import common, union, without
from motoolkit.identities.checks._hit import Hit
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from motoolkit.findings import Kind
    from motoolkit.identities._owned import Owned
    from motoolkit.identities._rows import Engagement, RoleBinding
    from motoolkit.identities._spans import Spans
    from motoolkit.identities.checks._hit import Circumstances

_REVIEW: Final = timedelta(days=183)
"""So long is a move told: after that whoever looks has looked."""


def other_system(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find roles of another system than that of the account."""
    for row in one.rolebindings:
        system = known.names.one(row.role).it_system
        if not system:
            continue
        wrong = [r for r in one.accounts.get(row.ituser, ()) if r.itsystem != system]
        if spans := common([(row.start, row.end)], union((r.start, r.end) for r in wrong)):
            told = tr(
                "The role is of {one}, the account in {other}.",
                one=known.names.system(system),
                other=known.names.system(wrong[-1].itsystem),
            )
            yield _hit(kinds.OTHER_SYSTEM, row, one, known, spans, detail=told)


def after_move(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find roles for a unit that the person has left for another engagement."""
    for row in one.rolebindings:
        if not row.org_unit:
            continue
        there = union(
            (job.start, job.end) for job in one.engagements if row.org_unit in known.names.above(job.org_unit)
        )
        span = [(row.start, row.end)]
        ends = {end for _, end in common(span, there)}
        spans = [
            piece
            for left in without(span, there)
            # What began after the move was given in spite of it.
            if left[0] in ends
            for piece in common([left], one.employed)
        ]
        if spans:
            yield _hit(kinds.ROLE_AFTER_MOVE, row, one, known, spans, others=known.names.unit(row.org_unit))


def _hit(
    kind: Kind,
    row: RoleBinding,
    one: Owned,
    known: Circumstances,
    spans: Spans,
    *,
    others: str = "",
    detail: str = "",
) -> Hit:
    account = one.accounts[row.ituser][-1] if row.ituser in one.accounts else None
    label = known.names.of_class(row.role)
    if account:
        label = tr("{role} of {account}", role=label, account=ituser_label(account, known.names))
    marks = (row.uuid, row.ituser, f"{row.ituser}/{row.uuid}")
    return Hit(kind, "rolebinding", row.uuid, label, spans, marks, others=others, detail=detail)


def account_after_move(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find accounts that came along when their engagement moved to another part of the organisation."""
    if not one.accounts or len(one.engagements) == len(one.jobs):
        return
    moves = [
        (before, after)
        for rows in one.jobs.values()
        for before, after in pairwise(rows)
        if before.end == after.start and _part_differs(before, after, known)
    ]
    for uuid in one.accounts if moves else ():
        for day in sorted({after.start for _, after in moves}):
            yield from _kept(one, known, uuid, [each for each in moves if each[1].start == day])


def _part_differs(before: Engagement, after: Engagement, known: Circumstances) -> bool:
    return before.org_unit != after.org_unit and known.part(before.org_unit) != known.part(after.org_unit)


def _kept(
    one: Owned, known: Circumstances, uuid: str, moves: list[tuple[Engagement, Engagement]]
) -> Iterator[Hit]:
    """Tell of an account that was for engagements before and after they moved on one day."""
    rows, day = one.accounts[uuid], moves[0][1].start
    ends: dict[str, date] = {}
    for _, after in moves:
        linked = union((row.start, row.end) for row in rows if after.uuid in row.engagements)
        ends.update((after.uuid, end) for start, end in linked if start < day < end)
    if not ends:
        return
    came = [(before, after) for before, after in moves if after.uuid in ends]
    system, account = known.names.system(rows[-1].itsystem), ituser_label(rows[-1], known.names)
    units = ", ".join(sorted({known.names.unit(before.org_unit) for before, _ in came}))
    yield Hit(
        kinds.ACCOUNT_AFTER_MOVE,
        "ituser",
        uuid,
        tr("{account} in {system}", account=account, system=system),
        [(day, min(max(ends.values()), day + _REVIEW))],
        (uuid, *ends, *(f"{job}/{uuid}" for job in ends)),
        others="; ".join(sorted({engagement_label(after, known.names) for _, after in came})),
        detail=tr("Before: {unit}.", unit=units),
    )
