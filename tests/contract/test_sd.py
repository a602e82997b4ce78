"""SD-Løn's timelines against MO's, where MO is the sandbox or a real one; SD is a stand-in for both."""

from __future__ import annotations

import pytest
from support import launch

import motoolkit
from motoolkit.sd import audit, connect_sd
from motoolkit.sd.mo import COLLECTIONS

pytestmark = pytest.mark.contract


@pytest.fixture(scope="module")
def mirrors(mo):
    """MO read through two versions of GraphQL: up to v28 its ends are the last day."""
    mirrors = {}
    for version in (25, 30):
        mirrors[version] = motoolkit.Mirror.open()
        with motoolkit.connect(mo.url, session=mo.session, graphql_version=version) as client:
            mirrors[version].load(client, (*COLLECTIONS, "facets"))
    yield mirrors
    for mirror in mirrors.values():
        mirror.close()


@pytest.mark.parametrize("mode", ["clean", "planted"])
def test_sd_and_mo_differ_where_they_do_in_each_version(mo, mirrors, mode, tmp_path):
    """A clean municipality has no findings, a planted one its own, whatever version MO was read with."""
    size = ("--persons", "500", "--today", str(mo.today))
    running = launch(*size, "--sd", mode, log=tmp_path / "sd.log")
    with connect_sd(running.url, sd_bulk=True) as sd:
        older, newest = (_found(mo, sd, mirrors[version]) for version in (25, 30))
    running.stop()
    assert newest == older
    assert (len(newest) == 0) == (mode == "clean"), newest


def _found(mo, sd, mirror):
    """Return what differs of the municipality; whatever else a real MO holds is left out."""
    ours = {record.uuid for record in mo.records}
    return {
        (f.key, f.kind.code, f.attribute, f.validity, str(f.source), str(f.mo), f.patterns)
        for f in audit(sd, mirror, as_of=mo.today).findings
        if not f.subject.uuid or f.subject.uuid in ours
    }
