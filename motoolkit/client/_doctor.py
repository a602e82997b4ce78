"""What works between here and a MO, and what to do about the rest."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.client._calls import get_json, get_raw
from motoolkit.client._client import Client
from motoolkit.client._opening import served_steps
from motoolkit.errors import MoError, TransportError
from motoolkit.profile import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from motoolkit.profile import Profile

_CLOCK_LEEWAY: Final = 5.0
"""Seconds by which MO lets a token's clock differ from its own."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is well, a sentence about it, and what to do if it is not."""

    name: str
    ok: bool
    sentence: str
    remedy: str | None = None

    def __str__(self) -> str:
        line = f"{'ok  ' if self.ok else 'FAIL'}  {self.name}: {self.sentence}"
        return f"{line} {self.remedy}" if self.remedy and not self.ok else line


def doctor(profile: Profile | str | None = None) -> list[Check]:
    """Look at everything between here and a MO, from what needs no login to what does.

    Args:
        profile: a profile, its name, or a URL; None for what the environment says.

    The list ends early where nothing further can be seen; an unusable profile is a failed check too.
    """
    try:
        found = load_profile(profile) if isinstance(profile, str | None) else profile
    except MoError as error:
        return [_failed("profile", error)]
    with Client(found) as client:
        return list(_examine(client))


def _examine(client: Client) -> Iterator[Check]:
    reachable = _tried("reachable", lambda: _reachable(client))
    yield reachable
    if not reachable.ok:
        return
    yield _tried("health", lambda: _health(client))
    yield _tried("clock", lambda: _clock(client))
    yield _tried("version", lambda: _version(client))
    login = _tried("login", lambda: _login(client))
    yield login
    if not login.ok:
        return
    yield _tried("graphql", lambda: _graphql(client))
    yield _tried("identity", lambda: _identity(client))
    yield _tried("roles", lambda: _roles(client))


def _tried(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except MoError as error:
        return _failed(name, error)


def _failed(name: str, error: MoError) -> Check:
    return Check(name, ok=False, sentence=error.message, remedy=error.remedy)


def _reachable(client: Client) -> Check:
    began = time.monotonic()
    response = client.transport.send(get_raw("/health/live"))
    if not response.is_success:
        raise TransportError(
            f"Something answers at {client.url}, but it is no MO (HTTP {response.status_code}).",
            remedy="Check mo_url: it is MO's base address, before /graphql.",
        )
    return Check("reachable", ok=True, sentence=f"{client.url} answers in {time.monotonic() - began:.2f} s.")


def _health(client: Client) -> Check:
    told = client.transport.send(get_json("/health/", f"MO at {client.url}"))
    parts = {str(name): bool(state) for name, state in told.items() if state is not None}
    ill = [name for name, well in parts.items() if not well]
    if "dataset" in ill:
        return Check("health", ok=False, sentence="MO's database is ill.", remedy="Call the hosting.")
    # MO says so of each integration that is not set up: measured without DAR and AMQP.
    told_of = f" (off or ill: {', '.join(ill)})" if ill else ""
    return Check("health", ok=True, sentence=f"MO's database is well{told_of}.")


def _clock(client: Client) -> Check:
    before = time.time()
    response = client.transport.send(get_raw("/health/live"))
    if "Date" not in response.headers:
        return Check("clock", ok=True, sentence="MO does not tell the time.")
    # The header cuts fractions off, so that the middle of its second is the best guess.
    ahead = parsedate_to_datetime(response.headers["Date"]).timestamp() + 0.5 - (before + time.time()) / 2
    if abs(ahead) > _CLOCK_LEEWAY:
        side = "ahead of" if ahead > 0 else "behind"
        return Check(
            "clock",
            ok=False,
            sentence=f"MO's clock is {abs(ahead):.0f} s {side} this machine's.",
            remedy="Set the clocks by a time server: tokens are refused when clocks differ.",
        )
    return Check("clock", ok=True, sentence="MO's clock and this machine's agree.")


def _version(client: Client) -> Check:
    found = client.mo_version()
    return Check("version", ok=True, sentence=f"MO is {found}." if found else "MO does not tell its version.")


def _login(client: Client) -> Check:
    way = type(client.profile.credentials).__name__ if client.profile.credentials else "the sandbox's own"
    return Check("login", ok=True, sentence=f"MO lets us in ({way}), and we speak GraphQL v{client.version}.")


def _graphql(client: Client) -> Check:
    served = client._run(served_steps(f"MO at {client.url}"))  # noqa: SLF001 - one package
    pinned = client.profile.graphql_version
    behind = f"; the profile pins v{pinned}" if pinned else ""
    return Check("graphql", ok=True, sentence=f"MO serves v{served[-1]} to v{served[0]}{behind}.")


def _identity(client: Client) -> Check:
    me = client.me()
    if me.meaning:
        # Reading works like this, so it is no failure.
        return Check("identity", ok=True, sentence=f"MO takes us for no one in particular: {me.meaning}.")
    return Check("identity", ok=True, sentence=f"MO knows us as {me.name or me.uuid}.")


def _roles(client: Client) -> Check:
    me = client.me()
    needed = {f"read_{c.role}" for c in CATALOGUE.values()} | {"read_registration", "read_org"}
    lacking = sorted(needed - me.roles)
    if lacking:
        return Check(
            "roles",
            ok=False,
            sentence=f"Roles for reading are missing: {', '.join(lacking)}.",
            remedy="Give them to the client in Keycloak.",
        )
    return Check("roles", ok=True, sentence=f"All {len(needed)} roles for reading are there.")
