"""What the checks of a plan need to know of MO, looked up in a request or two for each collection."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.plan._checks_case import POINTING, Case, references
from motoolkit.plan._desired import follow
from motoolkit.plan._related import RELATED_UNITS
from motoolkit.plan._steps import steps

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from motoolkit.plan._checks_source import Found, Source
    from motoolkit.plan._operation import Operation


def gather(operations: Sequence[Operation], source: Source, as_of: date) -> Case:
    """Look up all that the checks of a plan need: a request or two for each collection."""
    before = source.of_operations(operations)
    following = follow(operations, before)
    sent, found = steps(operations, before)
    case = Case(operations, before, following.wanted, following.touched, sent, found, as_of)
    for look in _LOOKUPS:
        looked = {key: spans for key, spans in look(case, source).items() if key not in case.wanted}
        case.before |= looked
        case.wanted |= looked
    return case


def _targets(case: Case, source: Source) -> Found:
    """Look up what the touched objects point at."""
    states = (case.before, case.wanted)
    named = {
        (reference.target, uuid)
        for key in case.touched
        if key[0] in CATALOGUE
        for reference in CATALOGUE[key[0]].references
        if not reference.derived
        for state in states
        for span in state.get(key, ())
        for uuid in references(span.values[reference.name])
    }
    named |= {("org_units", uuid) for collection, uuid in case.touched if collection == RELATED_UNITS}
    return source.of_keys(named - case.wanted.keys())


def _facets(case: Case, source: Source) -> Found:
    classes = [spans for (collection, _), spans in case.wanted.items() if collection == "classes"]
    facets = {("facets", span.values["facet"]) for spans in classes for span in spans}
    return source.of_keys(facets - case.wanted.keys())


def _pointers(case: Case, source: Source) -> Found:
    """Look up what points at the objects that the plan ends."""
    ending = defaultdict(set)
    for key in case.touched:
        if case.dead(key):
            ending[key[0]].add(key[1])
    return {
        key: spans
        for target, uuids in ending.items()
        for collection, name in POINTING.get(target, ())
        for key, spans in source.where(collection, name, uuids).items()
    }


def _same(case: Case, source: Source) -> Found:
    """Look up the persons and accounts that may be the same as some of the plan, and leaves' engagements."""
    found: Found = {}
    for collection, name, looked, by in _ALIKE:
        wanted = {
            value
            for key in case.touched
            if key[0] == collection
            for span in case.wanted.get(key, ())
            for value in references(span.values[name])
        }
        if wanted:
            found |= source.where(looked, by, wanted)
    return found


_ALIKE: Final = (
    ("persons", "cpr_number", "persons", "cpr_number"),
    ("itusers", "user_key", "itusers", "user_key"),
    ("itusers", "person", "itusers", "person"),
    ("leaves", "person", "engagements", "person"),
)
"""For the objects of a collection with some field: those of another with the same value in a field."""


def _ancestors(case: Case, source: Source) -> Found:
    """Look up the units above those that the plan moves, a request for each level."""
    moved = any(key[0] == "org_units" and any(case.news(key)) for key in case.touched)
    known = dict(case.wanted) if moved else {}
    found: Found = {}
    while True:
        parents = {
            ("org_units", span.values["parent"])
            for (collection, _), spans in known.items()
            if collection == "org_units"
            for span in spans
            if span.values["parent"]
        }
        level = source.of_keys(parents - known.keys())
        if not level:
            return found
        found |= level
        known |= level


_LOOKUPS: Final = (_targets, _facets, _pointers, _same, _ancestors)
