"""The file of an accept list: read with the line of what is wrong, and added to without losing comments."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError
from motoolkit.files import PRIVATE, replace_file
from motoolkit.findings._filters import about
from motoolkit.findings._finding import Acceptance
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from motoolkit.findings._finding import Finding

_TEXTS: Final = ("kind", "subject", "attribute", "reason", "who")
_DAYS: Final = ("start", "until")
_REQUIRED: Final = ("kind", "subject", "reason", "until")
_HEADER: Final = re.compile(r"^[ \t]*\[\[[ \t]*accept[ \t]*\]\]", re.MULTILINE)
_EXAMPLE: Final = 'Write it as [[accept]], kind = "…", subject = "…", reason = "…", until = 2027-03-01.'


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, as it stands in the file; ``line`` is where."""

    kind: str
    subject: str
    reason: str
    until: date
    attribute: str | None = None
    start: date | None = None
    who: str = ""
    line: int = 0

    @property
    def acceptance(self) -> Acceptance:
        """What a finding says that it accepts."""
        return Acceptance(self.reason, self.until, self.who)

    @property
    def is_pattern(self) -> bool:
        """Whether it may fit several subjects."""
        return any(sign in self.subject for sign in "*?[")

    @property
    def named(self) -> dict[str, object]:
        """What tells it from the others."""
        return {"line": self.line, "kind": self.kind, "subject": self.subject}

    def accepts(self, finding: Finding) -> bool:
        """Tell whether it fits a finding."""
        start = finding.validity.start if finding.validity else None
        return (
            self.kind == finding.kind.code
            and about(finding, self.subject)
            and self.attribute in {None, finding.attribute}
            and self.start in {None, start}
        )


def read(path: Path) -> list[Entry]:
    """Read the entries of a file; see ``AcceptList.read``."""
    text = _text(path)
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"The accept list {path} is no valid TOML: {mask_all(str(error))}.", remedy=_EXAMPLE
        ) from None
    entries = held.pop("accept", [])
    for name in held:
        raise InputError(f"The accept list {path} has {name!r}, which means nothing.", remedy=_EXAMPLE)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(f"The accept list {path} has an 'accept' that is no list.", remedy=_EXAMPLE)
    lines = [text.count("\n", 0, found.end()) + 1 for found in _HEADER.finditer(text)]
    if len(lines) != len(entries):
        raise InputError(f"The accept list {path} has entries without [[accept]] above.", remedy=_EXAMPLE)
    return [_entry(path, line, entry) for line, entry in zip(lines, entries, strict=True)]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(
            f"There is no accept list {path}.", remedy="Check the path, or make an empty file."
        ) from None
    except OSError as error:
        raise InputError(
            f"The accept list {path} can not be read: {error.strerror}.", remedy="Check its owner and mode."
        ) from None
    except UnicodeDecodeError:
        raise InputError(f"The accept list {path} is no UTF-8 text.", remedy="Save it as UTF-8.") from None


def _entry(path: Path, line: int, held: Mapping[str, Any]) -> Entry:
    """Return one entry, checked."""
    where = f"The accept list {path}, line {line}"
    known = (*_TEXTS, *_DAYS)
    for name, value in held.items():
        if name not in known:
            raise InputError(f"{where}: an entry has no {name!r}.", remedy=f"It has {', '.join(known)}.")
        if name in _DAYS and (not isinstance(value, date) or isinstance(value, datetime)):
            raise InputError(f"{where}: {name} is no date.", remedy=f"Write it as {name} = 2027-03-01.")
        if name in _TEXTS and not isinstance(value, str):
            raise InputError(f"{where}: {name} is no text.", remedy=f'Write it as {name} = "…".')
    for name in _REQUIRED:
        if name not in held or held[name] == "" or str(held[name]).isspace():
            raise InputError(f"{where}: the entry has no {name}.", remedy=_EXAMPLE)
    checked: dict[str, Any] = {name: mask_all(v) if isinstance(v, str) else v for name, v in held.items()}
    return Entry(**checked, line=line)


def append(path: Path, finding: Finding, acceptance: Acceptance) -> None:
    """Write an entry at the end of a file; see ``AcceptList.add``."""
    import tomlkit

    if not acceptance.reason.strip():
        raise InputError("Nothing is accepted without a reason.", remedy="Say why, in a few words.")
    before = ""
    if path.exists():
        read(path)
        before = f"{_text(path).rstrip()}\n\n".lstrip()
    _replace(path, before + tomlkit.dumps({"accept": [_written(finding, acceptance)]}))


def _written(finding: Finding, acceptance: Acceptance) -> dict[str, Any]:
    start = finding.validity.start if finding.validity else None
    held = {
        "kind": finding.kind.code,
        "subject": finding.subject.key,
        "attribute": finding.attribute or None,
        "start": start,
        "reason": acceptance.reason,
        "until": acceptance.until,
        "who": acceptance.who or None,
    }
    return {name: value for name, value in held.items() if value is not None}


def _replace(path: Path, text: str) -> None:
    """Put the file in place whole, for its owner only unless it was there with another mode."""
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else PRIVATE
        replace_file(path, text.encode(), mode=mode)
    except OSError as error:
        raise InputError(
            f"The accept list {path} can not be written: {error.strerror}.", remedy="Choose another file."
        ) from None
