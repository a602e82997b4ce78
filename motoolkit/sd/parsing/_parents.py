"""What a department lies under: the JSON history, and GetDepartmentParent on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson

from motoolkit.errors import SdUnreadableError
from motoolkit.sd._shapes import Departments
from motoolkit.sd.parsing._columns import ends_of, object_column, read_days, starts_of
from motoolkit.sd.parsing._source import LIMIT, check_head
from motoolkit.sd.parsing._walk import child_texts, walk

if TYPE_CHECKING:
    import pandas as pd
    from lxml.etree import _Element as Element

    from motoolkit.sd.parsing._source import Readable

_REMEDY: Final = "Check that sd_url is SD-Løn's own; the toolkit may be too old for it."


def read_parent(answer: bytes | Readable, *, limit: int = LIMIT) -> str | None:
    """Return the UUID of the department that GetDepartmentParent names; None where there is none that day.

    Raises:
        SdClosedError, SdUnreadableError, SdFaultError: there is nothing to read.
    """
    found: list[str | None] = []

    def parent(element: Element) -> None:
        found.append(child_texts(element).get("DepartmentUUIDIdentifier"))

    walk(answer, ("GetDepartmentParent",), {"DepartmentParent": parent}, limit=limit)
    uuid = next(iter(found), None)
    return uuid and uuid.lower()


def read_parent_history(answer: bytes, uuid: str) -> pd.DataFrame:
    """Return a department's parents as ``Departments.parents``; overlaps stay, being its own parent goes.

    Raises:
        SdClosedError, SdUnreadableError: it is no such list.
    """
    check_head(answer[:65536], xml=False)
    try:
        told = orjson.loads(answer)
        if not isinstance(told, list):
            raise TypeError  # noqa: TRY301 - as for every other wrong shape
        rows = [(str(each["startDate"]), str(each["endDate"]), each.get("parentUuid")) for each in told]
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        raise SdUnreadableError(
            f"SD-Løn's answer is no parent history of department {uuid}.", remedy=_REMEDY
        ) from None
    return history_frame(uuid, rows, "history")


def history_frame(uuid: str, rows: list[tuple[str, str, Any]], source: str) -> pd.DataFrame:
    """Return rows of first day, last day and parent as ``Departments.parents``.

    Raises:
        SdUnreadableError: a date can not be read.
    """
    own = uuid.lower()
    kept = [(a, b, str(p).lower() if p else None) for a, b, p in rows if not p or str(p).lower() != own]
    first, last = read_days([a for a, _, _ in kept]), read_days([b for _, b, _ in kept])
    wrong = np.isnat(first) | np.isnat(last) | (first > last)
    if wrong.any():
        start, end, _ = kept[int(wrong.argmax())]
        raise SdUnreadableError(
            f"SD-Løn's parent history of department {uuid} has a period from {start[:20]!r} to {end[:20]!r}.",
            remedy="Tell SD's support; no parent of this department can be trusted until then.",
        )
    return Departments.of(
        parents={
            "uuid": [own] * len(kept),
            "start": starts_of(first),
            "end": ends_of(last),
            "parent": object_column([p for _, _, p in kept]),
            "source": [source] * len(kept),
        }
    ).parents
