"""Checks of random persons: they never break, tell each thing once, and what is repaired is told no more."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from identity_mirror import filled

from motoolkit.identities import check, identities

TODAY = date(2026, 11, 23)
DAYS = ["2024-01-01", "2025-06-01", "2026-06-01", "2026-11-23", "2026-11-24", "2027-02-01"]
SYSTEMS = ["system-a", "system-b"]
CLASSES = {
    "primary": "",
    "non-primary": "",
    "explicitly-primary": "",
    "mail": "EMAIL",
    "MitID": "TEXT",
    "role": "",
}
UNITS = {"top": "", "school": "top", "roads": "top", "ring-a": "ring-b", "ring-b": "ring-a"}


@st.composite
def periods(draw):
    """Return periods of one object: one, or two with or without a gap between them."""
    days = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True)))
    if len(days) < 3:
        return [(days[0], days[1] if len(days) > 1 else None)]
    return [(days[0], days[1]), (days[-2], days[-1] if draw(st.booleans()) else None)]


@st.composite
def objects(draw, key, values):
    """Return the rows of up to three objects."""
    found = []
    for number in range(draw(st.integers(0, 3))):
        for start, end in draw(periods()):
            found.append((f"{key}-{number}", start, end, draw(values)))
    return found


def one_of(*names):
    """Return a reference to one of these, to nothing, or to what is not there."""
    return st.sampled_from([None, "gone", *names])


@st.composite
def worlds(draw):
    """Return the rows of a MO with three persons."""
    rows = {"persons": [], "engagements": [], "itusers": [], "addresses": [], "rolebindings": []}
    rows["classes"] = [
        (key, None, None, {"user_key": key, "name": key, "scope": scope, "it_system": "system-a"})
        for key, scope in CLASSES.items()
    ]
    rows["itsystems"] = [(key, None, None, {"user_key": key, "name": key}) for key in SYSTEMS]
    rows["org_units"] = [
        (key, None, None, {"user_key": key, "name": key, "parent": above or None})
        for key, above in UNITS.items()
    ]
    jobs = [f"job-{who}-{number}" for who in "abc" for number in range(3)]
    accounts = [f"account-{who}-{number}" for who in "abc" for number in range(3)]
    for who in "abc":
        person = st.just(f"person-{who}")
        rows["persons"].append((f"person-{who}", None, None, {"given_name": who, "surname": "Holm"}))
        primary = one_of("primary", "non-primary", "explicitly-primary")
        job = {"person": person, "org_unit": one_of(*UNITS), "primary": primary, "user_key": st.just("1")}
        account = {
            "person": person,
            "itsystem": st.sampled_from(SYSTEMS),
            "primary": primary,
            "user_key": st.sampled_from(["nora", "NORA", "bo"]),
            "external_id": st.sampled_from([None, "1", "{AB}"]),
            "engagements": st.lists(st.sampled_from([*jobs, "gone"]), max_size=3),
        }
        address = {
            "person": person,
            "address_type": one_of("mail", "MitID"),
            "value": st.sampled_from(["a@x.example", "b@x.example"]),
            "engagement": one_of(*jobs),
            "ituser": one_of(*accounts),
        }
        binding = {"ituser": one_of(*accounts), "role": one_of("role"), "org_unit": one_of(*UNITS)}
        for name, key, values in (
            ("engagements", f"job-{who}", job),
            ("itusers", f"account-{who}", account),
            ("addresses", f"address-{who}", address),
            ("rolebindings", f"binding-{who}", binding),
        ):
            rows[name] += draw(objects(key, st.fixed_dictionaries(values)))
    return rows


def told(rows):
    """Return what is found of a MO, by key."""
    with filled(rows) as mirror:
        findings = check(mirror, TODAY, past=True).findings
        keys = Counter(finding.key for finding in findings)
        assert [
            (f.kind.code, f.subject.key, f.attribute, f.validity) for f in findings if keys[f.key] > 1
        ] == []
        # Whatever is found can be drawn.
        assert len(list(identities(mirror, TODAY))) == 3
    return {finding.key: finding for finding in findings}


def link(rows, finding):
    """Link an account with all engagements of its person."""
    mine = sorted(
        {uuid for uuid, *_, values in rows["engagements"] if values["person"] == finding.subject.uuid}
    )
    return _changed(rows, "itusers", finding, lambda values: {**values, "engagements": mine})


def end(rows, finding, name):
    """End an object on the first day of a finding about it."""
    day = finding.validity.start.isoformat()
    found = []
    for uuid, start, last, values in rows[name]:
        if uuid != finding.subject.key:
            found.append((uuid, start, last, values))
        elif start < day:
            found.append((uuid, start, min(last or day, day), values))
    return {**rows, name: found}


def _changed(rows, name, finding, change):
    held = [
        (uuid, start, last, change(values) if uuid == finding.subject.key else values)
        for uuid, start, last, values in rows[name]
    ]
    return {**rows, name: held}


REPAIRS = {
    "account_without_engagement": link,
    "account_outlives_engagements": lambda rows, finding: end(rows, finding, "itusers"),
    "address_outlives_account": lambda rows, finding: end(rows, finding, "addresses"),
    "role_of_another_system": lambda rows, finding: end(rows, finding, "rolebindings"),
    "role_after_move": lambda rows, finding: end(rows, finding, "rolebindings"),
}


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(), st.sampled_from(sorted(REPAIRS)))
def test_checks_never_break_and_what_is_repaired_is_told_no_more(rows, code):
    """One finding of a kind that has a plain repair is repaired as its remedy says."""
    before = told(rows)
    finding = next((each for each in before.values() if each.kind.code == code), None)
    if finding is not None:
        assert finding.key not in told(REPAIRS[code](rows, finding))
