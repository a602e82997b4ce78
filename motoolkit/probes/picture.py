"""Where the time goes, drawn: by depth, by field, and the whole nested against flat."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from motoolkit.drawing import INK
from motoolkit.language import N_, tr
from motoolkit.model import mask_all
from motoolkit.probes._words import count, percent, seconds, times
from motoolkit.probes.advice import objects_of
from motoolkit.probes.fields import Growth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from motoolkit.probes.fields import FieldCost
    from motoolkit.probes.results import ProbeResult, ProbeRun

WIDTH, _NAMES, _NOTES, _BAR, _STEP, _HEAD, _LETTER = 820, 270, 150, 15, 22, 30, 6.4
_WIDE: Final = 7.2
"""What a letter of a name takes at most."""
_MOST_FIELDS: Final = 10
_OWN: Final = "#4a7fb5"
_FLAT: Final = "#2f9e6b"
_GROWTHS: Final = {
    Growth.EACH: "#cf4a4a",
    Growth.ALL: "#d9902f",
    Growth.STEADY: "#8a7fc0",
    Growth.UNSURE: "#a3a9b0",
    Growth.FREE: "#a3a9b0",
}
_LEGEND: Final = (
    (_OWN, N_("the objects themselves")),
    (_GROWTHS[Growth.EACH], N_("a query for each parent")),
    (_GROWTHS[Growth.ALL], N_("read in one go")),
    (_GROWTHS[Growth.UNSURE], N_("unsure or free")),
    (_FLAT, N_("read flat")),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: what is told where the mouse rests, seconds, and a colour."""

    told: str
    seconds: float
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what stands before it, its pieces, and what stands behind."""

    name: str
    pieces: tuple[Piece, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Block:
    """Bars of one scale below a heading."""

    heading: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class ProbePicture:
    """One probe's picture; ``svg()`` is a document of its own, a notebook shows it with hover texts."""

    run: ProbeRun
    probe: ProbeResult

    def blocks(self) -> list[Block]:
        """Return what is drawn."""
        every = [_depths(self.probe), _fields(self.probe), _whole(self.run, self.probe)]
        return [block for block in every if block.bars]

    def svg(self) -> str:
        """Return the picture as SVG."""
        return draw(self.blocks())

    def __repr__(self) -> str:
        lines = [f"{block.heading}: {bar.name} {bar.note}" for block in self.blocks() for bar in block.bars]
        return mask_all("\n".join(lines))

    def _repr_html_(self) -> str:
        told = tr("where the time goes")
        return image(self.blocks(), alt=f"{self.probe.name}: {told}")


def _depths(probe: ProbeResult) -> Block:
    found = list(probe.by_depth())
    bars = [
        Bar(
            _depth(depth),
            (Piece(seconds(series.seconds), series.seconds, _OWN),),
            seconds(series.seconds),
        )
        for depth, series in found
    ]
    objects = max((shot.objects for _, series in found for shot in series.warm), default=0)
    heading = tr("By depth, {number} objects a page", number=objects)
    return Block(heading, tuple(bars) if len(bars) > 1 else ())


def _depth(depth: int) -> str:
    if not depth:
        return tr("the objects alone")
    return tr("one link deep") if depth == 1 else tr("{number} links deep", number=depth)


def _fields(probe: ProbeResult) -> Block:
    costs = [cost for cost in probe.costs if cost.cost.value > 0][:_MOST_FIELDS]
    bars = [
        Bar(
            cost.name,
            (Piece(_told(cost), cost.cost.value, _GROWTHS[cost.growth]),),
            f"{seconds(cost.cost.value)} · {percent(cost.share.value)}",
        )
        for cost in costs
    ]
    return Block(tr("By field, with all that is in it"), tuple(bars))


def _told(cost: FieldCost) -> str:
    parents = tr("{number} parents", number=count(cost.parents))
    told = f"{cost.name}: {seconds(cost.cost.value)}, {cost.growth.label}, {parents}"
    if (factor := cost.times_instead) is not None:
        told += f"; {cost.place.link.field}: {times(factor)}"
    return told


def _whole(run: ProbeRun, probe: ProbeResult) -> Block:
    whole, flat = probe.whole, probe.flat
    if whole is None or not whole.warm:
        return Block("", ())
    objects, estimated = objects_of(run, probe)
    scale = objects / max(*(shot.objects for shot in whole.warm), 1)
    pieces = tuple(_stack(probe, whole.seconds, scale))
    nested = sum(piece.seconds for piece in pieces)
    heading = tr("All {number} objects", number=count(objects, estimated=estimated))
    bars = [Bar(tr("nested"), pieces, seconds(nested))]
    reads = [run.cost(name) for name in flat.collections] if flat and not flat.refusals else []
    if reads and all(reads):
        known = tuple(
            Piece(f"{c.collection}: {seconds(c.seconds)}", c.seconds, _FLAT) for c in reads if c is not None
        )
        took = sum(piece.seconds for piece in known)
        note = tr("{seconds}, {times} faster", seconds=seconds(took), times=times(nested / max(took, 1e-9)))
        bars.append(Bar(tr("flat"), known, note if nested > took else seconds(took)))
    return Block(heading, tuple(bars))


def _stack(probe: ProbeResult, took: float, scale: float) -> Iterator[Piece]:
    """Yield the whole query's time: what the objects themselves take, then each field without those in it."""
    own = [cost for cost in probe.costs if cost.own > 0 and cost.growth is not Growth.FREE]
    # Noise may let the fields together cost more than the whole.
    fit = min(took / max(sum(cost.own for cost in own), took, 1e-9), 1.0)
    rest = took - sum(cost.own for cost in own) * fit
    yield Piece(f"{tr('the objects themselves')}: {seconds(rest * scale)}", rest * scale, _OWN)
    for cost in own:
        share = cost.own * fit * scale
        yield Piece(f"{cost.name}: {seconds(share)}, {cost.growth.label}", share, _GROWTHS[cost.growth])


def draw(blocks: Sequence[Block]) -> str:
    """Return blocks of bars as SVG that is read on white and on black."""
    parts: list[str] = [*_legend(blocks)]
    for y, block in _laid(blocks):
        parts.append(_text(0, y - 10, block.heading, bold=True))
        for row, bar in enumerate(block.bars):
            top = y + row * _STEP
            parts.append(_text(_NAMES - 10, top + 12, _cut(bar.name), "end"))
            parts += _drawn(block, bar, top)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {_height(blocks)}" '
        f'width="{WIDTH}" height="{_height(blocks)}" font-family="system-ui, sans-serif" font-size="12">'
        f"{''.join(parts)}</svg>"
    )


def image(blocks: Sequence[Block], *, alt: str) -> str:
    """Return blocks as HTML: an image, which every notebook page shows, with places for the mouse."""
    source = f"data:image/svg+xml;charset=utf-8,{quote(draw(blocks))}"
    shown = (
        f'<img src="{source}" alt="{_safe(alt)}" style="display: block; width: 100%; max-width: {WIDTH}px">'
    )
    places = "".join(_places(blocks))
    return f'<div style="position: relative; max-width: {WIDTH}px; margin: 6px 0">{shown}{places}</div>'


def _laid(blocks: Sequence[Block]) -> Iterator[tuple[float, Block]]:
    y = 26.0 + _HEAD
    for block in blocks:
        yield y, block
        y += len(block.bars) * _STEP + _HEAD


def _height(blocks: Sequence[Block]) -> int:
    return 26 + sum(_HEAD + len(block.bars) * _STEP for block in blocks) + 4


def _boxes(block: Block, bar: Bar) -> Iterator[tuple[float, float, Piece]]:
    longest = max((sum(p.seconds for p in each.pieces) for each in block.bars), default=0.0) or 1.0
    scale, x = (WIDTH - _NAMES - _NOTES) / longest, float(_NAMES)
    for piece in bar.pieces:
        if piece.seconds > 0:
            width = max(piece.seconds * scale, 1.5)
            yield x, width, piece
            x += width


def _drawn(block: Block, bar: Bar, top: float) -> Iterator[str]:
    end = float(_NAMES)
    for x, width, piece in _boxes(block, bar):
        end = x + width
        yield (
            f'<rect x="{x:.1f}" y="{top:g}" width="{max(width - 0.7, 0.8):.1f}" height="{_BAR}" rx="2" '
            f'fill="{piece.colour}"><title>{_safe(piece.told)}</title></rect>'
        )
    yield _text(end + 6, top + 12, bar.note)


def _places(blocks: Sequence[Block]) -> Iterator[str]:
    height = _height(blocks)
    for y, block in _laid(blocks):
        for row, bar in enumerate(block.bars):
            top = y + row * _STEP
            for x, width, piece in _boxes(block, bar):
                sides = (top / height, 1 - (x + width) / WIDTH, 1 - (top + _BAR) / height, x / WIDTH)
                inset = " ".join(f"{side:.2%}" for side in sides)
                yield f'<div title="{_safe(piece.told)}" style="position: absolute; inset: {inset}"></div>'


def _legend(blocks: Sequence[Block]) -> Iterator[str]:
    used = {piece.colour for block in blocks for bar in block.bars for piece in bar.pieces}
    x = 0.0
    for colour, name in _LEGEND:
        if colour in used:
            yield f'<rect x="{x:.0f}" y="4" width="12" height="12" rx="2" fill="{colour}"/>'
            yield _text(x + 17, 14, tr(name))
            x += 40 + _LETTER * len(tr(name))


def _cut(text: str) -> str:
    """Return the end of a name that is too long: that is where the field stands."""
    room = int((_NAMES - 14) / _WIDE)
    return text if len(text) <= room else f"…{text[len(text) - room + 1 :]}"


def _text(x: float, y: float, words: str, anchor: str = "start", *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:g}" text-anchor="{anchor}" fill="{INK}"{weight}>{_safe(words)}</text>'


def _safe(text: str) -> str:
    return escape(mask_all(text))
