"""Raw answers on disk: encrypted, for some hours, under names that tell nothing.

SD is slow and closed at night, so what it has said is not asked for again.  Answers hold CPR numbers: without
a key nothing is kept.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError, SecretError
from motoolkit.sd.client._body import Body
from motoolkit.sealed import SealedFiles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.profile import SdSettings

_log = logging.getLogger("motoolkit.sd")
_HOUR: Final = 3600
_ENDING: Final = ".answer"

ANSWERS: Final = SealedFiles("kept answers of SD-Løn", "MOTOOLKIT_SD_CACHE_KEY", "motoolkit/sd-answers")


def folder() -> Path:
    """Return where answers are kept."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("motoolkit", appauthor=False)) / "sd-answers"


class AnswerCache:
    """Answers by what was asked; off without a key, or where they are to be kept for no time.

    Args:
        settings: whom is asked and as whom, so that nobody is given another's answers.
    """

    def __init__(self, settings: SdSettings) -> None:
        self._folder = folder()
        self._seconds = int(settings.cache_hours * _HOUR)
        self._whom = f"{settings.url} {settings.username}"
        self._key = _key() if self._seconds else None
        if self._key is not None:
            self._sweep()

    @property
    def is_on(self) -> bool:
        """Whether answers are kept."""
        return self._key is not None

    def find(self, path: str, query: Mapping[str, str]) -> Body | None:
        """Return the answer to a question, if it is kept and can be opened."""
        if self._key is None:
            return None
        try:
            return Body(ANSWERS.unseal(self._file(path, query), self._key, seconds=self._seconds))
        except InputError:
            return None

    def keep(self, path: str, query: Mapping[str, str], body: Body) -> None:
        """Keep an answer; where the disk refuses, the cache is off from then on."""
        if self._key is None:
            return
        try:
            ANSWERS.seal(self._file(path, query), body.packed, self._key)
        except InputError as error:
            self._key = None
            _tell(error.message)

    def forget(self) -> int:
        """Remove every answer, whoever asked for it; return how many there were."""
        return sum(_removed(file) for file in self._folder.glob(f"*{_ENDING}"))

    def _file(self, path: str, query: Mapping[str, str]) -> Path:
        asked = "&".join(f"{name}={value}" for name, value in sorted(query.items()))
        return self._folder / (ANSWERS.name_for(f"{self._whom} {path}?{asked}", self._key or "") + _ENDING)

    def _sweep(self) -> None:
        """Remove what has expired, and what a process that died left half written."""
        oldest = time.time() - self._seconds
        for pattern in (f"*{_ENDING}", f".*{_ENDING}.*"):
            for file in self._folder.glob(pattern):
                with suppress(OSError):
                    if file.stat().st_mtime < oldest:
                        _removed(file)


def _removed(file: Path) -> bool:
    with suppress(OSError):
        file.unlink()
        return True
    return False


def _key() -> str | None:
    try:
        return ANSWERS.key_for("key", make=True)
    except SecretError as error:
        _tell(f"{error.message} {error.remedy}")
    return None


@cache
def _tell(why: str) -> None:
    """Say once in a process why answers are not kept."""
    _log.warning("SD-Løn's answers are not kept, so each is asked for anew. %s", why)
