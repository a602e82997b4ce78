"""The IPython extension: ``%load_ext motoolkit`` makes a MO workbench of a notebook or a terminal.

Nothing heavy is imported here: what a magic, a completion or a display needs comes when it is first used.
"""

from __future__ import annotations

from motoolkit.kernel._extension import load, session, unload

__all__ = ["load", "session", "unload"]
