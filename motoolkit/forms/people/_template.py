"""The workbook that people fill in: a sheet a step, lists of what MO has, a guide."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motoolkit.excel import make_formats
from motoolkit.forms.onboarding import STEPS, offered
from motoolkit.forms.people._columns import CHOSEN, GUIDE, LISTS, Column, columns_of, sheet_title
from motoolkit.forms.people._workbooks import workbook_at
from motoolkit.language import N_, tr
from motoolkit.model import danish_key, today_in_denmark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from motoolkit.forms._choices import Choices
    from motoolkit.forms._options import Option
    from motoolkit.forms.onboarding import Field

_ROWS: Final = 2000
_NARROWEST: Final = 12
_WIDTH_OF_NAMES: Final = 28
_SEVERAL: Final = ("classes", "roles", "links")
_DAYS: Final = ("day", "last day")
_LONGEST_MESSAGE: Final = 255
_GUIDANCE: Final = (
    N_("Fill in one row for each person in the sheet {people}, with a number of your choice."),
    N_("In the other sheets, write the person's number in each row; a person may have several rows."),
    N_("Columns with a star must be filled in. Columns may be moved; columns of your own can not be read."),
    N_(
        "Choose from the lists, or write a name, a user_key or a UUID. Several stand with semicolons between."
    ),
    N_("Engagements and accounts are named by their place among the person's own rows: 1 is the first."),
    N_("The last day is the last one on which it is so; empty is until further notice."),
    N_("Write values, not formulas."),
    N_("Send the same file again as often as you like: what is in MO already is not made twice."),
)
_HINTS: Final = {
    "day": N_("As 01-12-2026."),
    "last day": N_("As 31-12-2026; empty is until further notice."),
    **dict.fromkeys(("unit", "class", "itsystem"), N_("Choose from the list.")),
    "cpr": N_("Ten digits, with or without a dash."),
    "classes": N_("Several with semicolons between."),
    "roles": N_("Roles of the account's system; several with semicolons between."),
    "link": N_("The place among the person's own rows: 1 is the first."),
    "links": N_("Places among the person's own rows, as 1;2."),
}


@dataclass
class _Lists:
    """The hidden sheet with what can be chosen, a column for each different list."""

    sheet: Worksheet
    written: dict[tuple[str, ...], str]

    def source(self, names: Sequence[str]) -> str:
        """Return where a list stands; it is written once."""
        key = tuple(names)
        if key not in self.written:
            from xlsxwriter.utility import xl_range_abs

            at = len(self.written)
            self.sheet.write_column(0, at, names)
            self.written[key] = f"='{tr(LISTS)}'!{xl_range_abs(0, at, len(names) - 1, at)}"
        return self.written[key]


def template(path: str | Path, choices: Choices, as_of: date | None = None) -> Path:
    """Write the workbook in which many persons can be listed, and return its path.

    Its drop-down lists hold the MO's own units, classes, systems and roles; of namesakes with their
    user_key.  The file is readable by its owner only, since it is made for CPR numbers.

    Args:
        path: of the file; one that is there is replaced.
        choices: what can be chosen in the MO.
        as_of: the day for which it can be chosen, None for today.

    Raises:
        InputError: the file can not be written.
    """
    file = Path(path).expanduser()
    day = as_of or today_in_denmark()
    with workbook_at(file) as workbook:
        guide = workbook.add_worksheet(tr(GUIDE))
        sheets = {step: workbook.add_worksheet(sheet_title(step)) for step in STEPS}
        hidden = workbook.add_worksheet(tr(LISTS))
        hidden.hide()
        lists = _Lists(hidden, {})
        _write_guide(workbook, guide)
        for step, sheet in sheets.items():
            _write_sheet(workbook, sheet, step)
            for at, column in enumerate(columns_of(step)):
                sheet.data_validation(1, at, _ROWS, at, _validation(column, lists, choices, day))
    return file


def _write_sheet(workbook: Workbook, sheet: Worksheet, step: str) -> None:
    formats = make_formats(workbook, ("text", "date", "header", "required"))
    for at, column in enumerate(columns_of(step)):
        looks = formats["date" if column.field.kind in _DAYS else "text"]
        narrowest = _WIDTH_OF_NAMES if column.field.kind in CHOSEN else _NARROWEST
        width = max(narrowest, len(column.title) + 3)
        sheet.set_column(at, at, width, looks, {"level": 1, "hidden": True} if column.field.folded else {})
        sheet.write_string(0, at, column.title, formats["required" if column.field.required else "header"])
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_guide(workbook: Workbook, sheet: Worksheet) -> None:
    title, header, text = make_formats(workbook, ("title", "header", "value")).values()
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, tr("Onboarding of many persons"), title)
    row = 2
    for line in _GUIDANCE:
        sheet.merge_range(row, 0, row, 2, tr(line, people=sheet_title("person")), text)
        row += 1
    row += 1
    sheet.write_row(row, 0, [tr("Sheet"), tr("Column"), tr("What to write")], header)
    for step in STEPS:
        for column in columns_of(step):
            if hint := _hint(column.field):
                row += 1
                sheet.write_row(row, 0, [sheet_title(step), column.title, hint], text)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _validation(column: Column, lists: _Lists, choices: Choices, on: date) -> dict[str, Any]:
    """Return what a column offers and says; what it does not offer may still be written."""
    field = column.field
    message = {"input_message": _hint(field)[:_LONGEST_MESSAGE]} if _hint(field) else {}
    names = _names(_offered(choices, field, on)) if field.kind in CHOSEN else []
    if not names:
        return {"validate": "any", **message}
    strict = {"error_type": "warning"} if field.kind not in _SEVERAL else {"show_error": False}
    return {"validate": "list", "source": lists.source(names), **strict, **message}


def _offered(choices: Choices, field: Field, on: date) -> Sequence[Option]:
    if field.kind != "roles":
        return offered(choices, field, {}, on)
    return [role for system in choices.itsystems(on) for role in choices.roles(system.value, on)]


def _names(options: Sequence[Option]) -> list[str]:
    """Return what stands in a list: names, those of several with their keys."""
    labels = [option.label.casefold() for option in options]
    named = {
        f"{option.label} [{option.words}]"
        if labels.count(option.label.casefold()) > 1 or option.label.endswith("]")
        else option.label
        for option in options
    }
    return sorted(named, key=danish_key)


def _hint(field: Field) -> str:
    own = "" if field.kind == "last day" else field.hint
    return " ".join(tr(hint) for hint in (own, _HINTS.get(field.kind, "")) if hint)
