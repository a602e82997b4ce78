"""``motoolkit form``: a form as a page of its own."""

from __future__ import annotations

import click

from motoolkit.cli._options import profile_option


@click.command()
@click.argument("notebook")
@click.option(
    "-p",
    "--parameter",
    "pairs",
    nargs=2,
    multiple=True,
    metavar="NAME VALUE",
    help="What the form begins with, by the notebook's parameters; may be repeated.",
)
@profile_option
@click.option("--port", type=int, default=8866, show_default=True, help="Where it answers on this machine.")
@click.option("--no-browser", is_flag=True, help="Open no browser; the address is printed.")
@click.pass_context
def form(
    context: click.Context,
    *,
    notebook: str,
    pairs: tuple[tuple[str, str], ...],
    profile: str | None,
    port: int,
    no_browser: bool,
) -> None:
    """Open NOTEBOOK as a page without code: onboarding, remove_deputy, or a path.

    The page answers on this machine only, until Ctrl-C. Each browser tab has a kernel of its own; a reload
    goes on with its draft.
    """
    from motoolkit.cli._form import serve

    context.exit(serve(notebook, dict(pairs), profile, port, browser=not no_browser))
