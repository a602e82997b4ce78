"""Who changed in MO what is found to be wrong, where that was not the integration."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from motoolkit.errors import AuthorisationError
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.client import Client
    from motoolkit.findings import Finding, Findings
    from motoolkit.sd._side import Side

_SAMPLE: Final = 500
"""So many engagements tell who writes them; reading all registrations takes half a millisecond each."""
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


def with_actors(findings: Findings, client: Client, mo: Side) -> Findings:
    """Return the findings with who changed their object in MO last, where that was not the integration.

    Where MO does not show us its registrations the findings say so.
    """
    wrong = {finding.subject.uuid for finding in findings if finding.subject.uuid}
    if not wrong:
        return findings
    try:
        actors = hand_edits(client, mo, wrong)
    except AuthorisationError:
        notice = tr("Who changed in MO what is wrong is not told: we may not read MO's registrations.")
        return findings.holding(findings, notices=[notice])
    return findings.holding(_edited(finding, actors.get(finding.subject.uuid)) for finding in findings)


def _edited(finding: Finding, actor: str | None) -> Finding:
    if actor is None:
        return finding
    facts = {**finding.facts, "actor": actor}
    return replace(finding, patterns=(*finding.patterns, "manual_mo_edit"), facts=facts)


def hand_edits(client: Client, mo: Side, uuids: Iterable[str]) -> dict[str, str]:
    """Return who changed these objects of MO last, by UUID; those of the integration are left out.

    The integration is taken to be whoever wrote most of a sample of the engagements that SD has.

    Args:
        client: MO; it has to show its registrations to us.
        mo: MO's side of the comparison.
        uuids: the objects of the findings.
    """
    engagements = mo.subjects["uuid"][mo.subjects["sort"] == "employment"].head(_SAMPLE)
    sample = _actors(client, list(engagements))
    if not sample:
        return {}
    (integration, _), *_ = Counter(sample.values()).most_common(1)
    found = sample | _actors(client, [uuid for uuid in uuids if uuid not in sample])
    return {uuid: actor for uuid, actor in found.items() if actor != integration}


def _actors(client: Client, uuids: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for at in range(0, len(uuids), _AT_A_TIME):
        chosen = {"uuids": uuids[at : at + _AT_A_TIME], "start": _NOW, "end": None}
        for page in client.pages(_REGISTRATIONS, {"filter": chosen}, page_size=_AT_A_TIME):
            found |= {each["uuid"]: each["actor"] for each in page.objects}
    return found
