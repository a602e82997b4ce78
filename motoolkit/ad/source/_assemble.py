"""Snapshots and deltas put together of what was read, links resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.ad import dn
from motoolkit.ad.records import Account, AdGroup, Delta, Header, Ou, Snapshot, Tombstone
from motoolkit.ad.source._attributes import named
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import datetime

    from motoolkit.ad.source._entries import Draft, Record
    from motoolkit.profile.ad import AdSettings

_PLACES: Final[dict[type, str]] = {Account: "accounts", AdGroup: "groups", Ou: "ous", Tombstone: "tombstones"}


def sorted_out(records: Iterable[Record]) -> dict[str, Any]:
    """Return records by where a snapshot keeps them."""
    kept: dict[str, list[Record]] = {place: [] for place in _PLACES.values()}
    for record in records:
        kept[_PLACES[type(record)]].append(record)
    return {place: tuple(found) for place, found in kept.items()}


def resolver(drafts: Iterable[Draft], otherwise: Callable[[str], str] | None = None) -> Callable[[str], str]:
    """Return what gives the GUID of a DN: of what was read, else by asking ``otherwise``."""
    guids = {dn.parts(each.dn): each.guid for each in drafts if each.dn}

    def resolve(link: str) -> str:
        place = dn.parts(link)
        if place not in guids:
            guids[place] = otherwise(link) if otherwise else ""
        return guids[place]

    return resolve


def assemble(
    settings: AdSettings,
    drafts: list[Draft],
    *,
    read_at: datetime,
    notices: Iterable[str] = (),
    resolve: Callable[[str], str] | None = None,
    **header: Any,
) -> Snapshot:
    """Return a snapshot of all that was read."""
    find = resolve or resolver(drafts)
    kept = sorted_out(each.record(find) for each in drafts)
    told = (*notices, *_missing(settings, kept["accounts"]))
    return Snapshot(
        header=Header(
            ad=settings.name,
            read_at=read_at,
            counts={place: len(found) for place, found in kept.items()},
            notices=told,
            tombstones=bool(kept["tombstones"]),
            **header,
        ),
        **kept,
    )


def _missing(settings: AdSettings, accounts: Collection[Account]) -> Iterator[str]:
    """Tell of an attribute that comes on no account at all: misspelt, or hidden from who reads."""
    if not accounts:
        return
    for attribute in named(settings):
        found = (
            any(each.cpr or each.cpr_wrong for each in accounts)
            if attribute == settings.cpr_attribute
            else any(each.value(attribute) for each in accounts)
        )
        if not found:
            yield tr(
                "{attribute} is on none of {count} accounts: it is misspelt, or who reads may not see it.",
                attribute=attribute,
                count=len(accounts),
            )


def parts(snapshot: Snapshot, guids: Collection[str]) -> Delta:
    """Return some objects of a snapshot as a delta."""
    wanted = set(guids)
    kept: dict[str, Any] = {
        place: tuple(each for each in getattr(snapshot, place) if each.guid in wanted)
        for place in _PLACES.values()
    }
    there = {each.guid for place in ("accounts", "groups", "ous") for each in kept[place]}
    return Delta(
        ad=snapshot.header.ad,
        cookie="",
        read_at=snapshot.header.read_at,
        gone=tuple(sorted(wanted - there)),
        **kept,
    )
