"""Chance: one generator a person, so that nobody's data depends on how many others there are."""

from __future__ import annotations

from random import Random


def chance_of(*names: object) -> Random:
    """Return the generator that belongs to ``names``, always in the same state."""
    return Random("/".join(map(str, names)))  # noqa: S311  nothing here is a secret


def happens(rng: Random, share: float) -> bool:
    """Tell whether something happens that happens to this share of all."""
    return rng.random() < share
