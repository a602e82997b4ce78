"""Identities for checks: a municipality in which nothing is wrong with them, and cases in which much is."""

from __future__ import annotations

from motoolkit.sandbox.identities.expected import IDENTITIES_PLANTED, Expected, IdentityCase
from motoolkit.sandbox.identities.planted import odd_identities
from motoolkit.sandbox.identities.tidy import sound_identities

__all__ = ["IDENTITIES_PLANTED", "Expected", "IdentityCase", "odd_identities", "sound_identities"]
