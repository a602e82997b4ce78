"""From columns of JSON to a data frame: dates, whole numbers, truth values, and CPR numbers masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from motoolkit.model import COPENHAGEN, Validity, mask, mask_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy.typing as npt

    from motoolkit.query._shape import Leaf, Node

_DTYPES: Final[Mapping[str, str]] = {"Boolean": "boolean", "Int": "Int64", "int": "Int64", "Float": "Float64"}
"""The rest are texts: MO's UUIDs, keys and enums."""
_SAMPLE: Final = 1000
"""So many different texts at the start, and the rest will hardly come again."""


def frame_of(
    node: Node, pages: Sequence[dict[str, npt.NDArray[Any]]], version: int, *, show_cpr: bool
) -> pd.DataFrame:
    """Return the frame of the pages of one top-level field; they are emptied on the way.

    A MO's last day becomes the first day after, whichever GraphQL ``version`` wrote it.
    """
    series = {
        leaf.column: _series(leaf, _joined(pages, leaf.column), version, show_cpr=show_cpr)
        for leaf in node.columns()
    }
    return pd.DataFrame(series, copy=False)


def _joined(pages: Sequence[dict[str, npt.NDArray[Any]]], column: str) -> list[Any]:
    return [value for page in pages for value in page.pop(column).tolist()]


def _series(leaf: Leaf, values: list[Any], version: int, *, show_cpr: bool) -> pd.Series[Any]:
    if leaf.many:
        return pd.Series(values, dtype=object)
    if leaf.period:
        return _days(values, lambda text: _day(leaf.key, text, version))
    if leaf.type == "Date":
        return _days(values, lambda text: Validity.from_mo(text, None, version).start)
    if leaf.type == "DateTime":
        instants = pd.to_datetime(pd.Series(values, dtype=object), utc=True, format="ISO8601")
        return instants.dt.tz_convert(COPENHAGEN).dt.as_unit("us")
    if not show_cpr:
        values = _masked(leaf, values)
    return pd.Series(_shared(values), dtype=_DTYPES.get(leaf.type, "str"))


def _day(key: str, text: str, version: int) -> Any:
    if key == "to":
        return Validity.from_mo(None, text, version).end
    return Validity.from_mo(text, None, version).start


def _days(values: Iterable[str | None], read: Callable[[str], Any]) -> pd.Series[Any]:
    """Read dates; MO writes few different ones."""
    known: dict[str | None, Any] = {None: None}
    days = [known[text] if text in known else known.setdefault(text, read(text or "")) for text in values]
    return pd.Series(days, dtype="datetime64[us]")


def _masked(leaf: Leaf, values: list[Any]) -> list[Any]:
    if leaf.type == "CPR":
        return [None if value is None else mask(value) for value in values]
    # MO lets a person's user_key be the CPR number (measured in customers' data).
    if leaf.person and leaf.type == "String":
        return [None if value is None else mask_all(value) for value in values]
    return values


def _shared(values: list[Any]) -> list[Any]:
    """Let equal texts be one object: names of classes and units come again on most rows."""
    if len(set(values[:_SAMPLE])) == _SAMPLE:
        return values
    known: dict[Any, Any] = {}
    return [known.setdefault(value, value) for value in values]


def masked(node: Node, answer: Any) -> Any:
    """Return an answer with CPR numbers masked; it is changed in place."""
    for found in answer if isinstance(answer, list) else [answer]:
        if found is None:
            continue
        for leaf in node.leaves:
            if isinstance(found.get(leaf.key), str):
                (found[leaf.key],) = _masked(leaf, [found[leaf.key]])
        for child in node.nodes:
            masked(child, found.get(child.key))
    return answer
