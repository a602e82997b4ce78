"""GetDepartment: departments, one row a period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from motoolkit.sd._shapes import Departments
from motoolkit.sd.parsing._columns import ends_of, object_column, read_days, starts_of
from motoolkit.sd.parsing._source import LIMIT
from motoolkit.sd.parsing._walk import child_texts, local_name, text_of, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from motoolkit.sd.parsing._source import Readable

_NO_PHONE: Final = "00000000"
_NO_EMAIL: Final = "empty@empty"
_PROTECTED: Final = "ADRESSEBESKYT"
_NAMES: Final = ("uuid", "first", "last", "code", "level", "name", "p_number", "phone", "email", "postal")


def read_departments(answer: bytes | Readable, institution: str = "", *, limit: int = LIMIT) -> Departments:
    """Return the departments of an answer; their parents are told by other services.

    Raises:
        SdClosedError, SdUnreadableError, SdFaultError: there is nothing to read.
    """
    rows: list[tuple[str | None, ...]] = []
    found = walk(
        answer,
        ("GetDepartment",),
        {"Department": lambda element: rows.append(_row(element))},
        institution=institution,
        limit=limit,
    )
    return _departments(rows, found)


def _row(department: Element) -> tuple[str | None, ...]:
    texts = child_texts(department)
    uuid = texts.get("DepartmentUUIDIdentifier")
    return (
        uuid and uuid.lower(),
        texts.get("ActivationDate"),
        texts.get("DeactivationDate"),
        texts.get("DepartmentIdentifier"),
        texts.get("DepartmentLevelIdentifier"),
        texts.get("DepartmentName"),
        _p_number(next(_under(department, "ProductionUnitIdentifier"), None)),
        _unless(next(_under(department, "TelephoneNumberIdentifier"), None), _NO_PHONE),
        _unless(next(_under(department, "EmailAddressIdentifier"), None), _NO_EMAIL),
        _postal(department),
    )


def _under(department: Element, name: str) -> Iterator[str | None]:
    """Yield the texts of elements of that name: SD's first telephone number is the department's own."""
    return (text_of(each) for each in department.iter() if local_name(each.tag) == name)


def _p_number(text: str | None) -> str | None:
    return None if text is None or not text.strip("0") else text


def _unless(text: str | None, nothing: str) -> str | None:
    return None if text is None or text.lower() == nothing else text


def _postal(department: Element) -> str | None:
    """Return ``street, code, city``, as MO has it; a protected address is never read."""
    for address in (each for each in department if local_name(each.tag) == "PostalAddress"):
        texts = child_texts(address)
        if _PROTECTED in (texts.get("StandardAddressIdentifier") or "").upper():
            return None
        parts = [texts.get(n) for n in ("StandardAddressIdentifier", "PostalCode", "DistrictName")]
        return ", ".join(part for part in parts if part) or None
    return None


def _departments(rows: list[tuple[str | None, ...]], institution: str) -> Departments:
    columns = dict(zip(_NAMES, map(object_column, zip(*rows, strict=True)), strict=True)) if rows else {}
    if not columns:
        return Departments.empty()
    firsts, lasts = columns.pop("first"), columns.pop("last")
    first, last = read_days(firsts.tolist()), read_days(lasts.tolist())
    unreadable = np.isnat(first) | np.isnat(last)
    reversed_ = first > last
    dated: dict[str, Any] = {**columns, "start": starts_of(first), "end": ends_of(last)}
    dated["institution"] = object_column([institution] * len(rows))
    kept = ~(unreadable | reversed_)
    return Departments.of(
        departments={name: column[kept] for name, column in dated.items()},
        oddities={
            **{name: dated[name][~kept] for name in ("uuid", "start", "end")},
            "value": [f"{a or ''} - {b or ''}" for a, b in zip(firsts[~kept], lasts[~kept], strict=True)],
            "what": np.where(reversed_[~kept], "reversed", "unreadable"),
        },
    )
