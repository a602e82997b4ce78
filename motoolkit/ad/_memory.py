"""Answers remembered with what they were made from, so that a change asks only for what it concerns."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

T = TypeVar("T")

_UNKNOWN: Final = object()


class Memory:
    """Remembers the answers of questions: functions of ``(world, *arguments)`` without effects.

    Whatever a question looks at, facts and other questions, is noted while it is answered.  When facts
    change, ``forget`` drops just the answers that looked at them, and those that looked at these.

    Args:
        tracking: note it; without it answers are remembered only, which is faster and can not be updated.
    """

    def __init__(self, *, tracking: bool = False) -> None:
        self.tracking = tracking
        self._answers: defaultdict[Callable[..., Any], dict[tuple[Hashable, ...], Any]] = defaultdict(dict)
        self._looked_at: dict[Hashable, set[Hashable]] = {}
        self._lookers: defaultdict[Hashable, set[Any]] = defaultdict(set)
        self._open: list[set[Hashable]] = []

    def note(self, fact: Hashable) -> None:
        """Note that the question that is being answered looked at a fact."""
        if self._open:
            self._open[-1].add(fact)

    def ask(self, question: Callable[..., T], *arguments: Hashable) -> T:
        """Return the answer of ``question(self, *arguments)``; it is answered once until facts change."""
        if self._open:
            self._open[-1].add((question, arguments))
        answers = self._answers[question]
        answer = answers.get(arguments, _UNKNOWN)
        if answer is _UNKNOWN:
            answer = answers[arguments] = (
                self._tracked(question, arguments) if self.tracking else question(self, *arguments)
            )
        return answer  # type: ignore[no-any-return]  # answers of all questions are in one place

    def _tracked(self, question: Callable[..., T], arguments: tuple[Hashable, ...]) -> T:
        node = (question, arguments)
        self._open.append(set())
        try:
            return question(self, *arguments)
        finally:
            self._looked_at[node] = looked = self._open.pop()
            for fact in looked:
                self._lookers[fact].add(node)

    def clear(self) -> None:
        """Drop all answers."""
        self._answers.clear()
        self._looked_at.clear()
        self._lookers.clear()

    def forget(self, facts: Iterable[Hashable]) -> list[tuple[Callable[..., Any], tuple[Any, ...]]]:
        """Drop what was answered from any of these facts, and return those questions with their arguments."""
        dropped: list[Any] = []
        waiting = list(facts)
        while waiting:
            for node in self._lookers.pop(waiting.pop(), ()):
                question, arguments = node
                if arguments in self._answers[question]:
                    del self._answers[question][arguments]
                    dropped.append(node)
                    waiting.append(node)
                self._unlink(node)
        return dropped

    def _unlink(self, node: Hashable) -> None:
        for fact in self._looked_at.pop(node, ()):
            if fact in self._lookers:
                self._lookers[fact].discard(node)
