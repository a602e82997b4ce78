"""How MO says no: an error with a key where it has one, and a bare exception's text where it has none."""

from __future__ import annotations

from typing import Any

_STATUS = 400
_DATABASE = 500


class RefusedError(Exception):
    """One of MO's own errors; GraphQL shows ``extensions.error_context``."""

    def __init__(
        self, error_key: str, description: str = "", *, status: int = _STATUS, **context: Any
    ) -> None:
        super().__init__(f"ErrorCodes.{error_key}")
        self.extensions = {
            "error_context": {
                "error": True,
                "description": description,
                "status": status,
                "error_key": error_key,
                **context,
            }
        }


class BrokenError(Exception):
    """An exception that MO lets through as it is, without a key."""


def database_error(description: str) -> RefusedError:
    """Return what MO makes of an SQL error."""
    return RefusedError("E_UNKNOWN", description, status=_DATABASE)
