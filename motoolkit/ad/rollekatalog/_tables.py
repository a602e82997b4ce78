"""OS2rollekatalog's report with user roles, as the workbook that it is or saved as CSV."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from motoolkit.ad.rollekatalog._export import Assignment
from motoolkit.errors import InputError
from motoolkit.language import tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

COLUMNS: Final = {
    "user": ("Bruger ID", "Bruger-id", "userId"),
    "role": ("Jobfunktionsrolle", "roleName"),
    "uuid": ("Medarbejder UUID", "extUuid"),
    "name": ("Brugernavn", "Bruger", "name"),
    "itsystem": ("It-system", "itSystemName"),
    "identifier": ("roleIdentifier",),
    "start": ("Fra dato",),
    "end": ("Til dato",),
    "active": ("Aktiv/Inaktiv",),
    "through": ("Tildelt via",),
}
"""The report's headings ("Brugerroller"), and the API's names for the same."""
NEEDED: Final = ("user", "role")
_INACTIVE: Final = "inaktiv"
_NO_EXPORT: Final = re.compile(r"negativ", re.IGNORECASE)
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DANISH: Final = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")


def read_csv(path: Path, itsystem: str) -> Iterator[Assignment]:
    """Yield the assignments of a CSV file: as Excel saves it, in UTF-8 or Windows' own signs."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    try:
        yield from _rows(path, ((reader.line_num, row) for row in reader), itsystem)
    except csv.Error:
        raise InputError(
            tr("{name}, line {line}: it is no CSV.", name=path.name, line=reader.line_num),
            remedy=tr("Save the report from Excel as CSV UTF-8, or give the workbook itself."),
        ) from None


def read_xlsx(path: Path, itsystem: str) -> Iterator[Assignment]:
    """Yield the assignments of a workbook: of the sheet that has the columns, whatever it is called.

    The sheet of exceptions has the same columns, and gives nobody anything.
    """
    import warnings
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            # It warns of looks that it does not keep; nothing is written here.
            warnings.simplefilter("ignore")
            workbook = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError):
        raise InputError(
            tr("{name} is no Excel workbook that can be read.", name=path.name),
            remedy=tr("Save it as .xlsx, without a password."),
        ) from None
    sheets = [sheet for sheet in workbook.worksheets if not _NO_EXPORT.search(sheet.title)]
    for sheet in sheets:
        header = next(sheet.iter_rows(values_only=True, max_row=1), ())
        if all(each in _places(header) for each in NEEDED) or len(sheets) == 1:
            yield from _rows(path, enumerate(sheet.iter_rows(values_only=True), 1), itsystem)
            return
    raise _without(path, NEEDED)


def _rows(path: Path, rows: Iterable[tuple[int, Sequence[Any]]], itsystem: str) -> Iterator[Assignment]:
    numbered = iter(rows)
    _number, header = next(numbered, (0, ()))
    places = _places(header)
    missing = [each for each in NEEDED if each not in places]
    if missing:
        raise _without(path, missing)
    for number, row in numbered:
        values = {name: row[place] if place < len(row) else None for name, place in places.items()}
        if any(value not in (None, "") for value in values.values()):
            yield _assignment(path, number, values, itsystem)


def _places(header: Sequence[Any]) -> dict[str, int]:
    known = {each.casefold(): name for name, names in COLUMNS.items() for each in names}
    titles = [" ".join(str(cell or "").split()).casefold() for cell in header]
    # The first of two columns that mean the same.
    return {known[title]: place for place, title in reversed(list(enumerate(titles))) if title in known}


def _without(path: Path, missing: Iterable[str]) -> InputError:
    names = ", ".join(COLUMNS[each][0] for each in missing)
    return InputError(
        tr("{name}, line 1: the column {columns} is missing.", name=path.name, columns=names),
        remedy=tr("Make a report in OS2rollekatalog with users and roles, and keep its headings."),
    )


def _assignment(path: Path, number: int, values: Mapping[str, Any], itsystem: str) -> Assignment:
    told = {name: "" if value is None else str(value).strip() for name, value in values.items()}
    for name in NEEDED:
        if not told[name]:
            column = COLUMNS[name][0]
            raise InputError(
                tr("{name}, line {line}: {column} is empty.", name=path.name, line=number, column=column),
                remedy=tr("Fill it in, or remove the line."),
            )
    return Assignment(
        user=told["user"],
        role=told["role"],
        uuid=told.get("uuid", "").lower(),
        name=told.get("name", ""),
        identifier=told.get("identifier", ""),
        itsystem=told.get("itsystem", "") or itsystem,
        start=_day(path, number, values.get("start")),
        end=_day(path, number, values.get("end")),
        active=told.get("active", "").casefold() != _INACTIVE,
        through=told.get("through", ""),
        line=str(number),
    )


def _day(path: Path, number: int, value: Any) -> date | None:
    """Return a day as the report writes it (2026-11-27 00:00:00), or as Excel makes of it."""
    if value is None or not str(value).strip():
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    iso, danish = _ISO.match(text), _DANISH.match(text)
    parts = iso.groups() if iso else danish.groups()[::-1] if danish else None
    try:
        if parts:
            return date(*map(int, parts))
    except ValueError:
        pass
    shown = mask_all(text[:40])
    raise InputError(
        tr("{name}, line {line}: {value} is no date.", name=path.name, line=number, value=repr(shown)),
        remedy=tr("Write it as 2026-12-01."),
    )
