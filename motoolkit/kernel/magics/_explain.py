"""``%mo explain`` and ``%%mo --explain``: what a nested query costs MO, and how to read it flat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from motoolkit.errors import InputError
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.kernel._session import Session
    from motoolkit.probes.flat import Rewriting


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as a cell asked it."""

    document: str
    variables: Mapping[str, Any]
    day: date | str | None


def explained(client: Client, asked: Asked) -> Rewriting:
    """Return what becomes of a query; nothing of it is sent.

    Raises:
        InputError: it would change something, or does not fit MO's schema.
    """
    from motoolkit.probes.flat import rewrite

    return rewrite(client, asked.document, asked.variables, as_of=asked.day)


def explain(session: Session, rest: str) -> Rewriting:
    """Explain the query that stands behind ``%mo explain``, else that of the last ``%%mo`` cell.

    Raises:
        InputError: there is neither, or as ``explained``.
    """
    if rest:
        return explained(session.client, Asked(rest, {}, session.as_of))
    if session.asked is None:
        raise InputError(
            tr("No %%mo cell has asked anything yet."),
            remedy=tr("Write %%mo --explain above the query, which then is not sent."),
        )
    return explained(session.client, session.asked)
