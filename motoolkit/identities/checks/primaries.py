"""The primary mark: exactly one engagement has it at a time, and of several accounts for one job one."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from motoolkit.findings import Severity
from motoolkit.identities import kinds
from motoolkit.identities._nodes import engagement_label, ituser_label
from motoolkit.identities._spans import common, several, union, without
from motoolkit.identities.checks._hit import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from motoolkit.findings import Kind
    from motoolkit.identities._owned import Owned
    from motoolkit.identities._rows import Engagement, ItUser
    from motoolkit.identities._spans import Spans
    from motoolkit.identities.checks._hit import Circumstances

_EXPLICIT: Final = "explicitly-primary"


def several_engagements(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find days with several primary engagements; one that is so explicitly outdoes the others."""
    if not one.in_parallel:
        return
    marked = [row for row in one.engagements if known.names.is_primary(row.primary)]
    if len({row.uuid for row in marked}) < 2:  # noqa: PLR2004 - several
        return
    explicit = [(row.start, row.end) for row in marked if known.names.one(row.primary).user_key == _EXPLICIT]
    spans = union(
        (
            *several(explicit),
            *without(several((row.start, row.end) for row in marked), union(explicit)),
        )
    )
    if spans:
        yield _of_person(kinds.SEVERAL_PRIMARY, one, known, marked, spans)


def no_engagement(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find days with engagements none of which is primary, where MO marks them at all."""
    if not one.engagements or not known.marks_engagements:
        return
    marked = [(row.start, row.end) for row in one.engagements if known.names.is_primary(row.primary)]
    spans = without(one.employed, union(marked)) if marked else one.employed
    if not spans:
        return
    grave = common(spans, one.in_parallel)
    if grave:
        yield _of_person(kinds.NO_PRIMARY, one, known, one.engagements, grave)
    if mild := without(spans, grave):
        yield _of_person(kinds.NO_PRIMARY, one, known, one.engagements, mild, severity=Severity.INFO)


def _of_person(
    kind: Kind,
    one: Owned,
    known: Circumstances,
    rows: Sequence[Engagement],
    spans: Spans,
    *,
    severity: Severity | None = None,
) -> Hit:
    told = {row.uuid: row for row in rows if common([(row.start, row.end)], spans)}
    labels = "; ".join(
        sorted(f"{engagement_label(row, known.names)} ({row.user_key})" for row in told.values())
    )
    return Hit(
        kind, "person", one.uuid, one.name, spans, tuple(sorted(told)), others=labels, severity=severity
    )


def accounts(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find systems in which several accounts for one job are primary, or none of them."""
    if len(one.accounts) < 2:  # noqa: PLR2004 - one is no choice
        return
    systems: dict[str, list[ItUser]] = {}
    for row in one.itusers:
        systems.setdefault(row.itsystem, []).append(row)
    for system, rows in systems.items():
        if len(rows) > 1 and system in known.marking_systems:
            yield from _in_system(one, known, system, rows)


def _in_system(one: Owned, known: Circumstances, system: str, rows: Sequence[ItUser]) -> Iterator[Hit]:
    """Judge accounts that compete: of the same engagement, or one of them of none."""
    many: Spans = []
    rivals: Spans = []
    marks: dict[str, ItUser] = {}
    for left, right in combinations(rows, 2):
        if left.uuid == right.uuid or not _compete(left, right):
            continue
        if not (held := common([(left.start, left.end)], [(right.start, right.end)])):
            continue
        marks |= {left.uuid: left, right.uuid: right}
        rivals += held
        if known.names.is_primary(left.primary) and known.names.is_primary(right.primary):
            many += held
    primary = union(
        (row.start, row.end) for row in rows if row.uuid in marks and known.names.is_primary(row.primary)
    )
    for kind, spans in (
        (kinds.SEVERAL_PRIMARY_ACCOUNTS, union(many)),
        (kinds.NO_PRIMARY_ACCOUNT, without(union(rivals), primary)),
    ):
        if spans:
            labels = ", ".join(sorted({ituser_label(row, known.names) for row in marks.values()}))
            yield Hit(
                kind,
                "person",
                one.uuid,
                one.name,
                spans,
                tuple(sorted(marks)),
                attribute=known.names.system(system),
                others=labels,
            )


def _compete(left: ItUser, right: ItUser) -> bool:
    if not left.engagements or not right.engagements:
        return True
    return not set(left.engagements).isdisjoint(right.engagements)
