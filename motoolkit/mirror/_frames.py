"""The SQL behind ``Mirror.frame``: one collection, on a date or ever, with the names of what it points at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.catalogue import CATALOGUE
from motoolkit.mirror import _layout

if TYPE_CHECKING:
    from collections.abc import Collection as Names

    from motoolkit.catalogue import Collection, Reference


def frame_query(collection: Collection, *, as_of: bool, labels: Names[str]) -> str:
    """Return the query for a collection's rows in order of UUID and time.

    ``as_of`` adds a parameter ``$as_of``.  Each reference into a collection of ``labels`` gets a column of
    its own name with the names of what it points at.
    """
    where = f"WHERE {_layout.valid_at('$as_of')}" if as_of else ""
    references = [r for r in collection.references if r.target in labels]
    ctes = [f"slice AS (SELECT * FROM {collection.name} {where})"]
    ctes += [f"label_{r.name} AS ({_label(r, as_of=as_of)})" for r in references]
    joins = "".join(f" LEFT JOIN label_{r.name} {_on(r.name)}" for r in references)
    columns = "".join(f', label_{r.name}.label AS "{r.name}"' for r in references)
    return (
        f"WITH {', '.join(ctes)} SELECT slice.*{columns} FROM slice{joins}"
        " ORDER BY slice.uuid, slice.valid_from NULLS FIRST"
    )


def _label(reference: Reference, *, as_of: bool) -> str:
    """Return the query for the label of each row: on ``$as_of``, else the first within the row's period."""
    target = CATALOGUE[reference.target]
    name = "name" if "name" in target.by_name else "user_key"
    valid = _layout.valid_at("$as_of", "target") if as_of else _OVERLAP
    named = (
        "SELECT linked.uuid, linked.valid_from, target.uuid AS target_uuid,"
        f" arg_min(target.{name}, coalesce(target.valid_from, DATE '-infinity')) AS label"
        f" FROM {_linked_rows(reference)} JOIN {target.name} AS target ON target.uuid = linked.target_uuid"
        f" AND {valid} GROUP BY ALL"
    )
    pick = "list(label ORDER BY label, target_uuid)" if reference.many else "any_value(label)"
    return f"SELECT uuid, valid_from, {pick} AS label FROM ({named}) GROUP BY uuid, valid_from"


_OVERLAP = (
    "(linked.valid_to IS NULL OR target.valid_from IS NULL OR target.valid_from < linked.valid_to)"
    " AND (linked.valid_from IS NULL OR target.valid_to IS NULL OR linked.valid_from < target.valid_to)"
)


def _linked_rows(reference: Reference) -> str:
    target = f"unnest({reference.column})" if reference.many else reference.column
    return f"(SELECT uuid, valid_from, valid_to, {target} AS target_uuid FROM slice) AS linked"


def _on(name: str) -> str:
    return (
        f"ON label_{name}.uuid = slice.uuid AND label_{name}.valid_from IS NOT DISTINCT FROM slice.valid_from"
    )
