"""motoolkit: the toolkit that consultants use to run OS2mo."""

from __future__ import annotations
