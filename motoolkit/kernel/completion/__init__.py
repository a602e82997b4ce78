"""Completion and help from MO's own schema, for whoever types GraphQL."""

from __future__ import annotations
