"""Checks as one asks for them: what is refused, what is counted, and what MO lacks."""

from __future__ import annotations

from datetime import date

import pytest
from identity_mirror import filled

from motoolkit.errors import InputError, MirrorError
from motoolkit.identities import check
from motoolkit.mirror import Mirror

TODAY = date(2026, 11, 23)
A, B = "person-a", "person-b"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Texts as they stand in the code."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def row(uuid, start="2020-01-01", end=None, **values):
    """Return a row of a collection."""
    return uuid, start, end, values


PEOPLE = [
    row(A, None, given_name="Nora", surname="Holm"),
    row(B, None, given_name="Bo", surname="Holm"),
]
UNITS = [
    row("top", name="Top"),
    row("one", name="Et", parent="top"),
    row("two", name="To", parent="top"),
    row("school", name="Skole", parent="one"),
]
JOBS = [
    row("j1", person=A, org_unit="one", user_key="1"),
    row("j2", person=A, org_unit="school", user_key="2"),
]
BOTH = ["j1", "j2"]


def kinds(rows, **asked):
    """Return the codes of what is found."""
    with filled(rows) as mirror:
        return sorted(finding.kind.code for finding in check(mirror, TODAY, **asked).findings)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"level": 0}, "Level 0 is none of the organisation's. Give 1 for the top"),
        ({"grace": -1}, "-1 days of grace can not be given. Give 0 or more."),
        ({"persons": ["Nora Hulm"]}, "Nobody is called 'Nora Hulm' in MO. Did you mean Nora Holm"),
        ({"unit": "Skolen"}, "No unit is called 'Skolen' in MO on 2026-11-23. Did you mean Skole?"),
    ],
)
def test_what_can_not_be_used_is_one_sentence(asked, sentence):
    """It names the input and a way out."""
    with filled({"persons": PEOPLE, "org_units": UNITS}) as mirror, pytest.raises(InputError) as told:
        check(mirror, TODAY, **asked)
    assert str(told.value).startswith(sentence)


def test_two_of_one_name_are_told_apart_by_uuid():
    """Neither is taken."""
    twins = [*PEOPLE, row("person-c", None, given_name="Bo", surname="Holm")]
    with (
        filled({"persons": twins}) as mirror,
        pytest.raises(InputError, match="2 persons are called 'Bo Holm'"),
    ):
        check(mirror, TODAY, persons=["Bo Holm"])


def test_an_empty_mirror_is_refused():
    """It was never loaded."""
    with Mirror.open() as mirror, pytest.raises(MirrorError, match="empty"):
        check(mirror, TODAY)


def test_of_nobody_nothing_is_found():
    """An empty MO has no faults."""
    assert kinds({}) == []


def test_the_level_says_what_parts_the_organisation():
    """On the second level both are in one part, on the third one of them is in a school."""
    accounts = [row("i", person=A, itsystem="s", user_key="nora", engagements=BOTH)]
    rows = {"persons": PEOPLE, "org_units": UNITS, "engagements": JOBS, "itusers": accounts}
    assert kinds(rows) == []
    assert kinds(rows, level=3) == ["account_across_organisation"]
    assert kinds(rows, level=1) == []


def test_a_ring_of_units_does_not_hang_a_check():
    """Two units are above each other; whether they are apart does not matter."""
    ring = [row("one", name="Et", parent="school"), row("school", name="Skole", parent="one")]
    accounts = [row("i", person=A, itsystem="s", user_key="nora", engagements=BOTH)]
    rows = {"persons": PEOPLE, "org_units": ring, "engagements": JOBS, "itusers": accounts}
    assert set(kinds(rows)) <= {"account_across_organisation"}


def test_links_to_what_mo_has_not_are_counted_and_judged_by_nobody():
    """When an unknown engagement ended can not be told."""
    rows = {
        "persons": PEOPLE,
        "engagements": [row("j1", person=A, org_unit="gone", user_key="1")],
        "itusers": [row("i", person=A, itsystem="gone", user_key="nora", engagements=["gone"])],
        "addresses": [row("a", person=A, ituser="gone", address_type="gone", value="n@x.example")],
        "rolebindings": [row("r", ituser="gone", role="gone", user_key="r")],
    }
    with filled(rows) as mirror:
        findings = check(mirror, TODAY).findings
    assert [finding.kind.code for finding in findings] == []
    assert findings.notices == ("3 links of accounts, addresses and roles point at what MO does not have.",)


def test_nobody_is_told_to_lack_an_account_where_mo_has_none():
    """Such a MO is used without accounts."""
    assert kinds({"persons": PEOPLE, "org_units": UNITS, "engagements": JOBS}) == []


def test_two_persons_are_told_of_one_username_whoever_is_asked_for():
    """Both accounts are marked."""
    accounts = [
        row("i1", person=A, itsystem="s", user_key="Nora"),
        row("i2", "2021-01-01", person=B, itsystem="s", user_key="nora "),
    ]
    with filled({"persons": PEOPLE, "itusers": accounts}) as mirror:
        found = check(mirror, TODAY, persons=["Bo Holm"])
        (finding,) = found.findings
    assert (finding.kind.code, finding.validity.start, finding.detail) == (
        "username_of_several",
        date(2021, 1, 1),
        "Nora Holm, Bo Holm",
    )
    assert found.marks[finding.key] == ("i1", "i2")
    assert len(found.of(["i1"])) == len(found.of([B])) + 1 == 1


def test_none_named_is_everybody():
    """Notebooks leave the parameter empty."""
    with filled({"persons": PEOPLE}) as mirror:
        counted = [
            check(mirror, TODAY, persons=each).findings.checked["Persons"] for each in (None, [], [" "], A)
        ]
    assert counted == [2, 2, 2, 1]


def test_runs_of_other_rules_are_not_compared():
    """The line of a run has its scope and its rules."""
    with filled({"persons": PEOPLE, "org_units": UNITS, "engagements": JOBS}) as mirror:
        lines = {
            check(mirror, TODAY, **asked).findings.line
            for asked in (
                {},
                {"level": 3},
                {"grace": 9},
                {"unit": "Et"},
                {"unit": "one"},
                {"unit": "Et", "persons": [A]},
                {"persons": [A]},
                {"past": True},
            )
        }
    # A unit is the same by its name and by its UUID.
    assert len(lines) == 7
