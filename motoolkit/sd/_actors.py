"""Who changed in MO what is found to be wrong, where that was not the integration."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from motoolkit.errors import AuthorisationError
from motoolkit.language import tr
from motoolkit.sd._traces import SD_NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.client import Client
    from motoolkit.findings import Finding, Findings
    from motoolkit.mirror import Mirror

_SAMPLE: Final = 300
"""So many engagements tell who writes them; reading all registrations takes half a millisecond each."""
_NUMBERED: Final = f"""
    SELECT DISTINCT uuid FROM engagements WHERE regexp_full_match(upper(trim(user_key)), '{SD_NUMBER}')
    ORDER BY uuid LIMIT {_SAMPLE}
"""
_REGISTRATIONS: Final = """\
query Registrations($filter: RegistrationFilter, $limit: int, $cursor: Cursor) {
  page: registrations(filter: $filter, limit: $limit, cursor: $cursor) {
    objects { uuid actor }
    page_info { next_cursor }
  }
}
"""
_NOW: Final = "2090-01-01"
"""MO gives the registrations that overlap a window: from here on those without an end (measured)."""
_AT_A_TIME: Final = 250


def with_actors(findings: Findings, client: Client, mirror: Mirror) -> Findings:
    """Return the findings with who changed their object in MO last, where that was not the integration.

    Where MO does not show us its registrations the findings say so.
    """
    wrong = {finding.subject.uuid for finding in findings if finding.subject.uuid}
    if not wrong:
        return findings
    try:
        actors = hand_edits(client, mirror, wrong)
    except AuthorisationError:
        notice = tr("Who changed in MO what is wrong is not told: we may not read MO's registrations.")
        return findings.holding(findings, notices=[notice])
    return findings.holding(_edited(finding, actors.get(finding.subject.uuid)) for finding in findings)


def _edited(finding: Finding, actor: str | None) -> Finding:
    if actor is None:
        return finding
    facts = {**finding.facts, "actor": actor}
    return replace(finding, patterns=(*finding.patterns, "manual_mo_edit"), facts=facts)


def hand_edits(client: Client, mirror: Mirror, uuids: Iterable[str]) -> dict[str, str]:
    """Return who changed these objects of MO last, by UUID; those of the integration are left out.

    The integration is taken to be whoever wrote most of a sample of all engagements with SD's numbers; where
    nobody did, nothing is told.

    Args:
        client: MO; it has to show its registrations to us.
        mirror: of the same MO.
        uuids: the objects of the findings.
    """
    sample = _actors(client, [str(uuid) for (uuid,) in mirror.rows(_NUMBERED)])
    if not sample:
        return {}
    (integration, wrote), *_ = Counter(sample.values()).most_common(1)
    if wrote <= len(sample) / 2:
        return {}
    found = sample | _actors(client, [uuid for uuid in uuids if uuid not in sample])
    return {uuid: actor for uuid, actor in found.items() if actor != integration}


def _actors(client: Client, uuids: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for at in range(0, len(uuids), _AT_A_TIME):
        chosen = {"uuids": uuids[at : at + _AT_A_TIME], "start": _NOW, "end": None}
        for page in client.pages(_REGISTRATIONS, {"filter": chosen}, page_size=_AT_A_TIME):
            found |= {each["uuid"]: each["actor"] for each in page.objects}
    return found
