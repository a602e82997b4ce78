"""A rewriting on a notebook's page: the document as a tree with what each field becomes, reads and joins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.drawing import BAD, GOOD, QUIET, WARN, card, heading, safe, span, table
from motoolkit.language import N_, tr
from motoolkit.probes.flat._text import headline, how_much, when

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from motoolkit.probes.flat._rewriting import Rewriting
    from motoolkit.probes.flat._steps import Step

_CODE: Final = "font-family: var(--jp-code-font-family, monospace); font-size: 12px"
_TREE: Final = (N_("Field"), N_("Becomes"), N_("In MO"))
_READS: Final = (N_("Collection"), N_("Which"), N_("When"), N_("Columns"), N_("For"))
_WRAPPERS: Final = frozenset({"objects", "current"})
_INDENT: Final = 16
_MOST_REASONS: Final = 3


def html(found: Rewriting) -> str:
    """Return the card of a rewriting; it holds no data of any person."""
    parts = [_line(headline(found), GOOD if found.ok else BAD)]
    parts += [_line(refusal, BAD) for refusal in found.refusals]
    parts.append(table(_words(_TREE), (row for step in found.steps for row in _tree(step, 0))))
    if found.reads:
        parts += [heading(tr("Read")), table(_words(_READS), _reads(found))]
        parts.append(_folded(tr("The documents"), "\n".join(read.document for read in found.reads)))
    if found.joins:
        joins = ([_code(join.condition), safe(join.words)] for join in found.joins)
        parts += [heading(tr("Join")), table([tr("Condition"), tr("In words")], joins)]
        if sql := found.sql():
            parts.append(_folded(tr("As one SELECT for %%mosql"), sql))
    parts += [_line(note, QUIET) for note in found.notes]
    return card(tr("A nested query, read flat"), "".join(parts))


def _tree(step: Step, depth: int) -> Iterator[Sequence[str]]:
    """Yield a row for each field, as it is nested; what only wraps an object has none."""
    if step.name in _WRAPPERS and step.key == step.name and not step.refused:
        for below in step.steps:
            yield from _tree(below, depth)
        return
    name = step.name if step.key == step.name else f"{step.key}: {step.name}"
    shown = span(name, f"{_CODE}; padding-left: {depth * _INDENT}px; white-space: nowrap")
    becomes = span(step.refused, f"color: {BAD}") if step.refused else _becomes(step)
    yield [shown, becomes, span(step.slow, f"color: {WARN}") if step.slow else ""]
    for below in step.steps if step.name != "validity" else ():
        yield from _tree(below, depth + 1)


def _becomes(step: Step) -> str:
    return _code(step.becomes) if step.leaf else safe(step.becomes)


def _reads(found: Rewriting) -> Iterator[Sequence[str]]:
    for read in found.reads:
        which = span(how_much(read), f"color: {QUIET}")
        columns = _code(", ".join(read.columns) or "uuid")
        shown = [*read.reasons[:_MOST_REASONS], *(["…"] if len(read.reasons) > _MOST_REASONS else [])]
        reasons = span(", ".join(shown), f"color: {QUIET}", ", ".join(read.reasons))
        yield [_code(read.collection), which, span(when(read.day), "white-space: nowrap"), columns, reasons]


def _folded(title: str, code: str) -> str:
    pre = f'<pre style="{_CODE}; white-space: pre-wrap; margin: 4px 0; color: inherit">{safe(code)}</pre>'
    return f'<details><summary style="cursor: pointer">{safe(title)}</summary>{pre}</details>'


def _line(text: str, ink: str) -> str:
    return f'<div style="color: {ink}; margin: 4px 0">{safe(text)}</div>'


def _code(text: str) -> str:
    return span(text, _CODE)


def _words(names: Sequence[str]) -> list[str]:
    return [tr(name) for name in names]
