"""MO's file store: a few named files in two stores; they have no history."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes with a request."""

    filename: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class File:
    """A stored file: in ``EXPORTS`` or ``INSIGHTS``, its name, what is in it and who put it there."""

    store: str
    name: str
    content: bytes = field(repr=False)
    actor: str


class FileStore:
    """The files that MO keeps; ``changes`` counts how often something was written or taken back."""

    def __init__(self) -> None:
        self._files: dict[tuple[str, str], File] = {}
        self.changes = 0

    def upload(
        self, file: File, *, force: bool = False, undo: list[Callable[[], object]] | None = None
    ) -> None:
        """Keep a file; ``force`` overwrites.

        Args:
            file: what to keep.
            force: whether to replace a file of that name.
            undo: where the open transaction keeps what takes its changes back.

        Raises:
            FileExistsError: the store has a file of that name already.
        """
        before = self._files.get((file.store, file.name))
        if before is not None and not force:
            raise FileExistsError(file.name)
        self._keep(file.store, file.name, file)
        if undo is not None:
            undo.append(lambda: self._keep(file.store, file.name, before))

    def listed(
        self, store: str, names: Sequence[str] | None = None, contains: str | None = None
    ) -> list[File]:
        """Return a store's files by name; what is empty does not filter (measured: not even ``[]``)."""
        part = (contains or "").casefold()
        return [
            file
            for (kept_in, name), file in sorted(self._files.items())
            if kept_in == store and (not names or name in names) and part in name.casefold()
        ]

    def to_json(self) -> dict[str, dict[str, str]]:
        """Return every file as JSON holds it, by store and name."""
        return {
            f"{store}/{name}": {"actor": file.actor, "content": b64encode(file.content).decode()}
            for (store, name), file in self._files.items()
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Mapping[str, Any]]) -> FileStore:
        """Read what ``to_json`` wrote.

        Raises:
            KeyError: a part of a file is missing.
            ValueError: a content is not base64.
        """
        made = cls()
        for key, kept in found.items():
            store, _, name = key.partition("/")
            content = b64decode(kept["content"], validate=True)
            made._files[store, name] = File(store, name, content, kept["actor"])
        return made

    def _keep(self, store: str, name: str, file: File | None) -> None:
        self.changes += 1
        if file is None:
            del self._files[store, name]
        else:
            self._files[store, name] = file
