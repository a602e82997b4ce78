"""Talking to a MO: connect, execute, read page by page, and find out what is wrong."""

from __future__ import annotations

from motoolkit.client._async_client import AsyncClient
from motoolkit.client._check import DeprecatedFieldWarning, Document, Prepared
from motoolkit.client._claims import SPECIAL_ACTORS
from motoolkit.client._client import Client
from motoolkit.client._connect import aconnect, connect, profile_for
from motoolkit.client._embedded import embedded_sandbox, stop_embedded_sandbox
from motoolkit.client._failures import retry_after, translated
from motoolkit.client._identity import Identity
from motoolkit.client._paging import Page
from motoolkit.client._roles import needed_role
from motoolkit.client._timing import Timed

__all__ = [
    "SPECIAL_ACTORS",
    "AsyncClient",
    "Client",
    "DeprecatedFieldWarning",
    "Document",
    "Identity",
    "Page",
    "Prepared",
    "Timed",
    "aconnect",
    "connect",
    "embedded_sandbox",
    "needed_role",
    "profile_for",
    "retry_after",
    "stop_embedded_sandbox",
    "translated",
]
