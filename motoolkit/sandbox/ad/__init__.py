"""Active Directory for Nordby Kommune: two directories of the same people and units that MO holds."""

from __future__ import annotations

from motoolkit.sandbox.ad._case import AdCase
from motoolkit.sandbox.ad.entries import Directory, Entry
from motoolkit.sandbox.ad.expected import Expected
from motoolkit.sandbox.ad.exports import csv_of, ldif, read_ldif
from motoolkit.sandbox.ad.origin import MODES, OFF, NordbyAd, directories, relinked
from motoolkit.sandbox.ad.planted import AD_PLANTED
from motoolkit.sandbox.ad.tidy import tidied

__all__ = [
    "AD_PLANTED",
    "MODES",
    "OFF",
    "AdCase",
    "Directory",
    "Entry",
    "Expected",
    "NordbyAd",
    "csv_of",
    "directories",
    "ldif",
    "read_ldif",
    "relinked",
    "tidied",
]
