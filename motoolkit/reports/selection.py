"""Which units a report is about: the subtrees of roots, or one hierarchy, never just everything."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from motoolkit.errors import ParameterError
from motoolkit.model import danish_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.reports.facts import Facts, Unit
    from motoolkit.reports.parameters import ReportParameters

LINE_ORGANISATION: Final = "linjeorg"
"""The user_key of the hierarchy class that stands for the line organisation."""

_HIERARCHY_FACET = "org_unit_hierarchy"


@dataclass(frozen=True)
class Selection:
    """The chosen units, and in Danish how they were chosen."""

    units: frozenset[str]
    description: str


def select(facts: Facts, parameters: ReportParameters) -> Selection:
    """Choose the units below the roots, in the hierarchy, or both; else those of the only line organisation.

    Raises:
        ParameterError: a root or hierarchy is unknown or ambiguous on the date, or none was given and there
            is no line organisation to fall back on.
    """
    if not parameters.root and not parameters.hierarchy:
        return _line_organisation(facts)
    chosen: list[frozenset[str]] = []
    described = []
    if parameters.root:
        roots = [_root(facts, name) for name in parameters.root]
        chosen.append(frozenset(unit for root in roots for unit in facts.tree.subtree(root.uuid)))
        described.append(f"Enheden {', '.join(root.name for root in roots)} med underenheder")
    if parameters.hierarchy:
        uuid, name = _hierarchy(facts, parameters.hierarchy)
        chosen.append(_units_in(facts, uuid))
        described.append(f"Hierarkiet {name}")
    return Selection(frozenset.intersection(*chosen), "; ".join(described))


def _line_organisation(facts: Facts) -> Selection:
    found = [c for c in _hierarchies(facts) if c[1] == LINE_ORGANISATION]
    if len(found) != 1:
        raise ParameterError(
            "The report needs a root unit or a hierarchy.", remedy=f"Choose among: {_candidates(facts)}."
        )
    uuid, _, name = found[0]
    return Selection(_units_in(facts, uuid), f"Hierarkiet {name} (valgt, fordi intet andet var angivet)")


def _units_in(facts: Facts, hierarchy: str) -> frozenset[str]:
    return frozenset(unit.uuid for unit in facts.units.values() if unit.hierarchy == hierarchy)


def _hierarchies(facts: Facts) -> list[tuple[str, str, str]]:
    """Return UUID, user_key and name of the hierarchies that have a unit on the date."""
    used = {unit.hierarchy for unit in facts.units.values()}
    return [(c.uuid, c.user_key, c.name) for c in facts.classes.values() if c.uuid in used]


def _hierarchy(facts: Facts, wanted: str) -> tuple[str, str]:
    known = [c for c in facts.classes.values() if c.facet == _HIERARCHY_FACET]
    folded = wanted.casefold()
    found = [c for c in known if wanted in (c.user_key, c.uuid)] or [
        c for c in known if c.name.casefold() == folded
    ]
    if len(found) != 1:
        raise ParameterError.unknown("hierarchy", wanted, [c.user_key for c in known])
    return found[0].uuid, found[0].name


def _root(facts: Facts, wanted: str) -> Unit:
    found = _named(facts.units.values(), wanted)
    if len(found) == 1:
        return found[0]
    if found:
        paths = "; ".join(f"{' / '.join(facts.tree.path(u.uuid))} ({u.uuid})" for u in found)
        raise ParameterError(
            f"{len(found)} units are called {wanted!r}.", remedy=f"Give the UUID of one: {paths}."
        )
    if _named(facts.former_units.values(), wanted):
        raise ParameterError(
            f"The unit {wanted!r} does not exist on {facts.as_of}.",
            remedy="It does at another time: give another as_of or another root.",
        )
    raise ParameterError.unknown("unit", wanted, _near_names(facts, wanted))


def _named(units: Iterable[Unit], wanted: str) -> list[Unit]:
    pool = list(units)
    folded = wanted.casefold()
    return (
        [u for u in pool if u.uuid == folded]
        or [u for u in pool if u.user_key == wanted]
        or [u for u in pool if (u.name or "").casefold() == folded]
    )


def _near_names(facts: Facts, wanted: str) -> list[str]:
    """Return what an unknown name may have meant: a unit called nearly so, else one of the top units."""
    known = {name for unit in facts.units.values() for name in (facts.tree.name(unit.uuid), unit.user_key)}
    return get_close_matches(wanted, known) or [facts.tree.name(unit) for unit in facts.tree.roots]


def _candidates(facts: Facts) -> str:
    roots = [f"root {facts.tree.name(unit)!r}" for unit in facts.tree.roots]
    hierarchies = sorted((f"hierarchy {key!r}" for _, key, _ in _hierarchies(facts)), key=danish_key)
    return ", ".join([*roots, *hierarchies]) or "nothing; the mirror holds no units on that date"
