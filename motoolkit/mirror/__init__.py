"""A copy of MO in DuckDB: read it flat once, refresh what changed, then ask as often as you like."""

from __future__ import annotations

from motoolkit.mirror._info import MirrorInfo
from motoolkit.mirror._mirror import Mirror
from motoolkit.mirror._opening import mirror_now
from motoolkit.mirror._shelf import Shelf

__all__ = ["Mirror", "MirrorInfo", "Shelf", "mirror_now"]
