"""A directory that is read from its server."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from motoolkit.ad import dn
from motoolkit.ad.records import Delta
from motoolkit.ad.source import _deltas as deltas
from motoolkit.ad.source._assemble import assemble, resolver, sorted_out
from motoolkit.ad.source._entries import draft
from motoolkit.ad.source._search import NO_SUCH_OBJECT, Reader
from motoolkit.errors import AdError
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from types import TracebackType

    from motoolkit.ad.records import Snapshot
    from motoolkit.ad.source._entries import Draft, Entry
    from motoolkit.profile.ad import AdSettings
    from motoolkit.profile.secret import Secret


class LdapSource:
    """A directory's server.

    Args:
        settings: of the directory.
        password: instead of the settings' own.
        way: how changes are found, ``dirsync`` or ``usn``; by default the first that the server grants.
    """

    rereads = True

    def __init__(self, settings: AdSettings, *, password: Secret | str | None = None, way: str = "") -> None:
        self.settings = settings
        self._password = password
        self._way = way
        self._reader: Reader | None = None
        self._known: frozenset[str] = frozenset()

    def snapshot(self) -> Snapshot:
        """Read all of it; what changes meanwhile is in the first delta again."""
        with self._reading() as reader:
            read_at = datetime.now(UTC)
            usn = reader.root.text("highestcommittedusn")
            ended = list(self._drafts(reader.deleted()))
            cookie = deltas.begin(reader, tombstones=bool(ended), way=self._way)
            found = list(self._drafts(reader.everything()))
            snapshot = assemble(
                self.settings,
                [*found, *ended],
                read_at=read_at,
                resolve=resolver(found, reader.guid_of if self._foreign else None),
                notices=self._notices(reader, tombstones=bool(ended)),
                server=reader.server,
                invocation_id=deltas.invocation_of(reader),
                highest_usn=int(usn) if usn else None,
                bases=(reader.base,),
                cookie=cookie,
            )
        self._known = frozenset(each.guid for each in found)
        return snapshot

    @property
    def _foreign(self) -> bool:
        """Whether links come as DNs, which may lead out of what is read."""
        return self.settings.dialect != "AD"

    def _notices(self, reader: Reader, *, tombstones: bool) -> Iterator[str]:
        for attribute in reader.unknown():
            yield tr("The directory has no attribute {attribute}.", attribute=attribute)
        if reader.references:
            yield tr(
                "Referrals to other servers were not followed: {addresses}.",
                addresses=", ".join(sorted(reader.references)),
            )
        if not tombstones and self.settings.dialect == "AD":
            yield tr("Deleted objects are not to be seen: the account may not read them, or there are none.")

    def _drafts(self, entries: Iterable[Entry]) -> Iterator[Draft]:
        # An object that moves while pages are read may come twice; it is the same one.
        made = {each.guid: each for entry in entries if (each := draft(entry, self.settings)) and each.guid}
        yield from made.values()

    def changes(self, cookie: str, *, known: Collection[str] = ()) -> Delta:
        """Read what changed since a cookie.

        Where the account may not see deletions, the GUIDs of everything are read each time, and compared
        with the known ones.
        """
        with self._reading() as reader:
            read_at = datetime.now(UTC)
            held = frozenset(known) or self._known
            changed = deltas.since(reader, cookie)
            if not changed.deletions and not held:
                raise deltas.anew(reader, "deletions are not shown to this account, and nothing is known yet")
            found = self._now(reader, changed)
            gone = changed.gone | (changed.guids | changed.moved) - set(found)
            if not changed.deletions:
                gone |= held - reader.guids()
            ended = list(self._drafts(reader.deleted(changed.gone))) if changed.gone else []
            delta = self._delta(reader, read_at, [*found.values(), *ended], gone, cookie=changed.cookie)
        self._known = held.union(found) - gone
        return delta

    def _now(self, reader: Reader, changed: deltas.Changed) -> dict[str, Draft]:
        """Read changed objects, and all below units that were renamed or moved; not what left the base."""
        found = {each.guid: each for each in self._drafts(reader.objects(changed.guids))}
        for guid in sorted(changed.moved):
            try:
                below = list(self._drafts(reader.everything(f"<GUID={guid}>")))
            except AdError as error:
                if error.code != NO_SUCH_OBJECT:
                    raise
                continue  # it was deleted meanwhile
            changed.guids |= {each.guid for each in below}
            found |= {each.guid: each for each in below if dn.within(each.dn, reader.base)}
        return found

    def read(self, guids: Collection[str]) -> Delta:
        """Read these objects as they are now."""
        with self._reading() as reader:
            read_at = datetime.now(UTC)
            found = list(self._drafts(reader.objects(guids)))
            gone = set(guids) - {each.guid for each in found}
            return self._delta(reader, read_at, found, gone, cookie="")

    def _delta(
        self, reader: Reader, read_at: datetime, drafts: list[Draft], gone: set[str], **rest: Any
    ) -> Delta:
        find = resolver(drafts, reader.guid_of if self._foreign else None)
        records = sorted_out(each.record(find) for each in drafts)
        return Delta(ad=self.settings.name, read_at=read_at, gone=tuple(sorted(gone)), **records, **rest)

    @contextmanager
    def _reading(self) -> Iterator[Reader]:
        """Give the connection; after an error it is not used again, since nothing can go on over it."""
        reader = self._reader = self._fresh()
        try:
            yield reader
        except BaseException:
            self.close()
            raise

    def _fresh(self) -> Reader:
        """Return the connection that there is, or a new one where the server has closed that as idle."""
        if self._reader is not None:
            try:
                self._reader.refresh()
            except AdError:
                self.close()
            else:
                self._reader.references.clear()
                return self._reader
        return Reader(self.settings, self._password)

    def close(self) -> None:
        """Let go of the connection."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
