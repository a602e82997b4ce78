"""A document as steps: each field with what gives its value from the mirror's rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from motoolkit.language import tr
from motoolkit.probes.flat._refused import unanswerable
from motoolkit.probes.flat._rows import Rows

Resolve = Callable[[Rows, Any], Any]
"""Gives a field's value of what is above it: a row of an object, or the UUID of a Response."""


class Found(NamedTuple):
    """What a field becomes: how its value is found, that in words, and why MO is slow with it."""

    resolve: Resolve
    becomes: str
    slow: str = ""


@dataclass(slots=True)
class Step:
    """One field of a document.

    Attributes:
        key: its name in the answer.
        name: MO's name of it.
        path: where in the document it is.
        becomes: what it becomes, in words.
        resolve: what gives its value; of an object, what the fields below it are given.
        listed: whether there are several.
        required: whether MO never answers null.
        slow: why MO is slow with it, blank where it is not.
        refused: why it can not be had from the mirror, blank where it can.
        steps: the fields below it.
        leaf: whether it is a plain value.
    """

    key: str
    name: str
    path: str
    becomes: str
    resolve: Resolve
    listed: bool = False
    required: bool = False
    slow: str = ""
    refused: str = ""
    steps: list[Step] = field(default_factory=list)
    leaf: bool = True

    def walk(self) -> Iterator[Step]:
        """Yield the step and all below it."""
        yield self
        for step in self.steps:
            yield from step.walk()


def answer(step: Step, rows: Rows, source: Any) -> Any:
    """Return what MO would answer for a field.

    Raises:
        InputError: MO would answer with an error.
    """
    found = step.resolve(rows, source)
    if found is None:
        if step.required:
            raise unanswerable(step.path, tr("MO answers with an error where there is nothing valid"))
        return None
    if step.leaf:
        return found
    if step.listed:
        return [_object(step, rows, one) for one in found]
    return _object(step, rows, found)


def _object(step: Step, rows: Rows, source: Any) -> dict[str, Any]:
    return {below.key: answer(below, rows, source) for below in step.steps}
