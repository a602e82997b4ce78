"""Nordby Kommune: a municipality that does not exist, for the sandbox, the demo and the tests."""

from __future__ import annotations

from motoolkit.sandbox.municipality._classes import SUBSTITUTE_ROLES
from motoolkit.sandbox.municipality._municipality import municipality
from motoolkit.sandbox.municipality._planted import PLANTED, Planted

__all__ = ["PLANTED", "SUBSTITUTE_ROLES", "Planted", "municipality"]
