"""Nordby Kommune: a municipality that does not exist, for the sandbox, the demo and the tests."""

from __future__ import annotations

from motoolkit.sandbox.municipality._chance import chance_of
from motoolkit.sandbox.municipality._classes import SUBSTITUTE_ROLES
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.municipality._line_units import unit_uuid
from motoolkit.sandbox.municipality._municipality import municipality
from motoolkit.sandbox.municipality._names import plain
from motoolkit.sandbox.municipality._odd_for_ad import odd_for_ad
from motoolkit.sandbox.municipality._odd_for_sd import SOMEBODY, edited_by_hand, odd_for_sd
from motoolkit.sandbox.municipality._planted import PLANTED, Planted

__all__ = [
    "PLANTED",
    "SOMEBODY",
    "SUBSTITUTE_ROLES",
    "Planted",
    "chance_of",
    "edited_by_hand",
    "municipality",
    "odd_for_ad",
    "odd_for_sd",
    "plain",
    "uid",
    "unit_uuid",
]
