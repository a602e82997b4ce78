"""Which engagement AD's own values point at, the strongest evidence first (domain facts, section 4.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from motoolkit.ad import mo
from motoolkit.ad.dn import parts
from motoolkit.ad.kinds import employment
from motoolkit.ad.linking import number_in, numbered, today
from motoolkit.ad.matching import person_of
from motoolkit.ad.names import plain
from motoolkit.ad.subjects import unit_name
from motoolkit.ad.values import PATH_SEPARATOR, path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from motoolkit.ad.mo import Engagement
    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World


class Pointer(NamedTuple):
    """What one value in AD points at.

    Attributes:
        how: ``number``, ``uuid``, ``unit`` or ``title``.
        said: AD's value.
        engagements: engagements of today of which that is true.
    """

    how: str
    said: str
    engagements: tuple[str, ...]


def points_at(world: World, key: tuple[str, str]) -> Pointer | None:
    """Return the strongest of an account's values that points at any engagement, None where none does.

    It is of the person's engagements of today; but a number that is only another person's is of that one's.
    """
    account = world.accounts.one(key)
    person = world.ask(person_of, key)
    if account is None or not person:
        return None
    return next((each for each in _pointers(world, account, person) if each.engagements), None)


def _pointers(world: World, account: Account, person: str) -> Iterator[Pointer]:
    """Yield them one by one: the first is mostly enough."""
    own = today(world, world.ask(employment, person).current)
    yield from _by_number(world, account, own)
    yield from _by_value(world, account, own)


def _by_number(world: World, account: Account, own: list[Engagement]) -> Iterator[Pointer]:
    said = number_in(world, account)
    if not said:
        return
    mine = world.ask(numbered, account.key)
    how = "uuid" if said.casefold() in {row.uuid for row in own} else "number"
    yield Pointer(how, said, mine or _of_others(world, account, said))


def _of_others(world: World, account: Account, number: str) -> tuple[str, ...]:
    """Return the only engagement of today with a number; one that the person once had is only out of date."""
    rows = world.engagements.by("user_key", number)
    person = world.ask(person_of, account.key)
    now = {row.uuid for row in mo.current(rows, world.as_of)}
    return tuple(now) if len(now) == 1 and all(row.person != person for row in rows) else ()


def _by_value(world: World, account: Account, own: list[Engagement]) -> Iterator[Pointer]:
    """Units before titles, as the settings name their attributes; the OU's name is a unit's too."""
    fields = world.settings[account.ad].fields
    for how, names in _TELLING.items():
        for ruled in fields:
            said = account.value(ruled.attribute)
            if ruled.mo in names and said:
                yield Pointer(how, said, _where(world, own, names[ruled.mo], said))
        if how == "unit" and world.settings[account.ad].ou_placement:
            place = _ou(account)
            yield Pointer(how, place, _where(world, own, _unit_name, place))


def _where(
    world: World, own: list[Engagement], tell: Callable[[World, Engagement], str], said: str
) -> tuple[str, ...]:
    return tuple(row.uuid for row in own if plain(tell(world, row)) == plain(said))


def _ou(account: Account) -> str:
    above = parts(account.dn)[1:2]
    return above[0][0][1] if above and above[0][0][0] == "ou" else ""


def _unit_name(world: World, row: Engagement) -> str:
    return unit_name(world, row.org_unit)


def _unit_key(world: World, row: Engagement) -> str:
    found = mo.at(world.org_units.of(row.org_unit), world.as_of)
    return found.user_key if found else ""


def _unit_path(world: World, row: Engagement) -> str:
    return PATH_SEPARATOR.join(world.ask(path_of, row.org_unit))


def _title(world: World, row: Engagement) -> str:
    found = mo.at(world.classes.of(row.job_function), world.as_of)
    return found.name if found else ""


_TELLING = {
    "unit": {"unit.name": _unit_name, "unit.user_key": _unit_key, "unit.path": _unit_path},
    "title": {"job_function.name": _title},
}
"""What tells an engagement from the person's others, by evidence and by what settings call it."""
