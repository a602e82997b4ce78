"""Findings in a mirror's file outlive what happens to the mirror."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from motoolkit.client import connect
from motoolkit.errors import MirrorError
from motoolkit.findings import Finding, Findings, FindingStore, Kind, Severity, Subject
from motoolkit.mirror import Mirror

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
EXTRA = Kind("active_extra", Severity.CRITICAL, "Active in MO only")


@pytest.fixture(scope="module")
def found():
    """Return one finding."""
    finding = Finding(EXTRA, Subject("employment", "NS-04711/250284-xxxx", "Kaj Kajsen"))
    return Findings("sd", "SD og MO", [finding], kinds=[EXTRA], as_of=date(2026, 11, 23))


def test_loads_and_refreshes_leave_findings_alone(sandbox, found, tmp_path):
    """Before the first load, after another one of other collections, after a refresh, in the next process."""
    path = tmp_path / "nordby.duckdb"
    with connect(sandbox.url) as client, Mirror.open(path, key="k") as mirror:
        FindingStore(mirror).keep(found, ran_at=NOON)
        mirror.load(client, ["facets", "itsystems"])
        mirror.load(client, ["facets"])
        mirror.refresh(client)
        assert mirror.sql("SELECT kind, subject FROM findings.found").values.tolist() == [
            ["active_extra", "NS-04711/250284-xxxx"]
        ]
    with Mirror.open(path, key="k", must_exist=True) as mirror:
        kept = FindingStore(mirror).keep(found, ran_at=NOON)
        assert [(finding.seen, finding.first_seen) for finding in kept] == [("still", date(2026, 11, 23))]
        assert mirror.info().objects.keys() == {"facets"}


def test_the_mirror_of_findings_is_as_empty_as_before(found, tmp_path):
    """Keeping findings is no load, and the file is as guarded as any mirror."""
    path = tmp_path / "nordby.duckdb"
    with Mirror.open(path, key="k") as mirror:
        FindingStore(mirror).keep(found, ran_at=NOON)
        with pytest.raises(MirrorError, match="The mirror is empty"):
            mirror.sql("SELECT 1")
    assert b"Kajsen" not in path.read_bytes()
    assert oct(path.stat().st_mode) == "0o100600"
    with pytest.raises(MirrorError, match="can not be opened with this key"):
        Mirror.open(path, key="other")
