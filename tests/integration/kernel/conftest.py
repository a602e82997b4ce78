"""An IPython with the extension, and a sandbox behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from support import TODAY, launch

from motoolkit.kernel import _extension

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory):
    """A small municipality, of which nobody changes anything."""
    log = tmp_path_factory.mktemp("kernel") / "sandbox.log"
    running = launch("--persons", "60", "--today", TODAY, log=log)
    yield running
    running.stop()


@dataclass(frozen=True)
class Ran:
    """What a cell gave: its value, what it printed, and its error as IPython would show it."""

    value: Any
    printed: str
    error: str

    @property
    def html(self) -> str:
        """The value as a notebook shows it."""
        return self.value._repr_html_()


class Workbench:
    """Cells run in it one after another, as in a notebook."""

    def __init__(self, shell: InteractiveShell, capsys: Any) -> None:
        self.shell = shell
        self.names = shell.user_ns
        self._capsys = capsys

    def run(self, cell: str) -> Ran:
        """Run a cell."""
        self._capsys.readouterr()
        result = self.shell.run_cell(cell, store_history=True)
        error = result.error_before_exec or result.error_in_exec
        return Ran(result.result, self._capsys.readouterr().out, "\n".join(told(error)) if error else "")


def told(error):
    """Return an error's lines as a cell shows them; one that is not the toolkit's has none and fails here."""
    return error._render_traceback_()


@pytest.fixture
def bench(sandbox, monkeypatch, capsys):
    """An IPython with the extension loaded; its MO is the sandbox."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    monkeypatch.setenv("MOTOOLKIT_MO_URL", sandbox.url)
    monkeypatch.setenv("MOTOOLKIT_PROGRESS", "off")
    shell = InteractiveShell(config=Config(HistoryManager={"hist_file": ":memory:"}))
    shell.extension_manager.load_extension("motoolkit")
    yield Workbench(shell, capsys)
    _extension.unload(shell)
    shell.history_manager.end_session()
