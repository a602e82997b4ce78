"""SD-Løn's answers, bytes or a stream of them, into frames; nothing here talks to a network."""

from __future__ import annotations

from motoolkit.sd.parsing._departments import read_departments
from motoolkit.sd.parsing._employments import EmploymentReader, read_employments
from motoolkit.sd.parsing._lists import (
    Organisation,
    read_institutions,
    read_organisation,
    read_professions,
)
from motoolkit.sd.parsing._parents import history_frame, read_parent, read_parent_history
from motoolkit.sd.parsing._persons import read_persons
from motoolkit.sd.parsing._sections import STATUSES
from motoolkit.sd.parsing._source import LIMIT, Readable, too_large

__all__ = [
    "LIMIT",
    "STATUSES",
    "EmploymentReader",
    "Organisation",
    "Readable",
    "history_frame",
    "read_departments",
    "read_employments",
    "read_institutions",
    "read_organisation",
    "read_parent",
    "read_parent_history",
    "read_persons",
    "read_professions",
    "too_large",
]
