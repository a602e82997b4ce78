"""One finding of a comparison: what is wrong, about whom, when, and what both sides say."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Literal

from motoolkit.language import N_, tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from motoolkit.model import Validity

Tense = Literal["past", "current", "future", ""]
Seen = Literal["new", "still", "gone", "unseen", ""]


class Severity(IntEnum):
    """How grave a finding is; the graver, the greater."""

    INFO = 1
    WARNING = 2
    ERROR = 3
    CRITICAL = 4

    @property
    def label(self) -> str:
        """What people read."""
        return tr(_SEVERITIES[self])


_SEVERITIES: Final = {
    Severity.INFO: N_("Information"),
    Severity.WARNING: N_("Warning"),
    Severity.ERROR: N_("Error"),
    Severity.CRITICAL: N_("Critical"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a comparison can find; texts are English and translated where they are shown.

    Attributes:
        code: its name in frames, JSON, accept lists and stores: never changed.
        severity: of findings that have none of their own.
        title: a few words, the name of its sheet.
        explanation: what it means, in a sentence or two.
        remedy: what one does about it.
    """

    code: str
    severity: Severity
    title: str
    explanation: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about; CPR numbers in ``key`` and ``label`` are masked.

    Attributes:
        sort: "employment", "unit", "person" and the like.
        key: tells it from all others of its sort, and is the same the next time: "NS-04711/250284-xxxx".
        label: what people call it: a name.
        uuid: MO's UUID of it.
        unit: the unit that it belongs to, as people read it.
    """

    sort: str
    key: str
    label: str
    uuid: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        for name in ("key", "label", "unit"):
            object.__setattr__(self, name, mask_all(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why a finding is accepted, until when (the last day), and by whom."""

    reason: str
    until: date
    who: str = ""

    def __post_init__(self) -> None:
        for name in ("reason", "who"):
            object.__setattr__(self, name, mask_all(getattr(self, name)))


@dataclass(frozen=True)
class Finding:
    """One thing that a comparison found; texts are held with CPR numbers masked.

    Attributes:
        kind: what it is.
        subject: what it is about.
        attribute: which of the subject's facts; blank when it is about the subject itself.
        validity: when it is so; None when it has no period.
        source: what the other system says (SD, AD), ``MISSING`` when it has no value there.
        mo: what MO says, ``MISSING`` likewise.
        tense: whether the period is over, holds the day of the run, or is yet to come.
        patterns: names of how both sides differ: "shifted_start", "gap".
        undecided: it could not be told which side is right; it fails nothing.
        detail: what only this one has to tell.
        cause: the root cause that it shares with others, as people read it.
        severity: the kind's unless given.
        facts: more of it, by name.
        remedy: the kind's unless given.
        accepted: why it is no trouble, by an accept list.
        seen: whether the run before had it too, ``unseen`` where that is not known: the run before had it,
            and this one did not look at its subject; blank when it was not compared.
        first_seen: the day of the run that found it first.
    """

    kind: Kind
    subject: Subject
    attribute: str = ""
    validity: Validity | None = None
    source: Any = field(default=None, hash=False)
    mo: Any = field(default=None, hash=False)
    tense: Tense = ""
    patterns: tuple[str, ...] = ()
    undecided: bool = False
    detail: str = ""
    cause: str = ""
    severity: Severity = None  # type: ignore[assignment]  # None is the kind's, from __post_init__ on
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)
    remedy: str = ""
    accepted: Acceptance | None = None
    seen: Seen = ""
    first_seen: date | None = None

    def __post_init__(self) -> None:
        if self.severity is None:
            object.__setattr__(self, "severity", self.kind.severity)
        for name in ("detail", "cause", "remedy"):
            if text := getattr(self, name):
                object.__setattr__(self, name, mask_all(text))
        if self.facts:
            object.__setattr__(self, "facts", {name: mask_all(str(v)) for name, v in self.facts.items()})

    @cached_property
    def key(self) -> str:
        """The same in every run for the same kind, subject, attribute and first day, whatever the values."""
        start = self.validity.start if self.validity else None
        parts = (self.kind.code, self.subject.key, self.attribute, start.isoformat() if start else "")
        return sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def what_to_do(self) -> str:
        """Its own remedy, else the kind's, in the language in use."""
        return tr(self.remedy or self.kind.remedy)

    @property
    def counts(self) -> bool:
        """Whether it decides on an exit code: it is neither accepted nor undecided."""
        return self.accepted is None and not self.undecided
