"""GraphQL in, data frames out: any query, of any day, read to its end."""

from __future__ import annotations

from motoolkit.query._query import Query, ask

__all__ = ["Query", "ask"]
