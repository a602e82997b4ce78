"""Asking SD-Løn: connect, read one person or everybody, and find out what is wrong."""

from __future__ import annotations

from motoolkit.sd.client._cache import AnswerCache
from motoolkit.sd.client._client import SdClient
from motoolkit.sd.client._connect import connect_sd
from motoolkit.sd.client._hours import OpeningHours
from motoolkit.sd.client._population import Population

__all__ = ["AnswerCache", "OpeningHours", "Population", "SdClient", "connect_sd"]
