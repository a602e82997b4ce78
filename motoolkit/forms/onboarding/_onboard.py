"""Onboarding without a form: the same checks, the same plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motoolkit.forms._choices import Choices
from motoolkit.forms._trouble import FormError
from motoolkit.forms.onboarding._check import check
from motoolkit.forms.onboarding._draft import Draft
from motoolkit.forms.onboarding._entered import enter
from motoolkit.forms.onboarding._lookup import Lookup
from motoolkit.forms.onboarding._plan import plan_of
from motoolkit.model import today_in_denmark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.plan import Result


def onboard(
    client: Client,
    person: Draft | Mapping[str, Any] | str,
    *,
    engagements: Sequence[Mapping[str, Any]] = (),
    itusers: Sequence[Mapping[str, Any]] = (),
    managers: Sequence[Mapping[str, Any]] = (),
    addresses: Sequence[Mapping[str, Any]] = (),
    reason: str = "",
    as_of: date | None = None,
    choices: Choices | None = None,
    dry_run: bool = False,
) -> Result:
    """Enter one person into MO with all that belongs to the person, or give somebody additions.

    All of it is one plan: MO keeps everything or nothing.  The same call again makes nothing twice.

    Args:
        client: the MO.
        person: the fields of a new person, the UUID of one who is in MO, or a whole ``Draft``.
        engagements: the fields of each, by their names in ``STEPS``: classes, units and systems as UUID,
            user_key or name; ``start`` its first day, ``end`` the first day after it.
        itusers: accounts; ``engagements`` names engagements by UUID or as ``"#1"``, ``roles`` the roles.
        managers: roles as manager.
        addresses: addresses; ``engagement`` and ``ituser`` name what they belong to.
        reason: why, for the journal of plans.
        as_of: today, None for today in Denmark.
        choices: what can be chosen, when many persons are entered; None reads it.
        dry_run: let MO try all of it, and keep nothing.

    Raises:
        FormError: something is wrong with what was entered; nothing was sent.
        MoError: MO did not answer, or not as it should.
    """
    draft = (
        person
        if isinstance(person, Draft)
        else Draft.of(
            person,
            engagements=engagements,
            itusers=itusers,
            managers=managers,
            addresses=addresses,
            reason=reason,
        )
    )
    day = as_of or today_in_denmark()
    known = choices or Choices.of(client)
    return submit(draft, known, Lookup(client), day, dry_run=dry_run)


def submit(draft: Draft, choices: Choices, lookup: Lookup, as_of: date, *, dry_run: bool = False) -> Result:
    """Check a draft and apply its plan.

    Raises:
        FormError: something is wrong with it; nothing was sent.
        MoError: MO did not answer, or not as it should.
    """
    lookup.forget()
    wrong = [each for each in check(draft, choices, lookup, as_of) if each.severity == "error"]
    if wrong:
        raise FormError(wrong)
    return plan_of(enter(draft, choices, as_of)).apply(dry_run=dry_run)
