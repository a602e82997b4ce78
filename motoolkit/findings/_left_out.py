"""Whom a run could not look at: of them nothing is gone only because it was not found."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from motoolkit.model import mask_all

if TYPE_CHECKING:
    from motoolkit.findings._finding import Subject

EVERYBODY: Final = "*"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The subjects that a run did not look at, though it was to.

    Attributes:
        names: keys of subjects, MO's UUIDs of them, or parts of keys between slashes (``250284-xxxx``: all
            that is told of whom); ``*`` is everybody.
        but: keys of subjects that were looked at all the same.
    """

    names: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in ("names", "but"):
            object.__setattr__(self, name, frozenset(map(mask_all, getattr(self, name))))

    def holds(self, subject: Subject) -> bool:
        """Tell whether a subject was not looked at."""
        if not self.names or subject.key in self.but:
            return False
        called = {EVERYBODY, subject.key, subject.uuid, *subject.key.split("/")} - {""}
        return not self.names.isdisjoint(called)

    def may_hold(self, pattern: str) -> bool:
        """Tell whether what an accept list calls a subject (key, UUID or pattern) may be one of these."""
        called = {EVERYBODY, *pattern.split("/")}
        return not self.names.isdisjoint(called) or any(fnmatchcase(name, pattern) for name in self.names)
