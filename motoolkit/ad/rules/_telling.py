"""How rules tell whom and what they found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.ad import mo
from motoolkit.ad.matching import evidence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World


def name_of(world: World, person: str) -> str:
    """Return what somebody is called in MO, the UUID for somebody whom MO does not have."""
    row = mo.at(world.persons.of(person), world.as_of)
    return row.name if row else person


def called(account: Account) -> str:
    """Return what people call an account: ``admin: hans01``."""
    return f"{account.ad}: {account.sam or account.cn}"


def all_called(accounts: Iterable[Account]) -> str:
    """Return what people call several accounts, in order."""
    return ", ".join(sorted(called(account) for account in accounts))


def where(account: Account) -> dict[str, str]:
    """Return the facts with which somebody finds an account."""
    return {"dn": account.dn, "guid": account.guid}


def why(world: World, key: tuple[str, str]) -> dict[str, str]:
    """Return the fact that tells by what an account is held for a person's."""
    found = next(iter(world.ask(evidence, key)), None)
    return {"evidence": found.how} if found else {}


def told_day(day: date) -> str:
    """Return a day as Danes write it."""
    return f"{day:%d-%m-%Y}"
