"""The plan of all external users, with what was left out, and why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from motoolkit.ad.external_users._gone import doubted, end, expired, gone
from motoolkit.ad.external_users._one import Import, Importing, alive, end_of
from motoolkit.ad.external_users._terms import terms_of
from motoolkit.ad.external_users._whose import LeftError, whose, works_here
from motoolkit.ad.kinds import kind_of
from motoolkit.ad.rules._telling import name_of as called_in_mo
from motoolkit.ad.subjects import unit_name
from motoolkit.language import N_, tr
from motoolkit.model import mask_all
from motoolkit.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from motoolkit.ad import records
    from motoolkit.ad.external_users._gone import Known
    from motoolkit.ad.external_users._terms import Terms
    from motoolkit.ad.external_users._whose import Whose
    from motoolkit.ad.records import Header
    from motoolkit.ad.world import World
    from motoolkit.client import Client

    Key = tuple[str, str]

NEW, CHANGED, ENDS, SAME, LEFT = N_("new"), N_("changes"), N_("ends"), N_("as it is"), N_("left out")
HEADINGS = (
    N_("Directory"),
    N_("Username"),
    N_("Name"),
    N_("Unit"),
    N_("What"),
    N_("Why"),
    N_("GUID"),
)


@dataclass(frozen=True, slots=True)
class Account:
    """What becomes of one account.

    Attributes:
        key: the directory's name and the GUID.
        sam: its username, "" where it is gone.
        name: the person's.
        unit: where the engagement is.
        what: ``new``, ``changes``, ``ends``, ``as it is`` or ``left out``.
        why: why it is left out or ends, or what else must be known.
    """

    key: Key
    sam: str
    name: str
    unit: str
    what: str
    why: str = ""


class ExternalsPlan(Plan):
    """A plan that brings MO to what directories say of externals; nothing is sent before ``apply``.

    Attributes:
        accounts: what becomes of each account.
        notices: what must be known of all of it: directories because of which nobody is ended.
    """

    def __init__(self, reason: str = "", *, client: Client | None = None) -> None:
        super().__init__(reason, client=client)
        self.accounts: tuple[Account, ...] = ()
        self.notices: tuple[str, ...] = ()

    @property
    def left(self) -> tuple[Account, ...]:
        """The accounts that were left out, and why."""
        return tuple(each for each in self.accounts if each.what == LEFT)

    def frame(self) -> pd.DataFrame:
        """Return what becomes of each account, an account a row."""
        import pandas as pd

        rows = [
            (each.key[0], each.sam, each.name, each.unit, tr(each.what), each.why, each.key[1])
            for each in self.accounts
        ]
        return pd.DataFrame(rows, columns=[tr(heading) for heading in HEADINGS])

    def __repr__(self) -> str:
        left = (f"  left: {each.key[0]} {each.sam}: {each.why}" for each in self.left)
        return "\n".join([super().__repr__(), *left])


def externals_plan(
    world: World,
    client: Client | None = None,
    *,
    directories: Iterable[str] = (),
    previous: Mapping[str, Header] | None = None,
    reason: str = "",
) -> ExternalsPlan:
    """Make the plan that brings MO to what directories say of their externals; nothing is sent.

    An engagement begins on the day of the world and ends when the account expires.  UUIDs follow from the
    directory's name and the GUID, so that what is there is never made again.

    Args:
        world: both sides; all of the customer's directories, or whoever is in another one would be gone.
        client: the MO that the plan is for; what it would refuse is left out.  None to look at nothing more.
        directories: only these, by name.
        previous: of which reads the directories were the last time, against mass disappearance.
        reason: why, as the journal of plans tells it.

    Raises:
        ProfileError: the settings lack something, or name what MO does not have.
        MoError: MO does not answer.
    """
    terms = terms_of(world, directories)
    plan_reason = reason or tr("External users of {ads}", ads=", ".join(each.ad for each in terms))
    making = _Making(world, terms, doubted(world, terms, previous or {}))
    while True:
        plan = ExternalsPlan(plan_reason, client=client)
        of = making.fill(plan)
        refused = _refused(plan, of, world) if client is not None and len(plan) else {}
        if not refused:
            return plan
        making.refused |= refused


def _refused(plan: Plan, of: list[Key], world: World) -> dict[Key, str]:
    """Return the accounts whose operations MO would not take, and why."""
    found: dict[Key, str] = {}
    for problem in plan.check(as_of=world.as_of).errors:
        if problem.operation is not None and problem.code != "missing-role":
            found.setdefault(of[problem.operation], mask_all(problem.text))
    return found


@dataclass
class _Making:
    """One plan after the other, until MO would take it.

    Attributes:
        world: both sides.
        terms: of the directories.
        doubts: why nobody is ended, by directory.
        refused: the accounts that MO would not take, and why.
    """

    world: World
    terms: tuple[Terms, ...]
    doubts: Mapping[str, str]
    refused: dict[Key, str] = field(default_factory=dict)

    def fill(self, plan: ExternalsPlan) -> list[Key]:
        """Add all operations, and return of which account each is."""
        of: list[Key] = []
        told: dict[Key, Account] = {}
        accounts = list(self._accounts())
        state = Importing(self.world, self._people(accounts, told))
        for terms, account in accounts:
            if account.key in state.people:
                self._import(plan, state, terms, account, told)
                of += [account.key] * (len(plan) - len(of))
        for terms in self.terms:
            lost = () if terms.ad in self.doubts else gone(self.world, terms)
            for each in (*expired(self.world, terms), *lost):
                self._end(plan, terms, each, told)
                of += [each.key] * (len(plan) - len(of))
        plan.accounts = tuple(sorted(told.values(), key=lambda each: (each.key[0], each.sam, each.key[1])))
        plan.notices = tuple(self.doubts[ad] for ad in sorted(self.doubts))
        return of

    def _accounts(self) -> Iterator[tuple[Terms, records.Account]]:
        for terms in self.terms:
            for account in self.world.accounts.by("ad", terms.ad):
                if self.world.ask(kind_of, account.key) == "external":
                    yield terms, account

    def _people(
        self, accounts: list[tuple[Terms, records.Account]], told: dict[Key, Account]
    ) -> dict[Key, Whose]:
        """Return whose the accounts are; what is left out is told."""
        people = {}
        for terms, account in accounts:
            try:
                self._not_left(terms, account)
                found = whose(self.world, terms, account)
                self._not_internal(found)
                people[account.key] = found
            except LeftError as error:
                told[account.key] = self._account(terms, account, LEFT, str(error))
        return people

    def _not_left(self, terms: Terms, account: records.Account) -> None:
        """Raise LeftError for an account that nothing is planned for."""
        if account.key in self.refused:
            raise LeftError(tr("MO would refuse it: {problem}", problem=self.refused[account.key]))
        if not terms.unit_of(account.dn):
            raise LeftError(tr("No unit is agreed for its place: {dn}", dn=account.dn))
        if not account.enabled:
            raise LeftError(tr("It is disabled; what MO has of it stays."))
        if not account.sam:
            raise LeftError(tr("It has no username."))
        until = end_of(account)
        if until is not None and until <= self.world.as_of:
            raise LeftError(tr("It has expired: {day}.", day=f"{until:%d-%m-%Y}"))

    def _not_internal(self, found: Whose) -> None:
        """Raise LeftError for somebody who is employed."""
        jobs = works_here(self.world, found.person, self.terms)
        if jobs:
            raise LeftError(tr("The person is employed: {jobs} (EXT-IS-INTERNAL).", jobs=jobs))

    def _import(
        self,
        plan: Plan,
        state: Importing,
        terms: Terms,
        account: records.Account,
        told: dict[Key, Account],
    ) -> None:
        """Add one account's operations: all of them, or none where it is left out."""
        part = Plan(tr("External in {ad}: {sam}", ad=account.ad, sam=account.sam))
        mine = replace(state)
        try:
            notes = Import(part, mine, terms, account).run()
        except LeftError as error:
            told[account.key] = self._account(terms, account, LEFT, str(error))
            return
        what = NEW if any(o.action == "create" and o.kind == "engagement" for o in part) else CHANGED
        told[account.key] = self._account(terms, account, what if len(part) else SAME, " ".join(notes))
        plan.add(part.operations)
        state.named, state.owned, state.taken = mine.named, mine.owned, mine.taken

    def _end(self, plan: Plan, terms: Terms, each: Known, told: dict[Key, Account]) -> None:
        if each.key in self.refused:
            why, what = tr("MO would refuse it: {problem}", problem=self.refused[each.key]), LEFT
        else:
            part = Plan(tr("External gone from {ad}", ad=terms.ad))
            why, what = end(part, self.world, terms, each), ENDS
            plan.add(part.operations)
        held = alive(self.world, each.engagement)
        account = self.world.accounts.one(each.key)
        told[each.key] = Account(
            each.key,
            account.sam if account else "",
            called_in_mo(self.world, each.person),
            unit_name(self.world, held[0].org_unit) if held else "",
            what,
            why,
        )

    def _account(self, terms: Terms, account: records.Account, what: str, why: str) -> Account:
        unit = terms.unit_of(account.dn)
        name = f"{account.given_name} {account.surname}".strip() or account.display_name or account.cn
        return Account(account.key, account.sam, name, unit_name(self.world, unit), what, why)
