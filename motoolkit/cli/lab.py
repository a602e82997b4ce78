"""``motoolkit lab``: JupyterLab on the toolkit's notebooks."""

from __future__ import annotations

from pathlib import Path

import click

from motoolkit.cli._options import profile_option


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@profile_option
@click.option("--port", type=int, help="Where it answers; 8888, or the next that is free.")
@click.option("--no-browser", is_flag=True, help="Open no browser; the address is printed.")
@click.pass_context
def lab(
    context: click.Context, *, folder: Path | None, profile: str | None, port: int | None, no_browser: bool
) -> None:
    """Open JupyterLab on FOLDER, or on the toolkit's notebooks, with a kernel for each profile.

    Without a profile all kernels share one sandbox, a made-up municipality, which ends with JupyterLab. An
    installed toolkit copies its notebooks to motoolkit-notebooks in the working folder first.
    """
    from motoolkit.cli._lab import serve

    options = [*((f"--ServerApp.port={port}",) if port else ()), *(("--no-browser",) if no_browser else ())]
    context.exit(serve(folder, profile, options))
