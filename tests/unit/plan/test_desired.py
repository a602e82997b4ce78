"""What shall be true: operations followed on what is, without any MO."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from motoolkit import Plan
from motoolkit.plan import Operation, Span, desired, steps

E = "00000000-0000-4000-8000-00000000000e"
P = "00000000-0000-4000-8000-000000000009"
Q = "00000000-0000-4000-8000-000000000007"
U = "00000000-0000-4000-8000-000000000005"
C = "00000000-0000-4000-8000-00000000000c"
KEY = ("engagements", E)


def engagement(start: str, end: str | None = None, **values: Any) -> Span:
    """Return a slice of an engagement, as MO would have it."""
    plan = Plan()
    least = {"person": P, "org_unit": U, "engagement_type": C, "job_function": C}
    plan.create("engagement", uuid=E, start=start, end=end, **(least | values))
    return desired(plan.operations, {})[KEY][0]


def after(state: dict[Any, Any], plan: Plan, field: str = "user_key") -> list[tuple[str, str | None, Any]]:
    """Return the life of the engagement after a plan: start, end, one field."""
    spans = desired(plan.operations, state)[KEY]
    return [(str(s.start), s.end and str(s.end), s.values[field]) for s in spans]


HELD = {KEY: (engagement("2020-01-01", "2024-01-01", user_key="A"),)}


def test_a_create_fills_in_what_mo_fills_in():
    """The user_key is the UUID, an address's is its value; what is not said is empty."""
    span = engagement("2020-01-01")
    assert span.values["user_key"] == E
    assert span.values["fraction"] is None
    plan = Plan()
    uuid = plan.create("address", start="2020-01-01", person=P, address_type=C, value="a@b.dk")
    assert desired(plan.operations, {})["addresses", uuid][0].values["user_key"] == "a@b.dk"


def test_a_person_begins_on_the_birthday_in_the_cpr_number():
    """Without a number it has been there for ever; a replacement number's day is none to MO (measured)."""
    starts = []
    for number in ("0101904001", None, "6101904001"):
        plan = Plan()
        uuid = plan.create("person", given_name="K", surname="P", cpr_number=number)
        starts.append(desired(plan.operations, {})["persons", uuid][0].start)
    assert starts == [date(1990, 1, 1), None, None]


def test_an_update_holds_from_its_start_to_the_end_of_the_life():
    """An end that is not said is the object's own."""
    plan = Plan()
    plan.update("engagement", E, start="2022-01-01", user_key="B")
    assert after(HELD, plan) == [("2020-01-01", "2022-01-01", "A"), ("2022-01-01", "2024-01-01", "B")]


def test_an_update_leaves_holes_dead():
    """It says what holds where the object lives."""
    plan = Plan()
    plan.terminate("engagement", E, start="2021-01-01", end="2022-01-01")
    plan.update("engagement", E, user_key="B")
    assert after(HELD, plan) == [("2020-01-01", "2021-01-01", "B"), ("2022-01-01", "2024-01-01", "B")]


def test_dates_outside_the_life_are_an_error():
    """MO would let it live there; a plan does so only when it is told to."""
    plan = Plan()
    plan.update("engagement", E, start="2023-01-01", end="2025-01-01", user_key="B")
    sent, problems = steps(plan.operations, HELD)
    assert sent == []
    assert [(p.severity, p.operation, p.code) for p in problems] == [("error", 0, "outside-life")]
    assert problems[0].text == (
        f"The engagement {E} lives in [2020-01-01, 2024-01-01), but shall change in [2023-01-01, 2025-01-01)."
    )


def test_to_prolong_is_to_live_on_with_the_last_values():
    """In the gap before it the object stays dead."""
    plan = Plan()
    plan.update("engagement", E, start="2023-01-01", user_key="B")
    plan.update("engagement", E, start="2025-01-01", end="2026-01-01", prolong=True, fraction=1)
    assert after(HELD, plan) == [
        ("2020-01-01", "2023-01-01", "A"),
        ("2023-01-01", "2024-01-01", "B"),
        ("2025-01-01", "2026-01-01", "B"),
    ]


def test_to_prolong_without_an_end_is_for_ever():
    """And over all gaps on the way."""
    plan = Plan()
    plan.update("engagement", E, start="2023-01-01", prolong=True)
    assert after(HELD, plan) == [("2020-01-01", None, "A")]


def test_a_termination_after_the_end_changes_nothing():
    """Nor does it prolong."""
    plan = Plan()
    plan.terminate("engagement", E, end="2030-01-01")
    assert after(HELD, plan) == [("2020-01-01", "2024-01-01", "A")]


def test_a_termination_before_the_start_leaves_nothing():
    """As in MO, where the object is then in no list."""
    plan = Plan()
    plan.terminate("engagement", E, end="2019-01-01")
    assert after(HELD, plan) == []


def test_an_object_that_is_not_there_can_not_be_updated():
    """The error names it; ending it is a warning, because it may have been ended before it began."""
    plan = Plan()
    plan.update("engagement", Q, user_key="B")
    plan.terminate("engagement", Q, end="2021-01-01")
    _, problems = steps(plan.operations, {})
    assert [(p.severity, p.code) for p in problems] == [
        ("error", "unknown-object"),
        ("warning", "unknown-object"),
    ]


def test_a_person_ends_by_what_is_the_persons_then():
    """What is somebody else's stays."""
    state = HELD | {("engagements", Q): (engagement("2020-01-01", person=Q),)}
    plan = Plan()
    plan.terminate("person", P, end="2022-01-01")
    found = desired(plan.operations, state)
    assert found[KEY][0].end == date(2022, 1, 1)
    assert found["engagements", Q][0].end is None


YEARS = [None, *(f"{year}-01-01" for year in range(2019, 2027))]


@st.composite
def operations(draw: st.DrawFn) -> Operation:
    """Draw an update, a prolonging or a termination of the engagement."""
    start, end = sorted(draw(st.lists(st.sampled_from(YEARS[1:]), min_size=2, max_size=2, unique=True)))
    action = draw(st.sampled_from(["update", "prolong", "terminate", "hole"]))
    key = draw(st.sampled_from("ABC"))
    plan = Plan()
    if action in ("terminate", "hole"):
        plan.terminate("engagement", E, start=start if action == "hole" else None, end=end)
    else:
        plan.update("engagement", E, start=start, end=end, prolong=action == "prolong", user_key=key)
    return plan.operations[0]


@given(st.lists(operations(), max_size=8))
def test_what_is_so_stays_so(drawn):
    """Following the operations on their own result changes nothing, or the plan is refused."""
    once = desired(drawn, HELD)
    _, problems = steps(drawn, HELD)
    assert desired(drawn, once) == once or "unsettled" in {p.code for p in problems}


def test_operations_that_undo_each_other_are_refused():
    """Applied again, this plan would first end what it has made to live on, and then not find it."""
    plan = Plan()
    plan.terminate("engagement", E, start="2019-01-01", end="2020-01-01")
    plan.update("engagement", E, start="2019-01-01", end="2020-01-01", prolong=True, user_key="A")
    plan.terminate("engagement", E, end="2020-01-01")
    sent, problems = steps(plan.operations, HELD)
    assert sent == []
    assert [p.code for p in problems] == ["unsettled"]
