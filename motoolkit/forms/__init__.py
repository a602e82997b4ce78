"""Forms without a face: what can be chosen, what is wrong with it, and the plan that comes of it."""

from __future__ import annotations
