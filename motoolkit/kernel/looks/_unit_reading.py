"""Reading a unit for a quick look: a request for each collection, for each level above and for each below."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import EVER
from motoolkit.kernel.looks._rows import Table, all_living, living, one_day, with_names, with_places
from motoolkit.model import OrgTree, Validity, midnight
from motoolkit.plan import read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.kernel.looks._rows import Found, Living
    from motoolkit.plan import Span
    from motoolkit.plan.names import Names

MANAGERS: Final = Table("managers", "Ledere", ("person", "manager_type", "manager_level", "responsibilities"))
TABLES: Final = (
    Table("addresses", "Adresser", ("value", "address_type", "visibility")),
    Table("associations", "Tilknytninger", ("person", "association_type", "job_function")),
    Table("itusers", "IT-konti", ("user_key", "itsystem", "person")),
    Table("kles", "KLE-opmærkninger", ("kle_number", "kle_aspects")),
)
"""What a card of a unit shows beside its managers, from the top."""

UNIT_FIELDS: Final = ("unit_type", "unit_level", "unit_hierarchy", "time_planning")
LANES: Final = ("name", "parent", *UNIT_FIELDS)
TREE_FIELDS: Final = {"org_units": ("name", "user_key", "parent")}
DEEPEST: Final = 3
MOST_ENGAGEMENTS: Final = 200
_MOST_UNITS: Final = 600
_STEPS_UP: Final = 20


@dataclass(frozen=True, slots=True)
class Known:
    """All that was read of a unit."""

    unit: Living
    day: date
    path: tuple[str, ...]
    found: Found
    inherited: Found
    giver: str
    names: Names
    tree: OrgTree
    counts: Counter[str] | None
    """Engagements by unit: of all of the tree, or of the unit alone, or None: too many to count."""


def read_unit(client: Client, uuid: str, day: date) -> Known:
    """Read a unit and all that its card shows, as of a day.

    Raises:
        MoError: MO can not be read.
    """
    found = read(client, "org_units", {"uuids": [uuid]})
    unit = living(uuid, found["org_units", uuid], day)
    above = _above(client, unit, day)
    for table in TABLES:
        found |= read(client, table.collection, _in([uuid]))
    managers = read(client, "managers", _in([uuid, *(one.uuid for one in above)]))
    found |= {key: spans for key, spans in managers.items() if _leads(spans, uuid)}
    inherited, giver = _inherited(managers, above, uuid, day) if unit.state == "now" else ({}, "")
    found = with_places(client, found)
    wanted = {t.collection: t.fields for t in (MANAGERS, *TABLES)} | {"org_units": LANES}
    tree = _tree(client, unit, day)
    return Known(
        unit=unit,
        day=day,
        path=tuple(str(one.span.values["name"]) for one in reversed([unit, *above])),
        found=found,
        inherited=inherited,
        giver=giver,
        names=with_names(client, found | inherited, wanted),
        tree=tree,
        counts=_counts(client, tree, uuid, day),
    )


def _in(units: Sequence[str]) -> dict[str, object]:
    return {"org_unit": {"uuids": list(units), **EVER}}


def _leads(spans: tuple[Span, ...], unit: str) -> bool:
    return any(span.values["org_unit"] == unit for span in spans)


def _above(client: Client, unit: Living, day: date) -> list[Living]:
    """Return the units above, the nearest first; a request for each."""
    above: list[Living] = []
    parent = unit.span.values["parent"]
    while parent and parent not in {one.uuid for one in above} and len(above) < _STEPS_UP:
        found = read(client, "org_units", {"uuids": [parent]}, TREE_FIELDS)
        if not found:
            break
        above.append(living(parent, found["org_units", parent], day))
        parent = above[-1].span.values["parent"]
    return above


def _inherited(managers: Found, above: list[Living], unit: str, day: date) -> tuple[Found, str]:
    """Return the managers of the nearest unit that has any, as MO's ``inherit`` does, and its name.

    A vacant seat ends the climb too (measured).
    """
    for step in [unit, *(one.uuid for one in above)]:
        theirs = {
            key: spans
            for key, spans in managers.items()
            if _leads(tuple(span for span in spans if span.validity.contains(day)), step)
        }
        if theirs and step == unit:
            return {}, ""
        if theirs:
            return theirs, next(str(one.span.values["name"]) for one in above if one.uuid == step)
    return {}, ""


def _tree(client: Client, unit: Living, day: date) -> OrgTree:
    """Return the unit and those below it on the day; a request for each level."""
    units = [(unit.uuid, str(unit.span.values["name"]), None)]
    seen = {unit.uuid}
    level = [unit.uuid]
    for _ in range(DEEPEST):
        if not level or len(units) > _MOST_UNITS:
            break
        found = read(client, "org_units", {"parent": {"uuids": level, **EVER}}, TREE_FIELDS)
        below = [
            one
            for one in all_living(found, "org_units", day)
            if one.state == "now" and one.span.values["parent"] in level and one.uuid not in seen
        ]
        units += [(one.uuid, one.span.values["name"], one.span.values["parent"]) for one in below]
        level = [one.uuid for one in below]
        seen.update(level)
    return OrgTree.from_units(units)


def _counts(client: Client, tree: OrgTree, unit: str, day: date) -> Counter[str] | None:
    """Return how many engagements the units of a tree have, else the unit alone, else nothing.

    Each engagement costs MO up to 12 ms (measured), and a whole municipality is below its root.
    """
    counts = _engagements(client, tuple(tree), day)
    return _engagements(client, (unit,), day) if counts is None and len(tree) > 1 else counts


def _engagements(client: Client, units: Sequence[str], day: date) -> Counter[str] | None:
    """Return how many engagements units have on the day; None when there are too many to count."""
    window = {"from_date": midnight(day), "to_date": midnight(one_day(day).end or day)}
    chosen = {"org_unit": {"uuids": list(units), **EVER}, **window}
    counts = Counter(dict.fromkeys(units, 0))
    pages = client.read("engagements", fields=["org_unit"], filter=chosen, page_size=MOST_ENGAGEMENTS + 1)
    for page in pages:
        counts.update(_unit_on(each, client.version, day) for each in page.objects)
        if counts.total() > MOST_ENGAGEMENTS:
            return None
    return Counter({unit: counts[unit] for unit in units})


def _unit_on(engagement: dict[str, Any], version: int, day: date) -> str:
    """Return where an engagement is on a day; nothing where it is not."""
    for each in engagement["validities"]:
        if Validity.from_mo(each["validity"]["from"], each["validity"]["to"], version).contains(day):
            return str(each["org_unit_response"]["uuid"])
    return ""
