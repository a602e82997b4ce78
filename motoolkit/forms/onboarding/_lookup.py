"""What MO is asked about a person who is being entered: is the person there, and who ever had a username."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import EVER
from motoolkit.errors import QueryError
from motoolkit.plan import read

if TYPE_CHECKING:
    from motoolkit.client import Client
    from motoolkit.plan import Key, Span

State = dict["Key", tuple["Span", ...]]
BELONGINGS: Final = ("engagements", "itusers", "managers", "addresses")
"""What an onboarding adds to a person."""


class Lookup:
    """Questions to one MO, each asked once; ``forget`` lets them be asked again."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._known: dict[tuple[str, str], State] = {}

    def forget(self) -> None:
        """Ask again from now on: before anything is sent, say."""
        self._known.clear()

    def person(self, uuid: str) -> State:
        """Return a person; nothing where there is none."""
        return self._asked("persons", uuid, {"uuids": [uuid]})

    def with_cpr(self, digits: str) -> State:
        """Return the persons who have a CPR number, ever."""
        try:
            return self._asked("persons", digits, {"cpr_numbers": [digits]})
        except QueryError:
            # To MO it is no number at all (CPR_VALIDATE_BIRTHDATE); what is wrong with it is said elsewhere.
            return {}

    def belongings(self, person: str) -> State:
        """Return the engagements, accounts, manager roles and addresses of a person, every slice of them."""
        chosen = {"employee": {"uuids": [person], **EVER}}
        return {
            key: spans
            for collection in BELONGINGS
            for key, spans in self._asked(collection, person, chosen).items()
        }

    def holders(self, username: str) -> State:
        """Return all accounts that ever had a username, upper and lower case alike.

        MO's filter by user_key tells upper from lower case and its search for persons does not, so both are
        asked: the search knows no accounts of units.
        """
        spelled = sorted({username, username.lower(), username.upper(), username.capitalize()})
        found = dict(self._asked("itusers", username, {"user_keys": spelled}))
        persons = self._asked("persons", f"?{username}", {"query": username}, {"persons": ["user_key"]})
        if persons:
            uuids = sorted(uuid for _, uuid in persons)
            found |= self._asked("itusers", f"?{username}", {"employee": {"uuids": uuids, **EVER}})
        wanted = username.casefold()
        return {
            key: spans
            for key, spans in found.items()
            if any((span.values["user_key"] or "").casefold() == wanted for span in spans)
        }

    def _asked(
        self, collection: str, about: str, chosen: dict[str, Any], fields: dict[str, list[str]] | None = None
    ) -> State:
        if (collection, about) not in self._known:
            self._known[collection, about] = read(self.client, collection, chosen, fields)
        return self._known[collection, about]
