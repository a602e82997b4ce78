"""Which e-mail address belongs to a person's engagement."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from motoolkit.reports.facts import Class, Email, Facts

#: Visibility classes that were made without a scope still say in words that they are secret.
_SECRET_WORDS: Final = frozenset({"secret", "hemmelig"})
SECRET: Final = "SECRET"  # noqa: S105  # a visibility


class Emails:
    """The e-mail addresses that may be shown, by what they are bound to.

    The order of choice: an address bound to the engagement itself; one of an account of the engagement,
    the primary account first; one of the person's in the order of ``types``; any other of the person's that
    belongs to no other engagement. Among equals the newest wins, then the UUID.
    """

    def __init__(
        self,
        facts: Facts,
        *,
        types: Sequence[str] = (),
        visibility: Iterable[str | None],
        per_engagement: bool = True,
    ) -> None:
        self._facts = facts
        self._ranks = {uuid: rank for rank, uuid in enumerate(types)}
        self._visible = frozenset(visibility)
        self._per_engagement = per_engagement
        shown = sorted((e for e in facts.emails if self.scope(e) in self._visible), key=self._preference)
        self._of_person = _grouped(shown, "person")
        self._of_engagement = _grouped(shown, "engagement")
        self._of_ituser = _grouped(shown, "ituser")
        self._accounts = self._accounts_of_engagements()

    def choose(self, person: str | None, engagement: str | None) -> Email | None:
        """Return the address of ``person`` in ``engagement``, or in none; None without one."""
        tiers = (
            (self._bound, self._through_account, self._personal)
            if self._per_engagement
            else (self._personal,)
        )
        return next((email for tier in tiers for email in tier(person, engagement)), None)

    def scope(self, email: Email) -> str | None:
        """Return the scope of the address's visibility; an unknown class counts as secret."""
        if email.visibility is None:
            return None
        found = self._facts.classes.get(email.visibility)
        return SECRET if found is None else _scope(found)

    def _bound(self, _person: str | None, engagement: str | None) -> Sequence[Email]:
        return self._of_engagement.get(engagement or "", ())

    def _through_account(self, _person: str | None, engagement: str | None) -> Iterable[Email]:
        accounts = self._accounts.get(engagement or "", ())
        return (email for account in accounts for email in self._of_ituser.get(account, ()))

    def _personal(self, person: str | None, engagement: str | None) -> Iterable[Email]:
        mine = self._of_person.get(person or "", ())
        return (e for e in mine if not self._per_engagement or not self._belongs_elsewhere(e, engagement))

    def _belongs_elsewhere(self, email: Email, engagement: str | None) -> bool:
        account = self._facts.accounts.get(email.ituser or "")
        bound = {*(account.engagements if account else ()), email.engagement} & self._facts.engagements.keys()
        return bool(bound) and engagement not in bound

    def _accounts_of_engagements(self) -> dict[str, list[str]]:
        accounts: dict[str, list[str]] = defaultdict(list)
        for account in sorted(
            self._facts.accounts.values(), key=lambda a: (not self._facts.is_primary(a.primary), a.uuid)
        ):
            for engagement in account.engagements:
                accounts[engagement].append(account.uuid)
        return accounts

    def _preference(self, email: Email) -> tuple[int, int, str]:
        rank = self._ranks.get(email.address_type, len(self._ranks))
        return (rank, -(email.since or date.min).toordinal(), email.uuid)


def _scope(visibility: Class) -> str | None:
    if visibility.scope:
        return visibility.scope.upper()
    words = {visibility.user_key.casefold(), visibility.name.casefold()}
    return SECRET if words & _SECRET_WORDS else None


def _grouped(emails: Iterable[Email], by: str) -> dict[str, list[Email]]:
    groups: dict[str, list[Email]] = defaultdict(list)
    for email in emails:
        if (key := getattr(email, by)) is not None:
            groups[key].append(email)
    return groups
