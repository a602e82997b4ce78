"""Meeting a MO: whether it is a sandbox, and which GraphQL version to speak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from motoolkit.catalogue import VERSIONS
from motoolkit.client._calls import Steps, get_raw, post_graphql
from motoolkit.errors import InputError, TransportError
from motoolkit.profile import ClientCredentials, Secret

if TYPE_CHECKING:
    import httpx

    from motoolkit.profile import Credentials

_NOT_FOUND: Final = 404
_OK: Final = 200
_PROBE: Final = {"query": "{ __typename }"}


def sandbox_steps() -> Steps[Credentials | None]:
    """Ask a server known by its URL alone for a sandbox's credentials; None when it is no sandbox."""
    response = yield get_raw("/sandbox")
    told = _json(response)
    try:
        return ClientCredentials(
            auth_server=str(told["auth_server"]).rstrip("/"),
            realm=str(told["realm"]),
            client_id=str(told["client_id"]),
            client_secret=Secret(str(told["client_secret"])),
        )
    except (KeyError, TypeError):
        return None


def _json(response: httpx.Response) -> Any:
    try:
        return orjson.loads(response.content) if response.status_code == _OK else None
    except orjson.JSONDecodeError:
        return None


def negotiation_steps(pinned: int | None, place: str) -> Steps[int]:
    """Find the newest GraphQL version that MO serves and the toolkit knows, or make sure of a pinned one.

    Raises:
        InputError: MO does not serve the pinned version; the remedy names those that it does.
        TransportError: it serves none.
    """
    if pinned is not None:
        if (yield from _is_served(pinned, place)):
            return pinned
        served = yield from served_steps(place)
        _refuse(pinned, served, place)
    for version in VERSIONS:
        if (yield from _is_served(version, place)):
            return version
    raise _no_mo(place)


def _refuse(pinned: int, served: list[int], place: str) -> None:
    if not served:
        raise _no_mo(place)
    listed = ", ".join(f"v{version}" for version in served)
    raise InputError(
        f"{place} does not serve GraphQL v{pinned}.",
        remedy=f"It serves {listed}: change graphql_version, or leave it out for the newest.",
    )


def served_steps(place: str) -> Steps[list[int]]:
    """Ask for each version that the toolkit knows whether MO serves it."""
    answers = {}
    for version in VERSIONS:
        answers[version] = yield from _is_served(version, place)
    return [version for version, is_served in answers.items() if is_served]


def _is_served(version: int, place: str) -> Steps[bool]:
    try:
        yield post_graphql(version, lambda: dict(_PROBE), place, repeatable=True)
    except TransportError as error:
        if error.status == _NOT_FOUND:
            return False
        raise
    return True


def _no_mo(place: str) -> TransportError:
    return TransportError(
        f"{place} serves no GraphQL version that the toolkit knows (v{VERSIONS[-1]} to v{VERSIONS[0]}).",
        remedy="Check mo_url: it is MO's base address, before /graphql.",
        status=_NOT_FOUND,
    )
