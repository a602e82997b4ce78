"""MO's filters over the mirror's rows: which objects one selects; what is not certain is refused.

The rules are MO's, measured (domain 6): conditions are joined by and, each met by some slice in the window; a
nested filter has a window of its own, and with ``uuids`` it says nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE, CONDITIONS, EITHER, TREE, Backward, Nested, Values
from motoolkit.language import tr
from motoolkit.probes.flat._refused import Refused
from motoolkit.probes.flat._rows import Row, Rows
from motoolkit.probes.flat._tree import Tree
from motoolkit.probes.flat._windows import Window, day_window, window

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.catalogue import Condition
    from motoolkit.probes.flat._needs import Needs

Fits = Callable[[str, Sequence[Row]], bool]
Test = Callable[[Rows], Fits]
"""A condition: given the rows, what tells whether an object with these slices in the window fits."""

_PLAIN: Final = frozenset({"uuids", "user_keys", "from_date", "to_date", "include_none"})
_OLD_TREE: Final = {"subtree": "descendant", "parents": "parent"}
_REFUSED: Final = ("query", "registration", "registration_time")
_CPR_DIGITS: Final = 10


class Selection:
    """What a filter selects of a collection."""

    def __init__(
        self, collection: str, asked: Window, tests: Sequence[Test], named: frozenset[str] | None
    ) -> None:
        self.collection = collection
        self.window = asked
        self._tests = tests
        self._named = named

    def found(self, rows: Rows) -> Mapping[str, list[Row]]:
        """Return the objects, in order, each with its slices in the window."""
        return rows.once(self, lambda: dict(self._found(rows)))

    def _found(self, rows: Rows) -> Iterator[tuple[str, list[Row]]]:
        tests = [test(rows) for test in self._tests]
        for uuid, slices in self._candidates(rows):
            seen = self.window.of(slices)
            if seen and all(fits(uuid, seen) for fits in tests):
                yield uuid, seen

    def _candidates(self, rows: Rows) -> Iterable[tuple[str, Sequence[Row]]]:
        if self._named is None:
            return rows.all(self.collection)
        return ((uuid, rows.slices(self.collection, uuid)) for uuid in sorted(self._named))


class Filters:
    """Reads the filters of one document."""

    def __init__(self, needs: Needs, today: date, version: int) -> None:
        self._needs = needs
        self._version = version
        self.today = today
        self.present = day_window(today)

    def selection(
        self, collection: str, given: Mapping[str, Any], path: str, *, whole: bool = True
    ) -> Selection:
        """Return what a filter selects.

        Args:
            collection: of what.
            given: the filter.
            path: where in the document it is.
            whole: whether it looks at all of the collection, and not at some that are known.

        Raises:
            Refused: it says something that is not certain to be read as MO reads it.
        """
        asked = window(given, self.today)
        self._needs.read(collection, path, asked, whole=whole)
        tests = list(self._tests(collection, given, asked, path))
        return Selection(collection, asked, tests, _named(given))

    def place(self, collection: str, name: str) -> int:
        """Need the column of a field, and return its place in a row."""
        return self._needs.column(collection, CATALOGUE[collection].by_name[name].column)

    def reader(self, collection: str, name: str) -> Callable[[Row], Sequence[str]]:
        """Return what reads the UUIDs that a reference of a row points at."""
        place = self.place(collection, name)
        if CATALOGUE[collection].reference(name).many:
            return lambda row: row[place] or ()
        return lambda row: () if row[place] is None else (row[place],)

    def tree(self, day: Window) -> Callable[[Rows], Tree]:
        """Return what makes the tree of a day."""
        self._needs.read("org_units", tr("the tree of units"), day, whole=True)
        parent = self.place("org_units", "parent")
        return lambda rows: Tree.of(rows, day, parent)

    def _tests(self, collection: str, given: Mapping[str, Any], asked: Window, path: str) -> Iterator[Test]:
        _check_known(collection, given)
        if given.get("user_keys") is not None:
            yield self._one_of(collection, "user_key", given["user_keys"])
        if given.get("exclude") is not None:
            yield self._excluded(collection, given["exclude"], path)
        if given.get("it_association") is not None:
            yield self._has(collection, "it_user", wanted=given["it_association"])
        if collection == "org_units":
            yield from self._tree_tests(given, asked, path)
        either = []
        for name, condition in CONDITIONS[collection].items():
            folded = with_twins(name, condition, given)
            if name not in folded:
                continue
            test = self._condition(collection, condition, folded[name], asked, f"{path}({name})")
            if test is not None and name in EITHER.get(collection, ()):
                either.append(test)
            elif test is not None:
                yield test
        if either:
            yield _any_of(either)

    def _condition(
        self, collection: str, condition: Condition, wanted: Any, asked: Window, path: str
    ) -> Test | None:
        if wanted is None:
            says = condition.null_since is not None and self._version >= condition.null_since
            return self._absent(collection, condition, asked, path) if says else None
        match condition:
            case Values():
                return self._one_of(collection, condition.scalar, wanted)
            case Nested():
                return self._some_of(collection, condition, wanted, path)
            case Backward():
                return self._pointed_at(condition, wanted, asked, path)

    def _one_of(self, collection: str, name: str, values: Any) -> Test:
        place, wanted = self.place(collection, name), frozenset(values)
        if name == "cpr_number" and any(len(number) != _CPR_DIGITS for number in wanted):
            raise Refused(tr("MO refuses a CPR number that is not ten digits"))
        return lambda _rows: lambda _uuid, slices: any(row[place] in wanted for row in slices)

    def _some_of(self, collection: str, condition: Nested, wanted: Mapping[str, Any], path: str) -> Test:
        targets, none_too = self.reader(collection, condition.reference), bool(wanted.get("include_none"))
        selected = self.selected(condition.target, wanted, path)

        def test(rows: Rows) -> Fits:
            found = selected(rows)
            return lambda _uuid, slices: any(
                not found.isdisjoint(these) if (these := targets(row)) else none_too for row in slices
            )

        return test

    def _excluded(self, collection: str, wanted: Mapping[str, Any], path: str) -> Test:
        targets, selected = self.reader(collection, "person"), self.selected("persons", wanted, path)

        def test(rows: Rows) -> Fits:
            found = selected(rows)
            return lambda _uuid, slices: any(found.isdisjoint(targets(row)) for row in slices)

        return test

    def selected(
        self, collection: str, wanted: Mapping[str, Any], path: str
    ) -> Callable[[Rows], frozenset[str]]:
        """Return what a nested filter selects; with ``uuids`` it is just these, whether they are or not."""
        named = _named(wanted)
        if named is not None:
            return lambda _rows: named
        selection = self.selection(collection, wanted, path)
        return lambda rows: frozenset(selection.found(rows))

    def _pointed_at(self, condition: Backward, wanted: Mapping[str, Any], asked: Window, path: str) -> Test:
        """Return the test for being what others point at, where there is no doubt of when they do."""
        if asked.day is None or window(wanted, self.today) != asked:
            raise Refused(tr("the filter looks at another time than the one around it"))
        selection = self.selection(condition.source, wanted, path)
        targets = self.reader(condition.source, condition.reference)

        def test(rows: Rows) -> Fits:
            found = {
                target
                for slices in selection.found(rows).values()
                for row in slices
                for target in targets(row)
            }
            return lambda uuid, _slices: uuid in found

        return test

    def _absent(self, collection: str, condition: Condition, asked: Window, path: str) -> Test:
        match condition:
            case Values():
                return self._has(collection, condition.scalar, wanted=False)
            case Nested():
                return self._has(collection, condition.reference, wanted=False)
            case Backward():
                pointed = self._pointed_at(condition, {}, asked, path)
                return lambda rows: _negated(pointed(rows))

    def _has(self, collection: str, name: str, *, wanted: bool) -> Test:
        place = self.place(collection, name)
        return lambda _rows: lambda _uuid, slices: any(bool(row[place]) == wanted for row in slices)

    def _tree_tests(self, given: Mapping[str, Any], asked: Window, path: str) -> Iterator[Test]:
        wanted = dict(given)
        if "subtree" in given:
            wanted["descendant"] = given["subtree"]
        if "parents" in given:
            parents = given["parents"]
            wanted["parent"] = None if parents is None else {**(given.get("parent") or {}), "uuids": parents}
        for name in TREE:
            if name in wanted and (name in ("parent", "child") or wanted[name] is not None):
                if asked.day is None:
                    raise Refused(tr("the filter {name} of more than one day", name=name))
                yield self._tree_test(name, wanted[name], asked, f"{path}({name})")

    def _tree_test(self, name: str, wanted: Mapping[str, Any] | None, asked: Window, path: str) -> Test:
        tree = self.tree(asked)
        selection = None if wanted is None else self.selection("org_units", wanted, path)

        def test(rows: Rows) -> Fits:
            units = None if selection is None else selection.found(rows)
            found = _TREE_SETS[name](tree(rows), units)
            return lambda uuid, _slices: uuid in found

        return test


_TREE_SETS: Final[dict[str, Callable[[Tree, Iterable[str] | None], frozenset[str]]]] = {
    "parent": Tree.below,
    "child": Tree.above,
    "ancestor": Tree.downwards,
    "descendant": Tree.upwards,
}


def with_twins(name: str, condition: Condition, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Fold deprecated conditions into the nested one, as MO does; null in one says nothing (measured)."""
    if not isinstance(condition, Nested):
        return given
    folded = {
        to: given[twin]
        for to, twin in (("uuids", condition.uuids), ("user_keys", condition.user_keys))
        if twin and given.get(twin) is not None
    }
    return {**given, name: {**(given.get(name) or {}), **folded}} if folded else given


def _check_known(collection: str, given: Mapping[str, Any]) -> None:
    known = {*_PLAIN, "exclude", "it_association", *CONDITIONS[collection]}
    for condition in CONDITIONS[collection].values():
        if isinstance(condition, Nested):
            known |= {condition.uuids, condition.user_keys}
    if collection == "org_units":
        known |= {*TREE, *_OLD_TREE}
    for name, value in given.items():
        empty = value is None or (name == "query" and not value)
        if name not in known and not (empty and name in _REFUSED):
            raise Refused(tr("the filter {name} is MO's own", name=name))


def _named(given: Mapping[str, Any]) -> frozenset[str] | None:
    named = given.get("uuids")
    return None if named is None else frozenset(str(uuid).lower() for uuid in named)


def _any_of(tests: Sequence[Test]) -> Test:
    def test(rows: Rows) -> Fits:
        several = [one(rows) for one in tests]
        return lambda uuid, slices: any(fits(uuid, slices) for fits in several)

    return test


def _negated(fits: Fits) -> Fits:
    return lambda uuid, slices: not fits(uuid, slices)
