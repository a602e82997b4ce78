"""``motoolkit kernel``: a kernel a customer in JupyterLab's launcher."""

from __future__ import annotations

import sys

import click

from motoolkit.cli._options import format_option
from motoolkit.cli._rows import print_rows


@click.group()
def kernel() -> None:
    """Offer each customer in JupyterLab's launcher, with the magics loaded."""


@kernel.command()
@click.option("--profile", metavar="NAME", help="The customer; else what the environment says.")
@click.option("--sys-prefix", is_flag=True, help="Into this Python's environment, not your own kernels.")
def install(*, profile: str | None, sys_prefix: bool) -> None:
    """Install the kernel "OS2mo (NAME)"; it holds the profile's name, never a secret."""
    from motoolkit.kernel import _kernelspec

    made = _kernelspec.install(profile, prefix=sys.prefix if sys_prefix else None)
    click.echo(f"{made.display_name}: {made.folder}")


@kernel.command("list")
@format_option
def list_(*, format_: str) -> None:
    """List the toolkit's kernels that JupyterLab finds."""
    from motoolkit.kernel import _kernelspec

    rows = [(each.display_name, each.name, each.profile, each.folder) for each in _kernelspec.installed()]
    print_rows(format_, ("kernel", "name", "profile", "folder"), rows)


@kernel.command()
@click.argument("profile", required=False)
def remove(*, profile: str | None) -> None:
    """Remove the kernel of PROFILE; without one, the kernel "OS2mo"."""
    from motoolkit.kernel import _kernelspec

    gone = _kernelspec.remove(profile)
    click.echo(f"Removed {gone.display_name} from {gone.folder}.")
