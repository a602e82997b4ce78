"""``motoolkit report``: reports straight from MO, without a notebook."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from motoolkit.cli._options import DateType, profile_option

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from motoolkit.mirror import Mirror


@click.group()
def report() -> None:
    """Make a report as an Excel file."""


@report.command("engagements-managers")
@click.option("--out", "out_dir", default="out", show_default=True, metavar="DIR", help="Where the files go.")
@click.option("--as-of", type=DateType(), default="today", show_default=True, help="The date they show.")
@click.option(
    "--root", "roots", multiple=True, metavar="UNIT", help="A unit and all below: UUID, key or name."
)
@click.option("--hierarchy", metavar="KEY", help="Only the units of this hierarchy, as linjeorg.")
@click.option("--preset", metavar="NAME", help="standard, or rsd as Region Syddanmark has it.")
@click.option("--cpr", "with_cpr", is_flag=True, help="Show CPR numbers in full; needs --purpose.")
@click.option("--purpose", metavar="TEXT", help="What the CPR numbers are for; stands in the file.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Any other report parameter.")
@click.option("--mirror", "file", metavar="FILE", help="Read this mirror file instead of MO.")
@profile_option
def engagements_managers(
    *, out_dir: str, file: str | None, profile: str | None, settings: tuple[str, ...], **chosen: Any
) -> None:
    """Write "Engagementer og ledere", without and with CPR numbers, as the notebook of that name does.

    In the second one the numbers are masked unless --cpr is given.
    """
    from motoolkit.reports import REPORTS, ReportParameters, write_workbook

    parameters = ReportParameters.from_mapping(_parameters(settings, **chosen))
    with _mirror(file, profile) as mirror:
        tables = [REPORTS[name].build(mirror, parameters) for name in _BOTH]
    for table in tables:
        click.echo(write_workbook(table, out_dir))
    click.echo(_summary(tables), err=True)


_BOTH = ("engagements-managers", "engagements-managers-cpr")


def _summary(tables: list[Any]) -> str:
    rows = len(tables[0].rows)
    warnings = sum(len(table.warnings) for table in tables)
    return f"{rows:,} rows, {warnings} kinds of warnings (see the sheet Advarsler)."


def _parameters(
    settings: tuple[str, ...], *, as_of: date, roots: tuple[str, ...], **chosen: Any
) -> dict[str, Any]:
    given = {name: value for name, value in chosen.items() if value not in (None, False)}
    return dict(_settings(settings)) | given | {"as_of": as_of} | ({"root": list(roots)} if roots else {})


def _settings(settings: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for text in settings:
        name, equals, value = text.partition("=")
        if not equals:
            raise click.BadParameter(f"{text!r} is not NAME=VALUE.", param_hint="'--set'")
        yield name, _json_or_text(value)


def _json_or_text(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


@contextmanager
def _mirror(file: str | None, profile: str | None) -> Iterator[Mirror]:
    from motoolkit.client import connect
    from motoolkit.mirror import Mirror
    from motoolkit.reports import Report

    with Mirror.open(file, must_exist=True) if file else Mirror.open() as mirror:
        if not file:
            with connect(profile) as client:
                mirror.load(client, Report.collections)
        yield mirror
