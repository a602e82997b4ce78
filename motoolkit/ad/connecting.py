"""From a profile to its directories; a sandbox brings its own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Self

import httpx

from motoolkit.ad.source import open_source
from motoolkit.client import profile_for
from motoolkit.errors import AdError, InputError, ProfileError
from motoolkit.profile import ad_settings_from_json, is_chosen, load_ad_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from types import TracebackType

    from motoolkit.ad.records import Delta, Snapshot
    from motoolkit.ad.source import DirectorySource
    from motoolkit.profile import Profile
    from motoolkit.profile.ad import AdSettings

_SECONDS: Final = 60.0
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def connect_ad(
    profile: Profile | str | None = None, directories: Iterable[str] = ()
) -> tuple[DirectorySource, ...]:
    """Return the directories of a profile; nothing is read yet.

    Args:
        profile: a profile's name, the URL of its MO, or a ``Profile``; None as for ``motoolkit.connect``.
        directories: only these, by name; all without.

    Where the profile has none and its MO is a sandbox, the sandbox's own directories are used.

    Raises:
        InputError: there is no such directory.
        ProfileError: nothing says which directories there are.
        SecretError: a password stands in plain text where a reference belongs.
    """
    found, mo_url = _settings(profile)
    told = [] if found or mo_url is None else _of_sandbox(mo_url)
    sources: dict[str, Callable[[], DirectorySource]] = {
        **{each.name: partial(open_source, each) for each in found},
        **{each["name"]: partial(SandboxSource, each) for each in told},
    }
    if not sources:
        raise ProfileError(
            "Nothing says which directories there are.",
            remedy="Write a table [profiles.NAME.ad.DIRECTORY] for each into the profile file; "
            "`motoolkit ad import` makes one of the integration's own configuration.",
        )
    wanted = list(directories) or list(sources)
    for name in wanted:
        if name not in sources:
            raise InputError.unknown("directory", name, list(sources))
    return tuple(sources[name]() for name in wanted)


def _settings(profile: Profile | str | None) -> tuple[tuple[AdSettings, ...], str | None]:
    """Return the directories and where MO is."""
    if profile is None and not is_chosen(None, {}) and (found := load_ad_settings()):
        return found, None
    chosen = profile_for(profile, {})
    return chosen.ad, chosen.mo_url


def _of_sandbox(mo_url: str) -> list[dict[str, Any]]:
    """Return the settings of the directories that a sandbox tells of; a real MO has no such door."""
    try:
        answer = _get(f"{mo_url}/sandbox")
        return list(answer.json()["ad"] or []) if answer.status_code == httpx.codes.OK else []
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return []


def _get(url: str) -> httpx.Response:
    return httpx.get(url, timeout=_SECONDS, trust_env=httpx.URL(url).host not in _LOOPBACK)


class SandboxSource:
    """One of a sandbox's directories: its LDIF, fetched anew for each read.

    Args:
        told: the directory's settings as the sandbox tells them.
    """

    rereads = True

    def __init__(self, told: dict[str, Any]) -> None:
        (self._url,) = told["files"]
        self._folder = TemporaryDirectory(prefix="motoolkit-ad-")
        self._file = Path(self._folder.name) / f"{told['name']}.ldif"
        self.settings = replace(ad_settings_from_json(told), files=(str(self._file),))

    def snapshot(self) -> Snapshot:
        """Read all of it.

        Raises:
            AdError: the sandbox does not answer.
        """
        return self._files().snapshot()

    def changes(self, cookie: str, *, known: Collection[str] = ()) -> Delta:
        """Refuse: a file does not tell what changed.

        Raises:
            AdAnewError: always.
        """
        return self._files().changes(cookie, known=known)

    def read(self, guids: Collection[str]) -> Delta:
        """Read these objects as they are now.

        Raises:
            AdError: the sandbox does not answer.
        """
        return self._files().read(guids)

    def _files(self) -> DirectorySource:
        try:
            answer = _get(self._url).raise_for_status()
        except httpx.HTTPError as error:
            raise AdError(
                f"The sandbox's directory {self.settings.name} can not be read ({error}).",
                remedy="See whether the sandbox still runs, and whether it was started with --ad off.",
            ) from None
        self._file.touch(mode=0o600)
        self._file.write_bytes(answer.content)
        return open_source(self.settings)

    def close(self) -> None:
        """Remove what was fetched."""
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
