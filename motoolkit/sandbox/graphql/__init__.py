"""MO's GraphQL over the made-up municipality: one schema a version, derived from the catalogue."""

from __future__ import annotations

from motoolkit.sandbox.graphql._sdl import sdl
from motoolkit.sandbox.graphql.execution import MutationOverGetError, execute

__all__ = ["MutationOverGetError", "execute", "sdl"]
