"""Which of several accounts the integration takes, and where its rule comes to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.ad.discriminating import candidates, chosen, faults
from motoolkit.ad.kinds import employment
from motoolkit.ad.rules._rule import ERROR, INFO, Found, rule
from motoolkit.ad.rules._telling import all_called
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.discriminating import Choice
    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World


def _choices(world: World, person: str) -> Iterator[tuple[str, tuple[Account, ...], Choice]]:
    """Yield what each directory with a rule makes of somebody's accounts there."""
    for ad, settings in world.settings.items():
        rule = settings.discriminator
        if rule.bypass_itsystem or (rule.values and not faults(rule)):
            accounts = world.ask(candidates, ad, person)
            if accounts:
                yield ad, accounts, world.ask(chosen, ad, person)


@rule(
    "DISC-AMBIG",
    "person",
    ERROR,
    title=N_("Several accounts count"),
    explanation=N_(
        "The rule for which of a person's accounts counts fits several, so the integration does nothing."
    ),
    remedy=N_("Make the rule decide, or correct what it reads on the accounts."),
)
def ambiguous(world: World, person: str) -> Iterator[Found]:
    """The first value that fits any account must fit exactly one."""
    for ad, _accounts, choice in _choices(world, person):
        if len(choice.fitting) > 1:
            yield Found(source=all_called(choice.fitting), ad=ad, facts={"rule": choice.by})


@rule(
    "DISC-NONE",
    "person",
    ERROR,
    title=N_("No account counts"),
    explanation=N_(
        "Somebody at work has accounts, and the rule for which one counts fits none: the integration passes "
        "the person over."
    ),
    remedy=N_("Correct the rule, or what it reads on the accounts."),
)
def none(world: World, person: str) -> Iterator[Found]:
    """Of who has left the accounts are meant to fall out."""
    held = world.ask(employment, person)
    if held.current or held.future:
        for ad, accounts, choice in _choices(world, person):
            if not choice.fitting:
                yield Found(source=all_called(accounts), ad=ad)


@rule(
    "DISC-EXCLUDED",
    "person",
    INFO,
    title=N_("The open account does not count"),
    explanation=N_("The rule takes an account that is shut and leaves out the only one that is open."),
    remedy=N_("Look which of them the person uses, and whether the rule means that."),
)
def excluded(world: World, person: str) -> Iterator[Found]:
    """Where it takes none at all, that is told by itself."""
    for ad, _accounts, choice in _choices(world, person):
        usable = [each for each in choice.excluded if each.can_log_in(world.now)]
        if len(choice.fitting) == 1 and not choice.fitting[0].can_log_in(world.now) and len(usable) == 1:
            yield Found(
                source=all_called(usable),
                ad=ad,
                detail=tr("{account} counts.", account=all_called(choice.fitting)),
            )
