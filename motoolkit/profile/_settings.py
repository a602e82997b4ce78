"""The settings of a profile as data: their names, and how each is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import httpx

from motoolkit.errors import ProfileError
from motoolkit.profile.sd import (
    read_codes,
    read_dates,
    read_flag,
    read_hours,
    read_hours_kept,
    read_method,
)
from motoolkit.profile.secret import Secret, is_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def read_url(value: Any) -> str:
    """Return a base URL without its trailing slash; it must be http(s) and hold no password."""
    try:
        url = httpx.URL(str(value).strip())
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in {"http", "https"} or not url.host:
        raise ProfileError(
            "The setting is no web address.", remedy="Write it in full: https://mo.holstebro.dk."
        )
    if url.userinfo:
        raise ProfileError(
            f"The address of {url.host} holds a user name or a password.",
            remedy="Leave them out; how to log in has settings of its own.",
        )
    return str(url.copy_with(query=None, fragment=None)).rstrip("/")


def read_text(value: Any) -> str:
    """Return a text that is not empty."""
    text = str(value).strip()
    if not text:
        raise ProfileError("The setting is empty.", remedy="Give it a value or leave it out.")
    return text


def read_secret(value: Any) -> Secret:
    """Return a secret as given, or the one that a reference names."""
    from motoolkit.profile.secret import secret_at

    if isinstance(value, Secret):
        return value
    text = read_text(value)
    return secret_at(text) if is_reference(text) else Secret(text)


def read_version(value: Any) -> int:
    """Return a GraphQL version: ``30``, ``"30"`` or ``"v30"``."""
    return _whole(str(value).strip().lower().removeprefix("v"), least=1)


def read_count(value: Any) -> int:
    """Return a whole number of one or more."""
    return _whole(value, least=1)


def read_seconds(value: Any) -> float:
    """Return a number of seconds above zero."""
    try:
        seconds = float(value)
    except (TypeError, ValueError):
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise ProfileError("The setting is no number of seconds.", remedy="Write it like 60 or 2.5.")
    return seconds


def _whole(value: Any, *, least: int) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = least - 1
    if number < least:
        raise ProfileError("The setting is no whole number above zero.", remedy="Write it like 30.")
    return number


READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "mo_url": read_url,
    "auth_server": read_url,
    "realm": read_text,
    "client_id": read_text,
    "client_secret": read_secret,
    "username": read_text,
    "password": read_secret,
    "token": read_secret,
    "session": read_secret,
    "graphql_version": read_version,
    "concurrency": read_count,
    "page_size": read_count,
    "timeout": read_seconds,
    "sd_url": read_url,
    "sd_username": read_text,
    "sd_password": read_secret,
    "sd_institutions": read_codes,
    "sd_hours": read_hours,
    "sd_dates": read_dates,
    "sd_method": read_method,
    "sd_concurrency": read_count,
    "sd_bulk": read_flag,
    "sd_cache_hours": read_hours_kept,
}
"""Every setting; in the environment it is called ``MOTOOLKIT_`` and its name in capitals."""

SECRETS: Final = frozenset({"client_secret", "password", "token", "session", "sd_password"})
