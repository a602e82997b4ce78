"""Rules applied: to everything, or to what a change concerns; both come to the same."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from motoolkit.ad.rules import RULES
from motoolkit.ad.subjects import SORTS, unit_of_member
from motoolkit.findings import Finding
from motoolkit.model import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.ad._tables import Fact
    from motoolkit.ad.rules import Found, Rule
    from motoolkit.ad.world import World
    from motoolkit.findings import Subject

Key = tuple[str, Any]
"""A subject: its sort and its key."""


class Update(NamedTuple):
    """What was found before and after of the subjects that were judged again, and how many these were."""

    before: list[Finding]
    after: list[Finding]
    judged: int


class Judging:
    """What the rules say of a world, kept in step with it.

    Args:
        world: both sides; it tracks what is looked at where ``update`` is called.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self._found: dict[Key, tuple[Finding, ...]] = {}
        everybody = list(subjects(world))
        self._judged = len(everybody)
        with _no_collecting():
            for key in everybody:
                self._judge(key)

    def update(self, facts: Iterable[Fact]) -> Update:
        """Judge again whatever looked at these facts; the world tracks."""
        changed = list(facts)
        dropped = self.world.forget(changed)
        concerned: set[Key] = {(a[0], a[1]) for question, a in dropped if question is judged}
        concerned |= {key for fact in changed for key in _listed(fact)}
        before = [finding for key in concerned for finding in self._found.get(key, ())]
        for key in concerned:
            self._judge(key)
        after = [finding for key in concerned for finding in self._found.get(key, ())]
        return Update(before, after, len(concerned))

    def __len__(self) -> int:
        return self._judged

    def findings(self) -> Iterator[Finding]:
        """Yield all that is found, in order of sort and subject."""
        for key in sorted(self._found, key=lambda each: (_ORDER[each[0]], each[1])):
            yield from self._found[key]

    def _judge(self, key: Key) -> None:
        found = self.world.ask(judged, *key)
        if found:
            self._found[key] = found
        else:
            self._found.pop(key, None)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Let nobody look for rings of garbage: there are none, and looking through a world costs a tenth."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def judged(world: World, sort: str, key: Any) -> tuple[Finding, ...]:
    """Return what all rules of a sort find of one subject."""
    listed = SORTS[sort]
    table = world.table(listed.table)
    if not (table.by(listed.index, key) if listed.index else table.of(key)):
        return ()
    found = [(rule, each) for rule in RULES[sort] for each in rule.judge(world, key)]
    if not found:
        return ()
    subject = listed.describe(world, key)
    return tuple(_finding(world, rule, subject, each) for rule, each in found)


def subjects(world: World) -> Iterator[Key]:
    """Yield every subject for which there are rules."""
    for sort, listed in SORTS.items():
        if RULES[sort]:
            yield from ((sort, key) for key in world.table(listed.table).keys(listed.index))


_ORDER: Final = {sort: place for place, sort in enumerate(SORTS)}


def _listed(fact: Fact) -> Iterator[Key]:
    """Yield the subjects that a fact may have made or taken away."""
    table, index, value = fact
    for sort, listed in SORTS.items():
        if (listed.table, listed.index) == (table, index) and RULES[sort]:
            yield sort, value


def _finding(world: World, rule: Rule, subject: Subject, found: Found) -> Finding:
    key, label = found.member
    if key:
        subject = replace(
            subject,
            key=f"{subject.key}/{key}",
            label=f"{subject.label}: {label}",
            unit=subject.unit or unit_of_member(world, subject.key.partition("/")[0], key),
        )
    if found.ad:
        subject = replace(subject, key=f"{found.ad}/{subject.key}")
    return Finding(
        rule.kind,
        subject,
        found.attribute,
        found.validity,
        source=MISSING if found.source is None else found.source,
        mo=MISSING if found.mo is None else found.mo,
        detail=found.detail,
        severity=found.severity or rule.kind.severity,
        facts=dict(found.facts),
        remedy=found.remedy,
        undecided=found.undecided,
    )
