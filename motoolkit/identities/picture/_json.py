"""An identity and what is wrong with it, for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from motoolkit.language import tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from motoolkit.findings import Finding
    from motoolkit.identities.graph import Identity
    from motoolkit.model import Validity


def to_json(identity: Identity, findings: Iterable[Finding], marks: Mapping[str, tuple[str, ...]]) -> str:
    """Return an identity through time as JSON (``version`` 1); periods are half-open, null has no limit."""
    held = {
        "version": 1,
        "sort": identity.sort,
        "uuid": identity.uuid,
        "name": mask_all(identity.name),
        "as_of": identity.as_of.isoformat(),
        "nodes": [
            {
                "uuid": node.uuid,
                "sort": node.sort,
                "label": mask_all(node.label),
                "detail": mask_all(node.detail),
                **_period(node.validity),
            }
            for node in identity.nodes
        ],
        "links": [
            {"one": link.one, "other": link.other, **_period(link.validity)} for link in identity.links
        ],
        "dangling": list(identity.dangling),
        "findings": [_finding(finding, marks) for finding in findings],
    }
    return json.dumps(held, ensure_ascii=False, indent=2)


def _finding(finding: Finding, marks: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    return {
        "key": finding.key,
        "kind": finding.kind.code,
        "severity": finding.severity.name.lower(),
        "title": tr(finding.kind.title),
        "detail": finding.detail,
        "what_to_do": finding.what_to_do,
        "marks": list(marks.get(finding.key, ())),
        **_period(finding.validity),
    }


def _period(validity: Validity | None) -> dict[str, str | None]:
    limits = (validity.start, validity.end) if validity else (None, None)
    start, end = (None if day is None else day.isoformat() for day in limits)
    return {"start": start, "end": end}
