"""Several frames at once, as people look at them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    _Base = dict[str, pd.DataFrame]
else:
    _Base = dict


class Frames(_Base):
    """The frame of each top-level field by its name in the answer, shown one below another."""

    def __repr__(self) -> str:
        return "\n\n".join(f"{name}\n{frame}" for name, frame in self.items())

    def _repr_html_(self) -> str:
        return "".join(f"<h4>{escape(name)}</h4>{frame.to_html(max_rows=20)}" for name, frame in self.items())
