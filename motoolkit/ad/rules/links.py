"""What links an account with a person, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.ad.matching import STRONG, evidence
from motoolkit.ad.rules._rule import CRITICAL, Found, rule
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.world import World


@rule(
    "ACC-CPR-GUID-CONFLICT",
    "account",
    CRITICAL,
    title=N_("Account linked to two persons"),
    explanation=N_(
        "The CPR number in AD is one person's, and the IT user in MO with the account's GUID is another's."
    ),
    remedy=N_("Decide whose account it is, then correct the CPR number in AD or end the IT user in MO."),
)
def cpr_guid_conflict(world: World, key: tuple[str, str]) -> Iterator[Found]:
    """The integration takes the CPR number and never tells (domain facts, section 3.2)."""
    strong = {e.how: e.person for e in reversed(world.ask(evidence, key)) if e.now and e.how in STRONG}
    linked = strong.get("external_id") or strong.get("user_key_guid")
    if linked and strong.get("cpr") not in {None, linked}:
        names = [_name(world, uuid) for uuid in (strong["cpr"], linked)]
        yield Found(source=names[0], mo=names[1], detail=tr("CPR number and GUID disagree."))


def _name(world: World, person: str) -> str:
    return next((row.name for row in world.persons.of(person)), person)
