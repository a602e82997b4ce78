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
