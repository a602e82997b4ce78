"""One person, many identities: accounts and addresses, for which engagement, and what is wrong with them."""

from __future__ import annotations

from motoolkit.identities.graph import Identity, Link, Node, Sort

__all__ = ["Identity", "Link", "Node", "Sort"]
