"""Mailboxes: whose the shared ones are, who reads them, and which are kept for nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from motoolkit.ad import mo
from motoolkit.ad.kinds import employment, is_person, kind_of, last_end
from motoolkit.ad.matching import person_of
from motoolkit.ad.rules._rule import ERROR, INFO, WARNING, Found, rule
from motoolkit.ad.rules._telling import where
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World

Key = tuple[str, str]

_OF_PEOPLE: Final = frozenset({1, 2, 2147483648})
"""msExchRecipientTypeDetails of mailboxes that cost a licence."""


def _shared(world: World, key: Key) -> Account | None:
    account = world.accounts.one(key)
    return account if account and world.ask(kind_of, key) == "mailbox" else None


@rule(
    "MBX-NO-OWNER",
    "account",
    WARNING,
    title=N_("Shared mailbox without owner"),
    explanation=N_("Nobody answers for the mailbox: no manager in AD, no unit in MO that has its address."),
    remedy=N_("Name an owner in AD, or give the address to its unit in MO."),
)
def no_owner(world: World, key: Key) -> Iterator[Found]:
    """A unit of MO answers for a mailbox whose address or name it has; a manager who has left does not."""
    box = _shared(world, key)
    if box is None:
        return
    owner = world.accounts.one((box.ad, box.manager)) if box.manager else None
    if (box.manager and (owner is None or owner.can_log_in(world.now))) or _of_unit(world, box):
        return
    told = tr("The account of the manager is disabled.") if owner else ""
    yield Found(source=owner.sam if owner else None, attribute="manager", detail=told, facts=where(box))


def _of_unit(world: World, box: Account) -> bool:
    names = {each.casefold() for each in (box.mail, box.sam, box.guid) if each}
    itusers = (row for name in sorted(names) for row in world.itusers.by("user_key", name))
    addresses = world.addresses.by("value", box.mail.casefold()) if box.mail else ()
    return any(row.org_unit for row in mo.current((*itusers, *addresses), world.as_of))


@rule(
    "MBX-ENABLED",
    "account",
    WARNING,
    title=N_("Shared mailbox that one can log on with"),
    explanation=N_("The account of a shared mailbox or a room is enabled; nobody should know its password."),
    remedy=N_("Disable the account; the mailbox works all the same."),
)
def enabled(world: World, key: Key) -> Iterator[Found]:
    """It is read by delegates, who log on with their own accounts."""
    box = _shared(world, key)
    if box and box.uac is not None and box.can_log_in(world.now):
        yield Found(source=str(box.uac), attribute="userAccountControl", facts=where(box))


@rule(
    "MBX-DELEGATE-ENDED",
    "account",
    ERROR,
    title=N_("Delegate who has left"),
    explanation=N_("Somebody who has left or whose account is disabled may still act for the mailbox."),
    remedy=N_("Remove the delegate."),
)
def delegate_ended(world: World, key: Key) -> Iterator[Found]:
    """Who begins again, or is in the days of grace, has not left."""
    box = world.accounts.one(key)
    if box is None or not box.delegates or not world.ask(kind_of, key):
        return
    for guid in box.delegates:
        delegate = world.accounts.one((box.ad, guid))
        if delegate and (why := _left(world, delegate)):
            yield Found(
                source=delegate.display_name or delegate.cn or delegate.sam,
                attribute="publicDelegates",
                member=(guid, delegate.sam or delegate.cn),
                detail=why,
                facts=where(box),
            )


def _left(world: World, delegate: Account) -> str:
    """Return why somebody can act for nobody, "" for who can; groups are nobody."""
    person = world.ask(person_of, delegate.key) if world.ask(is_person, delegate.key) else ""
    held = world.ask(employment, person) if person else None
    if not delegate.can_log_in(world.now):
        return tr("The account is disabled.")
    if held is None or held.current or held.future or not held.past:
        return ""
    end = world.ask(last_end, person)
    grace = timedelta(days=world.settings[delegate.ad].grace_days)
    return tr("The last engagement is over.") if end and end + grace <= world.as_of else ""


@rule(
    "MBX-LICENCE",
    "account",
    INFO,
    title=N_("Mailbox of a disabled account"),
    explanation=N_("The account has been disabled for long, and its mailbox still costs a licence."),
    remedy=N_("Make it a shared mailbox, or remove it."),
)
def licence(world: World, key: Key) -> Iterator[Found]:
    """AD does not tell since when; for so long at least as the account was not changed, or nobody worked."""
    account = world.accounts.one(key)
    kept = account is not None and account.recipient_type in _OF_PEOPLE and not account.enabled
    if account is None or not kept or not world.ask(is_person, key):
        return
    longest = timedelta(days=world.settings[account.ad].licence_days)
    person = world.ask(person_of, key)
    held = world.ask(employment, person) if person else None
    end = world.ask(last_end, person) if held and not (held.current or held.future) else None
    unchanged = account.changed is not None and world.now - account.changed > longest
    if unchanged or (end and end + longest < world.as_of):
        since = f"{end:%d-%m-%Y}" if end else None
        yield Found(source=account.mail or account.sam, mo=since, attribute="mailbox", facts=where(account))
