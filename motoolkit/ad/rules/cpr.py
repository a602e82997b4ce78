"""CPR numbers in a directory: another than the person's, none, or none that is one.  All are told masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.ad import mo
from motoolkit.ad.kinds import kind_of
from motoolkit.ad.matching import evidence, person_of
from motoolkit.ad.rules._rule import CRITICAL, INFO, WARNING, Found, rule
from motoolkit.ad.rules._telling import name_of, where
from motoolkit.language import N_, tr
from motoolkit.model import Cpr, mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World

_LAST_DAY: Final = 31


def _told(world: World, key: tuple[str, str]) -> Account | None:
    """Return a person's account in a directory that says where its CPR numbers are."""
    account = world.accounts.one(key)
    if account is None or not world.settings[account.ad].cpr_attribute:
        return None
    return account if world.ask(kind_of, key) == "person" else None


@rule(
    "CPR-DIFF",
    "account",
    CRITICAL,
    title=N_("Another CPR number"),
    explanation=N_("The CPR number in the directory is not that of the person whose account MO says it is."),
    remedy=N_("Find out which is right, and correct the other: the integration believes the number."),
)
def differs(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """Where the number is another person's in MO, that is told as an account linked to two persons."""
    account = world.accounts.one(key)
    if account is None or not account.cpr or not world.ask(kind_of, key):
        return
    found = [e for e in world.ask(evidence, key) if e.now and e.how != "mail"]
    if not found or any(e.how == "cpr" for e in found):
        return
    row = mo.at(world.persons.of(found[0].person), world.as_of)
    if row is None or not row.cpr or row.cpr == account.cpr:
        return
    before = any(each.cpr == account.cpr for each in world.persons.of(row.uuid))
    same = row.cpr[:6] == account.cpr[:6]
    detail = tr("It is the person's number of before.") if before else ""
    detail = detail or (tr("They differ in the last four characters.") if same else "")
    yield Found(
        source=mask(account.cpr),
        mo=mask(row.cpr),
        detail=detail,
        facts={"person": name_of(world, row.uuid), "evidence": found[0].how} | where(account),
    )


@rule(
    "CPR-MISSING",
    "account",
    WARNING,
    title=N_("No CPR number"),
    explanation=N_("A person's account has no CPR number in the directory."),
    remedy=N_("Fill it in, or put the account where external people's are."),
)
def missing(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """Where hardly any account has one, the attribute is to blame, and that is told once.

    Of whom MO has no number either there is none to fill in.
    """
    account = _told(world, key)
    if account is None or account.cpr or account.cpr_wrong or _without_number(world, key):
        return
    reading = world.readings.one(account.ad)
    if reading is None or not reading.cpr_unreadable:
        yield Found(facts=where(account))


@rule(
    "CPR-INVALID",
    "account",
    WARNING,
    title=N_("No valid CPR number"),
    explanation=N_(
        "The attribute for CPR numbers holds something that is none, or a day that does not exist."
    ),
    remedy=N_("Correct it; a leading zero that was lost and blanks are the usual reasons."),
)
def invalid(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """There is no modulus 11 test: numbers without it are issued since 2007."""
    account = _told(world, key)
    if account is None:
        return
    if account.cpr_wrong or (account.cpr and not _fictive(account.cpr) and _no_day(account.cpr)):
        yield Found(source=mask(account.cpr) if account.cpr else None, facts=where(account))


@rule(
    "CPR-FICTIVE",
    "account",
    INFO,
    title=N_("Made-up CPR number"),
    explanation=N_("The number is a replacement number or made up: its day is none, or it ends in 0000."),
    remedy=N_("Nothing, where that is agreed; else fill in the right one once the person has it."),
)
def fictive(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """Hospitals' and payroll's numbers for people without one of their own, unless MO has the same."""
    account = _told(world, key)
    if account and account.cpr and _fictive(account.cpr) and not _in_mo(world, account):
        yield Found(source=mask(account.cpr), facts=where(account))


def _without_number(world: World, key: tuple[str, str]) -> bool:
    row = mo.at(world.persons.of(world.ask(person_of, key)), world.as_of)
    return row is not None and not row.cpr


def _in_mo(world: World, account: Account) -> bool:
    return bool(mo.current(world.persons.by("cpr", account.cpr), world.as_of))


def _fictive(cpr: str) -> bool:
    day = int(cpr[:2]) if cpr[:2].isdigit() else 0
    return not 1 <= day <= _LAST_DAY or cpr.endswith("0000") or not cpr.isdigit()


def _no_day(cpr: str) -> bool:
    return Cpr(cpr).birth_date is None


@rule(
    "CPR-ATTR-UNREADABLE",
    "ad",
    CRITICAL,
    title=N_("CPR numbers can not be read"),
    explanation=N_("Hardly any account shows a CPR number, so none that is missing is told one by one."),
    remedy=N_(
        "Check the name of the attribute, and whether it is marked confidential: who may not read it sees it "
        "empty, without an error."
    ),
)
def unreadable(world: World, ad: str) -> Iterator[Found]:
    """A confidential attribute reads as an empty one."""
    attribute, reading = world.settings[ad].cpr_attribute, world.readings.one(ad)
    if attribute and reading is not None and reading.cpr_unreadable:
        accounts = world.accounts.by("ad", ad)
        told = sum(bool(account.cpr or account.cpr_wrong) for account in accounts)
        detail = tr("{told} of {all} accounts have one.", told=told, all=len(accounts))
        yield Found(source=attribute, detail=detail)
