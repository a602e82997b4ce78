"""Plans as JSON files and as tables."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from motoolkit import Plan, errors

E = "00000000-0000-4000-8000-00000000000e"
P = "00000000-0000-4000-8000-000000000009"
C = "00000000-0000-4000-8000-00000000000c"


def some_plan() -> Plan:
    """Return a plan with every action."""
    plan = Plan("Oprydning")
    plan.create("person", uuid=P, given_name="Karen", surname="Prøve", cpr_number="0101904001")
    plan.update("ituser", E, start="2026-01-01", engagements=[P, C], external_id=None, reason="Flyttet")
    plan.update("engagement", E, end="2030-01-01", prolong=True)
    plan.terminate("person", P, end="2027-01-01", vacate=True)
    plan.delete("engagement", E)
    return plan


def wrong(text: str) -> str:
    """Return what is said of a JSON text that is no plan."""
    with pytest.raises(errors.InputError) as caught:
        Plan.from_json(text)
    return str(caught.value)


def test_a_plan_comes_back_as_it_was():
    """From its JSON text, and from its file."""
    plan = some_plan()
    again = Plan.from_json(plan.to_json())
    assert (again.reason, again.operations) == (plan.reason, plan.operations)


def test_a_file_is_readable_by_its_owner_only(tmp_path):
    """It holds CPR numbers in full."""
    plan = some_plan()
    plan.save(tmp_path / "plan.json")
    assert (tmp_path / "plan.json").stat().st_mode & 0o777 == 0o600
    assert Plan.load(tmp_path / "plan.json").operations == plan.operations
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_a_plan_can_be_written_by_hand():
    """With no more than is needed."""
    told = {"action": "terminate", "kind": "engagement", "uuid": E, "end": "31-12-2026"}
    plan = Plan.from_json(json.dumps({"operations": [told]}))
    assert plan.operations[0].end == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "This is no JSON"),
        ("[]", "This JSON is no plan."),
        ('{"format": 9, "operations": []}', "The plan is of format 9"),
        ('{"operations": [1]}', "Operation 1 is no object."),
        ('{"operations": [{"action": "drop"}]}', "Operation 1 has the action 'drop'."),
        (
            '{"operations": [{"action": "create", "kind": "x"}]}',
            "Operation 1: There is no kind of object 'x'.",
        ),
        (
            '{"operations": [{"action": "create", "until": 1}]}',
            "Operation 1, a create, has 'until' in the wrong place, or at all.",
        ),
        (
            '{"operations": [{"action": "delete", "kind": "kle", "uuid": "1"}]}',
            "Operation 1: '1' is no UUID.",
        ),
        (
            '{"operations": [{"action": "update", "kind": "kle", "vacate": true}]}',
            "Operation 1, an update, has 'vacate'",
        ),
    ],
)
def test_what_is_wrong_with_a_plan_is_told_with_its_operation(text, said):
    """Counted from 1, as people do."""
    assert wrong(text).startswith(said)


def test_a_file_that_is_not_there_is_told(tmp_path):
    """With its name and the system's reason."""
    with pytest.raises(errors.InputError, match=r"plan\.json can not be read: No such file"):
        Plan.load(tmp_path / "plan.json")


def test_a_table_is_a_plan_with_an_operation_a_row():
    """Blank cells say nothing, ``null`` empties, several UUIDs stand in one cell."""
    frame = pd.DataFrame(
        [
            {"action": "update", "kind": "ituser", "uuid": E, "start": "2026-01-01", "external_id": "null"},
            {"action": "update", "kind": "ituser", "uuid": E, "engagements": f"{C}, {P}"},
            {"action": "terminate", "kind": "engagement", "uuid": E, "end": pd.Timestamp("2027-01-01")},
            {"action": "create", "kind": "facet", "user_key": "f", "reason": "Ny"},
        ]
    )
    plan = Plan.from_frame(frame, "Fra regneark")
    assert [(o.action, dict(o.values), o.start, o.end, o.reason) for o in plan] == [
        ("update", {"external_id": None}, date(2026, 1, 1), None, "Fra regneark"),
        ("update", {"engagements": (P, C)}, None, None, "Fra regneark"),
        ("terminate", {}, None, date(2027, 1, 1), "Fra regneark"),
        ("create", {"user_key": "f"}, None, None, "Ny"),
    ]


def test_whole_numbers_of_a_table_stay_whole():
    """Pandas makes floats of a column that has blanks."""
    frame = pd.DataFrame(
        [
            {"action": "update", "kind": "engagement", "uuid": E, "fraction": 500_000},
            {"action": "update", "kind": "engagement", "uuid": E, "user_key": "K"},
        ]
    )
    first = Plan.from_frame(frame).operations[0]
    assert dict(first.values) == {"fraction": 500_000}


def test_a_wrong_row_is_told_with_its_number():
    """Counted from 1, without the headings."""
    frame = pd.DataFrame([{"action": "update", "kind": "engagement", "uuid": E, "jobfunction": C}])
    with pytest.raises(errors.InputError, match="Row 1: There is no field of an engagement"):
        Plan.from_frame(frame)


def test_a_create_without_a_uuid_is_the_same_object_each_time():
    """So the same file, or the same table, applied again makes nothing twice."""
    text = """{"reason": "Sag 1", "operations": [
        {"action": "create", "kind": "person", "values": {"given_name": "Kaja", "surname": "Ny"}},
        {"action": "create", "kind": "person", "values": {"given_name": "Kaja", "surname": "Ny"}}
    ]}"""
    first, again = ([o.uuid for o in Plan.from_json(text).operations] for _ in range(2))
    assert first == again
    assert len(set(first)) == 2
    other = Plan.from_json(text.replace("Sag 1", "Sag 2"))
    assert not {o.uuid for o in other.operations} & set(first)
    rows = pd.DataFrame([{"action": "create", "kind": "itsystem", "user_key": "ad", "name": "AD"}])
    first, again = (Plan.from_frame(rows).operations[0].uuid for _ in range(2))
    assert first == again


def test_a_uuid_that_follows_tells_nothing_of_a_cpr_number():
    """The last four digits can not be found by trying, for they do not count."""
    text = """{"operations": [{"action": "create", "kind": "person",
        "values": {"given_name": "Kaja", "surname": "Ny", "cpr_number": "0101905050"}}]}"""
    first, other = (Plan.from_json(t).operations[0] for t in (text, text.replace("5050", "5051")))
    assert first.uuid == other.uuid
