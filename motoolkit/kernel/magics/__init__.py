"""What is typed: ``%mo``, ``%%mo`` and ``%%mosql``."""

from __future__ import annotations
