"""A made-up municipality, served as MO would serve it."""

from __future__ import annotations
