"""Progress for people: one bar on a terminal, one line that rewrites itself in a notebook, else nothing.

What stays in an executed notebook is one output with a text that is the same in every run, so that
runbooks can be compared.  ``MOTOOLKIT_PROGRESS=off`` silences all of it.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, TaskID

_SECONDS_BETWEEN_UPDATES = 0.2


class Reporter(Protocol):
    """Where a long job tells how far it is."""

    def update(self, text: str, done: int = 0, total: int | None = None) -> None:
        """Show ``text``, and the share of ``total`` that is done where there is one."""

    def finish(self, text: str) -> None:
        """Say what was done, without times or anything else that differs from run to run."""


@contextmanager
def progress(title: str) -> Iterator[Reporter]:
    """Show the progress of the job called ``title`` where somebody looks, and nowhere else."""
    if os.environ.get("MOTOOLKIT_PROGRESS", "").lower() == "off":
        yield _Quiet()
    elif in_notebook():
        yield _Notebook(title)
    elif sys.stderr.isatty():
        with _terminal(title) as reporter:
            yield reporter
    else:
        yield _Quiet()


def in_notebook() -> bool:
    """Tell whether this is a kernel, whose output goes to a notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and hasattr(shell, "kernel")


class _Quiet:
    def update(self, text: str, done: int = 0, total: int | None = None) -> None:
        pass

    def finish(self, text: str) -> None:
        pass


class _Notebook:
    def __init__(self, title: str) -> None:
        from IPython.display import display

        self._title = title
        self._shown = time.monotonic()
        self._handle = display(_Line(f"{title} …"), display_id=True)  # type: ignore[no-untyped-call]

    def update(self, text: str, done: int = 0, total: int | None = None) -> None:
        now = time.monotonic()
        if now - self._shown >= _SECONDS_BETWEEN_UPDATES:
            self._shown = now
            share = f" ({done} of {total})" if total else ""
            self._handle.update(_Line(f"{self._title}: {text}{share} …"))

    def finish(self, text: str) -> None:
        self._handle.update(_Line(f"{self._title}: {text}"))


class _Line:
    """A text that IPython shows without quotation marks."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


@contextmanager
def _terminal(title: str) -> Iterator[Reporter]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        TextColumn(title),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[text]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        yield (reporter := _Terminal(bar, bar.add_task(title, total=None, text="")))
    if reporter.final:
        console.print(f"{title}: {reporter.final}", highlight=False)


class _Terminal:
    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar = bar
        self._task = task
        self.final = ""

    def update(self, text: str, done: int = 0, total: int | None = None) -> None:
        self._bar.update(self._task, text=text, completed=done, total=total)

    def finish(self, text: str) -> None:
        self.final = text
