"""A plan that lets MO say what SD says, where MO can be mended and SD decides."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from motoolkit.errors import InputError
from motoolkit.language import N_, tr
from motoolkit.plan import Plan
from motoolkit.sd._kinds import KINDS
from motoolkit.sd.mend import _employments, _units
from motoolkit.sd.mend._draft import Draft
from motoolkit.sd.mend._source import Source
from motoolkit.sd.mend._terms import UNIT_FIRST, LeftError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from motoolkit.client import Client
    from motoolkit.findings import Finding
    from motoolkit.plan import Operation
    from motoolkit.sd._audit import SdAudit

MENDABLE: Final = (
    "active_extra",
    "active_missing",
    "unit_shorter_than_engagement",
    "wrong_unit",
    "wrong_unit_code",
    "wrong_job_function",
    "wrong_title",
    "wrong_engagement_type",
    "wrong_fraction",
    "wrong_leave",
    "wrong_name",
    "wrong_level",
    "wrong_parent",
    "wrong_address",
)
"""The kinds of findings that a plan can mend."""

_LOAD: Final = N_("The integration has to load it: MO has nothing of it that could be changed.")
_IN_SD: Final = N_("It has to be looked at, or mended, in SD.")
_UNMENDABLE: Final = {
    "person_missing_in_mo": _LOAD,
    "engagement_missing_in_mo": _LOAD,
    "unit_missing": _LOAD,
    "person_missing_in_sd": _IN_SD,
    "engagement_missing_in_sd": _IN_SD,
    "unit_is_unknown": UNIT_FIRST,
    "job_function_unknown": N_("The class has to be there first; then the integration uses it."),
    "duplicate_in_mo": N_("Somebody has to decide which one is kept."),
    "unit_extra": N_("Somebody has to decide whether the unit is used."),
    "key_format": N_("The number has to be written as the integration's setting has it, for all at once."),
    "key_reused": N_("Nothing is wrong."),
    "ignored_by_rule": N_("A rule leaves it out."),
    "manual_mo_edit": N_("It is a remark."),
}
_UNDECIDED: Final = N_("It could not be told which side is right.")
_ACCEPTED: Final = N_("It is accepted: {reason}")
_BY_RULE: Final = N_("A rule of placement explains it.")
_PERSON: Final = N_("A person's name is loaded by the integration, which knows of all institutions.")
_GONE: Final = N_("It is not in this comparison.")
_REASON: Final = N_("As SD-Løn has it, compared as of {day}")


class Left(NamedTuple):
    """A finding that a plan does not mend, and why."""

    finding: Finding
    reason: str


class Mending(Plan):
    """A plan that lets MO say what SD says; to be looked at, and applied or not, like any other.

    Attributes:
        mended: the findings that it mends.
        left: those that it does not, and why.
    """

    def __init__(self, reason: str = "", *, client: Client | None = None) -> None:
        super().__init__(reason, client=client)
        self.mended: tuple[Finding, ...] = ()
        self.left: tuple[Left, ...] = ()

    def frame(self) -> pd.DataFrame:
        """Return what becomes of each finding; ``left_because`` is blank where it is mended."""
        import pandas as pd

        every = [*((finding, "") for finding in self.mended), *self.left]
        rows = [
            {
                "kind": finding.kind.code,
                "subject": finding.subject.key,
                "label": finding.subject.label,
                "attribute": finding.attribute,
                "start": finding.validity.start if finding.validity else None,
                "end": finding.validity.end if finding.validity else None,
                "left_because": reason,
            }
            for finding, reason in every
        ]
        columns = ["kind", "subject", "label", "attribute", "start", "end", "left_because"]
        return pd.DataFrame(rows, columns=columns)

    def __repr__(self) -> str:
        left = (f"  left: {each.kind.code} {each.subject.key}: {reason}" for each, reason in self.left)
        return "\n".join([super().__repr__(), *left])


def plan_for(
    audit: SdAudit,
    client: Client,
    findings: Iterable[Finding] | None = None,
    *,
    kinds: Iterable[str] | None = None,
    reason: str = "",
    leave_type: str = "",
) -> Mending:
    """Make the plan that mends MO where SD decides and MO has the object; nothing is sent.

    What MO would refuse is left out, too, and so is what the integration has to load.

    Args:
        audit: the comparison.
        client: the MO that it is about.
        findings: some of the audit's findings, with what is accepted marked; None for all.
        kinds: only findings of these kinds; None for all.
        reason: why, as the journal of plans tells it.
        leave_type: the user_key of the type of new leaves, where the mapping names none.

    Raises:
        InputError: there is no such kind.
        MoError: MO does not answer.
    """
    chosen = _chosen(audit, findings, kinds)
    left = [Left(finding, why) for finding in chosen if (why := _why_not(finding))]
    mendable = tuple(finding for finding in chosen if not _why_not(finding))
    source = Source(audit, client, mendable, leave_type)
    reason = reason or tr(_REASON, day=f"{audit.findings.as_of:%d-%m-%Y}")
    while True:
        plan, refused = _tried(source, reason)
        left += [Left(finding, why) for finding, why in refused]
        plan.left = tuple(left)
        gone = {id(finding) for finding, _ in refused}
        if not gone:
            return plan
        source.findings = tuple(finding for finding in source.findings if id(finding) not in gone)


def _chosen(audit: SdAudit, findings: Iterable[Finding] | None, kinds: Iterable[str] | None) -> list[Finding]:
    every = list(audit.findings if findings is None else findings)
    if kinds is None:
        return every
    asked = [kinds] if isinstance(kinds, str) else list(kinds)
    for kind in asked:
        if kind not in KINDS:
            raise InputError.unknown("kind of finding", kind, list(KINDS))
    return [finding for finding in every if finding.kind.code in asked]


def _why_not(finding: Finding) -> str:
    """Return why a finding is not for a plan, blank where it is."""
    if finding.undecided:
        return tr(_UNDECIDED)
    if finding.accepted is not None:
        return tr(_ACCEPTED, reason=finding.accepted.reason)
    if "explained_by_unit_rule" in finding.patterns:
        return tr(_BY_RULE)
    if finding.subject.sort == "person" and finding.kind.code == "wrong_name":
        return tr(_PERSON)
    return "" if finding.kind.code in MENDABLE else tr(_UNMENDABLE.get(finding.kind.code, _IN_SD))


def _tried(source: Source, reason: str) -> tuple[Mending, list[Left]]:
    """Return the plan for all of the source's findings, and those that it can not mend after all."""
    plan, draft, refused = Mending(reason, client=source.client), Draft(source), []
    of: list[Finding] = []
    for finding in source.findings:
        try:
            operations = _operations(draft, finding)
        except (LeftError, InputError) as error:
            refused.append(Left(finding, str(error)))
            continue
        plan.add(operations)
        of += [finding] * len(operations)
        plan.mended = (*plan.mended, finding)
    if not refused and len(plan):
        refused = _unwanted(plan, of, source)
    return plan, refused


def _operations(draft: Draft, finding: Finding) -> tuple[Operation, ...]:
    thing = draft.thing(finding.subject.sort, finding.subject.uuid)
    if thing is None or finding.validity is None:
        raise LeftError(tr(_GONE))
    draft.plan = Plan(f"{tr(finding.kind.title)}: {finding.subject.key}")
    mend: Any = _units.mend if thing.sort == "unit" else _employments.mend
    mend(draft, finding, thing, finding.validity)
    return draft.plan.operations


def _unwanted(plan: Mending, of: list[Finding], source: Source) -> list[Left]:
    """Return the findings whose operations MO would refuse."""
    told: dict[int, str] = {}
    by_finding: defaultdict[int, Finding] = defaultdict()
    for problem in plan.check(as_of=source.audit.findings.as_of).errors:
        if problem.operation is not None and problem.code != "missing-role":
            finding = of[problem.operation]
            told.setdefault(id(finding), problem.text)
            by_finding[id(finding)] = finding
    return [Left(by_finding[key], text) for key, text in told.items()]
