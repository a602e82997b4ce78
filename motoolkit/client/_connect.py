"""From a name, a URL or nothing at all to a client that has met its MO."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from motoolkit.client._async_client import AsyncClient
from motoolkit.client._client import Client
from motoolkit.client._embedded import embedded_sandbox
from motoolkit.profile import is_chosen, load_profile, override

if TYPE_CHECKING:
    from motoolkit.profile import Profile


def connect(profile_or_url: Profile | str | None = None, **overrides: Any) -> Client:
    """Return a client that has logged in to a MO and agreed on a GraphQL version with it.

    Args:
        profile_or_url: a profile's name, a URL, or a ``Profile``; None for ``MOTOOLKIT_PROFILE``, else
            ``MOTOOLKIT_MO_URL``, else an embedded sandbox, started if need be and announced in one line.
        overrides: any setting of a profile (``graphql_version=28``, ``page_size=100``,
            ``client_secret="env:NAME"``); they win over the environment, and that over the file.

    Raises:
        ProfileError, SecretError: the profile can not be used.
        InputError: MO does not serve the pinned GraphQL version.
        AuthenticationError: MO or Keycloak does not accept who we are.
        TransportError: MO gives no usable answer.
    """
    client = Client(profile_for(profile_or_url, overrides))
    try:
        _ = client.version
    except BaseException:
        client.close()
        raise
    return client


async def aconnect(profile_or_url: Profile | str | None = None, **overrides: Any) -> AsyncClient:
    """Return an ``AsyncClient`` that has met its MO; as ``connect``."""
    profile = await asyncio.to_thread(profile_for, profile_or_url, overrides)
    return await AsyncClient(profile).__aenter__()


def profile_for(profile_or_url: Profile | str | None, overrides: dict[str, Any]) -> Profile:
    """Return the profile that ``connect`` would use; without any the embedded sandbox is started.

    Raises:
        ProfileError, SecretError: it can not be used.
    """
    if not isinstance(profile_or_url, str | None):
        return override(profile_or_url, overrides)
    if not is_chosen(profile_or_url, overrides):
        # What the environment holds to log in with is meant for some real MO.
        return replace(load_profile(embedded_sandbox(), **overrides), credentials=None)
    return load_profile(profile_or_url, **overrides)
