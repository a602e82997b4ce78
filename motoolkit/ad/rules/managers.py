"""The manager in AD: another than MO's, nobody, gone, oneself, or in a ring.

Compared with MO only where the settings' fields name the attribute ``manager``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.ad.kinds import is_person, kind_of
from motoolkit.ad.linking import active_accounts, engagement_of
from motoolkit.ad.managing import leaders_of
from motoolkit.ad.matching import person_of
from motoolkit.ad.rules._rule import WARNING, Found, rule
from motoolkit.ad.rules._telling import name_of, where
from motoolkit.ad.subjects import unit_name
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.managing import Leaders
    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World

Key = tuple[str, str]


def _judged(world: World, key: Key) -> Account | None:
    """Return an account that is in use by somebody, None for any other."""
    account = world.accounts.one(key)
    usable = account is not None and account.can_log_in(world.now) and world.ask(is_person, key)
    return account if usable else None


def _compared(world: World, key: Key) -> Account | None:
    """Return an account whose manager MO decides, and whose place in MO is known."""
    fields = world.settings[key[0]].fields
    if not any(each.attribute.lower() == "manager" for each in fields):
        return None
    account = _judged(world, key) if world.ask(kind_of, key) == "person" else None
    return account if account and world.ask(engagement_of, key) else None


def _manager(world: World, account: Account) -> Account | None:
    return world.accounts.one((account.ad, account.manager)) if account.manager else None


@rule(
    "MGR-DIFF",
    "account",
    WARNING,
    title=N_("Other manager in AD"),
    explanation=N_("The manager in AD is not who leads the person in MO, up the tree and past oneself."),
    remedy=N_("Let the integration write the manager again, as it may not after changes of units."),
)
def other_manager(world: World, key: Key) -> Iterator[Found]:
    """Several managers of one unit are all right; whom AD points at is known by whose account it is."""
    account = _compared(world, key)
    theirs = _manager(world, account) if account else None
    if account is None or theirs is None or theirs.guid == account.guid:
        return
    said = world.ask(leaders_of, key)
    if world.ask(person_of, theirs.key) not in said.persons:
        yield Found(
            source=_label(theirs),
            mo=_names(world, said.persons),
            attribute="manager",
            detail=_why(world, account.ad, said),
            facts=_facts(world, account, said),
        )


def _why(world: World, ad: str, said: Leaders) -> str:
    if said.vacant:
        return tr("The nearest manager's post in MO is vacant.")
    if said.persons and not _reachable(world, ad, said):
        return tr("MO's manager has no account in this directory.")
    return ""


@rule(
    "MGR-MISSING",
    "account",
    WARNING,
    title=N_("No manager in AD"),
    explanation=N_("MO has a manager with an account in this directory, and AD names none."),
    remedy=N_("Let the integration write the manager again, as it may not after changes of units."),
    absence=True,
)
def no_manager(world: World, key: Key) -> Iterator[Found]:
    """A vacant post makes the integration name nobody, and nobody can be named in another directory."""
    account = _compared(world, key)
    if account is None or account.manager:
        return
    said = world.ask(leaders_of, key)
    if said.persons and not said.vacant and _reachable(world, account.ad, said):
        yield Found(mo=_names(world, said.persons), attribute="manager", facts=_facts(world, account, said))


@rule(
    "MGR-DISABLED",
    "account",
    WARNING,
    title=N_("Manager's account is disabled"),
    explanation=N_("The manager in AD is an account that is disabled or expired."),
    remedy=N_("Let the integration write the manager again; see in MO whether the post is vacant."),
)
def disabled_manager(world: World, key: Key) -> Iterator[Found]:
    """Whoever approves or is told by way of the manager waits for ever.  Externals have EXT-NO-OWNER."""
    account = _judged(world, key) if world.ask(kind_of, key) == "person" else None
    theirs = _manager(world, account) if account else None
    if account and theirs and theirs.guid != account.guid and not theirs.can_log_in(world.now):
        told = tr("The account of {manager} is shut.", manager=_label(theirs))
        yield Found(source=_label(theirs), attribute="manager", facts=where(account) | {"cause": told})


@rule(
    "MGR-SELF",
    "account",
    WARNING,
    title=N_("Own manager"),
    explanation=N_("The account is its own manager in AD; who leads a unit is led from further up."),
    remedy=N_("Let the integration name the manager further up, and nobody at the top."),
)
def own_manager(world: World, key: Key) -> Iterator[Found]:
    """The older integration writes that at the top of the tree."""
    account = _judged(world, key)
    if account and account.manager == account.guid:
        said = world.ask(leaders_of, key)
        yield Found(
            source=_label(account), mo=_names(world, said.persons), attribute="manager", facts=where(account)
        )


@rule(
    "MGR-CYCLE",
    "account",
    WARNING,
    title=N_("Managers in a ring"),
    explanation=N_("Up from manager to manager one comes back to the account."),
    remedy=N_("Correct the manager of one of them; see in MO who leads whose unit."),
)
def ring(world: World, key: Key) -> Iterator[Found]:
    """Who is only below a ring is not in it; rings of people who lead each other's units in MO are right."""
    account = _judged(world, key)
    seen = {account.guid: account} if account else {}
    while account and (account := _manager(world, account)):
        if account.guid == key[1]:
            if len(seen) > 1 and not all(_as_in_mo(world, each) for each in seen.values()):
                told = " → ".join(_label(each) for each in (*seen.values(), account))
                yield Found(source=told, attribute="manager", facts=where(account))
            return
        if account.guid in seen:
            return
        seen[account.guid] = account


def _as_in_mo(world: World, account: Account) -> bool:
    theirs = _manager(world, account)
    return (
        theirs is not None and world.ask(person_of, theirs.key) in world.ask(leaders_of, account.key).persons
    )


def _reachable(world: World, ad: str, said: Leaders) -> bool:
    return any(world.ask(active_accounts, person, ad) for person in said.persons)


def _label(account: Account) -> str:
    sam, name = account.sam or account.guid, account.display_name or account.cn
    return f"{sam} ({name})" if name and name != sam else sam


def _names(world: World, persons: tuple[str, ...]) -> str | None:
    return ", ".join(name_of(world, person) for person in persons) or None


def _facts(world: World, account: Account, said: Leaders) -> dict[str, str]:
    unit = {"unit": unit_name(world, said.unit)} if said.unit else {}
    return where(account) | unit
