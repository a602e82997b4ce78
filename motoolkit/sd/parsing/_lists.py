"""GetOrganization, GetProfession and GetInstitution: nested lists, made flat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.sd._shapes import DATE, frame_of
from motoolkit.sd.parsing._columns import ends_of, read_days, starts_of
from motoolkit.sd.parsing._source import LIMIT
from motoolkit.sd.parsing._walk import child_texts, local_name, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from lxml.etree import _Element as Element

    from motoolkit.sd.parsing._source import Readable

Row = dict[str, Any]
_NESTED_LEVEL: Final = "DepartmentLevelReference"
_NESTED: Final = "DepartmentReference"


@dataclass(frozen=True, eq=False, repr=False)
class Organisation:
    """The departments that lie over a leaf, on the days that were asked for.

    SD nests them child over parent: the outermost is the leaf.  Departments without a leaf are left out.

    Attributes:
        references: start, end, uuid, code, level, parent (uuid; None: on top).
        levels: the names of the levels, the lowest first.
    """

    references: pd.DataFrame
    levels: tuple[str, ...]


def read_organisation(answer: bytes | Readable, institution: str = "", *, limit: int = LIMIT) -> Organisation:
    """Return the organisation; each department once for each period.

    Raises:
        SdClosedError, SdUnreadableError, SdFaultError: there is nothing to read.
    """
    rows: list[Row] = []
    levels: list[str] = []

    def structure(element: Element) -> None:
        levels.extend(each["DepartmentLevelIdentifier"] or "" for each in _chain(element, _NESTED_LEVEL))

    def organisation(element: Element) -> None:
        texts = child_texts(element)
        period = (texts.get("ActivationDate"), texts.get("DeactivationDate"))
        for leaf in (each for each in element if local_name(each.tag) == _NESTED):
            rows.extend(_references([child_texts(leaf), *_chain(leaf, _NESTED)], period))

    handlers = {"OrganizationStructure": structure, "Organization": organisation}
    walk(answer, ("GetOrganization",), handlers, institution=institution, limit=limit)
    return Organisation(_reference_frame(rows), tuple(levels))


def _chain(element: Element, name: str) -> Iterator[dict[str, str | None]]:
    """Yield the texts of the element of that name inside, of the one inside that, and so on."""
    inner: Element | None = element
    while inner is not None:
        inner = next((each for each in inner if local_name(each.tag) == name), None)
        if inner is not None:
            yield child_texts(inner)


def _references(chain: list[dict[str, str | None]], period: tuple[str | None, str | None]) -> Iterator[Row]:
    uuids = [(each.get("DepartmentUUIDIdentifier") or "").lower() or None for each in chain]
    for each, uuid, parent in zip(chain, uuids, [*uuids[1:], None], strict=True):
        yield {
            "first": period[0],
            "last": period[1],
            "uuid": uuid,
            "code": each.get("DepartmentIdentifier"),
            "level": each.get("DepartmentLevelIdentifier"),
            "parent": parent,
        }


def _reference_frame(rows: list[Row]) -> pd.DataFrame:
    unique = list({tuple(row.values()): row for row in rows}.values())
    columns: Row = {name: [row[name] for row in unique] for name in ("uuid", "code", "level", "parent")}
    columns["start"] = starts_of(read_days([row["first"] for row in unique]))
    columns["end"] = ends_of(read_days([row["last"] for row in unique]))
    kinds = {"start": DATE, "end": DATE, **dict.fromkeys(("uuid", "code", "level", "parent"), object)}
    return frame_of(columns, kinds)


def read_professions(answer: bytes | Readable, institution: str = "", *, limit: int = LIMIT) -> pd.DataFrame:
    """Return the job positions: institution, code, level, name, parent (the code one level up).

    A code is unique only within its level; names may be None above level 0.

    Raises:
        SdClosedError, SdUnreadableError, SdFaultError: there is nothing to read.
    """
    rows: list[Row] = []

    def profession(element: Element, parent: str | None = None) -> None:
        texts = child_texts(element)
        code, level = texts.get("JobPositionIdentifier"), texts.get("JobPositionLevelCode")
        rows.append({"code": code, "level": level, "name": texts.get("JobPositionName"), "parent": parent})
        for each in element:
            if local_name(each.tag) == "Profession":
                profession(each, code)

    found = walk(answer, ("GetProfession",), {"Profession": profession}, institution=institution, limit=limit)
    return _table(rows, ("code", "level", "name", "parent"), institution=found)


def read_institutions(answer: bytes | Readable, *, limit: int = LIMIT) -> pd.DataFrame:
    """Return the institutions: region, region_uuid, region_name, institution, uuid, name.

    Raises:
        SdClosedError, SdUnreadableError, SdFaultError: there is nothing to read.
    """
    rows: list[Row] = []

    def region(element: Element) -> None:
        texts = child_texts(element)
        for each in (each for each in element if local_name(each.tag) == "Institution"):
            own = child_texts(each)
            rows.append(
                {
                    "region": texts.get("RegionIdentifier"),
                    "region_uuid": (texts.get("RegionUUIDIdentifier") or "").lower() or None,
                    "region_name": texts.get("RegionName"),
                    "institution": own.get("InstitutionIdentifier"),
                    "uuid": (own.get("InstitutionUUIDIdentifier") or "").lower() or None,
                    "name": own.get("InstitutionName"),
                }
            )

    walk(answer, ("GetInstitution",), {"Region": region}, limit=limit)
    return _table(rows, ("region", "region_uuid", "region_name", "institution", "uuid", "name"))


def _table(rows: list[Row], names: tuple[str, ...], *, institution: str | None = None) -> pd.DataFrame:
    columns: Row = {name: [row[name] for row in rows] for name in names}
    if institution is not None:
        columns = {"institution": [institution] * len(rows), **columns}
    return frame_of(columns, dict.fromkeys(columns, object))
