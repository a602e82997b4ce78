"""How a check looks: in a terminal, in a notebook, as a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from motoolkit.model import mask_all
from motoolkit.plan._checks_words import counted

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Group

    from motoolkit.plan._check import Check
    from motoolkit.plan._problems import Problem

_DANISH: Final = {"error": "Fejl", "warning": "Advarsel", "info": "Oplysning"}
_ACTIONS: Final = {"create": "Opret", "update": "Ret", "terminate": "Afslut", "delete": "Slet"}
_HEADINGS: Final = ("Alvor", "Nr.", "Operation", "Objekt", "Hvad", "Hvad kan gøres")
_INKS: Final = {"error": "#b00020", "warning": "#8a5a00", "info": "#555"}
_STYLES: Final = {"error": "bold red", "warning": "yellow", "info": "dim"}


def text(check: Check) -> str:
    """Return a check as plain text: a count, then each problem with its way out under it."""
    lines = [headline(check)]
    for problem in check.problems:
        lines.append(f"{_head(problem)}{mask_all(problem.text)}")
        if problem.remedy:
            lines.append(f"    {mask_all(problem.remedy)}")
    return "\n".join(lines)


def _head(problem: Problem) -> str:
    """Return what a problem is and where, its operation counted from 1 as people do."""
    where = "" if problem.operation is None else f" in operation {problem.operation + 1}"
    return f"{problem.severity}{where}, {problem.code}: "


def headline(check: Check) -> str:
    """Return a check in one line."""
    counts = dict.fromkeys(_DANISH, 0)
    for problem in check.problems:
        counts[problem.severity] += 1
    told = [counted(number, word) for word, number in counts.items() if number and word != "info"]
    told += [counted(counts["info"], "note")] if counts["info"] else []
    plan = f"plan of {counted(len(check.operations), 'operation')}"
    return f"{'A' if told else 'Nothing is wrong with a'} {plan}{': ' if told else '.'}{', '.join(told)}"


def frame(check: Check) -> pd.DataFrame:
    """Return a check as a data frame, a problem a row."""
    import pandas as pd

    columns = ["severity", "code", "operation", "action", "kind", "uuid", "start", "end", "text", "remedy"]
    rows = []
    for problem in check.problems:
        about = None if problem.operation is None else check.operations[problem.operation]
        named = (about.action, about.kind, about.uuid, about.start, about.end) if about else (None,) * 5
        said = (mask_all(problem.text), mask_all(problem.remedy))
        rows.append((problem.severity, problem.code, problem.operation, *named, *said))
    return pd.DataFrame(rows, columns=columns).astype({"operation": "Int64"})


def cells(check: Check, problem: Problem) -> tuple[str, ...]:
    """Return what a problem's row shows to Danes, after its severity."""
    index = problem.operation
    named = ("", "", "")
    if index is not None:
        about = check.operations[index]
        named = (str(index + 1), _ACTIONS[about.action], f"{about.kind} {about.uuid}")
    return (*named, mask_all(problem.text), mask_all(problem.remedy))


def html(check: Check) -> str:
    """Return a check as HTML; the styles stand in the cells, where notebooks keep them."""
    head = "".join(f'<th style="text-align: left">{heading}</th>' for heading in _HEADINGS)
    rows = "\n".join(_row(check, problem) for problem in check.problems)
    table = f"\n<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>" if rows else ""
    return f"<p>{escape(headline(check))}</p>{table}"


def _row(check: Check, problem: Problem) -> str:
    style = "text-align: left; vertical-align: top"
    grave = f'<td style="{style}; color: {_INKS[problem.severity]}"><b>{_DANISH[problem.severity]}</b></td>'
    others = "".join(f'<td style="{style}">{escape(cell)}</td>' for cell in cells(check, problem))
    return f"<tr>{grave}{others}</tr>"


def rich(check: Check) -> Group:
    """Return a check as rich shows it: a line for each problem, its way out below."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    lines: list[Text | Padding] = [Text(headline(check), style="bold")]
    for problem in check.problems:
        lines.append(Text.assemble((_head(problem), _STYLES[problem.severity]), mask_all(problem.text)))
        if problem.remedy:
            lines.append(Padding(Text(mask_all(problem.remedy), style="italic"), (0, 0, 0, 4)))
    return Group(*lines)
