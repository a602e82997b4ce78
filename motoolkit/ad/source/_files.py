"""A directory that is read from exports of it: LDIF and CSV files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from motoolkit.ad import dn
from motoolkit.ad.source._assemble import assemble, parts
from motoolkit.ad.source._attributes import DELETED, wished
from motoolkit.ad.source._csv import read_csv
from motoolkit.ad.source._entries import draft
from motoolkit.ad.source._ldif import read_ldif
from motoolkit.errors import AdAnewError, AdError
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from types import TracebackType

    from motoolkit.ad.records import Delta, Snapshot
    from motoolkit.ad.source._entries import Draft, Entry
    from motoolkit.profile.ad import AdSettings

_READERS: Final = {".ldif": read_ldif, ".ldf": read_ldif, ".csv": read_csv}


class FileSource:
    """Exports of one directory; several files hold one directory together."""

    rereads = False

    def __init__(self, settings: AdSettings) -> None:
        self.settings = settings
        self._paths = [Path(each).expanduser() for each in settings.files]
        for path in self._paths:
            if path.suffix.lower() not in _READERS:
                raise AdError(
                    f"The file {path} of the directory {settings.name} is neither LDIF nor CSV.",
                    remedy="Give files whose names end in .ldif or .csv.",
                )

    def snapshot(self) -> Snapshot:
        """Read all the files; the snapshot is of the time at which the oldest was written."""
        notices: set[str] = set()
        drafts = list(self._drafts(notices))
        return assemble(
            self.settings,
            drafts,
            read_at=self._written(),
            bases=(self.settings.base_dn,) if self.settings.base_dn else (),
            server=", ".join(path.name for path in self._paths),
            notices=self._told(notices),
        )

    def _drafts(self, notices: set[str]) -> Iterator[Draft]:
        seen: dict[str, Path] = {}
        for path in self._paths:
            entry = None
            for entry in self._entries(path, notices):
                if not dn.within(entry.dn, self.settings.base_dn) and not entry.raw("isdeleted"):
                    continue
                made = draft(entry, self.settings)
                if made is None:
                    continue
                self._check(path, entry, made, seen)
                yield made
            if entry is None:
                raise AdError(f"The file {path} holds no objects.", remedy="Export it again.")

    def _entries(self, path: Path, notices: set[str]) -> Iterator[Entry]:
        wanted = frozenset(each.casefold() for each in (*wished(self.settings), *DELETED))
        return _READERS[path.suffix.lower()](path, wanted, notices)

    def _check(self, path: Path, entry: Entry, made: Draft, seen: dict[str, Path]) -> None:
        if not made.guid:
            raise AdError(
                f"{path}: {entry.dn} has no objectGUID.",
                remedy="Export it with all attributes; entryUUID (operational) of a directory that is no AD.",
            )
        if made.guid in seen:
            raise AdError(
                f"{entry.dn} is in {seen[made.guid]} and in {path}.", remedy="Give each object in one file."
            )
        seen[made.guid] = path

    def _told(self, codes: set[str]) -> tuple[str, ...]:
        """Return what was noted while reading, in words."""
        words = {"referral": tr("The export holds references to other servers; what is there was not read.")}
        collection = tr(
            "{attribute} is not in the CSV file, only the name of its type; export it joined by '|'."
        )
        return tuple(
            words.get(code) or collection.format(attribute=code.removeprefix("collection "))
            for code in sorted(codes)
        )

    def _written(self) -> datetime:
        try:
            return min(datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in self._paths)
        except OSError as error:
            raise AdError(
                f"The file {error.filename} can not be read: {error.strerror}.",
                remedy="Check its path and mode.",
            ) from None

    def changes(self, cookie: str, *, known: Collection[str] = ()) -> Delta:  # noqa: ARG002 - the protocol's
        """Refuse: files do not tell what changed.

        Raises:
            AdAnewError: always.
        """
        raise AdAnewError(
            f"The files of the directory {self.settings.name} do not tell what changed.",
            remedy="Read them anew.",
        )

    def read(self, guids: Collection[str]) -> Delta:
        """Read these objects of the files."""
        found = self.snapshot()
        return parts(found, guids)

    def close(self) -> None:
        """Do nothing: files are open only while they are read."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
