"""The examination: what is looked at, in which order, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motoolkit.checkup import _fitting, _knowing, _living, _reaching
from motoolkit.checkup._check import Check, Report
from motoolkit.client import Client
from motoolkit.errors import InputError, MoError
from motoolkit.profile import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from motoolkit.profile import Profile


@dataclass(frozen=True, slots=True)
class _Step:
    """One look; without a ``vital`` one those after it have nothing to see."""

    look: Callable[[Client], Check]
    login: bool = True
    vital: bool = False

    @property
    def name(self) -> str:
        return self.look.__name__


_STEPS: Final = (
    _Step(_reaching.name, login=False),
    _Step(_reaching.proxy, login=False),
    _Step(_reaching.certificate, login=False),
    _Step(_reaching.reachable, login=False, vital=True),
    _Step(_reaching.health, login=False),
    _Step(_reaching.clock, login=False),
    _Step(_knowing.version, login=False),
    _Step(_knowing.login, vital=True),
    _Step(_knowing.token),
    _Step(_knowing.graphql),
    _Step(_knowing.identity),
    _Step(_knowing.roles),
    _Step(_knowing.features),
    _Step(_fitting.schema),
    _Step(_fitting.facets),
    _Step(_fitting.classes),
    _Step(_living.events),
    _Step(_living.speed),
)

NAMES: Final = tuple(step.name for step in _STEPS)
"""What is looked at, in order."""


def doctor(
    profile: Profile | str | None = None, *, quick: bool = False, only: Collection[str] | None = None
) -> Report:
    """Look at everything between here and a MO, from what needs no login to what does.

    Args:
        profile: a profile, its name, or a URL; None for what the environment says.
        quick: only what needs no login.
        only: only the checks of these names, and those without which nothing can be seen.

    The report ends early where nothing further can be seen; an unusable profile is a failed check too.

    Raises:
        InputError: there is no check of a name in ``only``.
    """
    for wanted in only or ():
        if wanted not in NAMES:
            raise InputError.unknown("check", wanted, list(NAMES))
    try:
        found = load_profile(profile) if isinstance(profile, str | None) else profile
    except MoError as error:
        return Report([_failed("profile", error)])
    steps = [
        step
        for step in _STEPS
        if (step.vital or only is None or step.name in only) and not (quick and step.login)
    ]
    with Client(found) as client:
        return Report(_examine(client, steps))


def _examine(client: Client, steps: list[_Step]) -> Iterator[Check]:
    for step in steps:
        try:
            check = step.look(client)
        except MoError as error:
            check = _failed(step.name, error)
        yield check
        if step.vital and not check.ok:
            return


def _failed(name: str, error: MoError) -> Check:
    return Check(name, "failed", error.message, error.remedy)
