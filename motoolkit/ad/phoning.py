"""Whom to phone: findings by unit, and who leads each unit according to MO."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from motoolkit.ad import mo
from motoolkit.ad.managing import leaders
from motoolkit.ad.matching import person_of, workplace
from motoolkit.ad.placing import units_of
from motoolkit.ad.reach import person_reach, unit_reach
from motoolkit.ad.subjects import unit_name
from motoolkit.ad.values import path_of
from motoolkit.drawing import QUIET, card, safe, span, table
from motoolkit.findings import Severity, Shown
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from motoolkit.ad.world import World
    from motoolkit.findings import Finding, Subject

_GRAVEST_FIRST: Final = tuple(sorted(Severity, reverse=True))
_PAIR: Final = 3
"""Parts of the key of a finding of a pair: directory, GUID, and the other one."""


class Contact(NamedTuple):
    """Who leads a unit, and how they are reached; blank where MO does not tell."""

    name: str
    phone: str
    mail: str


def whom_to_phone(world: World, findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings by unit, the worst first, with counts by severity and the unit's manager from MO.

    What is accepted or undecided is nothing to phone about.  The manager is the nearest one upwards; where
    MO has no telephone or e-mail of theirs, the unit's own stands there.
    """
    import pandas as pd

    counted: defaultdict[str, Counter[Severity]] = defaultdict(Counter)
    for finding in findings:
        if finding.counts:
            counted[unit_of_subject(world, finding.subject)][finding.severity] += 1
    ranked = sorted(counted, key=lambda unit: _rank(world, unit, counted[unit]))
    rows = [_row(world, unit, counted[unit]) for unit in ranked]
    severities = [severity.label for severity in _GRAVEST_FIRST]
    told = [tr(heading) for heading in (N_("Manager"), N_("Telephone"), N_("E-mail"), N_("Placed below"))]
    return pd.DataFrame(rows, columns=[tr("Unit"), *severities, tr("Found"), *told])


def phone_list(world: World, findings: Iterable[Finding], most: int = 15) -> Shown:
    """Return whom to phone first, as a notebook shows it; see ``whom_to_phone``.

    Args:
        world: both sides.
        findings: of the audit.
        most: so many units.
    """
    found = whom_to_phone(world, findings)
    names = [str(name) for name in found.columns]
    rows = [
        [str(value or "") for value in row] for row in found.head(most).itertuples(index=False, name=None)
    ]
    text = "\n".join("  ".join(filter(None, row)) for row in rows)
    if (more := len(found) - most) > 0:
        left = tr("… and {number} more", number=more)
        text, below = f"{text}\n{left}", span(left, f"color: {QUIET}")
    else:
        below = ""
    body = table(names[:-1], [_cells(row) for row in rows])
    return Shown(card(tr("Whom to phone"), f'<div style="overflow-x: auto">{body}</div>{below}'), text)


def _cells(row: list[str]) -> list[str]:
    """Return a row's cells: where the unit is shows where the mouse rests, and each name has its own line."""
    unit, *told, above = row
    lines = ("<br>".join(safe(each) for each in cell.split(", ")) for cell in told)
    return [span(unit, hint=above), *lines]


def sheets(world: World, findings: Iterable[Finding]) -> dict[str, pd.DataFrame]:
    """Return what the workbook has beside its findings, by the names of the sheets."""
    return {tr("Units"): whom_to_phone(world, findings)}


def unit_of_subject(world: World, subject: Subject) -> str:
    """Return MO's UUID of the unit that a finding belongs to, "" for none."""
    if subject.sort in _OF_SORT:
        return _OF_SORT[subject.sort](world, subject)
    return ""


def contact(world: World, unit: str) -> Contact:
    """Return who leads a unit; a manager from further up is told with the unit that they lead."""
    found = world.ask(leaders, unit, "")
    names = []
    for uuid in found.persons:
        row = mo.at(world.persons.of(uuid), world.as_of)
        names.append(row.name if row else uuid)
    name = ", ".join(names)
    if name and found.unit != unit:
        name = f"{name} ({unit_name(world, found.unit)})"
    return Contact(
        name, _reached(world, unit, found.persons, "phone"), _reached(world, unit, found.persons, "mail")
    )


def _reached(world: World, unit: str, persons: tuple[str, ...], purpose: str) -> str:
    found = (world.ask(person_reach, uuid, purpose) for uuid in persons)
    own = [value for values, *_ in found for value in values]
    return ", ".join(dict.fromkeys(own)) or ", ".join(world.ask(unit_reach, unit, purpose)[0])


def _rank(world: World, unit: str, counts: Counter[Severity]) -> tuple[Any, ...]:
    return not unit, *(-counts[severity] for severity in _GRAVEST_FIRST), unit_name(world, unit), unit


def _row(world: World, unit: str, counts: Counter[Severity]) -> tuple[Any, ...]:
    numbers = [counts[severity] for severity in _GRAVEST_FIRST]
    if not unit:
        return (tr("No unit"), *numbers, sum(numbers), "", "", "", "")
    above = " / ".join(world.ask(path_of, unit)[:-1])
    return (unit_name(world, unit), *numbers, sum(numbers), *contact(world, unit), above)


def _of_account(world: World, subject: Subject) -> str:
    return world.ask(workplace, subject.uuid) if subject.uuid else ""


def _of_engagement(world: World, subject: Subject) -> str:
    row = mo.at(world.engagements.of(subject.uuid), world.as_of)
    return row.org_unit if row else ""


def _of_ituser(world: World, subject: Subject) -> str:
    row = mo.at(world.itusers.of(subject.uuid), world.as_of)
    if row is None:
        return ""
    return world.ask(workplace, row.person) if row.person else row.org_unit


def _of_ou(world: World, subject: Subject) -> str:
    ad, _, guid = subject.key.partition("/")
    return next(iter(world.ask(units_of, (ad, guid))), "")


def _of_group(world: World, subject: Subject) -> str:
    """Return the unit of a group's member that it is found of; a group itself has none."""
    ad, *rest = subject.key.split("/")
    if len(rest) < _PAIR - 1:
        return ""
    person = world.ask(person_of, (ad, rest[-1])) if world.accounts.one((ad, rest[-1])) else rest[-1]
    return world.ask(workplace, person) if world.persons.of(person) else ""


_OF_SORT: Final[dict[str, Callable[[World, Subject], str]]] = {
    "account": _of_account,
    "person": _of_account,
    "engagement": _of_engagement,
    "ituser": _of_ituser,
    "org_unit": lambda _world, subject: subject.uuid,
    "ou": _of_ou,
    "group": _of_group,
}
