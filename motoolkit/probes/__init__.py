"""Why a nested query is slow: what each field costs, and the flat reads that answer the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motoolkit.probes._concurrency_results import ConcurrencyRun
    from motoolkit.probes.advice import Advice
    from motoolkit.probes.comparing import Comparison, Verdict, compare
    from motoolkit.probes.concurrency import probe_concurrency
    from motoolkit.probes.following import Followed, follow
    from motoolkit.probes.measuring import measure
    from motoolkit.probes.picture import ProbePicture
    from motoolkit.probes.probe import Probe
    from motoolkit.probes.results import ProbeResult, ProbeRun
    from motoolkit.probes.store import baseline, baseline_path, keep
    from motoolkit.probes.suite import SUITE, chosen
    from motoolkit.probes.workbook import write_workbook

_PLACES = {
    "SUITE": "suite",
    "Advice": "advice",
    "Comparison": "comparing",
    "ConcurrencyRun": "_concurrency_results",
    "Followed": "following",
    "Probe": "probe",
    "ProbePicture": "picture",
    "ProbeResult": "results",
    "ProbeRun": "results",
    "Verdict": "comparing",
    "baseline": "store",
    "baseline_path": "store",
    "chosen": "suite",
    "compare": "comparing",
    "follow": "following",
    "keep": "store",
    "measure": "measuring",
    "probe_concurrency": "concurrency",
    "write_workbook": "workbook",
}

__all__ = [
    "SUITE",
    "Advice",
    "Comparison",
    "ConcurrencyRun",
    "Followed",
    "Probe",
    "ProbePicture",
    "ProbeResult",
    "ProbeRun",
    "Verdict",
    "baseline",
    "baseline_path",
    "chosen",
    "compare",
    "follow",
    "keep",
    "measure",
    "probe_concurrency",
    "write_workbook",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for: ``%mo explain`` needs the flat half alone."""
    from importlib import import_module

    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
