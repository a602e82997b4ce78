"""Plans from tables: an operation a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE, WRITINGS, Reference
from motoolkit.plan._json import add_operations

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

    from motoolkit.client import Client
    from motoolkit.plan._plan import Plan

_OWN: Final = ("action", "kind", "uuid", "start", "end", "reason", "prolong", "vacate")
_NULL: Final = "null"


def from_frame(frame: pd.DataFrame, reason: str, client: Client | None) -> Plan:
    """Make a plan from a table; see ``Plan.from_frame``."""
    from motoolkit.plan._plan import Plan

    plan = Plan(reason, client=client)
    add_operations(plan, map(_operation, frame.to_dict("records")), "Row")
    return plan


def _operation(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    """Return a row as an operation in plain data."""
    told = {str(name): value for name, value in row.items() if not _blank(value)}
    kind = str(told.get("kind", ""))
    values = {name: _value(kind, name, value) for name, value in told.items() if name not in _OWN}
    return {name: _own(name, value) for name, value in told.items() if name in _OWN} | {"values": values}


def _blank(value: Any) -> bool:
    """Tell whether a cell says nothing: it is empty, None, or pandas' way of writing so."""
    import pandas as pd

    missing = pd.isna(value) if pd.api.types.is_scalar(value) else False
    return bool(missing) or (isinstance(value, str) and not value.strip())


def _own(name: str, value: Any) -> Any:
    return bool(value) if name in ("prolong", "vacate") else value


def _value(kind: str, name: str, value: Any) -> Any:
    """Return a cell's value: ``null`` empties, several UUIDs have blanks or commas between them."""
    if value == _NULL:
        return None
    collection = WRITINGS[kind].collection if kind in WRITINGS else kind
    field = CATALOGUE[collection].by_name.get(name) if collection in CATALOGUE else None
    if isinstance(field, Reference) and field.many and isinstance(value, str):
        return value.replace(",", " ").split()
    return value
