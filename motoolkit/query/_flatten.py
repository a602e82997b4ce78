"""From answers to columns: every list makes rows, everything above it is repeated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from motoolkit.query._shape import Many

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from motoolkit.query._shape import Node

    Index = npt.NDArray[np.intp]
    Column = npt.NDArray[np.object_]

_NOTHING: Final = -1


@dataclass(slots=True)
class Block:
    """Columns of equal length, and of each row which object it came from, in rising order."""

    columns: dict[str, Column]
    origin: Index


def flatten(node: Node, answer: Any) -> dict[str, Column]:
    """Return the columns of what MO answered for one top-level field.

    Args:
        node: its shape.
        answer: its value; None gives no row.
    """
    if answer is None:
        return _block(node, []).columns
    return _block(node, answer if node.many is Many.LIST else [answer]).columns


def _block(node: Node, objects: Sequence[Any]) -> Block:
    """Flatten objects of one shape; None among them is a row without values."""
    own = Block({}, np.arange(len(objects), dtype=np.intp))
    lists: list[Block] = []
    _gather(node, objects, own, lists)
    return _beside(own, lists) if lists else own


def _gather(node: Node, objects: Sequence[Any], own: Block, lists: list[Block]) -> None:
    """Collect what stands once an object, however deep, in ``own``, and each list of it in ``lists``."""
    for leaf in node.leaves:
        own.columns[leaf.column] = _values(objects, leaf.key)
    for child in node.nodes:
        found = [None if one is None else one.get(child.key) for one in objects]
        if child.many is Many.ONE:
            _gather(child, found, own, lists)
        elif child.many is Many.SINGLE and all(one is None or len(one) <= 1 for one in found):
            _gather(child, [one[0] if one else None for one in found], own, lists)
        else:
            lists.append(_listed(child, found))


def _listed(node: Node, found: Sequence[Sequence[Any] | None]) -> Block:
    """Flatten a list of each object."""
    counts = np.fromiter((len(one) if one else 0 for one in found), np.intp, len(found))
    block = _block(node, [one for several in found if several for one in several])
    above = np.repeat(np.arange(len(found), dtype=np.intp), counts)
    return Block(block.columns, above[block.origin])


def _beside(own: Block, lists: Sequence[Block]) -> Block:
    """Repeat what is above for each row of each list; values with nothing in any of them keep one row."""
    without = np.setdiff1d(own.origin, np.concatenate([block.origin for block in lists]))
    if not own.columns:
        without = without[:0]
    origins = np.concatenate([*(block.origin for block in lists), without])
    order = np.argsort(origins, kind="stable")
    columns = {name: column[origins[order]] for name, column in own.columns.items()}
    start = 0
    for block in lists:
        rows = len(block.origin)
        index = np.full(len(origins), _NOTHING, dtype=np.intp)
        index[start : start + rows] = np.arange(rows)
        columns |= {name: _take(column, index[order]) for name, column in block.columns.items()}
        start += rows
    return Block(columns, origins[order])


def _values(objects: Sequence[Any], key: str) -> Column:
    found = [None if one is None else one.get(key) for one in objects] if key else objects
    return np.fromiter(found, dtype=object, count=len(objects))


def _take(column: Column, index: Index) -> Column:
    if len(column) == 0:
        return np.full(len(index), None, dtype=object)
    taken: Column = column[index]
    taken[index == _NOTHING] = None
    return taken
