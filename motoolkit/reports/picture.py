"""A picture of a report: who works where, and whether somebody leads them; static SVG, no library."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from motoolkit.reports.table import ReportTable, UnitCoverage

COLOURS: Final = {
    "egen leder": "#1b6ca8",
    "leder længere oppe": "#8fbbdc",
    "vakant": "#e0a030",
    "ingen leder": "#b5403a",
}
"""The four kinds of coverage, apart for the colour-blind and in greyscale too."""

Part = tuple[str, dict[str, int]]
"""The name of a part of the organisation, and its engagements by coverage."""

_MOST_BARS: Final = 24
_WIDTH, _NAMES, _BAR, _STEP, _TOP = 860, 270, 18, 26, 74


class CoveragePicture:
    """Engagements by part of the organisation, in bars that show how their units are led.

    The parts are the units of the deepest level that still fits; engagements below count for the part. It is
    shown as an ``img`` with its own data: notebooks that somebody else ran show no bare SVG.
    """

    def __init__(self, table: ReportTable) -> None:
        self._title = f"Engagementer og ledere pr. {table.parameters.as_of:%d-%m-%Y}"
        self._parts = _parts(table.units)

    @property
    def svg(self) -> str:
        """The picture as a document of its own."""
        return _document(self._title, self._parts)

    @property
    def text(self) -> str:
        """What the picture shows, in words."""
        lines = (
            f"{name}: {sum(staff.values())} ({', '.join(f'{n} {kind}' for kind, n in staff.items())})"
            for name, staff in self._parts
        )
        return "\n".join((self._title, *lines))

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        source = f"data:image/svg+xml;charset=utf-8,{quote(self.svg)}"
        image = f'<img src="{source}" alt={quoteattr(self.text)} style="max-width:100%">'
        return {"text/plain": self.text, "text/html": image}


def _parts(units: Sequence[UnitCoverage]) -> list[Part]:
    """Count engagements by part and by coverage, parts in the order of the report."""
    paths = [(tuple(unit.path.split(" / ")), unit) for unit in units]
    depth = max((d for d in range(1, 12) if len({path[:d] for path, _ in paths}) <= _MOST_BARS), default=1)
    parts: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for path, unit in paths:
        parts[path[:depth]][unit.coverage] += unit.staff
    return [
        (path[-1], {kind: staff[kind] for kind in COLOURS if staff[kind]})
        for path, staff in parts.items()
        if staff.total()
    ]


def _document(title: str, parts: Sequence[Part]) -> str:
    height = _TOP + _STEP * max(len(parts), 1) + 14
    body = "".join(_bars(parts)) or _text(20, _TOP + 14, "Ingen engagementer i udvalget.")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
        f'height="{height}" role="img" font-family="system-ui, Segoe UI, Arial, sans-serif" font-size="13">'
        f'<title>{escape(title)}</title><rect width="100%" height="100%" fill="#ffffff"/>'
        f"{_text(20, 26, title, size=16, weight=600)}{''.join(_legend())}{body}</svg>"
    )


def _legend() -> Iterator[str]:
    x = 20
    for kind, colour in COLOURS.items():
        yield f'<rect x="{x}" y="42" width="12" height="12" fill="{colour}"/>'
        yield _text(x + 18, 53, kind)
        x += 40 + 7 * len(kind)


def _bars(parts: Sequence[Part]) -> Iterator[str]:
    most = max((sum(staff.values()) for _, staff in parts), default=1)
    scale = (_WIDTH - _NAMES - 60) / most
    for row, (name, staff) in enumerate(parts):
        x, y = float(_NAMES), _TOP + row * _STEP
        yield _text(_NAMES - 10, y + 14, _shortened(name), anchor="end")
        for kind, count in staff.items():
            width = count * scale
            yield f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_BAR}" fill="{COLOURS[kind]}">'
            yield f"<title>{escape(f'{name}: {count} {kind}')}</title></rect>"
            x += width
        yield _text(x + 6, y + 14, str(sum(staff.values())))


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 13, weight: int = 400) -> str:
    return (
        f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" '
        f'fill="#222222">{escape(words)}</text>'
    )


def _shortened(name: str, most: int = 38) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
