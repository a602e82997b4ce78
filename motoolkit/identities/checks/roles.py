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
            yield _hit(kinds.ROLE_AFTER_MOVE, row, one, known, spans, mo=known.names.unit(row.org_unit))


def _hit(
    kind: Kind,
    row: RoleBinding,
    one: Owned,
    known: Circumstances,
    spans: Spans,
    *,
    mo: str = "",
    detail: str = "",
) -> Hit:
    account = one.accounts[row.ituser][-1] if row.ituser in one.accounts else None
    label = known.names.of_class(row.role)
    if account:
        label = tr("{role} of {account}", role=label, account=ituser_label(account, known.names))
    marks = (row.uuid, row.ituser, f"{row.ituser}/{row.uuid}")
    return Hit(kind, "rolebinding", row.uuid, label, spans, marks, mo=mo, detail=detail)


def account_after_move(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find accounts that came along when their engagement moved to another part of the organisation."""
    if not one.accounts or len(one.engagements) == len(one.jobs):
        return
    for job, rows in one.jobs.items():
        for before, after in pairwise(rows):
            if before.end == after.start and _part_differs(before, after, known):
                yield from _kept(one, known, job, before, after)


def _part_differs(before: Engagement, after: Engagement, known: Circumstances) -> bool:
    return before.org_unit != after.org_unit and known.part(before.org_unit) != known.part(after.org_unit)


def _kept(one: Owned, known: Circumstances, job: str, before: Engagement, after: Engagement) -> Iterator[Hit]:
    moved = after.start
    for uuid, accounts in one.accounts.items():
        linked = union((row.start, row.end) for row in accounts if job in row.engagements)
        stretch = next((span for span in linked if span[0] < moved < span[1]), None)
        if stretch is None:
            continue
        system = known.names.system(accounts[-1].itsystem)
        account = ituser_label(accounts[-1], known.names)
        yield Hit(
            kinds.ACCOUNT_AFTER_MOVE,
            "ituser",
            uuid,
            tr("{account} in {system}", account=account, system=system),
            [(moved, min(stretch[1], moved + _REVIEW))],
            (uuid, job, f"{job}/{uuid}"),
            attribute=after.user_key,
            mo=engagement_label(after, known.names),
            detail=tr("Before: {unit}.", unit=known.names.unit(before.org_unit)),
        )
