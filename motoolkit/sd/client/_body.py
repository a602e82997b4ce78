"""An answer in memory, compressed while it comes in: SD's XML shrinks to a twentieth."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from motoolkit.sd.parsing import Readable

_GZIP: Final = 31
_FAST: Final = 1
_BUFFER: Final = 256 * 1024


class Body:
    """The bytes of one answer.

    Attributes:
        packed: them, compressed.
    """

    def __init__(self, packed: bytes) -> None:
        self.packed = packed

    def open(self) -> Readable:
        """Return a stream of the answer as SD sent it."""
        unpacked = gzip.GzipFile(fileobj=io.BytesIO(self.packed))
        return io.BufferedReader(unpacked, _BUFFER)


class Packer:
    """Makes a ``Body`` of pieces."""

    def __init__(self) -> None:
        self._compressor = zlib.compressobj(_FAST, wbits=_GZIP)
        self._pieces: list[bytes] = []
        self.size = 0

    def add(self, piece: bytes) -> None:
        """Add a piece."""
        self.size += len(piece)
        if packed := self._compressor.compress(piece):
            self._pieces.append(packed)

    def body(self) -> Body:
        """Return all of it."""
        return Body(b"".join([*self._pieces, self._compressor.flush()]))
