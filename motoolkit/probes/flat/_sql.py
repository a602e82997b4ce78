"""The reads joined by one SELECT, where each collection is reached in one way and on one day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from motoolkit.probes.flat._needs import Join
    from motoolkit.probes.flat._reads import Read


def select(top: str, reads: Sequence[Read], joins: Sequence[Join]) -> str:
    """Return a SELECT that a mirror answers, blank where one would not be what the document asks for.

    Filters are not in it, and lists beside each other multiply in SQL, so there is at most one.

    Args:
        top: the collection of the top-level field.
        reads: what is read.
        joins: how it is joined.
    """
    columns = {read.collection: read.columns for read in reads}
    days = {read.day for read in reads}
    reached = Counter(join.target for join in joins)
    starts = {join.collection for join in joins}
    several = sum(join.several for join in joins)
    # A table that is reached twice stands under two names, and what starts there would not know which.
    twice = {name for name, times in reached.items() if times > 1 or name == top} & (starts | {top})
    if None in days or len(days) != 1 or several > 1 or twice or not starts <= {top, *reached}:
        return ""
    if reads and {read.collection for read in reads} != {top, *reached}:
        return ""
    names = _names(joins, reached)
    shown = [f"{top}.uuid", *(f"{top}.{column}" for column in columns[top])]
    shown += [
        f'{names[join]}.{column} AS "{names[join]}.{column}"'
        for join in joins
        for column in columns[join.target]
    ]
    (day,) = days
    lines = [f"SELECT {', '.join(shown)}", f"FROM {top}_at(DATE '{day}') AS {top}"]
    for join in _ordered(top, joins):
        name = names[join]
        on = join.between(join.collection, name)
        lines.append(f"LEFT JOIN {join.target}_at(DATE '{day}') AS {name} ON {on}")
    return "\n".join(lines)


def _names(joins: Sequence[Join], reached: Mapping[str, int]) -> dict[Join, str]:
    """Return what each joined table is called: itself, or after the link where there are several of it."""
    found = {}
    for join in joins:
        link = join.path.rpartition(".")[2].removesuffix("_response")
        found[join] = join.target if reached[join.target] == 1 else link
    return found


def _ordered(top: str, joins: Sequence[Join]) -> Iterator[Join]:
    """Yield the joins so that each starts where one before has led."""
    known, waiting = {top}, list(joins)
    while waiting:
        ready = [join for join in waiting if join.collection in known]
        if not ready:
            return
        yield from ready
        known |= {join.target for join in ready}
        waiting = [join for join in waiting if join not in ready]
