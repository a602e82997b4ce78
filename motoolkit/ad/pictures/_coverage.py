"""How far the persons of MO get in each directory: employed, in scope, with an account that is right."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.ad import mo
from motoolkit.ad.kinds import employment, is_person, needs_account
from motoolkit.ad.matching import accounts_of, itsystem
from motoolkit.drawing import Part, Stack, heading, stacks_image
from motoolkit.findings import Severity
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World
    from motoolkit.findings import Finding

_OF_VALUES: Final = ("ATTR-", "MGR-DIFF", "MGR-MISSING")
"""Beginnings of the codes that say that an account has another value than MO."""
_HERE, _LOST, _ELSEWHERE = "#2f6fa8", "#d9534f", "#7d8590"
_MEANT: Final = 2
"""The place of the step from which on everybody is meant to get further."""


class Step(NamedTuple):
    """A step, and who gets to it; each only of those who got to the one before."""

    name: str
    persons: frozenset[str]


def steps(world: World, ad: str, findings: Iterable[Finding]) -> tuple[Step, ...]:
    """Return how far the persons of MO get in a directory.

    Args:
        world: both sides.
        ad: the directory.
        findings: of the audit; an account differs where one says so that is more than an information.
    """
    here = frozenset(row.uuid for row in mo.current(world.persons.everything(), world.as_of))
    found = [Step(N_("In MO"), here)]

    def further(name: str, persons: Iterable[str]) -> None:
        found.append(Step(name, found[-1].persons & frozenset(persons)))

    further(N_("Employed"), (each for each in here if world.ask(employment, each).current))
    further(N_("Needs an account"), (each for each in here if world.ask(needs_account, ad, each)))
    further(N_("Has an IT user"), (each for each in here if _has_ituser(world, ad, each)))
    accounts = {each: _accounts(world, ad, each) for each in found[-1].persons}
    further(N_("Has an account"), (each for each, mine in accounts.items() if mine))
    usable = {each: [a for a in mine if a.can_log_in(world.now)] for each, mine in accounts.items()}
    further(N_("Can log in"), (each for each, mine in usable.items() if mine))
    if world.settings[ad].fields:
        other = _different(findings)
        alike = (e for e, mine in usable.items() if not any("/".join(a.key) in other for a in mine))
        further(N_("All values alike"), alike)
    return tuple(found)


def _has_ituser(world: World, ad: str, person: str) -> bool:
    settings = world.settings[ad]
    systems = {world.ask(itsystem, key) for key in (settings.itsystem, settings.link_itsystem) if key}
    rows = mo.current(world.itusers.by("person", person), world.as_of)
    return any(row.itsystem in systems for row in rows)


def _accounts(world: World, ad: str, person: str) -> list[Account]:
    mine = (account for account in world.ask(accounts_of, person) if account.ad == ad)
    return [account for account in mine if world.ask(is_person, account.key)]


def _different(findings: Iterable[Finding]) -> frozenset[str]:
    """Return the keys of the accounts that differ from MO in a value."""
    return frozenset(
        each.subject.key
        for each in findings
        if each.subject.sort == "account"
        and each.severity > Severity.INFO
        and each.kind.code.startswith(_OF_VALUES)
    )


class CoveragePicture:
    """The steps of each directory as bars, with who is lost on the way."""

    def __init__(self, world: World, findings: Iterable[Finding]) -> None:
        held = list(findings)
        self._steps = {ad: steps(world, ad, held) for ad in world.settings}

    def __repr__(self) -> str:
        return "\n".join(f"{ad}: {_in_words(found)}" for ad, found in self._steps.items())

    def _repr_html_(self) -> str:
        return "".join(
            heading(ad) + stacks_image(_stacks(found), alt=f"{ad}: {_in_words(found)}")
            for ad, found in self._steps.items()
        )


def _in_words(found: Iterable[Step]) -> str:
    return ", ".join(f"{tr(step.name)} {len(step.persons)}" for step in found)


def _stacks(found: tuple[Step, ...]) -> list[Stack]:
    meant = len(found[_MEANT].persons)
    first = Stack(tr(found[0].name), (Part(tr("get this far"), len(found[0].persons), _HERE),))
    return [first, *(_stack(place, *pair, meant) for place, pair in enumerate(pairwise(found), start=1))]


def _stack(place: int, before: Step, step: Step, meant: int) -> Stack:
    here, lost = len(step.persons), len(before.persons - step.persons)
    away = Part(tr("lost here"), lost, _LOST) if place > _MEANT else Part(tr("not meant"), lost, _ELSEWHERE)
    share = f" ({here / meant:.0%})".replace("%", " %") if place > _MEANT and meant else ""
    return Stack(tr(step.name), (Part(tr("get this far"), here, _HERE), away), f"{here}{share}")
