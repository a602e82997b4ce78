"""Opening the form: the same one again when a cell is run again."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from motoolkit.forms.onboarding import Draft
from motoolkit_widgets.onboarding._form import OnboardingForm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.mirror import Mirror

_OPEN: Final[dict[tuple[str, str], OnboardingForm]] = {}
"""The forms of this kernel, by MO and by what they began with."""


def onboarding_form(
    client: Client,
    person: Mapping[str, Any] | str | None = None,
    *,
    engagements: Sequence[Mapping[str, Any]] = (),
    itusers: Sequence[Mapping[str, Any]] = (),
    managers: Sequence[Mapping[str, Any]] = (),
    addresses: Sequence[Mapping[str, Any]] = (),
    mirror: Mirror | None = None,
    as_of: date | None = None,
) -> OnboardingForm:
    """Open the form of onboarding; with the same arguments it is the same form, with its draft.

    Args:
        client: the MO.
        person: the fields of a new person to begin with, or the UUID of one who is in MO.
        engagements: rows to begin with; their fields as in ``motoolkit.forms.onboarding.STEPS``.
        itusers: accounts.
        managers: roles as manager.
        addresses: addresses.
        mirror: a mirror with all persons, which makes searches among them faster.
        as_of: today, None for today in Denmark.

    Raises:
        InputError: a row has a field that there is not.
        MoError: MO did not answer, or not as it should.
    """
    begun = repr((person, engagements, itusers, managers, addresses, as_of))
    if (client.url, begun) not in _OPEN:
        draft = Draft.of(
            person or {},
            engagements=engagements,
            itusers=itusers,
            managers=managers,
            addresses=addresses,
            fresh=True,
        )
        name = f"onboarding/{sha256(f'{client.url} {begun}'.encode()).hexdigest()[:16]}"
        _OPEN[client.url, begun] = OnboardingForm(client, draft, mirror=mirror, as_of=as_of, name=name)
    return _OPEN[client.url, begun]
