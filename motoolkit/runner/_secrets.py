"""Secrets as parameters: passed by name, fetched inside the kernel, and kept out of what is kept."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

HIDDEN: Final = "(secret)"

_REFERENCE: Final = re.compile(r"(?:env|file|keyring):\S+")
_IN_ENVIRONMENT: Final = ("CLIENT_SECRET", "PASSWORD", "TOKEN", "SESSION", "MIRROR_KEY")
# Shorter ones are words of made-up MOs: hiding "sandbox" wherever it is written would only puzzle.
_SHORTEST: Final = 8


def is_reference(value: Any) -> bool:
    """Tell whether a parameter's value says where a secret is: ``env:``, ``file:`` or ``keyring:``."""
    return isinstance(value, str) and _REFERENCE.fullmatch(value) is not None


def secrets_to_hide(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the secrets that a run may come to print, each with what stands there instead.

    They are those that parameters refer to, and what the environment holds for the client.

    Raises:
        SecretError: a secret is not where a parameter says that it is.
    """
    from motoolkit.profile import secret_at

    found = [secret_at(value).reveal() for value in values.values() if is_reference(value)]
    found += [os.environ.get(f"MOTOOLKIT_{name}", "") for name in _IN_ENVIRONMENT]
    return dict.fromkeys((secret for secret in found if len(secret) >= _SHORTEST), HIDDEN)
