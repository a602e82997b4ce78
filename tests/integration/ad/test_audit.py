"""An audit of the sandbox's directories finds what is planted there, all of it and nothing else."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from datetime import UTC, date, datetime

import pytest
from support import launch

from motoolkit import connect
from motoolkit.ad import COLLECTIONS, audit, connect_ad
from motoolkit.mirror import Mirror
from motoolkit.sandbox.ad import directories, tidied
from motoolkit.sandbox.municipality import municipality, odd_for_ad

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


def records(mode):
    """Return MO's objects as a sandbox makes them."""
    made = municipality(today=TODAY)
    if mode == "clean":
        return tidied(made, TODAY)
    return [*made, *odd_for_ad(made, TODAY)] if mode == "everything" else made


def expected(mode):
    """Return what an audit has to find, counted."""
    found = directories(records(mode), TODAY, mode)
    return Counter(
        (each.code, each.key, each.attribute) for place in found.values() for each in place.expected
    )


def told(findings):
    """Return what was found, counted."""
    return Counter((each.kind.code, each.subject.key, each.attribute) for each in findings)


@pytest.fixture(scope="module", params=["clean", "planted", "everything"])
def town(request, tmp_path_factory):
    """Serve the municipality with directories in some mode, and audit it."""
    box = launch(
        *("--today", str(TODAY), "--ad", request.param, "--sd", "clean"),
        log=tmp_path_factory.mktemp("ad") / "sandbox.log",
    )
    with ExitStack() as stack:
        stack.callback(box.stop)
        client, mirror = stack.enter_context(connect(box.url)), stack.enter_context(Mirror.open())
        mirror.load(client, COLLECTIONS)
        sources = [stack.enter_context(each) for each in connect_ad(box.url)]
        found = audit(sources, mirror, as_of=TODAY, now=NOON)
        found.confirm(client)
        yield request.param, found


def test_all_that_is_planted_is_found_and_nothing_else(town):
    """Precision and recall are one, in every mode."""
    mode, found = town
    wanted, have = expected(mode), told(found.findings)
    assert (have - wanted, wanted - have) == (Counter(), Counter())
