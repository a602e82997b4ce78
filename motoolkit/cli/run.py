"""``motoolkit run``: a notebook as a program."""

from __future__ import annotations

import click


@click.command()
@click.argument("notebook")
@click.option(
    "-p",
    "--parameter",
    "pairs",
    nargs=2,
    multiple=True,
    metavar="NAME VALUE",
    help="A parameter, read as the type that the notebook gives it; may be repeated.",
)
@click.option("--out", "out_dir", metavar="DIR", help="Where results go; else the notebook's own out_dir.")
@click.option(
    "--cell-timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Per cell."
)
@click.option("--kernel", metavar="NAME", help="Another kernel than the notebook's own.")
@click.option("--help-notebook", is_flag=True, help="Show the parameters of the notebook and stop.")
def run(
    *,
    notebook: str,
    pairs: tuple[tuple[str, str], ...],
    out_dir: str | None,
    cell_timeout: float | None,
    kernel: str | None,
    help_notebook: bool,
) -> None:
    """Execute NOTEBOOK, a path or the name of one of the toolkit's own, as engagements_and_managers.

    The parameters are checked before anything starts. The executed notebook and the files it made appear
    in the out folder when all of it succeeded; else NAME.failed.ipynb shows how far it came.
    """
    if help_notebook:
        _show_parameters(notebook)
        return
    from motoolkit.errors import ParameterError
    from motoolkit.runner import run_notebook

    given = dict(pairs)
    if len(given) < len(pairs):
        raise ParameterError("A parameter is given twice.", remedy='Lists are JSON: -p names \'["a", "b"]\'.')
    result = run_notebook(notebook, given, out_dir, kernel=kernel, cell_timeout=cell_timeout)
    for path in (*result.files, result.notebook):
        click.echo(path)


def _show_parameters(notebook: str) -> None:
    from rich.console import Console
    from rich.table import Table

    from motoolkit.runner import notebook_parameters

    table = Table("name", "type", "default", "", box=None, pad_edge=False)
    for parameter in notebook_parameters(notebook):
        default = "(required)" if parameter.required else parameter.default
        table.add_row(parameter.name, str(parameter.type), default, parameter.help)
    Console(highlight=False, markup=False).print(table)
