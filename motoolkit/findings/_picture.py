"""How many findings there are of each kind, as bars; a static image, in the light and in the dark."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from motoolkit.findings._finding import Severity
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.findings._findings import Findings

# Read on white and on black: an image does not know which it is on.
_COLOURS: Final = {
    Severity.CRITICAL: "#b3261e",
    Severity.ERROR: "#d9534f",
    Severity.WARNING: "#c98a1b",
    Severity.INFO: "#7d8590",
}
_INK: Final = "#7a7a7a"
_WIDTH, _NAMES, _BAR, _STEP, _TOP = 820, 270, 16, 24, 34


class KindsPicture:
    """Findings by kind, the gravest first, in the colours of their severities."""

    def __init__(self, findings: Findings) -> None:
        counted = Counter((finding.severity, finding.kind.code) for finding in findings)
        titles = {code: tr(kind.title) for code, kind in findings.kinds.items()}
        ranked = sorted(counted, key=lambda part: (-part[0], -counted[part], part[1]))
        self._rows = [(severity, titles[code], counted[severity, code]) for severity, code in ranked]

    def __repr__(self) -> str:
        rows = [f"{severity.label}: {title}: {number}" for severity, title, number in self._rows]
        return "\n".join(rows) or tr("Nothing was found.")

    def _repr_html_(self) -> str:
        if not self._rows:
            return f"<p>{escape(repr(self))}</p>"
        source = f"data:image/svg+xml;charset=utf-8,{quote(self.svg)}"
        style = f"width: 100%; max-width: {_WIDTH}px"
        return f'<img src="{source}" alt="{escape(repr(self))}" style="{style}">'

    @property
    def svg(self) -> str:
        """The picture as a document of its own."""
        height = _TOP + _STEP * len(self._rows) + 6
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
            f'height="{height}" role="img" font-family="system-ui, sans-serif" font-size="12">'
            f"{''.join(self._legend())}{''.join(self._bars())}</svg>"
        )

    def _legend(self) -> Iterator[str]:
        x = _NAMES
        for severity in dict.fromkeys(severity for severity, _, _ in self._rows):
            yield f'<rect x="{x}" y="8" width="12" height="12" rx="2" fill="{_COLOURS[severity]}"/>'
            yield _text(x + 18, 18, severity.label)
            x += 44 + 7 * len(severity.label)

    def _bars(self) -> Iterator[str]:
        scale = (_WIDTH - _NAMES - 50) / max(number for _, _, number in self._rows)
        for row, (severity, title, number) in enumerate(self._rows):
            y, width = _TOP + row * _STEP, max(number * scale, 2)
            yield _text(_NAMES - 10, y + 12, title, "end")
            yield (
                f'<rect x="{_NAMES}" y="{y}" width="{width:.1f}" height="{_BAR}" rx="2" '
                f'fill="{_COLOURS[severity]}"/>'
            )
            yield _text(_NAMES + width + 6, y + 12, str(number))


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}" fill="{_INK}">{escape(words)}</text>'
