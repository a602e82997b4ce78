"""Nested documents read flat: what to read, how to join it, and the same frame from the mirror."""

from __future__ import annotations

from motoolkit.probes.flat._needs import Join
from motoolkit.probes.flat._reads import Read
from motoolkit.probes.flat._rewriting import Rewriting, rewrite
from motoolkit.probes.flat._steps import Step

__all__ = ["Join", "Read", "Rewriting", "Step", "rewrite"]
