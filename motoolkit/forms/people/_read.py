"""Reading a list: every sheet, columns in any order, a draft for each person."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID
from zipfile import BadZipFile

from motoolkit.errors import InputError
from motoolkit.forms.onboarding import STEPS, Draft
from motoolkit.forms.people._cells import text_of, value_of
from motoolkit.forms.people._columns import (
    GUIDE,
    NUMBER,
    UUID_COLUMN,
    Column,
    columns_of,
    sheet_title,
    step_of,
)
from motoolkit.forms.people._identity import identify
from motoolkit.forms.people._listed import Flaw, Listed, People
from motoolkit.language import tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_UNREADABLE: Final = (BadZipFile, KeyError, ValueError, TypeError, SyntaxError, EOFError)


@dataclass
class _Line:
    """A row of a sheet."""

    step: str
    number: str
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)


def read_people(path: str | Path) -> People:
    """Read a list of persons that was filled in from ``template``.

    Columns may stand in any order.  A row's own mistakes are kept as flaws with their cells; rows of a
    person who is missing are flaws of nobody.

    Raises:
        InputError: the file can not be read, is no Excel file, lacks the sheet of persons, or has a sheet
            or a column that is not known.
    """
    file = Path(path).expanduser()
    workbook = _opened(file)
    lines = [line for sheet, step in _sheets(workbook) for line in _lines(sheet, step)]
    persons: dict[str, _Line] = {}
    lost: list[Flaw] = []
    for line in lines:
        if not line.number:
            lost.append(_flaw(line, NUMBER, "no-number", tr("The row has no number: whose is it?")))
        elif line.step == "person":
            _one_of_a_number(persons, line)
    for line in lines:
        if line.step != "person" and line.number and line.number not in persons:
            told = tr("No person has the number {number}.", number=line.number)
            lost.append(_flaw(line, NUMBER, "no-person", told))
    listed = [
        _listed(line, [each for each in lines if each.number == number]) for number, line in persons.items()
    ]
    return People(file, tuple(listed), tuple(lost))


def _one_of_a_number(persons: dict[str, _Line], line: _Line) -> None:
    """Keep the first person of a number; both are told that there are two."""
    first = persons.setdefault(line.number, line)
    if first is not line:
        told = tr("Two persons have the number {number}.", number=line.number)
        first.flaws += [_flaw(each, NUMBER, "number-twice", told) for each in (first, line)]


def _opened(path: Path) -> Workbook:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings(), path.open("rb") as opened:
            # It warns of looks that it does not keep; nothing is written here.
            warnings.simplefilter("ignore")
            return load_workbook(opened)
    except OSError as error:
        raise InputError(
            tr("The list {path} can not be read: {reason}.", path=path, reason=error.strerror or error),
            remedy=tr("Check the path, and who may read it."),
        ) from None
    except (InvalidFileException, *_UNREADABLE):
        raise InputError(
            tr("{name} is no Excel workbook that can be read.", name=path.name),
            remedy=tr("Save it as .xlsx, without a password."),
        ) from None


def _sheets(workbook: Workbook) -> Iterator[tuple[Worksheet, str]]:
    """Yield the sheets that hold something of ours."""
    found: set[str] = set()
    for sheet in workbook.worksheets:
        step = step_of(sheet.title)
        if step is None:
            _check_known(sheet)
            continue
        found.add(step)
        yield sheet, step
    if "person" not in found:
        raise InputError(
            tr("The list has no sheet {sheet}.", sheet=sheet_title("person")),
            remedy=tr("Begin from the template."),
        )


def _check_known(sheet: Worksheet) -> None:
    guide = sheet.title.casefold() in (GUIDE.casefold(), tr(GUIDE).casefold())
    empty = all(cell.value is None for row in sheet.iter_rows() for cell in row)
    if sheet.sheet_state == "visible" and not guide and not empty:
        raise InputError(
            tr("The list has a sheet {sheet} that is not known.", sheet=repr(sheet.title)),
            remedy=tr("Known: {known}. Remove it, or hide it.", known=", ".join(map(sheet_title, STEPS))),
        )


def _lines(sheet: Worksheet, step: str) -> Iterator[_Line]:
    rows = sheet.iter_rows()
    header = next(rows, ())
    columns = _columns(sheet, step, header)
    for cells in rows:
        if all(cell.value is None or str(cell.value).strip() == "" for cell in cells):
            continue
        yield _line(sheet, step, {column: cells[at] for column, at in columns.items() if at < len(cells)})


def _columns(sheet: Worksheet, step: str, header: Sequence[Any]) -> dict[Column, int]:
    """Return where each column stands."""
    known = columns_of(step)
    found: dict[Column, int] = {}
    wrong = []
    for at, cell in enumerate(header):
        title = str(cell.value or "").strip().removesuffix("*").strip().casefold()
        column = next((each for each in known if title in each.names), None)
        if column is not None and column not in found:
            found[column] = at
        elif title or any(row[0].value is not None for row in _below(sheet, at)):
            wrong.append(f"{cell.coordinate} {mask_all(str(cell.value or ''))!r}")
    if wrong:
        raise InputError(
            tr(
                "The sheet {sheet} has columns that are not known, or twice: {columns}.",
                sheet=sheet.title,
                columns=", ".join(wrong),
            ),
            remedy=tr("Known: {known}.", known=", ".join(each.title for each in known)),
        )
    if known[0] not in found:
        raise InputError(
            tr("The sheet {sheet} has no column {column}.", sheet=sheet.title, column=known[0].title),
            remedy=tr("Begin from the template."),
        )
    return found


def _below(sheet: Worksheet, at: int) -> Iterator[Any]:
    return sheet.iter_rows(min_row=2, min_col=at + 1, max_col=at + 1)


def _line(sheet: Worksheet, step: str, cells: Mapping[Column, Any]) -> _Line:
    line = _Line(step, "")
    for column, cell in cells.items():
        line.cells[column.name] = line.cells[""] = f"{sheet.title}!{cell.coordinate}"
        try:
            line.values[column.name] = value_of(cell, column.field)
        except InputError as error:
            line.flaws.append(_flaw(line, column.name, "unreadable", error.message))
    line.number = text_of(line.values.pop(NUMBER, None) or "")
    line.cells[""] = line.cells[NUMBER]
    line.flaws = [Flaw(each.cell, line.number, each.code, each.text) for each in line.flaws]
    return line


def _flaw(line: _Line, name: str, code: str, text: str) -> Flaw:
    return Flaw(line.cells[name], line.number, code, mask_all(text))


def _listed(person: _Line, lines: Sequence[_Line]) -> Listed:
    """Return a person with the rows that have the number."""
    mine = {step: [each for each in lines if each.step == step] for step in STEPS} | {"person": [person]}
    flaws = [flaw for several in mine.values() for line in several for flaw in line.flaws]
    uuid = person.values.pop(UUID_COLUMN, None)
    existing = uuid is not None and _is_uuid(uuid)
    if uuid is not None and not existing:
        flaws.append(_flaw(person, UUID_COLUMN, "no-uuid", tr("This is no UUID.")))
    draft = Draft({step: [line.values for line in several] for step, several in mine.items()}, existing)
    if existing:
        draft.rows["person"] = [{"uuid": uuid.lower()}]
    identify(draft, person.number)
    cells = {(step, at): line.cells for step, several in mine.items() for at, line in enumerate(several)}
    return Listed(person.number, draft, cells, tuple(flaws))


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
