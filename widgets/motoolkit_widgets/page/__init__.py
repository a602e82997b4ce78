"""The page that a form is on: its looks, where the focus goes, and what the browser keeps of a draft."""

from __future__ import annotations

from motoolkit_widgets.page._page import Page

__all__ = ["Page"]
