"""Which objects a filter selects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CONDITIONS, EITHER, TREE, Backward, Nested, Values
from motoolkit.sandbox.engine.search import search
from motoolkit.sandbox.engine.tree import Tree, tree_of
from motoolkit.sandbox.engine.window import Window, window
from motoolkit.sandbox.world import targets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from motoolkit.catalogue import Condition
    from motoolkit.sandbox.engine.request import Request
    from motoolkit.sandbox.records import Slice
    from motoolkit.sandbox.world import Held

    Test = Callable[[Held, tuple[Slice, ...]], bool]

NOTHING: Final[frozenset[str | None]] = frozenset({None})


def select(request: Request, collection: str, given: Mapping[str, Any]) -> list[str]:
    """Return the UUIDs that a filter selects, in MO's order, which is theirs.

    Conditions are joined by and, each met by some slice within the window, not all by the same one.

    Raises:
        WindowError: MO refuses the filter's window.
    """
    asked = window(given, request.now)
    moment: datetime | None = given.get("registration_time")
    tests = [*_tests(request, collection, given, asked)]
    found = []
    for held in _candidates(request, collection, given):
        slices = asked.of(held.slices(moment))
        if slices and all(test(held, slices) for test in tests):
            found.append(held.uuid)
    return found


def selected(request: Request, collection: str, given: Mapping[str, Any]) -> frozenset[str]:
    """Return what a nested filter selects.

    With ``uuids`` it is just these: MO looks at none of the other conditions then (measured).
    """
    if given.get("uuids") is not None:
        return frozenset(map(str, given["uuids"]))
    return _remembered(request, collection, given)


def _remembered(request: Request, collection: str, given: Mapping[str, Any]) -> frozenset[str]:
    key = (collection, repr(given))
    if key not in request.selected:
        request.selected[key] = frozenset(select(request, collection, given))
    return request.selected[key]


def _candidates(request: Request, collection: str, given: Mapping[str, Any]) -> Iterable[Held]:
    """Return the objects worth testing: those named, or those that point at what is named."""
    world = request.world
    named = given.get("uuids")
    if named is None:
        named = _pointing(request, collection, given)
    if named is None:
        return world.all(collection)
    found = (world.get(collection, uuid) for uuid in sorted(set(map(str, named))))
    return (held for held in found if held is not None)


def _pointing(request: Request, collection: str, given: Mapping[str, Any]) -> set[str] | None:
    """Return the objects that point at the UUIDs of some nested filter; None where none names any."""
    if given.get("registration_time") is not None:
        return None
    for name, condition in CONDITIONS[collection].items():
        if not isinstance(condition, Nested) or name in EITHER.get(collection, ()):
            continue
        nested = _with_twins(name, condition, given).get(name)
        if nested and nested.get("uuids") is not None and not nested.get("include_none"):
            return {
                source
                for uuid in nested["uuids"]
                for source in request.world.pointing_at(collection, condition.reference, str(uuid))
            }
    return None


def _tests(request: Request, collection: str, given: Mapping[str, Any], asked: Window) -> Iterable[Test]:
    yield from _plain_tests(request, collection, given, asked)
    if collection == "org_units":
        yield from _tree_tests(request, given, asked)
    either = []
    for name, condition in CONDITIONS[collection].items():
        folded = _with_twins(name, condition, given)
        test = _test(request, collection, condition, folded[name], asked) if name in folded else None
        if test is not None and name in EITHER.get(collection, ()):
            either.append(test)
        elif test is not None:
            yield test
    if either:
        yield lambda held, slices: any(test(held, slices) for test in either)


def _with_twins(name: str, condition: Condition, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Fold deprecated conditions into the nested one, as MO does; null in one says nothing (measured)."""
    if not isinstance(condition, Nested):
        return given
    folded = {
        to: given[twin]
        for to, twin in (("uuids", condition.uuids), ("user_keys", condition.user_keys))
        if twin and given.get(twin) is not None
    }
    return {**given, name: {**(given.get(name) or {}), **folded}} if folded else given


def _plain_tests(
    request: Request, collection: str, given: Mapping[str, Any], asked: Window
) -> Iterable[Test]:
    if given.get("user_keys") is not None:
        yield _one_of("user_key", frozenset(given["user_keys"]))
    if given.get("query"):
        yield _searched(search(request, collection, given["query"], asked))
    if given.get("registration"):
        yield _registered(given["registration"])
    if given.get("exclude") is not None:
        yield _none_of(collection, "person", selected(request, "persons", given["exclude"]))
    if given.get("it_association") is not None:
        yield _has("it_user", wanted=given["it_association"])


def _test(request: Request, collection: str, condition: Condition, wanted: Any, asked: Window) -> Test | None:
    if wanted is None:
        says_something = condition.null_since is not None and request.version >= condition.null_since
        return _absent(request, condition, asked) if says_something else None
    match condition:
        case Values():
            return _one_of(condition.scalar, frozenset(wanted))
        case Backward():
            return _pointed_at(request, condition, wanted, asked)
        case Nested():
            found: frozenset[str | None] = selected(request, condition.target, _own(wanted))
            none_too = NOTHING if wanted.get("include_none") else frozenset()
            return _some_of(collection, condition.reference, found | none_too)


def _own(wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if name != "include_none"}


def _absent(request: Request, condition: Condition, asked: Window) -> Test:
    match condition:
        case Values():
            return _has(condition.scalar, wanted=False)
        case Nested():
            return _has(condition.reference, wanted=False)
        case Backward():
            pointed = _pointed_at(request, condition, {}, asked)
            return lambda held, slices: not pointed(held, slices)


def _has(name: str, *, wanted: bool) -> Test:
    return lambda _held, slices: any(bool(period.values.get(name)) == wanted for period in slices)


def _one_of(name: str, wanted: frozenset[Any]) -> Test:
    return lambda _held, slices: any(period.values.get(name) in wanted for period in slices)


def _some_of(collection: str, reference: str, wanted: frozenset[str | None]) -> Test:
    def test(_held: Held, slices: tuple[Slice, ...]) -> bool:
        return any(
            not wanted.isdisjoint(targets(collection, reference, period.values) or NOTHING)
            for period in slices
        )

    return test


def _none_of(collection: str, reference: str, unwanted: frozenset[str]) -> Test:
    return lambda _held, slices: any(
        unwanted.isdisjoint(targets(collection, reference, period.values)) for period in slices
    )


def _pointed_at(request: Request, condition: Backward, wanted: Mapping[str, Any], asked: Window) -> Test:
    """Test for being what some of the source point at; here ``uuids`` silence none of their conditions."""
    pointing = window(wanted, request.now) if condition.inner_window else asked
    found = {
        target
        for uuid in _remembered(request, condition.source, wanted)
        for period in request.slices(condition.source, uuid, pointing)
        for target in targets(condition.source, condition.reference, period.values)
    }
    return lambda held, _slices: held.uuid in found


def _searched(fits: Callable[[Held], bool]) -> Test:
    return lambda held, _slices: fits(held)


def _registered(wanted: Mapping[str, Any]) -> Test:
    """Test for a registration by one of the actors that overlaps the time asked for."""
    actors, start, end = wanted.get("actors"), wanted.get("start"), wanted.get("end")

    def test(held: Held, _slices: tuple[Slice, ...]) -> bool:
        return any(
            (actors is None or registration.actor in actors)
            and (end is None or registration.start < end)
            and (start is None or registration.end is None or registration.end > start)
            for registration in held.registrations
        )

    return test


def _tree_tests(request: Request, given: Mapping[str, Any], asked: Window) -> Iterable[Test]:
    asked_for = {**given}
    if "subtree" in given:
        asked_for["descendant"] = given["subtree"]
    if "parents" in given:
        parents = given["parents"]
        asked_for["parent"] = None if parents is None else {**(given.get("parent") or {}), "uuids": parents}
    if not any(name in asked_for for name in TREE):
        return
    tree = tree_of(request, asked)
    for name in TREE:
        if name in asked_for and (name in ("parent", "child") or asked_for[name] is not None):
            units = None if asked_for[name] is None else select(request, "org_units", asked_for[name])
            found = _TREE_SETS[name](tree, units)
            yield lambda held, _slices, found=found: held.uuid in found  # type: ignore[misc]  # bound per loop


def _below(tree: Tree, parents: list[str] | None) -> frozenset[str]:
    """Return the units with one of the parents, or with None the roots."""
    if parents is None:
        return frozenset(unit for unit, above in tree.parents.items() if not above)
    return frozenset(child for parent in parents for child in tree.children.get(parent, ()))


def _above(tree: Tree, children: list[str] | None) -> frozenset[str]:
    """Return the parents of the units, or with None the leaves."""
    if children is None:
        return frozenset(unit for unit in tree.parents if not tree.children.get(unit))
    return frozenset(parent for child in children for parent in tree.parents.get(child, ()))


_TREE_SETS: Final[dict[str, Callable[[Tree, Any], frozenset[str]]]] = {
    "parent": _below,
    "child": _above,
    "ancestor": Tree.downwards,
    "descendant": Tree.upwards,
}
