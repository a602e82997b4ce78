"""Where a report's numbers come from, as its info sheet tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.model import COPENHAGEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from motoolkit.mirror import MirrorInfo


def provenance(info: MirrorInfo) -> Iterator[tuple[str, str]]:
    """Yield Danish labels and values: which MO, which GraphQL version, when it was read."""
    if info.mo_url:
        yield "OS2mo", info.mo_url
    if info.graphql_version:
        yield "GraphQL-version", f"v{info.graphql_version}"
    if info.loaded_at:
        yield "Data læst", _moment(info.loaded_at)
    if info.refreshed_at and info.refreshed_at != info.loaded_at:
        yield "Data opdateret", _moment(info.refreshed_at)


def _moment(moment: datetime) -> str:
    local = moment.astimezone(COPENHAGEN) if moment.tzinfo else moment
    return f"{local:%d-%m-%Y kl. %H:%M}"
