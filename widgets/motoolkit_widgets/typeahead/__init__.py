"""Type-ahead: one of many, or some of them, found by typing."""

from __future__ import annotations

from motoolkit_widgets.typeahead._typeahead import TypeAhead

__all__ = ["TypeAhead"]
