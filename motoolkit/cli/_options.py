"""Option types and bundles that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from datetime import date


class DateType(click.ParamType[Any]):
    """A date as people write it: ``2026-11-23``, ``23-11-2026`` or ``today``."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date; what is no date is a usage error."""
        from motoolkit.errors import InputError
        from motoolkit.model import as_date, today_in_denmark

        try:
            return as_date(value, today=today_in_denmark())
        except InputError as error:
            self.fail(str(error), param, ctx)


profile_option = click.option(
    "--profile",
    metavar="NAME",
    help="Which MO: a profile's name or a sandbox's URL; else MOTOOLKIT_PROFILE.",
)
"""The MO to talk to, the same for all commands."""

format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "csv", "json")),
    default="table",
    show_default=True,
    help="How rows are printed.",
)
"""The form of rows on standard output, the same for all commands."""

as_of_option = click.option(
    "--as-of",
    type=DateType(),
    default="today",
    show_default=True,
    help="The day that parts past from future.",
)
"""The day of a comparison."""

mirror_option = click.option("--mirror", "file", metavar="FILE", help="Read MO from this mirror file.")
"""MO's side of a comparison from a file."""

refresh_option = click.option(
    "--refresh/--no-refresh",
    default=True,
    show_default=True,
    help="Of a --mirror and a MO that can be reached: first read what has changed.",
)
"""Whether that file is brought up to date first."""

COMPARISON_EPILOG = """\b
Exit codes
  0    nothing as grave as --fail-on, or accepted
  1    something is, or the comparison could not be made (standard error says which)
  2    the command was not understood
"""
_SEVERITIES = ("info", "warning", "error", "critical")

fail_option = click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    default="error",
    show_default=True,
    help="Exit with 1 when something is as grave as this.",
)
"""From which severity on a comparison fails."""
