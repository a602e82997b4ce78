"""How the toolkit's objects look."""

from __future__ import annotations

from typing import Any


def install(shell: Any) -> None:
    """Nothing yet."""


def uninstall(shell: Any) -> None:
    """Nothing yet."""
