"""How MO reads: windows of time, filters, the tree, inherited managers, pages."""

from __future__ import annotations
