"""Filters of which MO would not read all."""

from __future__ import annotations

import pytest

from motoolkit.client import connect
from motoolkit.errors import SchemaError

UNIT = "0a000000-0000-4000-8000-000000000001"
OBJECTS = "{ objects { uuid } }"
READ = "query($filter: EngagementFilter) { engagements(filter: $filter) { objects { uuid } } }"


@pytest.fixture(scope="module")
def client(sandbox):
    """A client of the sandbox."""
    with connect(sandbox.url) as opened:
        yield opened


@pytest.mark.parametrize(
    ("document", "variables"),
    [
        (
            f'{{ engagements(filter: {{org_unit: {{uuids: "{UNIT}", names: "A"}}}}) {OBJECTS} }}',
            {},
        ),
        (READ, {"filter": {"org_unit": {"uuids": [UNIT], "names": ["A"]}}}),
    ],
    ids=["written out", "as a variable"],
)
def test_conditions_that_mo_would_not_look_at_are_refused(client, document, variables):
    """Trap: a nested filter with ``uuids`` ignores all that stands beside them (measured)."""
    with pytest.raises(SchemaError) as caught:
        client.execute(document, variables)
    assert caught.value.message == "The filter org_unit names uuids, so MO would not look at its names."


@pytest.mark.parametrize(
    "given",
    [
        {"org_unit": {"uuids": [UNIT], "from_date": None, "to_date": None}},
        {"org_unit": {"uuids": None, "names": ["A"]}},
        {"uuids": [UNIT], "org_unit": {"names": ["A"]}},
        {"org_unit": {"ancestor": {"uuids": [UNIT], "names": ["A"]}}},
    ],
)
def test_conditions_that_mo_looks_at_are_sent(client, given):
    """Beside ``uuids`` at the top all conditions count, and so do those of the tree."""
    assert client.execute(READ, {"filter": given}) == {"engagements": {"objects": []}}
