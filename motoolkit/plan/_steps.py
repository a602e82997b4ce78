"""From what is and what shall be to what is sent: MO's inputs, one for each slice that differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One mutation of the document that a plan sends.

    Attributes:
        operation: which of the plan's operations it is for, counted from 0.
        mutation: MO's name (``engagement_update``).
        input_type: the type of its input (``EngagementUpdateInput``).
        input: what is sent, in MO's names; dates as ``YYYY-MM-DD``, in the meaning of the GraphQL version.
        collection: the catalogue's name of what the object belongs to.
        uuid: of the object.
    """

    operation: int
    mutation: str
    input_type: str
    input: dict[str, Any]
    collection: str
    uuid: str
