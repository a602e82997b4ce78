"""A person found by typing, and all that belongs to that person."""

from __future__ import annotations

from motoolkit_widgets.persons._picker import PersonPicker

__all__ = ["PersonPicker"]
