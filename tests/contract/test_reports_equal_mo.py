"""The newsletter's reports against MO's own nested resolvers, cell by cell (sandbox and real MO)."""

from __future__ import annotations

from collections import Counter

import pytest
from contract.nested import Nested

import motoolkit
from motoolkit.reports import REPORTS, ReportParameters

pytestmark = pytest.mark.contract


@pytest.fixture(scope="module")
def root(mo):
    """The root of the line organisation."""
    tops = mo.data("{ org_units(filter: {parent: null}) { objects { uuid current { name } } } }")
    return next(o["uuid"] for o in tops["org_units"]["objects"] if o["current"]["name"] == "Nordby Kommune")


@pytest.fixture(scope="module")
def mirror(mo):
    """A mirror of the MO, loaded by the toolkit."""
    with motoolkit.connect(mo.url, session=mo.session) as client, motoolkit.Mirror.open() as mirror:
        mirror.load(client)
        yield mirror


@pytest.fixture(scope="module")
def nested(mo, root):
    """Both reports as MO's nested resolvers give them: (with CPR, without)."""
    rows = list(Nested(mo, root).rows())
    return {
        "engagements-managers-cpr": [row[0] for row in rows],
        "engagements-managers": [row[1] for row in rows],
    }


@pytest.mark.parametrize("name", ["engagements-managers", "engagements-managers-cpr"])
def test_the_report_equals_mos_nested_resolvers_cell_by_cell(mo, root, mirror, nested, name):
    """Each row of the toolkit's report is a row that MO's own resolvers give, and the other way round."""
    parameters = ReportParameters(as_of=mo.today, root=root, with_cpr=True, purpose="Kontrol")
    table = REPORTS[name].build(mirror, parameters)
    levels = sum(heading.startswith("Niveau ") for heading in table.headings)
    ours = Counter((tuple(filter(None, row[:levels])), *row[levels:]) for row in table.rows)
    mos = Counter(nested[name])
    assert sum(ours.values()) > 300
    assert ours - mos == Counter()
    assert mos - ours == Counter()
