"""Whatever the shape, flattening by columns gives the rows that the rule gives object by object."""

from __future__ import annotations

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from motoolkit.query._flatten import flatten
from motoolkit.query._shape import Leaf, Many, Node


@st.composite
def shapes(draw, depth=3, numbers=None):
    """Draw a tree of nodes; every leaf has a column of its own."""
    numbers = numbers or count()
    node = Node(f"n{next(numbers)}", draw(st.sampled_from([Many.ONE, Many.LIST])))
    node.leaves = [
        Leaf(f"k{n}", f"c{n}", "String") for n in (next(numbers) for _ in range(draw(st.integers(0, 2))))
    ]
    if depth:
        node.nodes = [draw(shapes(depth - 1, numbers)) for _ in range(draw(st.integers(0, 2)))]
    return node


def one(draw, node):
    """Draw an object of a node, or nothing."""
    if draw(st.integers(0, 4)) == 0:
        return None
    found = {leaf.key: draw(st.integers(0, 9)) for leaf in node.leaves}
    return found | {child.key: answer(draw, child) for child in node.nodes}


def answer(draw, node):
    """Draw what MO answers for a node."""
    if node.many is Many.ONE:
        return one(draw, node)
    return [found for found in (one(draw, node) for _ in range(draw(st.integers(0, 3)))) if found is not None]


@st.composite
def cases(draw):
    """Draw a shape and an answer."""
    node = draw(shapes())
    return node, answer(draw, node)


def rows(node, found):
    """Return the rows of one object by the words of docs/queries.md."""
    values, lists = gathered(node, found)
    below = [row for several in lists for row in several]
    if below:
        return [values | row for row in below]
    return [values] if values else ([] if has_lists(node) else [{}])


def gathered(node, found):
    """Return what stands once an object, and the rows of each list under it."""
    values = {leaf.column: None if found is None else found[leaf.key] for leaf in node.leaves}
    lists = []
    for child in node.nodes:
        below = None if found is None else found[child.key]
        if child.many is Many.ONE:
            more, others = gathered(child, below)
            values |= more
            lists += others
        else:
            lists.append([row for element in below or () for row in rows(child, element)])
    return values, lists


def has_lists(node):
    """Tell whether anything under an object is a list."""
    return any(child.many is Many.LIST or has_lists(child) for child in node.nodes)


@given(cases())
def test_columns_say_what_rows_say(case):
    """Each value stands where it should, in the order of the answer, and none is left out."""
    node, found = case
    objects = found if node.many is Many.LIST else [found]
    columns = [leaf.column for leaf in node.columns()]
    wanted = [
        tuple(row.get(column) for column in columns)
        for element in (objects if found is not None else [])
        for row in rows(node, element)
    ]
    made = flatten(node, found)
    assert set(made) == set(columns)
    assert columns == [] or list(zip(*(made[column] for column in columns), strict=True)) == wanted
