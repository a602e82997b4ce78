"""How a result looks: in a notebook, in a terminal."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.model import mask_all
from motoolkit.plan.danish import COLLECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import Group

    from motoolkit.plan._result import Became, Outcome, Result


class _Word(NamedTuple):
    """The word for an outcome, the terminal's colour, the page's, and JupyterLab's name of it."""

    danish: str
    style: str
    colour: str
    name: str


_GOOD: Final = ("green", "#1a7f37", "success-color0")
_QUIET: Final = ("dim", "#6b6b6b", "ui-font-color2")
_WARN: Final = ("yellow", "#8a5a00", "warn-color0")
_BAD: Final = ("bold red", "#b00020", "error-color0")

WORDS: Final[Mapping[Became, _Word]] = {
    "unknown": _Word("uvist", *_BAD),
    "differs": _Word("afviger", *_BAD),
    "refused": _Word("afvist", *_BAD),
    "not sent": _Word("ikke sendt", *_WARN),
    "rolled back": _Word("rullet tilbage", *_WARN),
    "done": _Word("udført", *_GOOD),
    "valid": _Word("ville blive godtaget", *_GOOD),
    "already so": _Word("var det allerede", *_QUIET),
}
"""The gravest first, as people shall see them."""

_ACTIONS: Final = {"create": "Opret", "update": "Ret", "terminate": "Afslut", "delete": "Slet"}
_HEADINGS: Final = ("Udfald", "Operation", "Objekt", "Hvorfor", "Begrundelse")
_MOST_ROWS: Final = 200
_NOTHING: Final = "Planen var tom: der var intet at gøre."
_DRY: Final = "Prøvekørsel, intet er gemt: "
_AGAIN: Final = (
    "MO kunne ikke spørges. Planen kan trygt køres igen: det, der allerede er sket, gentages ikke."
)


def headline(result: Result) -> str:
    """Return a result in one line: how many operations became what, the gravest first."""
    if not result.outcomes:
        return _NOTHING
    counts = Counter(outcome.became for outcome in result.outcomes)
    told = ", ".join(f"{counts[became]} {word.danish}" for became, word in WORDS.items() if counts[became])
    number = len(result.outcomes)
    operations = "operation" if number == 1 else "operationer"
    return f"{_DRY if result.dry_run else ''}{number} {operations}: {told}."


def _advice(result: Result) -> str:
    return _AGAIN if any(outcome.became == "unknown" for outcome in result.outcomes) else ""


def _gravest_first(result: Result) -> list[Outcome]:
    gravity = list(WORDS)
    return sorted(result.outcomes, key=lambda outcome: gravity.index(outcome.became))


def _more(result: Result) -> str:
    left = len(result.outcomes) - _MOST_ROWS
    return f"… og {left} operationer til; frame() har dem alle." if left > 0 else ""


def called(result: Result, outcome: Outcome) -> str:
    """Return what the object itself is called, as MO holds it, else held it, else was told; "" if nothing."""
    key = outcome.operation.key
    held = [*result.after.get(key, ())[-1:], *result.before.get(key, ())[-1:]]
    for values in (*(span.values for span in held), outcome.operation.values):
        if found := next(_names(values, key[1]), ""):
            return mask_all(found)
    return ""


def _names(values: Mapping[str, object], uuid: str) -> Iterator[str]:
    """Yield what may be a name, the best first; no ``user_key`` that nobody chose."""
    yield from filter(None, [" ".join(str(values.get(n) or "") for n in ("given_name", "surname")).strip()])
    for name in ("name", "value", "user_key"):
        value = values.get(name)
        if value and value != uuid:
            yield str(value)


def _cells(result: Result, outcome: Outcome) -> tuple[str, str, str, str, str]:
    operation = outcome.operation
    return (
        WORDS[outcome.became].danish,
        f"{_ACTIONS[operation.action]} {COLLECTIONS[operation.collection]}",
        called(result, outcome) or operation.uuid,
        mask_all(outcome.text),
        mask_all(operation.reason),
    )


_CELL: Final = "text-align: left; vertical-align: top; white-space: normal"


def html(result: Result) -> str:
    """Return a result as HTML; the styles stand in the cells, where notebooks keep them."""
    outcomes = _gravest_first(result)[:_MOST_ROWS]
    advice, more = (f"<p>{escape(line)}</p>" if line else "" for line in (_advice(result), _more(result)))
    head = "".join(f'<th style="text-align: left">{heading}</th>' for heading in _HEADINGS)
    body = "\n".join(_row(result, outcome) for outcome in outcomes)
    shown = f'<table style="font-size: 13px"><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>'
    table = shown if outcomes else ""
    return "\n".join(filter(None, [f"<p><b>{escape(headline(result))}</b></p>", advice, table, more]))


def _row(result: Result, outcome: Outcome) -> str:
    """Return an operation's row; the UUID shows where the mouse rests."""
    word = WORDS[outcome.became]
    became, what, name, *why = map(escape, _cells(result, outcome))
    ink = f"color: var(--jp-{word.name}, {word.colour}); white-space: nowrap"
    others = "".join(f'<td style="{_CELL}">{cell}</td>' for cell in why)
    return (
        f'<tr><td style="{_CELL}; {ink}"><b>{became}</b></td><td style="{_CELL}">{what}</td>'
        f'<td style="{_CELL}" title="{escape(outcome.operation.uuid)}">{name}</td>{others}</tr>'
    )


def rich(result: Result) -> Group:
    """Return a result as rich shows it: an operation a row, the gravest first."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(*_HEADINGS, box=None, pad_edge=False, header_style="dim")
    for outcome in _gravest_first(result)[:_MOST_ROWS]:
        became, *others = _cells(result, outcome)
        table.add_row(Text(became, style=WORDS[outcome.became].style), *map(Text, others))
    advice, more = ([Text(line)] if line else [] for line in (_advice(result), _more(result)))
    return Group(Text(headline(result), style="bold"), *advice, *([table] if result.outcomes else []), *more)
