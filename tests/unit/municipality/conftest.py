"""One municipality for all tests of it, and a way to ask what holds on a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from motoolkit.sandbox.municipality import municipality

TODAY = date(2026, 11, 23)


class Town:
    """The records by collection and UUID, and their values on a day."""

    def __init__(self, records):
        self.records = records
        self.by_collection = defaultdict(dict)
        for record in records:
            self.by_collection[record.collection][record.uuid] = record

    def at(self, collection, uuid, day=TODAY):
        """Return what holds on ``day``, or None."""
        for each in self.by_collection[collection][uuid].slices:
            if (each.start is None or each.start <= day) and (each.end is None or day < each.end):
                return each.values
        return None

    def all_at(self, collection, day=TODAY):
        """Return what holds on ``day`` for each object that is there."""
        found = {uuid: self.at(collection, uuid, day) for uuid in self.by_collection[collection]}
        return {uuid: values for uuid, values in found.items() if values is not None}


@pytest.fixture(scope="session")
def town():
    """The default municipality, looked at on 2026-11-23."""
    return Town(municipality(today=TODAY))
