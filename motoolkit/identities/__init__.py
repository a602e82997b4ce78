"""One person, many identities: who has which accounts and addresses, for which engagement, and what is wrong."""

from __future__ import annotations

from motoolkit.identities.graph import Identity, Link, Node, Sort

__all__ = ["Identity", "Link", "Node", "Sort"]
