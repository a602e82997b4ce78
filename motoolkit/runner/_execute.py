"""One execution through papermill: in memory, over ipc where it can be, with a bar on the terminal."""

from __future__ import annotations

import logging
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.progress import Reporter, progress
from motoolkit.runner._notebook import heading_above

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

# A Unix socket's path has 108 characters at most on Linux and 104 on macOS; zmq adds "-ipc-5".
_LONGEST_SOCKET_PATH: Final = 90
_ENGINE: Final = "motoolkit"
# papermill adds two cells with this tag to a failed notebook, which would shift the numbers of the rest.
_MARKER: Final = "papermill-error-cell-tag"


@dataclass
class Execution:
    """What became of a notebook: ``error`` is what ended it, ``index`` the cell that ran last."""

    notebook: NotebookNode
    error: Exception | None = None
    index: int = 0


def execute(
    notebook: NotebookNode, *, title: str, scratch: Path, kernel: str | None, cell_timeout: float | None
) -> Execution:
    """Run all cells; failures are returned, not raised, so that the partly executed notebook is at hand."""
    import papermill

    _register_engine()
    run = Execution(notebook)
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    with progress(title) as reporter:
        try:
            papermill.execute_notebook(
                notebook,
                None,
                engine_name=_ENGINE,
                kernel_name=kernel,
                progress_bar=False,
                execution_timeout=cell_timeout,
                scratch=scratch,
                run=run,
                reporter=reporter,
            )
            reporter.finish(f"{len(run.notebook.cells)} cells")
        except KeyboardInterrupt:
            # The cell that was running is abandoned, and asyncio would complain about it when all is said.
            logging.getLogger("asyncio").setLevel(logging.CRITICAL)
            raise
        except Exception as error:  # noqa: BLE001 - papermill, nbclient and jupyter_client share no base class
            run.error = error
    run.notebook.cells = [c for c in run.notebook.cells if _MARKER not in c.metadata.get("tags", ())]
    return run


def _register_engine() -> None:
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import Engine, papermill_engines

    class MotoolkitEngine(Engine):  # type: ignore[misc] # papermill ships no types
        """papermill's own client, which also tells where it is and hands over the notebook at work."""

        @classmethod
        def execute_managed_notebook(
            cls, nb_man: Any, kernel_name: str, *, run: Execution, reporter: Reporter, **options: Any
        ) -> None:
            run.notebook = nb_man.nb

            def started(cell: NotebookNode, cell_index: int) -> None:  # noqa: ARG001 - nbclient's signature
                run.index = cell_index
                heading = heading_above(nb_man.nb.cells, cell_index)
                reporter.update(heading, cell_index, len(nb_man.nb.cells))

            client = PapermillNotebookClient(
                nb_man,
                kernel_name=kernel_name,
                on_cell_start=started,
                timeout=options["execution_timeout"],
                config=_kernel_config(options["scratch"]),
                log=logging.getLogger("papermill"),
            )
            # What a dying kernel writes to its own stderr is no message for people, and nothing masks it.
            client.execute(stderr=subprocess.DEVNULL)

    papermill_engines.register(_ENGINE, MotoolkitEngine)


def _kernel_config(scratch: Path) -> Any:
    """Keep the kernel's sockets in the private folder; TCP ports are open to every user of the machine."""
    from traitlets.config import Config

    connection = scratch / "kernel.json"
    if sys.platform == "win32" or len(str(connection)) > _LONGEST_SOCKET_PATH:
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "connection_file": str(connection)}})
