"""The form to remove or replace deputies in committees (newsletter 8.1.1)."""

from __future__ import annotations

from motoolkit_widgets.deputies._form import DeputyForm

__all__ = ["DeputyForm"]
