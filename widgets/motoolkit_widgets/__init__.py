"""The ipywidgets forms of motoolkit; the first ones come with onboarding and deputy removal."""

from __future__ import annotations
