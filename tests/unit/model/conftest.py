"""How hypothesis runs here."""

from __future__ import annotations

from hypothesis import settings

# Machines that run tests are busy; how long one example takes says nothing about the law it tries.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
