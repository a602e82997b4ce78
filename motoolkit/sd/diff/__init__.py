"""The timeline diff: SD's side and MO's side laid on each other."""

from __future__ import annotations

from motoolkit.sd.diff._compare import compare

__all__ = ["compare"]
