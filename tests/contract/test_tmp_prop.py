"""Random nested documents: either a sentence why not, or MO's own answer (sandbox and real MO)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from contract.nested_documents import documents
from contract.test_flat import same
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

import motoolkit
from motoolkit.errors import InputError, QueryError
from motoolkit.mirror import Mirror
from motoolkit.probes.flat import rewrite
from motoolkit.query import ask

pytestmark = [
    pytest.mark.contract,
    pytest.mark.filterwarnings("ignore::motoolkit.DeprecatedFieldWarning"),
]

slowly = settings(
    max_examples=1500,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    database=None,
)


@pytest.fixture(scope="module")
def client(mo):
    """A client of the MO under test."""
    with motoolkit.connect(mo.url, session=mo.session) as found:
        yield found


@pytest.fixture(scope="module")
def mirror(client):
    """A mirror of it."""
    with Mirror.open() as found:
        found.load(client)
        yield found


def flat(rewriting, source):
    """Return the frames from the mirror, or nothing where only the rows tell that there are none."""
    try:
        return rewriting.frames(source)
    except InputError as error:
        if "from the mirror" not in str(error) and "fra spejlet" not in str(error):
            raise
        return None


@slowly
@given(document=documents(), days=st.sampled_from([None, None, -500, 40]))
def test_a_random_document_is_answered_as_mo_does_or_refused(mo, client, mirror, document, days):
    """Never a wrong answer."""
    as_of = None if days is None else mo.today + timedelta(days=days)
    rewriting = rewrite(client, document, as_of=as_of, today=mo.today)
    if not rewriting.ok:
        event("refused")
        return
    ours = flat(rewriting, mirror)
    read = flat(rewriting, rewriting.read(client))
    try:
        mos = ask(client, document, as_of=as_of).frames()
    except QueryError:
        event("MO errs")
        assert ours is None
        assert read is None
        return
    event("answered" if ours is not None else "refused by the rows")
    if ours is not None:
        same(ours, mos)
        same(read, mos)
