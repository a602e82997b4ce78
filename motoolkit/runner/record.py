"""What a notebook tells the runner about its run: which MO it read, and as of when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datetime import date

RECORD_TYPE: Final = "application/vnd.motoolkit.run+json"


class RunRecord:
    """Shown as the last value of a cell: a line for people, and data for ``metadata.motoolkit``."""

    def __init__(self, *, mo: str, graphql_version: int, as_of: date) -> None:
        from urllib.parse import urlsplit

        self.facts = {
            "mo": urlsplit(mo).netloc or mo,
            "graphql_version": graphql_version,
            "as_of": as_of.isoformat(),
        }

    def __repr__(self) -> str:
        return f"MO: {self.facts['mo']} (GraphQL v{self.facts['graphql_version']}), {self.facts['as_of']}"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/plain": repr(self), RECORD_TYPE: self.facts}
