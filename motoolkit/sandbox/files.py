"""MO's file store: a few named files in two stores; they have no history."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

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

    @property
    def key(self) -> str:
        """What only one file has."""
        return f"{self.store}/{self.name}"

    def to_json(self) -> dict[str, str]:
        """Return it as JSON holds it."""
        return {"actor": self.actor, "content": b64encode(self.content).decode()}

    @classmethod
    def from_json(cls, key: str, found: Mapping[str, str]) -> Self:
        """Read what ``to_json`` wrote of the file with a key.

        Raises:
            KeyError: a part is missing.
            ValueError: the content is not base64.
        """
        store, _, name = key.partition("/")
        return cls(store, name, b64decode(found["content"], validate=True), found["actor"])


class FileStore:
    """The files that MO keeps."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}
        self._changed: set[str] = set()

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
        before = self._files.get(file.key)
        if before is not None and not force:
            raise FileExistsError(file.name)
        self._set(file.key, file)
        if undo is not None:
            undo.append(lambda: self._set(file.key, before))

    def listed(
        self, store: str, names: Sequence[str] | None = None, contains: str | None = None
    ) -> list[File]:
        """Return a store's files by name; what is empty does not filter (measured: not even ``[]``)."""
        part = (contains or "").casefold()
        return [
            file
            for _, file in sorted(self._files.items())
            if file.store == store and (not names or file.name in names) and part in file.name.casefold()
        ]

    def to_json(self) -> dict[str, Any]:
        """Return every file by its key."""
        return {key: file.to_json() for key, file in self._files.items()}

    def changes(self) -> dict[str, Any]:
        """Return what has changed since this was last asked, by key; None is gone."""
        keys, self._changed = sorted(self._changed), set()
        found = ((key, self._files.get(key)) for key in keys)
        return {key: None if file is None else file.to_json() for key, file in found}

    @classmethod
    def from_json(cls, found: Mapping[str, Any], *later: Mapping[str, Any]) -> Self:
        """Return what ``to_json`` has written, and ``changes`` has told ``later``.

        Raises:
            KeyError, ValueError: they hold something else.
        """
        store = cls()
        for part in (found, *later):
            for key, file in part.items():
                store._set(key, file and File.from_json(key, file))
        store.changes()
        return store

    def _set(self, key: str, file: File | None) -> None:
        self._changed.add(key)
        if file is None:
            self._files.pop(key, None)
        else:
            self._files[key] = file
