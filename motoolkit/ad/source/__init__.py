"""Where directories are read: over LDAP, or from LDIF and CSV exports.  Nothing here can write to one."""

from __future__ import annotations

from motoolkit.ad.source._open import open_source
from motoolkit.ad.source._protocol import DirectorySource

__all__ = ["DirectorySource", "open_source"]
