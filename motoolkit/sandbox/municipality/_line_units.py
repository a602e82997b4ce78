"""The line organisation: five levels, and more units for every few hundred further persons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.municipality._line_tree import DEPTH_TYPES, LEVELS, LINE_TREE, PLACES

if TYPE_CHECKING:
    from motoolkit.sandbox.municipality._book import Book

LEADER_OF_STAFF: Final = ""
"""The mark of a unit whose leader comes from the staff."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the line organisation; names are unique and serve as keys."""

    name: str
    parent: str | None
    type: str
    work: str
    leader: str
    depth: int

    @property
    def uuid(self) -> str:
        """Its UUID."""
        return unit_uuid(self.name)


@cache
def unit_uuid(name: str) -> str:
    """Return the UUID of the unit that is called ``name`` in the lists, whatever it was called before."""
    return uid("org_units", name)


@cache
def line_units() -> tuple[Unit, ...]:
    """Return the units that are always there, parents first."""
    units: list[Unit] = []
    path: list[Unit] = []
    for line in LINE_TREE.strip("\n").splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        name, kind, work, leader = [*(cell.strip() for cell in line.split("|")), "", "", ""][:4]
        parent = path[depth - 1] if depth else None
        unit = Unit(
            name,
            parent.name if parent else None,
            kind or DEPTH_TYPES[depth],
            work or (parent.work if parent else ""),
            leader,
            depth,
        )
        path[depth:] = [unit]
        units.append(unit)
    return tuple(units)


_GROWTH: Final = (
    ("Hjemmeplejen", "Center for Ældre", "afdeling", "p"),
    ("Børnehuset", "Center for Dagtilbud", "daginstitution", "d"),
    ("Skolen på", "Center for Skole", "skole", "s"),
    ("Plejecenter", "Center for Ældre", "plejecenter", "p"),
    ("Borgerhuset", "Jobcenter Nordby", "afdeling", "b"),
    ("Driftscenter", "Vej og Park", "afdeling", "t"),
)
_TEAMS: Final = ("team Sol", "team Måne")


def grown_units(block: int) -> tuple[Unit, ...]:
    """Return the units that the ``block``-th growth brings (1 is the first), parents first."""
    units = []
    for turn, (prefix, parent, kind, work) in enumerate(_GROWTH, start=(block - 1) * len(_GROWTH)):
        serial = turn // len(PLACES)
        name = f"{prefix} {PLACES[turn % len(PLACES)]}" + (f" {serial + 1}" if serial else "")
        units.append(Unit(name, parent, kind, work, LEADER_OF_STAFF, 3))
        units.extend(Unit(f"{name}, {team}", name, "team", work, LEADER_OF_STAFF, 4) for team in _TEAMS)
    return tuple(units)


def _write(book: Book, unit: Unit, number: int) -> None:
    book.write(
        "org_units",
        unit.name,
        book.founded,
        user_key=f"N{number:04}",
        **_values(unit) | _first(unit),
        changes=[(book.month(month), change) for month, change in _history(unit)],
    )


def write_line_units(book: Book) -> None:
    """Write the units that are always there."""
    for number, unit in enumerate(line_units(), start=1):
        _write(book, unit, number)


def write_grown_units(book: Book, block: int) -> tuple[Unit, ...]:
    """Write the units of one growth and return them."""
    units = grown_units(block)
    for number, unit in enumerate(units, start=1000 + (block - 1) * len(units)):
        _write(book, unit, number)
    return units


def _values(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "parent": unit_uuid(unit.parent) if unit.parent else None,
        "unit_type": class_uuid("org_unit_type", unit.type),
        "unit_level": class_uuid("org_unit_level", LEVELS[unit.depth]),
        "unit_hierarchy": class_uuid("org_unit_hierarchy", "linjeorg"),
        "time_planning": class_uuid("time_planning", "tjenestetid") if unit.work == "p" else None,
    }


# By unit: until this month (counted from this one) it had these other values.
_BEFORE: Final[dict[str, tuple[tuple[int, dict[str, Any]], ...]]] = {
    "Center for Sundhed og Forebyggelse": ((-40, {"name": "Sundhedscentret"}),),
    "Børn, Unge og Læring": (
        (-90, {"name": "Skole og Dagtilbud"}),
        (-28, {"name": "Børn, Unge og Kultur"}),
    ),
    "Ejendomme": ((-24, {"parent": unit_uuid("Teknik, Miljø og Klima")}),),
    "Idræt og Haller": ((-16, {"parent": unit_uuid("Vej og Park"), "name": "Haller og Anlæg"}),),
    "Misbrugscenter Nordby": ((-12, {"unit_type": class_uuid("org_unit_type", "team")}),),
}
# By unit: from this month on it has these values.
_AFTER: Final[dict[str, tuple[tuple[int, dict[str, Any]], ...]]] = {
    "Ungdomsskolen Nordby": ((1, {"parent": unit_uuid("Kultur og Fritid")}),),
    "Data og Integration": ((2, {"name": "Data, Integration og Kunstig Intelligens"}),),
    "Sygedagpenge": ((4, {"unit_level": class_uuid("org_unit_level", "afdelings-niveau")}),),
}


def _first(unit: Unit) -> dict[str, Any]:
    earlier = _BEFORE.get(unit.name)
    return earlier[0][1] if earlier else {}


def _history(unit: Unit) -> list[tuple[int, dict[str, Any]]]:
    """Return what changes in which month: each earlier value gives way to the next, the last to today's."""
    earlier, values = _BEFORE.get(unit.name, ()), _values(unit)
    today = [{field: values[field] for field in changed} for _, changed in earlier[-1:]]
    later = [changed for _, changed in earlier[1:]] + today
    changes = [(until, changed) for (until, _), changed in zip(earlier, later, strict=True)]
    return [*changes, *_AFTER.get(unit.name, ())]
