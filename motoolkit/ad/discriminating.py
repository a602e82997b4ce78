"""Which of somebody's several accounts the integration takes: its own rule, evaluated.

Domain facts, section 3.3: a filter keeps accounts, then the first of the ordered values that fits any account
must fit exactly one.  The templates come from settings, so they run in Jinja's sandbox.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.ad.dn import within
from motoolkit.ad.kinds import kind_of
from motoolkit.ad.matching import STRONG, accounts_of, evidence
from motoolkit.ad.mo import current

if TYPE_CHECKING:
    from jinja2 import Template

    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World
    from motoolkit.profile.ad import AdSettings, Discriminator

_NUMBERS: Final = frozenset(
    {
        "admincount",
        "gidnumber",
        "msds-user-account-control-computed",
        "msexchrecipienttypedetails",
        "primarygroupid",
        "samaccounttype",
        "uidnumber",
        "useraccountcontrol",
    }
)
"""Attributes that templates see as numbers."""
_NO_ACCOUNTS: Final = frozenset({"", "computer", "contact"})


class Choice(NamedTuple):
    """What the rule makes of accounts.

    Attributes:
        fitting: the accounts that the deciding value fits: one is right, several are ambiguous.
        excluded: the others.
        by: the template that decided, "" where none fitted.
    """

    fitting: tuple[Account, ...]
    excluded: tuple[Account, ...]
    by: str


def candidates(world: World, ad: str, person: str) -> tuple[Account, ...]:
    """Return the accounts that a directory's integration finds for somebody: by GUID or CPR, in reach."""
    settings = world.settings[ad]
    return tuple(
        account
        for account in world.ask(accounts_of, person)
        if account.ad == ad
        and world.ask(kind_of, account.key) not in _NO_ACCOUNTS
        and any(e.now and e.how in STRONG and e.person == person for e in world.ask(evidence, account.key))
        and _in_reach(account, settings)
    )


def _in_reach(account: Account, settings: AdSettings) -> bool:
    return not settings.search_bases or any(within(account.dn, base) for base in settings.search_bases)


def chosen(world: World, ad: str, person: str) -> Choice:
    """Return what the directory's rule makes of somebody's accounts."""
    rule, accounts = world.settings[ad].discriminator, world.ask(candidates, ad, person)
    if rule.bypass_itsystem:
        return _bypassed(world, rule.bypass_itsystem, person, accounts)
    return choose(rule, accounts)


def _bypassed(world: World, itsystem: str, person: str, accounts: tuple[Account, ...]) -> Choice:
    """Take the account that MO's only IT user of a system names, else the one of the lowest DN."""
    systems = {row.uuid for row in current(world.itsystems.by("user_key", itsystem), world.as_of)}
    names = [
        row.user_key.casefold()
        for row in current(world.itusers.by("person", person), world.as_of)
        if row.itsystem in systems
    ]
    named = [each for each in accounts if len(names) == 1 and each.sam.casefold() == names[0]]
    taken = named[:1] or sorted(accounts, key=lambda each: each.dn.casefold())[:1]
    return Choice(tuple(taken), tuple(each for each in accounts if each not in taken), itsystem)


def choose(rule: Discriminator, accounts: tuple[Account, ...]) -> Choice:
    """Return what a rule makes of accounts.

    Raises:
        jinja2.TemplateError: a template is not one; ``faults`` tells beforehand.
    """
    kept = [each for each in accounts if not rule.filter or _true(rule.filter, rule, each)]
    for value in rule.values:
        fitting = tuple(each for each in kept if _true(value, rule, each))
        if fitting:
            return Choice(fitting, tuple(each for each in accounts if each not in fitting), value)
    return Choice((), accounts, "")


@lru_cache(maxsize=64)
def faults(rule: Discriminator) -> tuple[str, ...]:
    """Return the templates that are none, each with the reason."""
    from jinja2 import TemplateError

    found = []
    for template in (rule.filter, *rule.values):
        try:
            _template(template)
        except TemplateError as error:
            found.append(f"{template}: {error}")
    return tuple(found)


def _true(template: str, rule: Discriminator, account: Account) -> bool:
    """Tell whether a template says ``True`` of an account; one that can not be rendered for it does not."""
    values = {name: _value(account, name) for name in rule.fields}
    alone = next(iter(values.values())) if len(values) == 1 else None
    parsed = _template(template)
    try:
        return parsed.render({"dn": account.dn, "value": alone} | values).strip() == "True"
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError, _undefined()):
        return False


def _value(account: Account, name: str) -> str | int | None:
    text = account.value(name)
    if name.lower() in _NUMBERS and text.lstrip("-").isdigit():
        return int(text)
    return text or None


@lru_cache(maxsize=64)
def _template(text: str) -> Template:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment()
    environment.filters |= {
        "bitwise_and": lambda number, mask: int(number) & mask,
        "strip_non_digits": lambda value: "".join(c for c in str(value) if c in "0123456789"),
        "remove_curly_brackets": lambda value: value.replace("{", "").replace("}", ""),
    }
    return environment.from_string(text)


def _undefined() -> type[Exception]:
    from jinja2 import TemplateError

    return TemplateError
