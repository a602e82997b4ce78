"""Identities in MO, the sandbox or a real one: what is planted there is found, whatever else it holds."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack

import httpx
import pytest
from contract import seeding

import motoolkit
from motoolkit.catalogue import EVER
from motoolkit.identities import COLLECTIONS, check, identity
from motoolkit.sandbox.identities import IDENTITIES_PLANTED, odd_identities
from motoolkit.sandbox.municipality import uid

pytestmark = pytest.mark.contract

KINDS = {
    "addresses": "address",
    "itusers": "ituser",
    "engagements": "engagement",
    "persons": "person",
    "classes": "class",
}
"""What plans call what is planted, in the order in which it is deleted."""


@pytest.fixture(scope="module")
def planted(mo):
    """Write the cases into MO through GraphQL, and delete them afterwards; yield their objects."""
    records = odd_identities(mo.today)
    operations = list(seeding._operations(records))
    with httpx.Client(base_url=mo.url, headers={"session": mo.session}, timeout=300) as client:
        for first in range(0, len(operations), seeding.PER_DOCUMENT):
            seeding._send(client, operations[first : first + seeding.PER_DOCUMENT])
    yield records
    with motoolkit.connect(mo.url, session=mo.session) as client:
        _delete(client, records)


def _delete(client, records):
    """Delete what was planted; MO chose the UUIDs of roles itself."""
    accounts = [record.uuid for record in records if record.collection == "itusers"]
    roles = {"ituser": {"uuids": accounts, **EVER}, **EVER}
    plan = client.plan("Ryd op")
    for page in client.read("rolebindings", fields=["user_key"], filter=roles):
        for role in page.objects:
            plan.delete("rolebinding", role["uuid"])
    for collection, kind in KINDS.items():
        for record in records:
            if record.collection == collection:
                plan.delete(kind, record.uuid)
    plan.apply(atomic=False)


@pytest.fixture(scope="module")
def read(mo, planted):
    """Read MO in some version of GraphQL, each once."""
    with ExitStack() as stack:
        assert planted
        mirrors = {}

        def read(version):
            if version not in mirrors:
                client = motoolkit.connect(mo.url, session=mo.session, graphql_version=version)
                stack.callback(client.close)
                mirrors[version] = stack.enter_context(motoolkit.Mirror.open())
                mirrors[version].load(client, COLLECTIONS)
            return mirrors[version]

        yield read


@pytest.mark.parametrize("version", [25, 30])
def test_what_is_planted_is_found_in_each_version(mo, planted, read, version):
    """Exactly that, of the planted persons; roles have other UUIDs in a real MO."""
    persons = [record.uuid for record in planted if record.collection == "persons"]
    found = check(read(version), mo.today, persons=persons).findings
    have = Counter(
        (f.kind.code, f.subject.uuid, f.validity and f.validity.start, f.severity.name)
        for f in found
        if f.subject.uuid in persons
    )
    want = Counter(
        (
            each.kind,
            each.person,
            each.start and each.start.on(mo.today),
            each.severity or found.kinds[each.kind].severity.name,
        )
        for case in IDENTITIES_PLANTED.values()
        for each in case.findings
        if each.person
    )
    assert (have - want, want - have) == (Counter(), Counter())


def test_hans_is_the_figure_of_the_newsletter(mo, read):
    """Three engagements, five accounts and six addresses, each linked as it is drawn there."""
    hans = identity(read(30), uid("persons", "hans"), mo.today)
    assert Counter(node.sort for node in hans.nodes if node.sort != "rolebinding") == {
        "engagement": 3,
        "ituser": 5,
        "address": 6,
    }
    sorts = {node.uuid: node.sort for node in hans.nodes} | {hans.uuid: "person"}
    assert Counter((sorts[link.one], sorts[link.other]) for link in hans.links) == {
        ("person", "engagement"): 3,
        ("engagement", "ituser"): 6,
        ("ituser", "address"): 6,
        ("ituser", "rolebinding"): 2,
    }
