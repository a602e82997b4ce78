"""Nested queries answered from the mirror, held cell by cell to MO's own answers (sandbox and real MO)."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest
from contract.nested_queries import CASES, Facts

import motoolkit
from motoolkit.mirror import Mirror
from motoolkit.probes.flat import rewrite
from motoolkit.query import ask

pytestmark = [
    pytest.mark.contract,
    pytest.mark.filterwarnings("ignore::motoolkit.DeprecatedFieldWarning"),
]


@pytest.fixture(scope="module")
def clients(mo):
    """Clients by GraphQL version."""
    found = {}

    def client(version=30):
        if version not in found:
            found[version] = motoolkit.connect(mo.url, session=mo.session, graphql_version=version)
        return found[version]

    yield client
    for one in found.values():
        one.close()


@pytest.fixture(scope="module")
def mirror(clients):
    """A mirror of all of it."""
    with Mirror.open() as found:
        found.load(clients())
        yield found


@pytest.fixture(scope="module")
def facts(mirror, mo):
    """What the queries name."""
    day = {"day": mo.today}
    big = "SELECT org_unit_uuid FROM engagements_at($day) GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 5"
    jobs = (
        "SELECT c.user_key FROM engagements_at($day) e JOIN classes_at($day) c ON c.uuid = {}"
        " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 2"
    )
    root = "SELECT uuid FROM org_units_at($day) WHERE name = 'Nordby Kommune'"
    units = [row[0] for query in (root, big) for row in mirror.rows(query, day)]
    return Facts(
        units,
        units[1:2],
        [row[0] for row in mirror.rows(jobs.format("e.job_function_uuid"), day)],
        [row[0] for row in mirror.rows(jobs.format("e.engagement_type_uuid"), day)],
    )


def ordered(frame):
    """Return a frame in an order of its own: MO's lists are in none that it promises."""
    for column in frame:
        if any(isinstance(cell, list) for cell in frame[column]):
            frame[column] = [sorted(cell) if isinstance(cell, list) else cell for cell in frame[column]]
    texts = list(zip(*(map(str, frame[column]) for column in frame), strict=True))
    return frame.iloc[sorted(range(len(frame)), key=texts.__getitem__)].reset_index(drop=True)


def same(ours, mos):
    """Hold frames to each other: names, types and cells."""
    assert list(ours) == list(mos)
    for name in mos:
        pd.testing.assert_frame_equal(ordered(ours[name]), ordered(mos[name]))


@pytest.mark.parametrize("name", CASES)
def test_the_mirror_and_the_flat_reads_answer_as_mo_does(mo, clients, mirror, facts, name):
    """Cell by cell, with the types of the columns."""
    case = CASES[name]
    client, variables = clients(case.version), case.variables(mo, facts)
    as_of = None if case.days is None else mo.today + timedelta(days=case.days)
    rewriting = rewrite(client, case.document, variables, as_of=as_of, today=mo.today)
    assert rewriting.refusals == ()
    mos = ask(client, case.document, variables, as_of=as_of).frames()
    assert sum(map(len, mos.values())) > 0
    same(rewriting.frames(mirror), mos)
    same(rewriting.frames(rewriting.read(client)), mos)
