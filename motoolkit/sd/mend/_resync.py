"""The call that lets the integration load somebody or a unit again: shown, never sent."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError
from motoolkit.language import N_, tr
from motoolkit.model import Cpr, mask, mask_all

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf

    import pandas as pd

    from motoolkit.findings import Finding
    from motoolkit.sd._audit import SdAudit
    from motoolkit.sd.mapping import Mapping

EXAMPLE: Final = "https://sdtool-plus.example"
PRIORITY: Final = 9000
"""What sdtool-plus' own script for loading again uses."""

_CPR: Final = "$CPR"
_INSTITUTION: Final = "$INSTITUTION"
_PLAIN: Final = re.compile(r"[0-9A-Za-zÆØÅæøå-]+")
_NO_DOOR: Final = N_(
    "The mapping {mapping} names no door of the integration through which it loads again. What SD registers"
    " anew is loaded by the integration's own runs; what is wrong in MO today a plan can mend."
)
_ENDS: Final = N_("Check in SD first: the integration ends all of it in MO, as SD does not know it.")
_REFUSES: Final = N_("The integration refuses to load it as long as this is so; mend that first.")
_CAUTIONS: Final = {
    "engagement_missing_in_sd": _ENDS,
    "person_missing_in_sd": _ENDS,
    "unit_extra": _ENDS,
    "duplicate_in_mo": _REFUSES,
    "overlap_in_sd": _REFUSES,
    "gap_in_sd_attr": _REFUSES,
    "sd_empty_answer": N_(
        "The integration does nothing as long as SD answers with nothing; ask again later."
    ),
}


@dataclass(frozen=True, repr=False)
class Resync:
    """The calls that let the integration load somebody or a unit again, as text; nothing sends them.

    Attributes:
        url: where they go; blank where the integration has no such door.
        subjects: what each is about; ``$CPR`` stands for a CPR number that is not shown.
        told: what one should know before, or which way there is instead.
    """

    url: str
    subjects: tuple[dict[str, str], ...] = ()
    told: str = ""

    @property
    def curl(self) -> str:
        """The calls for a shell; a CPR number is asked for, and is in no list of processes."""
        asked = {_INSTITUTION: "read -rp 'INSTITUTION: ' INSTITUTION", _CPR: "read -rsp 'CPR: ' CPR"}
        lines = [line for name, line in asked.items() if self._needs(name)]
        for subject in self.subjects:
            body = json.dumps({"subject": json.dumps(subject, ensure_ascii=False), "priority": PRIORITY})
            command = f"curl --fail-with-body -X POST {shlex.quote(self.url)}"
            lines += [f"{command} -H 'Content-Type: application/json' -d @- <<END", body, "END"]
        return "\n".join(lines)

    @property
    def python(self) -> str:
        """The calls in Python, with httpx; what is not shown comes from the environment."""
        if not self.subjects:
            return ""
        lines = ["import json", "import os", "", "import httpx", ""]
        if not (self._needs(_CPR) or self._needs(_INSTITUTION)):
            lines.remove("import os")
        for subject in self.subjects:
            items = ", ".join(f"{json.dumps(name)}: {_literal(value)}" for name, value in subject.items())
            body = f'{{"subject": json.dumps(subject), "priority": {PRIORITY}}}'
            lines += [f"subject = {{{items}}}", f"httpx.post({json.dumps(self.url)}, json={body})"]
        return "\n".join(lines)

    def _needs(self, placeholder: str) -> bool:
        return any(placeholder in subject.values() for subject in self.subjects)

    def __str__(self) -> str:
        return "\n\n".join(part for part in (self.told, self.curl, self.python) if part)

    def __repr__(self) -> str:
        return f"<Resync {self.url or 'nowhere'}: {len(self.subjects)} calls>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: FBT001 - IPython's own order
        printer.text(repr(self) if cycle else str(self))


def resync_call(
    finding: Finding,
    mapping: Mapping,
    *,
    base_url: str = EXAMPLE,
    institution: str = "",
    cpr: str = "",
) -> Resync:
    """Return the call that lets the integration load again what a finding is about.

    Args:
        finding: of a comparison.
        mapping: it tells whether the integration has a door for that.
        base_url: where the customer's sdtool-plus is.
        institution: SD's institution, where the finding does not tell it (units and persons).
        cpr: the CPR number to show; without it ``$CPR`` stands there.

    Raises:
        InputError: the institution or number holds what none of SD's does, or the CPR number is none.
    """
    caution = tr(_CAUTIONS.get(finding.kind.code, ""))
    if mapping.resync != "sdtool-plus":
        return Resync("", told=tr(_NO_DOOR, mapping=mapping.name))
    subject = {"institution_identifier": institution or finding.facts.get("institution") or _INSTITUTION}
    if finding.subject.sort == "unit":
        return _call(base_url, "org", subject | {"org_unit": finding.subject.key}, caution)
    subject["cpr"] = Cpr.parse(cpr).digits if cpr else _CPR
    if number := finding.facts.get("number"):
        subject["employment_identifier"] = number
    return _call(base_url, "person-and-employment", subject, caution)


def resync(audit: SdAudit, finding: Finding, *, base_url: str = EXAMPLE, show_cpr: bool = False) -> Resync:
    """Return the calls that let the integration load again what a finding of an audit is about.

    A person is loaded from every institution of SD that knows that person: a call each.

    Args:
        audit: it knows institutions and CPR numbers.
        finding: one of its findings.
        base_url: where the customer's sdtool-plus is.
        show_cpr: write the CPR number into the calls, instead of ``$CPR``.

    Raises:
        InputError: the finding is about nobody of the audit, or about several.
    """
    cpr, institutions = _about(audit, finding)
    calls = [
        resync_call(
            finding,
            audit.mapping,
            base_url=base_url,
            institution=institution,
            cpr=cpr if show_cpr else "",
        )
        for institution in institutions
    ]
    return Resync(calls[0].url, tuple(subject for call in calls for subject in call.subjects), calls[0].told)


def _call(base_url: str, door: str, subject: MappingOf[str, str], told: str) -> Resync:
    for value in subject.values():
        if value not in {_CPR, _INSTITUTION} and not _PLAIN.fullmatch(value):
            raise InputError(
                f"{mask_all(value)[:60]!r} is no institution, number or unit of SD's.",
                remedy="Load it again from the integration's own user interface.",
            )
    return Resync(f"{base_url.rstrip('/')}/events/sd/{door}", (dict(subject),), told)


def _literal(value: str) -> str:
    placeholder = value in {_CPR, _INSTITUTION}
    return f'os.environ["{value[1:]}"]' if placeholder else json.dumps(value, ensure_ascii=False)


def _about(audit: SdAudit, finding: Finding) -> tuple[str, list[str]]:
    """Return the CPR number of whom a finding is about, and the institutions to load from."""
    subject = finding.subject
    ours, theirs = audit.sd.subjects, audit.mo.subjects
    if subject.sort == "unit":
        return "", list(ours["institution"][ours["pair"] == subject.key]) or [""]
    named = theirs["cpr"][(theirs["uuid"] == subject.uuid) & (subject.uuid != "")]
    found = set(named) or set(ours["cpr"][_fitting(ours, finding)])
    if len(found) != 1:
        raise InputError(
            f"The finding about {subject.key} fits {len(found)} persons of the comparison.",
            remedy="Use a finding of this comparison, or resync_call() with the CPR number.",
        )
    (cpr,) = found
    if "number" in finding.facts:
        return str(cpr), [finding.facts.get("institution", "")]
    own = ours[(ours["cpr"] == cpr) & (ours["institution"] != "")]
    return str(cpr), sorted(set(own["institution"])) or [""]


def _fitting(subjects: pd.DataFrame, finding: Finding) -> pd.Series[bool]:
    """Tell which of SD's subjects a finding is about that MO does not have."""
    masked, _, told = finding.subject.key.rpartition("/")
    if "number" in finding.facts:
        fits = (subjects["institution"] == finding.facts.get("institution", "")) & (
            subjects["number"] == finding.facts["number"]
        )
        masked = told
    else:
        names = subjects["institution"] + "-" + subjects["number"]
        fits = ((names == told) | (subjects["number"] == told)) & (subjects["sort"] == "employment")
    people = subjects["cpr"].map(lambda cpr: mask(cpr) if cpr else "")
    fits &= (people == masked) & (subjects["sort"] != "unit")
    return fits
