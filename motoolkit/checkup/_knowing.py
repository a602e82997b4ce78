"""Who we are to MO, and what that lets us do."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE, MUTATION_ROLES, VERSIONS
from motoolkit.checkup._check import Check
from motoolkit.events import WISHES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from motoolkit.client import Client

_READING: Final = frozenset(
    {f"read_{c.role}" for c in CATALOGUE.values()} | {"read_registration", "read_org"}
)

FEATURES: Final[Mapping[str, frozenset[str]]] = {
    "write with plans": frozenset(MUTATION_ROLES.values()),
    **{f"events: {wish}": frozenset(roles) for wish, roles in WISHES.items()},
    "put reports into MO's file store": frozenset({"read_file", "list_files", "upload_files"}),
}
"""The roles that each part of the toolkit takes beside those for reading."""

_MINTED: Final = "Give the Keycloak client a mapper for the claim uuid, with a UUID of its own."
_REMEDIES: Final[Mapping[str, str]] = {
    "00000000-0000-0000-0000-000000000000": "Whoever reaches this MO may do anything: it is for tests only.",
    "00000000-0000-0000-0000-000000000001": "Use a Keycloak client: what a session writes has nobody's name.",
    "bad070c1-baad-1110-006e-6f7061727365": "The claim uuid is no UUID: correct its mapper in Keycloak.",
    "face1e55-baad-1110-006d-697373696e67": _MINTED,
    "ffffffff-ffff-ffff-ffff-ffffffffffff": _MINTED,
    "5ec0fa11-baad-1110-006d-696477617265": "Ask the hosting: requests get past MO's login.",
}
"""What to do about MO's special actors (newsletter 6.1)."""


def version(client: Client) -> Check:
    """Ask MO for its version (newsletter 6.2: that needs no login)."""
    found = client.mo_version()
    return Check("version", "ok", f"MO is {found}." if found else "MO does not tell its version.")


def login(client: Client) -> Check:
    """Log in."""
    way = type(client.profile.credentials).__name__ if client.profile.credentials else "the sandbox's own"
    return Check("login", "ok", f"MO lets us in ({way}), and we speak GraphQL v{client.version}.")


def token(client: Client) -> Check:
    """Look at what the token holds, and what it lacks."""
    held = client.claims
    if held is None:
        return Check("token", "ok", "No token is used.")
    told = "; ".join(_told(held))
    lacking = [claim for claim in ("uuid", "azp", "exp") if claim not in held]
    if lacking:
        return Check(
            "token",
            "warning",
            f"The token lacks {', '.join(lacking)} ({told}).",
            _MINTED if "uuid" in lacking else "Check the client's mappers in Keycloak.",
        )
    return Check("token", "ok", f"The token is of {told}.")


def _told(held: Mapping[str, Any]) -> Iterator[str]:
    yield f"the client {held.get('azp') or 'without a name'}"
    for claim, name in (("iss", "issued by"), ("aud", "for"), ("uuid", "as actor")):
        if found := held.get(claim):
            yield f"{name} {', '.join(map(str, found)) if isinstance(found, list) else found}"
    if isinstance(held.get("exp"), int | float):
        yield f"valid for {max(0, int((held['exp'] - time.time()) // 60))} more minutes"
    roles = (held.get("realm_access") or {}).get("roles") or ()
    yield f"{len(roles)} roles"


def graphql(client: Client) -> Check:
    """Ask which versions of GraphQL MO serves."""
    served = client.served_versions()
    pinned = client.profile.graphql_version
    told = f"MO serves v{served[-1]} to v{served[0]}{f'; the profile pins v{pinned}' if pinned else ''}."
    if served[0] < VERSIONS[0]:
        return Check("graphql", "ok", f"{told} The toolkit knows v{VERSIONS[0]} too.")
    return Check("graphql", "ok", told)


def identity(client: Client) -> Check:
    """Ask MO who it takes us for."""
    me = client.me()
    if me.meaning is None:
        return Check("identity", "ok", f"MO knows us as {me.name or me.uuid}.")
    # Reading works like this, so it is no failure.
    return Check(
        "identity", "warning", f"MO takes us for no one in particular: {me.meaning}.", _REMEDIES.get(me.uuid)
    )


def roles(client: Client) -> Check:
    """Hold our roles against what reading takes."""
    lacking = sorted(_READING - client.me().roles)
    if lacking:
        return Check(
            "roles",
            "failed",
            f"Roles for reading are missing: {', '.join(lacking)}.",
            "Give them to the client in Keycloak.",
        )
    return Check("roles", "ok", f"All {len(_READING)} roles for reading are there.")


def features(client: Client) -> Check:
    """Hold our roles against what each part of the toolkit takes."""
    held = client.me().roles
    lacking = {feature: sorted(needed - held) for feature, needed in FEATURES.items() if needed - held}
    if not lacking:
        return Check("features", "ok", f"The roles of all {len(FEATURES)} features are there.")
    told = "; ".join(f"{feature} ({_some(missing)})" for feature, missing in lacking.items())
    return Check(
        "features",
        "warning",
        f"Roles are missing to {told}.",
        "Give them to the client in Keycloak where the feature is wanted.",
    )


def _some(roles: list[str], most: int = 4) -> str:
    more = f" and {len(roles) - most} more" if len(roles) > most else ""
    return f"{', '.join(roles[:most])}{more}"
