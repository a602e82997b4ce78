"""What the journal tells of one run: a plan that was applied, by whom and when, and what became of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import orjson

from motoolkit.model import mask_all
from motoolkit.plan._result import GOOD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from motoolkit.plan._state import Key, Span

INTERRUPTED: Final = "interrupted"


@dataclass(frozen=True, slots=True)
class Written:
    """An object that a run wrote, or was about to.

    ``left`` are the digests of what it may have been left as: as it was wanted, or as it was read back.
    """

    key: Key
    left: frozenset[str]


@dataclass(frozen=True, slots=True, repr=False)
class Run:
    """One plan that was applied; CPR numbers are masked in all of it.

    Attributes:
        id: its name, which begins with the time.
        started: when, in Danish time, by this machine's clock.
        ended: when the result was there; None of a run that was killed (or is still at it).
        profile: the name of the profile, if it had one.
        mo_url: the MO.
        actor: the UUID of the one that MO took us for.
        actor_name: and the name, or what such an actor stands for.
        version: of the toolkit.
        reason: the plan's.
        plan: a digest of the masked plan: the same plan has the same.
        operations: as in the plan's JSON.
        outcomes: of each operation what became of it, and why; none before the run ended.
        parts: the parts that MO took, and all there were.
        continues: the run of the same plan that did not come to its end.
        objects: those that had to be written.
        uuids: the UUIDs that MO chose itself.
        asserted: MO's own time of the last thing that it knew of any of the objects before the run; None if
            it knew none of them.
        undoable: whether MO told that time.
    """

    id: str
    started: datetime
    ended: datetime | None
    profile: str | None
    mo_url: str
    actor: str | None
    actor_name: str | None
    version: str
    reason: str
    plan: str
    operations: tuple[dict[str, Any], ...]
    outcomes: tuple[tuple[str, str], ...]
    parts: tuple[int, int]
    continues: str | None
    objects: tuple[Written, ...]
    uuids: Mapping[Key, str]
    asserted: str | None
    undoable: bool

    @property
    def finished(self) -> bool:
        """Whether MO holds all that was wanted."""
        return self.ended is not None and all(became in GOOD for became, _ in self.outcomes)

    @property
    def status(self) -> str:
        """What became of it, in a few words: ``3 done, 1 already so``."""
        if self.ended is None:
            return INTERRUPTED
        counts = Counter(became for became, _ in self.outcomes)
        return ", ".join(f"{count} {became}" for became, count in counts.items()) or "nothing to do"

    def __repr__(self) -> str:
        return f"<Run {self.id} {self.reason!r}, {len(self.operations)} operations: {self.status}>"


def run_of(lines: Iterable[dict[str, Any]]) -> Run:
    """Put a run together from its lines in the journal, the first of which is ``started``."""
    begun, *later = lines
    ended = next((line for line in later if line["event"] == "ended"), {})
    sent = sum(1 for line in later if line["event"] == "part")
    differing = {(each[0], each[1]): each[2] for each in ended.get("differing", ())}
    return Run(
        id=begun["run"],
        started=datetime.fromisoformat(begun["time"]),
        ended=datetime.fromisoformat(ended["time"]) if ended else None,
        profile=begun["profile"],
        mo_url=begun["mo_url"],
        actor=begun["actor"],
        actor_name=begun["actor_name"],
        version=begun["version"],
        reason=begun["reason"],
        plan=begun["plan"],
        operations=tuple(begun["operations"]),
        outcomes=tuple((each["became"], each["text"]) for each in ended.get("outcomes", ())),
        parts=(sent, begun["parts"]),
        continues=begun["continues"],
        objects=tuple(_written(each, differing) for each in begun["objects"]),
        uuids={(each[0], each[1]): each[2] for each in ended.get("uuids", ())},
        asserted=begun["asserted"],
        undoable=begun["undoable"],
    )


def _written(told: list[str], differing: Mapping[Key, str]) -> Written:
    collection, uuid, wanted = told
    return Written((collection, uuid), frozenset({wanted, differing.get((collection, uuid), wanted)}))


def digest(value: Any) -> str:
    """Return the SHA-256 of what is plain data, with CPR numbers masked.

    They are masked because what else there is to a digest stands in the journal too: the four digits that
    are missing there could be found by trying.
    """
    return hashlib.sha256(
        mask_all(orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()).encode()
    ).hexdigest()


def digest_of(spans: Iterable[Span]) -> str:
    """Return the digest of an object's slices; empty fields do not count."""
    return digest(
        [
            [
                span.start,
                span.end,
                {name: value for name, value in span.values.items() if value not in (None, ())},
            ]
            for span in spans
        ]
    )
