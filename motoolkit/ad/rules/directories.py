"""Several directories beside each other, and the accounts of FK Organisation that hang on theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.ad.kinds import employment, needs_account
from motoolkit.ad.linking import active_accounts
from motoolkit.ad.matching import accounts_of
from motoolkit.ad.rules._rule import ERROR, INFO, WARNING, Found, rule
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.world import World


def _directories_of(world: World, person: str) -> dict[str, str]:
    """Return the names of somebody's accounts in use by directory, in the settings' order."""
    if len(world.settings) == 1:
        return {}
    held = {ad: world.ask(active_accounts, person, ad) for ad in world.settings}
    return {
        ad: ", ".join(each.sam or each.cn for each in accounts) for ad, accounts in held.items() if accounts
    }


@rule(
    "XAD-TWO",
    "person",
    WARNING,
    title=N_("Accounts in several directories"),
    explanation=N_("The person has accounts in use in several directories, which the settings do not want."),
    remedy=N_("End the one that is not needed, or accept it with a reason."),
)
def two_directories(world: World, person: str) -> Iterator[Found]:
    """Where it is allowed it is told only if no engagement needs the account."""
    held = world.ask(_directories_of, person)
    for ad in held if len(held) > 1 else ():
        others = {name: sams for name, sams in held.items() if name != ad}
        told = ", ".join(f"{name}: {sams}" for name, sams in others.items())
        if not world.settings[ad].others_too:
            yield Found(ad=ad, source=held[ad], detail=tr("Elsewhere: {accounts}.", accounts=told))
        elif world.settings[ad].scope_units and not world.ask(needs_account, ad, person):
            detail = tr("No engagement needs it. Elsewhere: {accounts}.", accounts=told)
            yield Found(ad=ad, source=held[ad], detail=detail, severity=INFO)


@rule(
    "XAD-WRONG",
    "person",
    WARNING,
    title=N_("Account in the wrong directory"),
    explanation=N_("The person's unit belongs to this directory, and the account is in another one."),
    remedy=N_("Create an account in this directory, and end the other one."),
    absence=True,
)
def wrong_directory(world: World, person: str) -> Iterator[Found]:
    """Somebody who works for both needs both; then it is PER-NO-ACC's."""
    held = world.ask(_directories_of, person)
    astray = {ad: sams for ad, sams in held.items() if not world.ask(needs_account, ad, person)}
    if not astray or len(astray) < len(held) or not world.ask(employment, person).current:
        return
    for ad, settings in world.settings.items():
        if ad not in held and settings.scope_units and world.ask(needs_account, ad, person):
            told = ", ".join(f"{name}: {sams}" for name, sams in astray.items())
            # A disabled account in the right place is there already.
            if not any(account.ad == ad for account in world.ask(accounts_of, person)):
                yield Found(ad=ad, detail=tr("Elsewhere: {accounts}.", accounts=told))


@rule(
    "XAD-FIELD-CLASH",
    "ad",
    ERROR,
    title=N_("Two directories write the same in MO"),
    explanation=N_("MO takes a value from two directories, and the later one overwrites the former's."),
    remedy=N_("Let one directory decide, or give each its own class of addresses."),
)
def field_clash(world: World, ad: str) -> Iterator[Found]:
    """Told of the later directory, once for each field and each former one."""
    names = list(world.settings)
    for ruled in world.settings[ad].fields:
        for former in names[: names.index(ad)]:
            for other in world.settings[former].fields:
                if (ruled.authority, ruled.mo) == ("ad", other.mo) and other.authority == "ad":
                    detail = tr("{ad} writes it too, from {attribute}.", ad=former, attribute=other.attribute)
                    yield Found(
                        source=ruled.attribute,
                        mo=ruled.mo,
                        attribute=ruled.mo,
                        member=(former, former),
                        detail=detail,
                    )
