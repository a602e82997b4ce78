"""A plan of externals as a workbook: what becomes of each account, and every field that changes in MO."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motoolkit.excel import clean, make_formats, set_up_table, sheet_name, width, workbook_at
from motoolkit.language import N_, tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.workbook import Workbook

    from motoolkit.ad.external_users._plan import ExternalsPlan

FILE: Final = "eksterne_plan.xlsx"
_CHANGES: Final = {
    "object": N_("Who or what"),
    "what": N_("What"),
    "start": N_("From"),
    "end": N_("First day after"),
    "field": N_("Fact"),
    "before": N_("Before"),
    "after": N_("After"),
    "reason": N_("Why"),
}
_DATES: Final = frozenset({"start", "end"})


def write_plan(plan: ExternalsPlan, out_dir: str | Path) -> Path:
    """Write a plan as an Excel workbook, readable by its owner only; CPR numbers are masked.

    Args:
        plan: with the client that it is for.
        out_dir: the folder; it is made when it is not there.

    Returns:
        The path.

    Raises:
        MoError: MO does not answer.
    """
    path = Path(out_dir) / FILE
    changes = plan.preview().frame()[list(_CHANGES)]
    headings = [tr(heading) for heading in _CHANGES.values()]
    with workbook_at(path) as workbook:
        _table(workbook, tr("Accounts"), plan.frame(), dates=())
        dates = [at for at, name in enumerate(_CHANGES) if name in _DATES]
        _table(workbook, tr("What changes in MO"), changes.set_axis(headings, axis=1), dates=dates)
    return path


def _table(workbook: Workbook, title: str, frame: pd.DataFrame, *, dates: list[int] | tuple[()]) -> None:
    formats = make_formats(workbook, ("text", "date", "header"))
    sheet = workbook.add_worksheet(sheet_name(title, {each.name for each in workbook.worksheets()}))
    rows: list[tuple[Any, ...]] = list(frame.itertuples(index=False, name=None))
    for at, heading in enumerate(frame.columns):
        kind = "date" if at in dates else "text"
        sheet.set_column(at, at, width(heading, at, rows, kind=kind), formats[kind])
        sheet.write_string(0, at, heading, formats["header"])
        for line, row in enumerate(rows, start=1):
            if row[at] is None:
                continue
            if at in dates:
                sheet.write_datetime(line, at, row[at], formats["date"])
            else:
                sheet.write_string(line, at, clean(mask_all(str(row[at]))), formats["text"])
    set_up_table(sheet, len(rows), len(frame.columns), title)
