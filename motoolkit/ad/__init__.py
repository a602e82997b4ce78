"""Audits of one or several Active Directories against MO."""

from __future__ import annotations

from motoolkit.ad.integration import ImportedSettings, import_settings
from motoolkit.ad.source import DirectorySource, open_source

__all__ = ["DirectorySource", "ImportedSettings", "import_settings", "open_source"]
