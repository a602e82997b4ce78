"""Checks of the sandbox's identities find what is planted there, all of it and nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from support import launch

from motoolkit import connect
from motoolkit.identities import COLLECTIONS, check, identity
from motoolkit.mirror import Mirror
from motoolkit.sandbox.identities import IDENTITIES_PLANTED
from motoolkit.sandbox.municipality import uid

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Texts as they stand in the code."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


@pytest.fixture(scope="module")
def serve(tmp_path_factory):
    """Serve a municipality in some mode and read it in some version of GraphQL."""
    with ExitStack() as stack:
        boxes = {}

        def start(mode, version=30):
            if mode not in boxes:
                log = tmp_path_factory.mktemp("identities") / "sandbox.log"
                boxes[mode] = launch("--today", str(TODAY), "--identities", mode, log=log)
                stack.callback(boxes[mode].stop)
            client = stack.enter_context(connect(boxes[mode].url, graphql_version=version))
            mirror = stack.enter_context(Mirror.open())
            mirror.load(client, COLLECTIONS)
            return mirror

        yield start


@pytest.fixture(scope="module")
def planted(serve):
    """The planted municipality and what is found in it."""
    mirror = serve("planted")
    return mirror, check(mirror, TODAY)


def told(findings):
    """Return what was found, counted."""
    return Counter(
        (f.kind.code, f.subject.key, f.validity and f.validity.start, f.severity.name) for f in findings
    )


def wanted(kinds):
    """Return what has to be found, counted."""
    return Counter(
        (
            each.kind,
            each.key,
            each.start and each.start.on(TODAY),
            each.severity or kinds[each.kind].severity.name,
        )
        for case in IDENTITIES_PLANTED.values()
        for each in case.findings
    )


def test_all_that_is_planted_is_found_and_nothing_else(planted):
    """Of every case its findings, and of near misses none."""
    have = told(planted[1].findings)
    want = wanted(planted[1].findings.kinds)
    assert (have - want, want - have) == (Counter(), Counter())


def test_every_kind_has_its_case(planted):
    """No check is without one."""
    assert {each for each, *_ in wanted(planted[1].findings.kinds)} == set(planted[1].findings.kinds)


def test_of_a_municipality_without_faults_there_is_nothing_to_tell(serve):
    """Not even information."""
    assert list(check(serve("clean"), TODAY).findings) == []


def test_every_version_of_graphql_tells_the_same(serve, planted):
    """From v29 on the last day is another one."""
    _, again = planted
    older = check(serve("planted", 25), TODAY)
    assert [(f.key, f.validity) for f in older.findings] == [(f.key, f.validity) for f in again.findings]
    assert older.marks == again.marks


def test_marks_are_nodes_and_links_of_the_picture(planted):
    """Whatever is marked can be coloured."""
    mirror, found = planted
    who = uid("persons", "idn/many")
    drawn = identity(mirror, who, TODAY)
    nodes = {node.uuid for node in drawn.nodes}
    links = {f"{link.one}/{link.other}" for link in drawn.links}
    mine = found.of([who])
    assert mine.counts() == {
        "account_outlives_engagements": 1,
        "mail_without_account": 1,
        "address_and_account_differ": 1,
        "account_across_organisation": 1,
        "account_without_engagement": 1,
    }
    marked = {mark for finding in mine for mark in found.marks[finding.key]}
    assert {mark for mark in marked if "/" not in mark} <= nodes
    assert {mark for mark in marked if "/" in mark} <= links


def test_one_persons_findings_are_those_of_the_whole(planted):
    """Whether everybody is checked or one."""
    mirror, found = planted
    for key in ("idn/many", "idn/name-a", "idn/used-b"):
        who = uid("persons", key)
        alone = check(mirror, TODAY, persons=[who])
        assert {f.key for f in alone.findings} >= {f.key for f in found.of([who])} - {""}
        assert alone.findings.checked["Persons"] == 1


def test_somebody_without_anything_has_no_findings(planted):
    """Blanka has neither engagement nor account."""
    mirror, _ = planted
    found = check(mirror, TODAY, persons=["Blanka Blank"]).findings
    assert (len(found), found.checked["Persons"], found.checked["Accounts"]) == (0, 1, 0)


def test_the_page_lists_every_case():
    """``tools/identity_cases.py`` writes the table."""
    tool = Path(__file__).parents[3] / "tools/identity_cases.py"
    checked = subprocess.run([sys.executable, tool, "--check"], check=False)
    assert checked.returncode == 0, "run tools/identity_cases.py"
