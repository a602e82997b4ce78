"""What one external account becomes in MO: a person, an engagement, IT users, an e-mail and an owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from motoolkit.ad import mo
from motoolkit.ad.external_users._bring import Wish, bring, last_of
from motoolkit.ad.external_users._whose import LeftError, Whose, cpr_of, derived, name_of, owner_of
from motoolkit.ad.kinds import ancestors
from motoolkit.ad.reach import sorts_of
from motoolkit.ad.records import guid_of
from motoolkit.ad.subjects import unit_name
from motoolkit.language import tr
from motoolkit.model import COPENHAGEN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from motoolkit.ad.external_users._terms import Terms
    from motoolkit.ad.mo import Address, Engagement, ItUser
    from motoolkit.ad.records import Account
    from motoolkit.ad.world import World
    from motoolkit.plan import Plan

    Key = tuple[str, str]
    Said = Mapping[str, Any]


@dataclass
class Importing:
    """What is known while a plan is being made.

    Attributes:
        world: both sides.
        people: whose each account is that is imported, by the account's key.
        named: the persons who are made or named by an account so far; the first decides.
        owned: the persons for whom somebody answers so far; likewise.
        taken: the engagements that are some account's by now.
    """

    world: World
    people: Mapping[Key, Whose]
    named: frozenset[str] = frozenset()
    owned: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()


def end_of(account: Account) -> date | None:
    """Return the first day on which an account can not be used, in Denmark; None for no end.

    An account that expires during a day can be used on it, one that expires at midnight not on that day.
    """
    if account.expires_at is None:
        return None
    last = (account.expires_at - timedelta(microseconds=1)).astimezone(COPENHAGEN).date()
    return last + timedelta(days=1)


@dataclass
class Import:
    """One account on its way into a plan.

    Attributes:
        plan: gets what MO lacks of it.
        state: what other accounts became.
        terms: of its directory.
        account: in the directory.
    """

    plan: Plan
    state: Importing
    terms: Terms
    account: Account

    def run(self) -> list[str]:
        """Add to the plan what MO lacks, and return what must be known of the account, in words.

        Raises:
            LeftError: it is left out.
        """
        engagement = self._which_engagement()
        self._name_person()
        end = self._engagement(engagement)
        wanted = self.terms.itusers(self.account).items()
        itusers = [self._ituser(system, values, engagement, end) for system, values in wanted]
        self._mail(itusers[0], end)
        return self._owner()

    @property
    def _world(self) -> World:
        return self.state.world

    @property
    def _whose(self) -> Whose:
        return self.state.people[self.account.key]

    def _bring(self, kind: str, uuid: str, end: date | None, values: Said, made: Said) -> str:
        rows = self._world.table(_TABLES[kind]).of(uuid)
        return bring(self.plan, Wish(kind, uuid, rows, self._world.as_of, end, values, made))

    def _name_person(self) -> None:
        """Make the person, or call it as AD does where nobody else tells its name.

        Who has a CPR number in MO is called as the authorities say.
        """
        person, account = self._whose.person, self.account
        if person in self.state.named:
            return
        self.state.named |= {person}
        if self._whose.new:
            given, surname = name_of(account)
            cpr = cpr_of(account)
            known = {"cpr_number": cpr} if cpr else {}
            self.plan.create("person", uuid=person, given_name=given, surname=surname, **known)
            return
        row = mo.at(self._world.persons.of(person), self._world.as_of)
        told = account.given_name and account.surname
        if row is None or row.cpr or not told:
            return
        names = dict(zip(("given_name", "surname"), name_of(account), strict=True))
        wrong: Said = {name: said for name, said in names.items() if getattr(row, name) != said}
        if wrong:
            self.plan.update("person", person, start=self._world.as_of, **wrong)

    def _which_engagement(self) -> str:
        """Return the engagement: ours, else one that MO has for the account already, else a new one.

        Raises:
            LeftError: MO has the person as an external in a unit that was not agreed.
        """
        ours = derived(self.account.key, "engagement")
        if alive(self._world, ours):
            return ours
        outside = self._outside()
        agreed = [row for row in outside if agreed_unit(self._world, self.terms, row.org_unit)]
        if outside and not agreed:
            told = tr(
                "MO has the person as an external in {unit}, which is not agreed for any OU. Move the "
                "engagement, or agree on the unit.",
                unit=unit_name(self._world, outside[0].org_unit),
            )
            raise LeftError(told)
        linked = self._world.itusers.by("external_id", self.account.guid)
        mine = {uuid for row in linked for uuid in row.engagements}
        best = min(agreed, key=lambda row: (row.uuid not in mine, row.uuid), default=None)
        found = best.uuid if best else ours
        self.state.taken |= {found}
        return found

    def _outside(self) -> list[Engagement]:
        """Return the person's engagements as an external that are no other account's."""
        return [
            row
            for row in self._world.engagements.by("person", self._whose.person)
            if row.engagement_type == self.terms.engagement_type
            and not row.over(self._world.as_of)
            and row.uuid not in self.state.taken
            and not self._is_others(row.uuid)
        ]

    def _is_others(self, engagement: str) -> bool:
        rows = mo.current(self._world.itusers.by("engagement", engagement), self._world.as_of)
        theirs = (row for row in rows if row.itsystem in self.terms.systems)
        return any(not means(row, self.account) for row in theirs)

    def _engagement(self, uuid: str) -> date | None:
        """Bring the engagement to the agreed unit and end, which is returned.

        A unit below the agreed one is as good.  Where AD knows no end, that of an engagement which others
        made stays.
        """
        account, unit = self.account, self.terms.unit_of(self.account.dn)
        held, end = alive(self._world, uuid), end_of(account)
        if held and end is None and uuid != derived(account.key, "engagement"):
            end = last_of(held)
        right = bool(held) and all(agreed_unit(self._world, self.terms, row.org_unit) == unit for row in held)
        made = {
            "person": self._whose.person,
            "engagement_type": self.terms.engagement_type,
            "job_function": self.terms.job_function,
            "user_key": account.sam,
        }
        self._bring("engagement", uuid, end, {} if right else {"org_unit": unit}, made)
        return end

    def _ituser(self, system: str, values: Said, engagement: str, end: date | None) -> str:
        """Bring the IT user of the account in one system; engagements that it is linked with stay."""
        person, account = self._whose.person, self.account
        held = [
            row
            for row in self._world.itusers.by("person", person)
            if row.itsystem == system and means(row, account) and not row.over(self._world.as_of)
        ]
        uuid = held[0].uuid if held else derived(account.key, f"ituser/{system}")
        linked = {engagement, *(each for row in held[:1] for each in row.engagements)}
        wanted = {**values, "engagements": tuple(sorted(linked))}
        return self._bring("ituser", uuid, end, wanted, {"person": person, "itsystem": system})

    def _mail(self, ituser: str, end: date | None) -> None:
        """Let the account have AD's e-mail address; one that the person has already is linked with it."""
        account, ours = self.account, derived(self.account.key, "mail")
        if not account.mail:
            if any(not row.over(self._world.as_of) for row in self._world.addresses.of(ours)):
                self.plan.terminate("address", ours, end=self._world.as_of)
            return
        if not self.terms.mail:
            return
        held = _mails(self._world, self._whose.person, ituser, account.mail)
        same = bool(held) and held[0].value.casefold() == account.mail.casefold()
        wanted = {"ituser": ituser, **({} if same else {"value": account.mail})}
        made = {"person": self._whose.person, "address_type": self.terms.mail}
        self._bring("address", held[0].uuid if held else ours, end, wanted, made)

    def _owner(self) -> list[str]:
        """Let the AD manager answer for the external; return what must be known.

        Who answers in MO stays where AD names nobody who can.
        """
        world, person = self._world, self._whose.person
        if person in self.state.owned:
            return []
        owner, why = owner_of(world, self.account, self.state.people)
        held = [row for row in mo.current(world.owners.by("person", person), world.as_of) if row.owner]
        if not owner:
            wanted = self.terms.settings.externals.owner_required and not held
            return [tr("{why} Nobody answers for the external.", why=why)] if wanted else []
        self.state.owned |= {person}
        if any(row.owner == owner for row in held):
            return []
        if len(held) > 1:
            return [tr("MO has several owners of the person, and none is the manager in AD.")]
        if held:
            self.plan.update("owner", held[0].uuid, start=world.as_of, owner=owner)
        else:
            ours = derived(self.account.key, "owner")
            self.plan.create("owner", uuid=ours, start=world.as_of, person=person, owner=owner)
        return []


_TABLES: Final = {"engagement": "engagements", "ituser": "itusers", "address": "addresses"}


def alive(world: World, engagement: str) -> list[Engagement]:
    """Return the periods of an engagement that are not over."""
    return [row for row in world.engagements.of(engagement) if not row.over(world.as_of)]


def agreed_unit(world: World, terms: Terms, unit: str) -> str:
    """Return the unit that was agreed for externals and is the nearest above another, "" for none."""
    agreed = {each for _, each in terms.units}
    return next((each for each in world.ask(ancestors, unit) if each in agreed), "")


def means(row: ItUser, account: Account) -> bool:
    """Tell whether an IT user is an account: by the GUID, else by the name where it has no GUID."""
    guids = {guid_of(row.external_id), guid_of(row.user_key)} - {""}
    return account.guid in guids or (not guids and row.user_key.casefold() == account.sam.casefold())


def _mails(world: World, person: str, ituser: str, value: str) -> list[Address]:
    """Return the e-mails of an account, then those of the same value that belong to no account."""
    rows = [row for row in world.addresses.by("person", person) if not row.over(world.as_of)]
    mails = [row for row in rows if "mail" in world.ask(sorts_of, row.address_type)]
    same = [row for row in mails if row.value.casefold() == value.casefold()]
    return [
        *(row for row in same if row.ituser == ituser),
        *(row for row in mails if row.ituser == ituser),
        *(row for row in same if not row.ituser and not row.engagement),
    ]
