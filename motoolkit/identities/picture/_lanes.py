"""All of an owner through time: a lane for each engagement, account and address."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from motoolkit.drawing import MOST_LANES, Bar, Lane, Shade, timeline_image
from motoolkit.identities.picture._html import lines
from motoolkit.identities.picture._marks import COLOURS
from motoolkit.language import N_, tr
from motoolkit.model import Timeline, mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from motoolkit.findings import Finding
    from motoolkit.identities.graph import Identity, Node

_GROUPS: Final = {
    "engagement": N_("Engagements"),
    "ituser": N_("IT accounts"),
    "address": N_("Addresses"),
    "rolebinding": N_("Roles"),
    "manager": N_("Manager roles"),
}


def lanes_of(identity: Identity) -> dict[str, Lane]:
    """Return a lane for each object by its UUID, grouped by sort in the order of the nodes."""
    objects: dict[str, list[Node]] = {}
    for node in identity.nodes:
        objects.setdefault(node.uuid, []).append(node)
    order = list(_GROUPS)
    first = sorted(objects.values(), key=lambda nodes: order.index(nodes[0].sort))
    return {nodes[0].uuid: _lane(nodes) for nodes in first}


def lanes_html(identity: Identity, findings: Iterable[Finding], marks: Mapping[str, tuple[str, ...]]) -> str:
    """Return the lanes as an image, with what is wrong shaded; "" where there is nothing."""
    every = lanes_of(identity)
    lanes = _nearest(every, identity.as_of)
    alt = "\n".join(
        f"{lane.group}, {lane.name}: {', '.join(bar.text for bar in lane.bars)}" for lane in lanes.values()
    )
    shades = list(_shades(list(lanes), findings, marks))
    drawn = timeline_image(list(lanes.values()), identity.as_of, alt=mask_all(alt), shades=shades)
    left = len(every) - len(lanes)
    told = tr("… and {number} more, further from the day", number=left) if left else ""
    return drawn + lines([told])


def _nearest(lanes: Mapping[str, Lane], day: date) -> dict[str, Lane]:
    """Return as many lanes as are drawn: those of the day, then what is nearest to it; in their order."""
    if len(lanes) <= MOST_LANES:
        return dict(lanes)
    kept = set(sorted(lanes, key=lambda key: _distance(lanes[key], day))[:MOST_LANES])
    return {key: lane for key, lane in lanes.items() if key in kept}


def _distance(lane: Lane, day: date) -> int:
    """Return how many days a lane is from a day."""
    away = []
    for bar in lane.bars:
        start, end = bar.validity.start, bar.validity.end
        after = (start - day).days if start and start > day else 0
        before = (day - end).days + 1 if end and end <= day else 0
        away.append(max(after, before))
    return min(away)


def _lane(nodes: Sequence[Node]) -> Lane:
    """Return the lane of an object: where only its details change, its bar goes on."""
    spans = Timeline((node.validity, node.label) for node in nodes).coalesce()
    bars = tuple(Bar(validity, label) for validity, label in spans)
    return Lane(nodes[-1].detail.split(" · ")[0], bars, tr(_GROUPS[nodes[0].sort]))


def _shades(
    keys: Sequence[str], findings: Iterable[Finding], marks: Mapping[str, tuple[str, ...]]
) -> Iterator[Shade]:
    """Yield what is wrong with which lanes when; links are shaded at the lane of what is linked."""
    at = {key: number for number, key in enumerate(keys[:MOST_LANES])}
    for finding in findings:
        if finding.validity is None:
            continue
        wrong = {where.rpartition("/")[2] for where in marks.get(finding.key, ())}
        numbers = sorted(at[key] for key in wrong if key in at)
        # Lanes that stand next to each other are shaded as one.
        for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
            held = [number for _, number in run]
            colour = COLOURS[finding.severity]
            text = tr(finding.kind.title)
            yield Shade(finding.validity, text, held[0], held[-1], colour, dashed=not finding.counts)
