"""What comparing one person costs, and that it does not grow with the municipality around the person.

``make bench`` prints the times; how they grow is asserted.
"""

from __future__ import annotations

import time
from datetime import date

import pytest
from support import TODAY, launch

from motoolkit.client import connect
from motoolkit.mirror import Mirror
from motoolkit.sd import audit, connect_sd, guess_mapping
from motoolkit.sd.mo import COLLECTIONS

SMALL, LARGE = 400, 4_000
AS_OF = date.fromisoformat(TODAY)


def _cost(persons, folder):
    """Return the seconds of CPU that one person takes, at best."""
    sandbox = launch("--today", TODAY, "--persons", str(persons), log=folder / str(persons))
    try:
        with (
            connect(sandbox.url) as client,
            Mirror.open() as mirror,
            connect_sd(sandbox.url, sd_cache_hours=0) as sd,
        ):
            mirror.load(client, (*COLLECTIONS, "itusers"))
            mapping = guess_mapping(mirror).mapping
            costs = []
            for _ in range(6):
                began = time.process_time()
                found = audit(sd, mirror, as_of=AS_OF, persons=["NK-00311"], mapping=mapping).findings
                costs.append(time.process_time() - began)
                assert [each.kind.code for each in found] == ["active_extra"]
            return min(costs)
    finally:
        sandbox.stop()


@pytest.fixture(scope="module")
def costs(tmp_path_factory):
    """What it costs in each."""
    folder = tmp_path_factory.mktemp("towns")
    found = {persons: _cost(persons, folder) for persons in (SMALL, LARGE)}
    print()
    for persons, cost in found.items():
        print(f"one of {persons:>6,} persons: {1_000 * cost:.0f} ms CPU")
    return found


def test_one_person_costs_the_same_in_a_large_municipality(costs):
    """Ten times as many people around are no third more."""
    assert costs[LARGE] < 1.34 * costs[SMALL]
