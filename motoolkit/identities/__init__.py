"""One person, many identities: accounts and addresses, for which engagement, and what is wrong with them."""

from __future__ import annotations

from motoolkit.identities._attached import Attached, attached
from motoolkit.identities._owned import COLLECTIONS
from motoolkit.identities._reading import identities, identity
from motoolkit.identities._whom import persons_of, unit_of
from motoolkit.identities.auditing import IdentityAudit, check
from motoolkit.identities.graph import Identity, Link, Node, Sort

__all__ = [
    "COLLECTIONS",
    "Attached",
    "Identity",
    "IdentityAudit",
    "Link",
    "Node",
    "Sort",
    "attached",
    "check",
    "identities",
    "identity",
    "persons_of",
    "unit_of",
]
