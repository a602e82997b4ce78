"""One directory while it is made: OUs, then accounts, then who leads whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from motoolkit.model import COPENHAGEN
from motoolkit.sandbox.ad import places as at
from motoolkit.sandbox.ad._codec import filetime
from motoolkit.sandbox.ad._plan import ACTIVE, BURIED, PARKED, held
from motoolkit.sandbox.ad._shown import cpr, names, place_of_work, reached
from motoolkit.sandbox.ad._thing import COMPUTER, NEVER, OU, USER, Draft, Thing
from motoolkit.sandbox.municipality import chance_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from motoolkit.sandbox.ad._plan import Held
    from motoolkit.sandbox.ad.facts import Facts
    from motoolkit.sandbox.ad.places import Place

NORMAL: Final = 512
DISABLED: Final = 2
PERSONS: Final = 805306368
MACHINES: Final = 805306369
USERS_RID: Final = 513
PRIMARY: Final = "primær"
SECONDARY: Final = "sekundær"
USER_MAILBOX: Final = 1
_FIRST_NUMBER: Final = 51
"""MO's own usernames count from 01; those that only the directory has count from here."""


class Usernames:
    """Usernames of all directories: whoever has none in MO gets one, the same everywhere."""

    def __init__(self, facts: Facts) -> None:
        self._taken = {each.user_key.casefold() for found in facts.accounts.values() for each in found}
        self._numbers: Counter[str] = Counter()
        self._of: dict[str, str] = {}

    def of(self, facts: Facts, one: Held, *, mine: Iterable[str]) -> str:
        """Return the username of an account: MO's, else that of elsewhere unless it is among ``mine``."""
        told = one.ituser.user_key if one.ituser else ""
        if not told or "@" in told or len(told) > 20:  # noqa: PLR2004 - what a directory allows
            known = self._of.get(one.person, "")
            told = known if known and known not in mine else self.new(**_called(facts, one.person))
        self._of.setdefault(one.person, told)
        return told

    def new(self, given: str, surname: str) -> str:
        """Return a username that nobody has or ever had: four letters and a number."""
        letters = (plain(given)[:2] + plain(surname)[:2]).replace(".", "x") or "user"
        while True:
            name = f"{letters}{_FIRST_NUMBER + self._numbers[letters]:02}"
            self._numbers[letters] += 1
            if name.casefold() not in self._taken:
                self._taken.add(name.casefold())
                return name


def _called(facts: Facts, person: str) -> dict[str, str]:
    told = names(facts, person)
    return {"given": told["givenName"], "surname": told["sn"]}


class Builder:
    """Makes one directory.

    Args:
        facts: what MO has.
        place: which directory.
        usernames: those of all directories.
        real: the GUID by IT user where MO has it wrongly.
    """

    def __init__(
        self, facts: Facts, place: Place, usernames: Usernames, real: Mapping[str, str | None] | None = None
    ) -> None:
        self.facts = facts
        self.place = place
        self.usernames = usernames
        self.draft = Draft()
        self.accounts: dict[str, Held] = {}
        self.of_person: dict[str, list[str]] = defaultdict(list)
        self._names: set[tuple[str, str]] = set()
        self._write_places()
        self._write_units()
        for one in held(facts, place, real or {}):
            self.write(one)
        self.rank()
        for guid in list(self.accounts):
            self.lead(guid)

    @property
    def now(self) -> datetime:
        """The moment of the export: six in the morning."""
        return datetime.combine(self.facts.today, time(6), COPENHAGEN)

    def moment(self, day: date, hour: int = 7) -> datetime:
        """Return an hour of a day."""
        return datetime.combine(day, time(hour), COPENHAGEN)

    @property
    def outside_ou(self) -> str:
        """The GUID of the OU of those from outside whom MO knows."""
        return self.key(at.OUTSIDE, at.COUNCIL)

    def days_ago(self, days: int) -> datetime:
        """Return the moment so many days ago."""
        return self.now - timedelta(days=days)

    def key(self, *path: str) -> str:
        """Return the GUID of an OU below the root, by the names from the root down."""
        return self.place.key("/".join(("ou", *path)))

    def unit_ou(self, unit: str) -> str:
        """Return the GUID that a unit's OU has."""
        return self.place.key(f"unit/{unit}")

    def _write_places(self) -> None:
        for path in at.OUS:
            parent = self.key(*path[:-1]) if len(path) > 1 else ""
            self.ou(self.key(*path), path[-1], parent)

    def ou(self, guid: str, name: str, parent: str, **values: Any) -> Thing:
        """Write an OU."""
        moment = self.days_ago(2000)
        thing = Thing(guid, OU, name, parent, moment, moment)
        thing.put(ou=name, **values)
        return self.draft.add(thing)

    def _write_units(self) -> None:
        wanted = {
            above: None for unit in sorted(self.facts.active_units) for above in reversed(self.line(unit))
        }
        for number, unit in enumerate(wanted):
            above = self.line(unit)[1:2]
            values = self.facts.units[unit]
            parent = self.unit_ou(above[0]) if above else self.key(at.UNITS)
            self.ou(self.unit_ou(unit), str(values["name"]), parent, description=values["user_key"])
            if number % 4 == 0:
                self.computer(f"PC{number:04}", self.unit_ou(unit))

    def line(self, unit: str) -> list[str]:
        """Return a unit and all above it that the directory has, none out of its scope."""
        found = self.facts.line(unit)
        tops = [n for n, uuid in enumerate(found) if self.facts.units[uuid]["name"] in self.place.scope]
        return found[: tops[-1] + 1] if tops else []

    def computer(self, name: str, parent: str) -> None:
        """Write a computer."""
        created, changed = self.days_ago(400), self.days_ago(30)
        thing = Thing(self.place.key(f"computer/{name}"), COMPUTER, name, parent, created, changed)
        thing.put(sAMAccountName=f"{name}$", sAMAccountType=MACHINES, userAccountControl=4096)
        thing.put(dNSHostName=f"{name.lower()}.{self.place.suffix}", operatingSystem="Windows 11 Enterprise")
        thing.put(primaryGroupID=515)
        self.draft.add(thing)

    def common_name(self, wanted: str, parent: str) -> str:
        """Return a name that nothing in the container has; the second gets a number, as the integration's."""
        number, name = 1, wanted
        while (parent, name.casefold()) in self._names:
            number += 1
            name = f"{wanted}_{number}"
        self._names.add((parent, name.casefold()))
        return name

    def write(self, one: Held) -> Thing:
        """Write the account that somebody has."""
        told = names(self.facts, one.person)
        parent = self._parent(one)
        created = self._created(one)
        thing = Thing(one.guid, USER, self.common_name(told.pop("cn"), parent), parent, created, created)
        sam = self.usernames.of(self.facts, one, mine=self.names_of(one.person))
        self.basics(thing, sam, one.end, disabled=one.state != ACTIVE)
        mail = reached(self.facts, one, "mail")
        thing.put(**told, mail=mail, userPrincipalName=mail or f"{sam}@{self.place.suffix}")
        thing.put(mobile=reached(self.facts, one, "mobile"), employeeID=cpr(self.facts, one.person))
        thing.put(telephoneNumber=reached(self.facts, one, "phone"))
        if one.engagement:
            thing.put(employeeNumber=one.engagement.user_key, title=one.engagement.job)
            thing.put(**place_of_work(self.facts, one.engagement.unit))
        if one.ituser is None:
            thing.put(**{"msDS-cloudExtensionAttribute1": one.person})
        if mail:
            self.mailbox(thing, sam, mail, USER_MAILBOX if one.state == ACTIVE else 0)
        if self._is_outside(parent):
            thing.put(accountExpires=filetime(self.end(one.end or self._next_year())))
        self.draft.add(thing)
        self.accounts[one.guid] = one
        self.of_person[one.person].append(one.guid)
        if one.state == BURIED and one.end:
            self.draft.bury(one.guid, min(self.moment(one.end), self.days_ago(1)))
        return thing

    def _is_outside(self, parent: str) -> bool:
        return parent in self.draft and self.key(at.OUTSIDE) in {parent, self.draft[parent].parent}

    def names_of(self, person: str) -> list[str]:
        """Return the usernames that somebody has here."""
        return [self.draft[guid].value("sAMAccountName") for guid in self.of_person[person]]

    def _next_year(self) -> date:
        return date(self.facts.today.year + 1, 12, 31)

    def mailbox(self, thing: Thing, alias: str, mail: str, kind: int) -> None:
        """Give an account the attributes of a mailbox of a kind, or 0 for its addresses only."""
        thing.put(proxyAddresses=[f"SMTP:{mail}", f"smtp:{alias.lower()}@{self.place.suffix}"])
        thing.put(mailNickname=alias, msExchRecipientTypeDetails=kind or None)

    def basics(self, thing: Thing, sam: str, end: date | None, *, disabled: bool) -> None:
        """Give an account what every account has, and the traces of somebody who uses it."""
        rng = chance_of("ad", thing.guid)
        ticks = NEVER if end is None else filetime(self.end(end))
        uac = NORMAL | (DISABLED if disabled else 0)
        thing.put(sAMAccountName=sam, sAMAccountType=PERSONS, primaryGroupID=USERS_RID)
        thing.put(userAccountControl=uac, accountExpires=ticks)
        changed, password, logon = (
            self.days_ago(rng.randrange(*days)) for days in ((2, 60), (1, 85), (0, 13))
        )
        thing.changed = max(thing.created, changed)
        thing.put(pwdLastSet=filetime(max(thing.created, password)))
        if thing.created < self.days_ago(14):
            thing.put(lastLogonTimestamp=filetime(logon))

    def end(self, day: date) -> datetime:
        """Return the midnight that ends the day before, in Denmark."""
        return datetime.combine(day, time(), COPENHAGEN).astimezone(UTC)

    def _created(self, one: Held) -> datetime:
        start = self.moment(one.start)
        # What begins soon has its account already, and a new account is not of today.
        return (
            start
            if start < self.days_ago(2)
            else min(self.moment(one.start - timedelta(days=1)), self.days_ago(2))
        )

    def _parent(self, one: Held) -> str:
        if one.state == PARKED:
            return self.key(at.PARKING)
        stranger = one.outside and one.engagement and self.place is at.ADMIN
        if stranger and one.engagement and self.unit_ou(one.engagement.unit) not in self.draft:
            is_council = self.facts.units[one.engagement.unit]["name"] == "Byrådet"
            return self.outside_ou if is_council else self.key(at.OUTSIDE, at.CONSULTANTS)
        ou = self.unit_ou(one.unit)
        return ou if ou in self.draft else self.key(at.ELSEWHERE)

    def rank(self) -> None:
        """Mark which of somebody's accounts counts: that of the engagement which places them."""
        if not self.place.discriminates:
            return
        for guids in self.of_person.values():
            living = [guid for guid in guids if self.draft[guid].deleted is None]
            for number, guid in enumerate(sorted(living, key=self._precedence)):
                self.draft[guid].put(employeeType=SECONDARY if number else PRIMARY)

    def _precedence(self, guid: str) -> tuple[Any, ...]:
        one = self.accounts[guid]
        return one.state != ACTIVE, one.engagement.rank if one.engagement else (True, 0, ""), guid

    def lead(self, guid: str) -> None:
        """Let an account's manager be who leads the person in MO, up the tree and past oneself."""
        one = self.accounts[guid]
        if one.state != ACTIVE or one.engagement is None:
            return
        boss = self.account_of_leader(one.engagement.unit, one.person)
        if not boss and self._is_outside(self.draft[guid].parent):
            boss = self.account_of_leader(self._top(), one.person)
        self.draft[guid].link("manager", *([boss] if boss else []))

    def _top(self) -> str:
        return next((uuid for uuid, values in self.facts.units.items() if values["name"] == at.COMPANY), "")

    def account_of_leader(self, unit: str, person: str) -> str:
        """Return the account of who leads somebody; "" where the post is vacant or they have none here."""
        for uuid in self.facts.line(unit):
            posts = self.facts.leaders.get(uuid, [])
            others = [leader for _, leader in posts if leader not in {"", person}]
            if others:
                return next((guid for leader in others if (guid := self.main_account(leader))), "")
            if posts and any(not leader for _, leader in posts):
                return ""
        return ""

    def main_account(self, person: str) -> str:
        """Return somebody's account in use that counts, "" for none."""
        active = [guid for guid in self.of_person.get(person, ()) if self.accounts[guid].state == ACTIVE]
        return min(active, key=self._precedence, default="")
