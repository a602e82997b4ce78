"""The numbers of a listener as Prometheus reads them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from motoolkit.events._health import examine
from motoolkit.model import COPENHAGEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prometheus_client.core import Metric

    from motoolkit.events._stats import Stats

_COUNTS: Final = {
    "fetched": "Events that MO handed out, again or for the first time.",
    "handled": "Events whose handlers all succeeded.",
    "acknowledged": "Handled events that MO has let go of.",
    "failed": "Attempts in which a handler raised, hung or was cut.",
    "duplicates": "Events handed out again while in hand or after they had been handled.",
    "merged": "Events that a newer one of the same subject replaced before they were begun.",
    "requests": "Requests to MO about events.",
    "blocked": "Times that a handler blocked the event loop.",
}
_LEVELS: Final = {
    "in_hand": "Events that wait or are being handled now.",
    "hanging": "Handlers that have gone on for too long and still do.",
}
_PREFIX: Final = "motoolkit_events"
_LABELS: Final = ("listener",)


class _Numbers(Collector):
    def __init__(self, listener: str, stats: Callable[[], Stats]) -> None:
        self._labels = (listener,)
        self._stats = stats

    def collect(self) -> Iterator[Metric]:
        stats = self._stats()
        for name, told in _COUNTS.items():
            counter = CounterMetricFamily(f"{_PREFIX}_{name}", told, labels=_LABELS)
            counter.add_metric(self._labels, getattr(stats, name))
            yield counter
        for name, told in _LEVELS.items():
            yield self._gauge(name, told, getattr(stats, name))
        health = examine(stats, datetime.now(COPENHAGEN))
        yield self._gauge("healthy", "1 when /health answers 200, else 0.", float(health.ok))
        silent = float("nan") if health.seconds_since_answer is None else health.seconds_since_answer
        yield self._gauge("seconds_since_answer", "Seconds since MO answered as it should.", silent)

    def _gauge(self, name: str, told: str, value: float) -> GaugeMetricFamily:
        gauge = GaugeMetricFamily(f"{_PREFIX}_{name}", told, labels=_LABELS)
        gauge.add_metric(self._labels, value)
        return gauge


def registry(listener: str, stats: Callable[[], Stats]) -> CollectorRegistry:
    """Return a registry that reads a listener's numbers whenever it is asked."""
    found = CollectorRegistry()
    found.register(_Numbers(listener, stats))
    return found
