"""What comes before parsing: how an answer begins, and where it is too large."""

from __future__ import annotations

import io
import re
from typing import Final, Protocol

from motoolkit.errors import SdClosedError, SdUnreadableError
from motoolkit.model import mask_all

LIMIT: Final = 2 * 1024**3
"""Bytes that one answer may have; a whole institution's full span is far below it."""

CLOSED_PHRASE: Final = b"The webservice has failed"
_HEAD: Final = 64 * 1024
_BOM: Final = b"\xef\xbb\xbf"
# The prologue is searched as ASCII, so encodings in which a DOCTYPE could hide from that are refused.
_ENCODINGS: Final = frozenset({b"utf-8", b"us-ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252"})
_DECLARED: Final = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']""")
_SKIPPED: Final = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_TITLE: Final = re.compile(rb"<title[^>]*>([^<]{1,80})", re.IGNORECASE)


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most so many bytes; none at the end."""


class Source:
    """An answer whose beginning has been looked at, and that ends where it grows too large.

    Raises:
        SdClosedError: it says that SD-Løn is closed.
        SdUnreadableError: it begins like nothing that SD-Løn answers, or like an attack.
    """

    def __init__(self, answer: bytes | Readable, limit: int, *, xml: bool = True) -> None:
        self._stream = io.BytesIO(answer) if isinstance(answer, bytes) else answer
        self._limit = limit
        self._read = 0
        self._head = self._fill()
        check_head(self._head, xml=xml)

    def _fill(self) -> bytes:
        head = b""
        while len(head) < _HEAD and (chunk := self._stream.read(_HEAD - len(head))):
            head += chunk
        return head

    def read(self, size: int = -1, /) -> bytes:
        """Return more of it.

        Raises:
            SdUnreadableError: it is larger than it may be.
        """
        if self._head:
            chunk, self._head = (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
        else:
            chunk = self._stream.read(size)
        self._read += len(chunk)
        if self._read > self._limit:
            raise too_large(self._limit)
        return chunk


def too_large(limit: int) -> SdUnreadableError:
    """Return the error for an answer that does not end."""
    return SdUnreadableError(
        f"SD-Løn's answer is larger than {limit:,} bytes, so it was not read to its end.",
        remedy="Ask for less at a time; if the answer should be that large, raise the limit.",
        repeatable=False,
    )


def check_head(head: bytes, *, xml: bool = True) -> None:
    """Look at the first bytes of an answer.

    Raises:
        SdClosedError, SdUnreadableError: as ``Source``.
    """
    if CLOSED_PHRASE in head:
        raise SdClosedError(
            "SD-Løn answered that its web service has failed, which is what it says when it is closed.",
            remedy="Try again within its opening hours, about 06:00 to 22:00.",
            repeatable=True,
        )
    start = head.removeprefix(_BOM).lstrip()
    if not start:
        raise SdUnreadableError(
            "SD-Løn sent an empty answer.", remedy="Try again; if it stays so, check sd_url."
        )
    if start[:100].lower().startswith((b"<!doctype html", b"<html")):
        raise _web_page(start)
    if xml:
        _check_prologue(start)


def _web_page(start: bytes) -> SdUnreadableError:
    title = _TITLE.search(start)
    told = f" ({mask_all(title[1].decode('utf-8', 'replace').strip())!r})" if title else ""
    return SdUnreadableError(
        f"SD-Løn's address answers with a web page{told} instead of data.",
        remedy="Check sd_url; a login page or a proxy may stand before SD-Løn.",
    )


def _check_prologue(start: bytes) -> None:
    if not start.startswith(b"<"):
        raise SdUnreadableError("SD-Løn's answer is no XML.", remedy="Check sd_url.")
    declared = _DECLARED.match(start)
    if b"\0" in start[:64] or (declared and declared[1].lower() not in _ENCODINGS):
        raise SdUnreadableError(
            "SD-Løn's answer is written in an encoding that SD-Løn does not use.", remedy="Check sd_url."
        )
    at = 0
    while skipped := _SKIPPED.match(start, at):
        at = skipped.end()
    # What is not closed within the head may hide anything.
    if at == len(start) or start.startswith((b"<!", b"<?"), at):
        raise SdUnreadableError(
            "SD-Løn's answer declares a document type, which SD-Løn never does; it was not read.",
            remedy="Check that sd_url is SD-Løn's own.",
            repeatable=False,
        )
