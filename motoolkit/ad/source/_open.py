"""Which source belongs to a directory's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.errors import AdError

if TYPE_CHECKING:
    from motoolkit.ad.source._protocol import DirectorySource
    from motoolkit.profile.ad import AdSettings
    from motoolkit.profile.secret import Secret


def open_source(settings: AdSettings, *, password: Secret | str | None = None) -> DirectorySource:
    """Return a directory's source; nothing is read or connected yet.

    Args:
        settings: of the directory: a server's address, or files (.ldif, .csv).
        password: instead of the settings' own.

    Raises:
        AdError: the settings name neither a server nor files, or both.
    """
    if bool(settings.url) == bool(settings.files):
        raise AdError(
            f"The directory {settings.name} has "
            f"{'a server and files' if settings.url else 'neither a server nor files'}.",
            remedy="Give it either url or files in its [profiles.NAME.ad.DIRECTORY] table.",
        )
    if settings.files:
        from motoolkit.ad.source._files import FileSource

        return FileSource(settings)
    from motoolkit.ad.source._ldap import LdapSource

    return LdapSource(settings, password=password)
