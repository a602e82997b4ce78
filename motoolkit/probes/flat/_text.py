"""A rewriting as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from motoolkit.probes.flat._reads import Read
    from motoolkit.probes.flat._rewriting import Rewriting


def text(found: Rewriting) -> str:
    """Return what becomes of a document, on a page of text."""
    return "\n".join(_lines(found))


def headline(found: Rewriting) -> str:
    """Return the whole in a sentence."""
    if number := len(found.refusals):
        return tr("The mirror can not answer all of it: {number} parts are MO's own.", number=number)
    return tr(
        "{reads} collections read flat and {joins} joins here, instead of one nested query.",
        reads=len(found.reads),
        joins=len(found.joins),
    )


def when(day: date | None) -> str:
    """Return of when a collection is read."""
    return tr("every validity") if day is None else tr("on {day}", day=f"{day:%d-%m-%Y}")


def how_much(read: Read) -> str:
    """Return which objects of a collection are read."""
    if read.named_by:
        return tr("those in {columns}", columns=", ".join(read.named_by))
    own = read.variables["filter"].keys() - {"from_date", "to_date"}
    if read.most is not None:
        return tr("the first {number}", number=read.most)
    return tr("those of the filter") if own else tr("all")


def _lines(found: Rewriting) -> Iterator[str]:
    yield headline(found)
    if found.refusals:
        yield from _part(tr("Can not be had"), found.refusals)
    yield from _part(tr("Read"), [_read(read) for read in found.reads])
    yield from _part(tr("Join"), [f"{join.words}  [{join.path}]" for join in found.joins])
    yield from _part(tr("Slow in MO"), [f"{path}: {why}" for path, why in found.slow])
    yield from _part(tr("Note"), found.notes)


def _read(read: Read) -> str:
    return f"{read.collection} ({how_much(read)}, {when(read.day)}): {', '.join(read.columns) or 'uuid'}"


def _part(title: str, lines: tuple[str, ...] | list[str]) -> Iterator[str]:
    if lines:
        yield f"\n{title}"
        yield from (f"  {line}" for line in lines)
