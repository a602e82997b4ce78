"""What stands in the way of listening, in plain words: who we are to MO, and which roles we lack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.errors import AuthorisationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from motoolkit.client import Client, Identity

WISHES: Final[Mapping[str, tuple[str, ...]]] = {
    "listen": ("create_event_listener", "fetch_event", "acknowledge_event"),
    "delete what is temporary": ("delete_event_listener",),
    "see what waits": ("read_event", "read_event_listener", "read_event_namespace"),
    "ask again for what a lost answer held": ("read_event", "rerun_event"),
    "send events": ("create_event_namespace", "send_event"),
    "begin with all objects": tuple(f"refresh_{c.role}" for c in CATALOGUE.values() if c.routing_key),
}
"""The roles that each wish takes (MO's list of roles)."""


def explain(client: Client) -> list[str]:
    """Return a sentence about who MO takes us for, and one about each thing that we may not do.

    Listeners belong to the actor that declares them, who alone gets their events (newsletter 3.1: ``me``).
    """
    me = client.me()
    return [_identity(me), *_lacking(me)]


def _identity(me: Identity) -> str:
    if me.meaning:
        return (
            f"MO takes us for {me.uuid}: {me.meaning}. Listeners belong to it, so everybody like that shares "
            "them and takes each other's events. Give the Keycloak client a uuid of its own."
        )
    return f"MO knows us as {me.name or me.uuid}; our listeners belong to {me.uuid}."


def _lacking(me: Identity) -> Iterator[str]:
    return (" ".join(told) for wish in WISHES if (told := _told(me, wish)))


def _told(me: Identity, wish: str) -> tuple[str, str] | None:
    """Return what we lack for a wish, and the way out; None where we may."""
    lacking = [role for role in WISHES[wish] if not me.can(role)]
    if not lacking:
        return None
    those = f"role {lacking[0]} is" if len(lacking) == 1 else f"roles {', '.join(lacking)} are"
    return f"We can not {wish}: the {those} missing.", "Give the client what is missing in Keycloak."


def require(me: Identity, *wishes: str) -> None:
    """Make sure that we may do all of ``wishes``.

    Raises:
        AuthorisationError: a role is missing; the message names all that one of them lacks.
    """
    for wish in wishes:
        if told := _told(me, wish):
            raise AuthorisationError(told[0], remedy=told[1])
