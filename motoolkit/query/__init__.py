"""GraphQL in, data frames out: any query, of any day, read to its end."""

from __future__ import annotations

from motoolkit.query._frames import Frames
from motoolkit.query._query import Query, ask
from motoolkit.query._split import Reading
from motoolkit.query._variables import variables_of

__all__ = ["Frames", "Query", "Reading", "ask", "variables_of"]
