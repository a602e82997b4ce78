"""The flat reads that a nested document needs, as documents that MO answers without a query a parent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from motoolkit.catalogue import CATALOGUE, EVER, as_of_document, read_document
from motoolkit.model import midnight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from motoolkit.probes.flat._needs import Need, Needs


@dataclass(frozen=True, slots=True)
class Read:
    """One collection to read.

    Attributes:
        collection: MO's name for it.
        fields: the toolkit's names of the fields that are needed.
        columns: the mirror's columns of them.
        document: the GraphQL that reads them page by page.
        variables: what it is sent with, beside ``limit`` and ``cursor``.
        day: the day that is read; None where every validity is.
        most: how many objects are needed, in the order of their UUIDs; None for all.
        named_by: the columns whose UUIDs are to be in the filter, where not all is needed.
        reasons: the paths of the nested document for which it is read.
    """

    collection: str
    fields: tuple[str, ...]
    columns: tuple[str, ...]
    document: str
    variables: dict[str, Any]
    day: date | None
    most: int | None
    named_by: tuple[str, ...]
    reasons: tuple[str, ...]


def reads_of(needs: Needs, version: int) -> Iterator[Read]:
    """Yield the reads in an order that has parents before children."""
    for name, need in needs.all().items():
        yield _read(name, need, version)


def _read(name: str, need: Need, version: int) -> Read:
    collection = CATALOGUE[name]
    fields = tuple(field.name for field in collection.stored if field.column in need.columns)
    days = {window.day for window in need.windows}
    day = days.pop() if len(days) == 1 else None
    if day is None:
        document = read_document(collection, version, fields)
        variables: dict[str, Any] = {"filter": EVER}
    else:
        document = as_of_document(collection, version, fields)
        variables = {"filter": {"from_date": midnight(day)}, "at": midnight(day)}
    columns = tuple(field.column for field in collection.stored if field.name in fields)
    own, most = need.top or (variables["filter"], None)
    variables["filter"] = own
    named_by = tuple(sorted(f"{source}.{column}" for source, column in need.follows if need.named))
    return Read(name, fields, columns, document, variables, day, most, named_by, tuple(need.reasons))
