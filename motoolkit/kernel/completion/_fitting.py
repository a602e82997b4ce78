"""What is offered to whoever types, and which of it fits what has been typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Offer(NamedTuple):
    """Something to insert, and what is told of it: its type, and what replaces it if it is deprecated."""

    text: str
    about: str = ""


def fitting(found: Iterable[Offer], typed: str) -> list[Offer]:
    """Return the offers that begin as was typed, else those that hold it, whatever the case."""
    found, typed = list(found), typed.casefold()
    begin = [offer for offer in found if offer.text.casefold().startswith(typed)]
    return begin or [offer for offer in found if typed in offer.text.casefold()]
