"""The command line: ``motoolkit --help``."""

from __future__ import annotations

from motoolkit.cli._app import app, main

__all__ = ["app", "main"]
