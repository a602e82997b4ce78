"""Active Directory for Nordby Kommune: two directories of the same people and units that MO holds."""

from __future__ import annotations

from motoolkit.sandbox.ad.entries import Directory, Entry
from motoolkit.sandbox.ad.exports import csv_of, ldif, read_ldif
from motoolkit.sandbox.ad.origin import MODES, OFF, NordbyAd, directories

__all__ = ["MODES", "OFF", "Directory", "Entry", "NordbyAd", "csv_of", "directories", "ldif", "read_ldif"]
