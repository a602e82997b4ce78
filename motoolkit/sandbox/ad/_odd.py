"""The cases for which MO must be odd too: what the directories really hold then."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from motoolkit.sandbox.ad import places as at
from motoolkit.sandbox.ad._builder import NORMAL, PRIMARY
from motoolkit.sandbox.ad._case import own
from motoolkit.sandbox.ad._codec import filetime
from motoolkit.sandbox.ad._furniture import account_of
from motoolkit.sandbox.ad._plan import ACTIVE, Held
from motoolkit.sandbox.ad._thing import NEVER
from motoolkit.sandbox.municipality import uid, unit_uuid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.sandbox.ad._builder import Builder


def real_guids() -> Mapping[str, str | None]:
    """Return the GUID by IT user where MO has it wrongly; None for an account in another directory."""
    return {
        uid("itusers", "ad-swapped/1"): own("ad-swapped"),
        uid("itusers", "ad-elsewhere/1"): None,
    }


def make_odd(admin: Builder) -> None:
    """Make the cases."""
    draft, facts = admin.draft, admin.facts
    upn = f"samm72@{at.ADMIN.suffix}"
    draft[own("ad-same-b")].put(sAMAccountName="samm72", userPrincipalName=upn)
    roles = draft[at.ADMIN.key("group/AD_ad-fjern")]
    roles.link("member", *roles.links.get("member", ()), own("ad-role"))
    work = facts.engagements[uid("engagements", "ad-later/1")]
    account = next(each for each in facts.accounts[work.person] if each.system == at.ADMIN.itsystem)
    admin.write(Held(own("ad-later"), work.person, account, work, work.unit, ACTIVE, work.start, None))
    draft[own("ad-later")].put(employeeType=PRIMARY)
    temporary = facts.engagements[uid("engagements", "ad-temp/1")]
    if temporary.end:
        late = admin.end(temporary.end + timedelta(days=1))
        draft[own("ad-temp")].put(accountExpires=filetime(late))
    draft[own("ad-consultant")].put(accountExpires=NEVER)
    former = draft[own("ad-former")]
    former.parent = admin.key(at.OUTSIDE, at.CONSULTANTS)
    former.put(userAccountControl=NORMAL, accountExpires=NEVER)
    former.link("manager", *account_of(admin, "it"))
    _move_units(admin)


def _move_units(admin: Builder) -> None:
    draft = admin.draft
    draft[admin.unit_ou(unit_uuid("Projekthuset Delta"))].name = "Projekthus D"
    for unit, parent in (
        ("Valgsekretariatet", "Jura og Udbud"),
        ("Byarkivet", "Økonomi, HR og Digitalisering"),
    ):
        draft[admin.unit_ou(unit_uuid(unit))].parent = admin.unit_ou(unit_uuid(parent))
    first = draft[admin.unit_ou(unit_uuid("Sommerskolen"))]
    again = admin.unit_ou(unit_uuid("Sommerskolen igen"))
    admin.ou(again, "Sommerskolen igen", first.parent)
