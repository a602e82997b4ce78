"""What one does about findings: a plan that lets MO say what SD says, and the call that loads again.

On a sandbox in which MO is odd too: the plan for all of it is applied, and everything is compared again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from support import TODAY, launch

import motoolkit
from motoolkit.errors import InputError
from motoolkit.findings import Acceptance
from motoolkit.model import MISSING, Validity
from motoolkit.sandbox.municipality import unit_uuid
from motoolkit.sandbox.sd import SD_PLANTED
from motoolkit.sd import Mapping, audit, connect_sd, guess_mapping
from motoolkit.sd.mo import COLLECTIONS

AS_OF = date(2026, 11, 23)
MENDED = [
    "active_extra",
    "active_extra",
    "active_extra",
    "active_missing",
    "unit_shorter_than_engagement",
    "wrong_address",
    "wrong_engagement_type",
    "wrong_fraction",
    "wrong_job_function",
    "wrong_leave",
    "wrong_level",
    "wrong_name",
    "wrong_parent",
    "wrong_title",
    "wrong_title",
    "wrong_unit",
    "wrong_unit",
    "wrong_unit_code",
]
LEFT = [
    "duplicate_in_mo",
    "engagement_missing_in_mo",
    "engagement_missing_in_sd",
    "gap_in_sd_attr",
    "job_function_unknown",
    "key_format",
    "key_reused",
    "overlap_in_mo",
    "overlap_in_sd",
    "person_missing_in_mo",
    "person_missing_in_sd",
    "sd_empty_answer",
    "unit_extra",
    "unit_is_unknown",
    "unit_missing",
    "wrong_name",
]


class World:
    """MO and SD-Løn, and what is found between them."""

    def __init__(self, mo, sd, mirror):
        self.mo, self.sd, self.mirror = mo, sd, mirror
        self.mapping = Mapping.read(guess_mapping(mirror).mapping, title="extension_1")

    def audit(self, *cases, **overrides):
        """Compare everything, or some planted cases or numbers, with what MO says by now."""
        self.mirror.refresh(self.mo)
        persons = [SD_PLANTED[case].person if case in SD_PLANTED else case for case in cases]
        mapping = Mapping.read(self.mapping, **overrides)
        return audit(self.sd, self.mirror, as_of=AS_OF, persons=persons, mapping=mapping)

    def engagement(self, case):
        """Return MO's UUID of the engagement of a planted case."""
        (number,) = SD_PLANTED[case].numbers
        query = "SELECT DISTINCT uuid FROM engagements WHERE user_key = $key"
        ((uuid,),) = self.mirror.rows(query, {"key": f"NK-{number}"})
        return uuid

    def unit_of(self, number, day=AS_OF):
        """Return the unit in which MO has a number on a day."""
        query = "SELECT org_unit_uuid FROM engagements_at($day) WHERE user_key = $number"
        ((unit,),) = self.mirror.rows(query, {"number": number, "day": day})
        return unit

    def apply(self, plan):
        """Apply a plan, all of it."""
        plan.apply(journal=False).raise_unless_ok()


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Read reasons as they stand in the code."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Serve a municipality whose MO is odd too, and load a mirror of it."""
    sandbox = launch(
        "--today",
        TODAY,
        "--sd",
        "everything",
        "--persons",
        "100",
        log=tmp_path_factory.mktemp("mend") / "sandbox.log",
    )
    with (
        motoolkit.connect(sandbox.url) as mo,
        connect_sd(sandbox.url) as sd,
        motoolkit.Mirror.open() as mirror,
    ):
        mirror.load(mo, COLLECTIONS)
        yield World(mo, sd, mirror)
    sandbox.stop()


@pytest.fixture(scope="module")
def before(world):
    """Compare everything, before anything is mended."""
    return world.audit()


@pytest.fixture(scope="module")
def mending(world, before):
    """Make the plan for all findings."""
    return before.plan(world.mo, leave_type="tjenestefri")


@pytest.fixture(scope="module")
def after(world, mending):
    """Compare everything, when the plan is applied."""
    world.apply(mending)
    return world.audit()


def wrong(audited):
    """Return the findings that tell which side is wrong."""
    return list(audited.findings.only(undecided=False))


def kinds(findings):
    """Return the kinds of findings, sorted."""
    return sorted(finding.kind.code for finding in findings)


def test_a_plan_mends_what_mo_can_mend_and_names_the_rest(before, mending):
    """Nothing is forgotten: each finding is mended, or left with a reason."""
    assert kinds(mending.mended) == MENDED
    assert kinds(finding for finding, _ in mending.left) == LEFT
    assert len(before.findings) == len(mending.mended) + len(mending.left)
    assert all(reason for _, reason in mending.left)
    frame = mending.frame()
    assert (frame["left_because"] == "").sum() == len(mending.mended)


def test_a_plan_for_findings_is_looked_at_before_it_is_applied(mending):
    """It has no errors, and warns of accounts that outlive their engagements."""
    check = mending.check(as_of=AS_OF)
    assert check.ok
    assert {problem.code for problem in check.warnings} == {"still-in-use"}
    assert "NK-00311/150777-xxxx" in mending.operations[0].reason


def test_applied_it_leaves_none_of_what_it_mends_and_makes_nothing_new(before, mending, after):
    """What is found afterwards is exactly what the plan left."""
    assert {finding.key for finding in after.findings} == {finding.key for finding, _ in mending.left}
    assert kinds(after.findings) == LEFT
    assert len(before.findings) == 34


def test_a_second_plan_has_nothing_to_do(world, after):
    """All is left, for the same reasons."""
    again = after.plan(world.mo)
    assert len(again) == 0
    assert kinds(finding for finding, _ in again.left) == LEFT


@pytest.mark.usefixtures("after")
def test_a_hole_a_shorter_life_and_a_lost_leave_are_mended(world):
    """Each period gets what SD says of it: work that changes, and a leave."""
    cases = "fraction_change", "leave", "one_day"
    promoted, away, one_day = map(world.engagement, cases)
    damage = world.mo.plan("damage")
    damage.terminate("engagement", promoted, end="2024-01-01")
    damage.terminate("engagement", away, start="2026-06-01", end="2026-11-10")
    for (leave,) in world.mirror.rows(
        "SELECT DISTINCT uuid FROM leaves WHERE engagement_uuid = $uuid", {"uuid": away}
    ):
        damage.terminate("leave", leave, end="2026-11-05")
    damage.update("engagement", one_day, start="2020-01-01", end="2026-11-01", prolong=True)
    world.apply(damage)
    damaged = world.audit(*cases)
    assert set(kinds(wrong(damaged))) == {"active_extra", "active_missing", "wrong_leave"}
    world.apply(damaged.plan(world.mo))
    assert wrong(world.audit(*cases)) == []


@pytest.mark.usefixtures("after")
def test_an_interruption_that_somebody_fills_is_made_again(world):
    """Filled it has its person and unit in it, as after a termination; SD stays as it was made."""
    came_back = world.engagement("rehire_same_number")
    damage = world.mo.plan("damage")
    damage.update("engagement", came_back, start="2023-07-01", end="2024-10-01", prolong=True)
    world.apply(damage)
    filled = world.audit("rehire_same_number")
    query = "SELECT DISTINCT person_uuid, valid_from, valid_to FROM engagements WHERE uuid = $uuid"
    assert list(world.mirror.rows(query, {"uuid": came_back})) == [
        (SD_PLANTED["rehire_same_number"].person, date(2020, 3, 1), None)
    ]
    (extra,) = wrong(filled)
    assert (extra.kind.code, extra.validity) == (
        "active_extra",
        Validity(date(2023, 7, 1), date(2024, 10, 1)),
    )
    world.apply(filled.plan(world.mo))
    assert wrong(world.audit("rehire_same_number")) == []


@pytest.mark.usefixtures("after")
def test_a_leave_that_should_not_be_is_ended(world):
    """Also where it stands outside of its engagement."""
    engagement = world.engagement("clean")
    damage = world.mo.plan("damage")
    damage.create(
        "leave",
        start="2026-02-01",
        end="2026-05-01",
        person=SD_PLANTED["clean"].person,
        engagement=engagement,
        leave_type=world.mirror.sql("SELECT uuid FROM classes WHERE user_key = 'syg'")["uuid"][0],
    )
    world.apply(damage)
    damaged = world.audit("clean")
    assert kinds(wrong(damaged)) == ["wrong_leave"]
    world.apply(damaged.plan(world.mo))
    assert wrong(world.audit("clean")) == []


@pytest.mark.usefixtures("after")
def test_sd_s_department_is_written_into_its_extension_column(world):
    """With the code beside it, for every period in which they are not so."""
    rule = {"raw_unit": "extension_5", "unit_code": "extension_4"}
    found = world.audit("future_move", **rule)
    assert {finding.attribute for finding in wrong(found)} == {"sd_unit"}
    assert {finding.facts["also"] for finding in wrong(found)} == {"unit_code"}
    world.apply(found.plan(world.mo))
    assert wrong(world.audit("future_move", **rule)) == []


@pytest.mark.usefixtures("after")
def test_sd_s_department_is_kept_in_an_association(world):
    """Where engagements are put one step up, and taken away where they are not."""
    up = {"raw_unit": "association", "association_type": "Konsulent"}
    found = world.audit("wrong_unit", placement="parent", **up)
    assert kinds(wrong(found)) == ["wrong_unit", "wrong_unit"]
    world.apply(found.plan(world.mo))
    assert wrong(world.audit("wrong_unit", placement="parent", **up)) == []
    back = world.audit("wrong_unit", **up)
    world.apply(back.plan(world.mo))
    assert wrong(world.audit("wrong_unit", **up)) == []


RAW = {"raw_unit": "extension_5", "unit_code": "extension_4"}


@pytest.mark.usefixtures("after")
def test_who_leads_a_unit_is_placed_in_it(world):
    """With its code, for as long as it is led; SD's own department is told beside it."""
    leader, led = "NK-00261", unit_uuid("Åbrinken, demensafsnit")
    rule = {"placement": "manager", **RAW}
    found = world.audit(leader, **rule)
    assert set(kinds(wrong(found))) == {"wrong_unit", "wrong_unit_code"}
    home = world.unit_of(leader)
    world.apply(found.plan(world.mo))
    assert wrong(world.audit(leader, **rule)) == []
    assert (world.unit_of(leader), world.unit_of(leader, date(2022, 10, 31))) == (led, home)
    world.apply(world.audit(leader, **RAW).plan(world.mo))
    assert wrong(world.audit(leader, **RAW)) == []
    assert world.unit_of(leader) == home


@pytest.mark.usefixtures("after")
def test_a_related_unit_is_taken_and_nobody_is_put_in_the_one_for_the_unknown(world):
    """Whoever has no unit to be in waits for the relation; once placed, MO's own choice is right."""
    case, rule = "letters_in_number", {"placement": "region", **RAW}
    number, chosen = "NK-T0791", unit_uuid("Servicedesk")
    home = world.unit_of(number)
    unplaced = world.audit(case, **rule).plan(world.mo)
    assert len(unplaced) == 0
    assert {finding.kind.code for finding, _ in unplaced.left} == {"wrong_unit"}
    assert {reason for _, reason in unplaced.left} == {
        "The unit has to be there first; then the integration places the engagement."
    }
    relation = world.mo.plan("relate")
    relation.update("related_units", home, start="2010-01-01", org_units=[chosen])
    world.apply(relation)
    found = world.audit(case, **rule)
    assert [finding.patterns for finding in wrong(found)] == [()]
    world.apply(found.plan(world.mo))
    assert wrong(world.audit(case, **rule)) == []
    assert world.unit_of(number) == chosen
    choice = world.mo.plan("choice")
    choice.update("engagement", world.engagement(case), start="2026-01-01", org_unit=home)
    world.apply(choice)
    assert wrong(world.audit(case, **rule)) == []


@pytest.mark.usefixtures("after")
def test_a_unit_that_sd_has_ended_is_ended(world):
    """Unless somebody has something to do there: that MO refuses, and the plan says so."""
    closed = unit_uuid("Nørreskov Skole")
    damage = world.mo.plan("damage")
    damage.update("org_unit", closed, start="2025-03-01", prolong=True)
    member = damage.create(
        "association",
        start="2025-03-01",
        person=SD_PLANTED["clean"].person,
        org_unit=closed,
        association_type=world.mirror.sql("SELECT uuid FROM classes WHERE user_key = 'Konsulent'")["uuid"][0],
    )
    world.apply(damage)
    found = world.audit("one_day")
    (extra,) = wrong(found)
    assert (extra.kind.code, extra.subject.uuid) == ("active_extra", closed)
    assert extra.validity == Validity(date(2025, 3, 1), None)
    refused = found.plan(world.mo)
    assert len(refused) == 0
    assert [left.finding for left in refused.left] == [extra]
    gone = world.mo.plan("gone")
    gone.delete("association", member)
    world.apply(gone)
    world.apply(found.plan(world.mo))
    assert wrong(world.audit("one_day")) == []


@pytest.mark.usefixtures("after")
def test_what_mo_would_refuse_is_left_with_mo_s_reason(world):
    """Here it no longer has the engagement that it had when both were compared."""
    damage = world.mo.plan("damage")
    damage.update("engagement", world.engagement("wrong_fraction"), start="2026-11-01", fraction=1)
    world.apply(damage)
    found = world.audit("wrong_fraction")
    gone = world.mo.plan("damage")
    gone.delete("engagement", world.engagement("wrong_fraction"))
    plan = found.plan(world.mo)
    assert len(plan) == 1
    world.apply(gone)
    refused = found.plan(world.mo)
    assert len(refused) == 0
    assert refused.mended == ()
    (left,) = refused.left
    assert left.reason.startswith("MO has no engagement ")


def test_findings_may_be_chosen_and_accepted_ones_are_left(world, before):
    """An unknown kind is told."""
    titles = before.findings.only(kind="wrong_title")
    accepted = [replace(titles[0], accepted=Acceptance("aftalt", AS_OF)), *titles[1:]]
    plan = before.plan(world.mo, accepted, kinds=["wrong_title"])
    assert [finding for finding, _ in plan.left] == accepted[:1]
    assert "aftalt" in plan.left[0].reason
    assert plan.mended == tuple(accepted[1:])
    assert len(before.plan(world.mo, kinds="unit_missing")) == 0
    with pytest.raises(InputError, match="wrong_titel"):
        before.plan(world.mo, kinds=["wrong_titel"])


@pytest.mark.usefixtures("after")
def test_a_job_that_mo_has_no_class_for_is_left(world):
    """The class has to be made first."""
    damage = world.mo.plan("damage")
    damage.terminate("engagement", world.engagement("job_function_unknown"), end="2026-10-01")
    world.apply(damage)
    plan = world.audit("job_function_unknown").plan(world.mo, kinds="active_missing")
    assert len(plan) == 0
    ((finding, reason),) = plan.left
    assert finding.validity.start == date(2026, 10, 1)
    assert "4711" in reason


@pytest.mark.usefixtures("after")
def test_addresses_of_units_are_mended(world):
    """Those that MO lost are made again, and one that SD does not have ends."""
    cases = "wrong_engagement_type", "fraction_change"
    held = world.mirror.sql(
        "SELECT DISTINCT a.uuid FROM addresses a JOIN engagements e ON e.org_unit_uuid = a.org_unit_uuid"
        " JOIN classes c ON c.uuid = a.address_type_uuid WHERE e.uuid = $uuid AND c.user_key <> 'EAN'",
        {"uuid": world.engagement("wrong_engagement_type")},
    )
    damage = world.mo.plan("damage")
    for uuid in held["uuid"]:
        damage.delete("address", uuid)
    damage.create(
        "address",
        start="2026-03-01",
        org_unit=unit_uuid("Servicedesk"),
        address_type=world.mirror.sql("SELECT uuid FROM classes WHERE user_key = 'EmailUnit'")["uuid"][0],
        value="servicedesk@nordby.example",
    )
    world.apply(damage)
    damaged = world.audit(*cases)
    assert sorted((finding.attribute, finding.mo is MISSING) for finding in wrong(damaged)) == [
        ("email", False),
        ("email", True),
        ("p_number", True),
        ("phone", True),
        ("postal", True),
    ]
    plan = damaged.plan(world.mo)
    assert "+4500000004" in [operation.values.get("value") for operation in plan]
    world.apply(plan)
    assert wrong(world.audit(*cases)) == []
