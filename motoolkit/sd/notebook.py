"""What the notebooks about SD-Løn show and write, beside the findings themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.drawing import GOOD, WARN, card, safe, span, table
from motoolkit.errors import InputError
from motoolkit.findings import Shown
from motoolkit.language import tr
from motoolkit.mirror import mirror_now
from motoolkit.model import mask, mask_all
from motoolkit.sd.mapping import Mapping
from motoolkit.sd.mo import NEEDED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from motoolkit.client import Client
    from motoolkit.findings import Finding, Findings
    from motoolkit.mirror import Mirror
    from motoolkit.sd._audit import SdAudit
    from motoolkit.sd._side import Side
    from motoolkit.sd.guess import Guess
    from motoolkit.sd.picture import PersonPicture

__all__ = [
    "mapping_shown",
    "mirror_of",
    "no_cpr_numbers",
    "worst",
]

_PAIR: Final = 2


def no_cpr_numbers(persons: Iterable[str]) -> tuple[str, ...]:
    """Return who is asked for; parameters are kept in the executed notebook, where no CPR number may stand.

    Raises:
        InputError: somebody is asked for by CPR number.
    """
    asked = tuple(persons)
    for text in asked:
        if (masked := mask_all(text.replace(" ", ""))) != text.replace(" ", ""):
            raise InputError(
                f"A person is asked for by CPR number ({masked}).",
                remedy="Give MO's UUID, a number as NS-04711 or a username. For CPR numbers there is "
                "`motoolkit sd person -`, which keeps them nowhere.",
            )
    return asked


def mirror_of(client: Client, file: str | Path | None = None) -> Mirror:
    """Read MO, or only what has changed since it was read into a file.

    Args:
        client: MO.
        file: an encrypted mirror; it is made where there is none.
    """
    return mirror_now(client, NEEDED, file)


def mapping_shown(mapping: Mapping | Guess) -> Shown:
    """Return how SD is taken to be written into MO, and, where that was guessed, what speaks for it."""
    if isinstance(mapping, Mapping):
        told = tr("Chosen, not guessed.")
        return Shown(card(tr("Mapping"), f"<p>{safe(told)}</p>", mapping.name), f"{mapping.name}: {told}")
    rows = [[span("✓", f"color: {GOOD}"), safe(sentence)] for sentence in mapping.evidence]
    rows += [[span("?", f"color: {WARN}; font-weight: 600"), safe(sentence)] for sentence in mapping.doubts]
    quiet = tr("guessed from MO, based on {name}", name=mapping.mapping.name)
    return Shown(card(tr("Mapping"), table(("", ""), rows), quiet), str(mapping))


def worst(found: SdAudit, findings: Findings, most: int = 3) -> list[PersonPicture]:
    """Return the pictures of the persons with the gravest findings, and of these the most.

    Args:
        found: the comparison.
        findings: its findings; what is accepted or undecided makes nobody one of the worst.
        most: how many.
    """
    weights: dict[tuple[str, str], list[int]] = {}
    for finding in findings:
        if finding.subject.sort in {"employment", "person"} and finding.counts:
            weights.setdefault(_who(finding), []).append(finding.severity)
    ranked = sorted(weights, key=lambda who: (-max(weights[who]), -len(weights[who])))
    cprs = dict.fromkeys(cpr for who in ranked[:most] for cpr in _cprs(found, who))
    return [found.picture(cpr) for cpr in cprs]


def _who(finding: Finding) -> tuple[str, str]:
    """Return the masked CPR number and the name."""
    parts = finding.subject.key.split("/", 1)
    masked = parts[-1] if finding.subject.sort == "employment" and len(parts) == _PAIR else parts[0]
    return masked, finding.subject.label


def _cprs(found: SdAudit, who: tuple[str, str]) -> list[str]:
    """Return whose name and masked CPR number these are."""
    return list(dict.fromkeys(cpr for side in (found.sd, found.mo) for cpr in _of_side(side, who)))


def _of_side(side: Side, who: tuple[str, str]) -> list[str]:
    masked, label = who
    subjects = side.subjects
    named = subjects["cpr"][(subjects["label"] == label) & (subjects["cpr"] != "")]
    return [cpr for cpr in named.unique() if mask(cpr) == masked]
