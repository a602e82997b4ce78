"""Audits of one or several Active Directories against MO."""

from __future__ import annotations
