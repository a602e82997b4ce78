"""The checks, one function each: of one person at a time, and of everybody's accounts at once."""

from __future__ import annotations

from typing import Final

from motoolkit.identities.checks import accounts, addresses, engagements, primaries, roles
from motoolkit.identities.checks._hit import EMAIL, Check, Circumstances, Hit
from motoolkit.identities.checks.sharing import shared
from motoolkit.identities.checks.systems import UnlinkedSystems

__all__ = ["CHECKS", "EMAIL", "Check", "Circumstances", "Hit", "UnlinkedSystems", "shared"]

CHECKS: Final[tuple[Check, ...]] = (
    accounts.unlinked,
    accounts.outliving,
    accounts.others_engagement,
    accounts.across,
    engagements.uncovered,
    engagements.no_account,
    addresses.mail_without_account,
    addresses.others_account,
    addresses.outliving,
    addresses.differing,
    addresses.mitid,
    primaries.several_engagements,
    primaries.no_engagement,
    primaries.accounts,
    roles.other_system,
    roles.after_move,
    roles.account_after_move,
)
"""Those of one person."""
