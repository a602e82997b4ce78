"""Numbers as bars of coloured parts; a static image, in the light and in the dark."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INK: Final = "#7a7a7a"
"""Read on white and on black: an image does not know which it is on."""
_WIDTH, _NAMES, _BAR, _STEP, _TOP, _LETTER = 820, 270, 16, 24, 34, 6.6


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: what it counts, how many, and its colour."""

    name: str
    number: int
    colour: str


@dataclass(frozen=True, slots=True)
class Stack:
    """A bar.

    Attributes:
        name: what stands before it.
        parts: from the left; those of none are left out.
        note: what stands behind it instead of the sum.
    """

    name: str
    parts: tuple[Part, ...]
    note: str = ""

    @property
    def sum(self) -> int:
        """Of all parts."""
        return sum(part.number for part in self.parts)


def stacks_svg(stacks: Sequence[Stack]) -> str:
    """Return bars as an SVG document of its own, with a legend of the parts; names are cut to their room."""
    height = _TOP + _STEP * len(stacks) + 6
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
        f'height="{height}" role="img" font-family="system-ui, sans-serif" font-size="12">'
        f"{''.join(_legend(stacks))}{''.join(_bars(stacks))}</svg>"
    )


def stacks_image(stacks: Sequence[Stack], *, alt: str) -> str:
    """Return bars as an image that every notebook page shows.

    Args:
        stacks: from the top.
        alt: what the image shows, in words.
    """
    source = f"data:image/svg+xml;charset=utf-8,{quote(stacks_svg(stacks))}"
    return f'<img src="{source}" alt="{_safe(alt)}" style="width: 100%; max-width: {_WIDTH}px">'


def stacks_text(stacks: Sequence[Stack]) -> str:
    """Return bars in words, a line each."""
    return "\n".join(
        f"{stack.name}: {', '.join(_worded(part) for part in stack.parts if part.number) or stack.note}"
        for stack in stacks
    )


def _worded(part: Part) -> str:
    return f"{part.number} {part.name}".strip()


def _legend(stacks: Sequence[Stack]) -> Iterator[str]:
    x = float(_NAMES)
    named = {part.name: part.colour for stack in stacks for part in stack.parts if part.name and part.number}
    for name, colour in named.items():
        yield f'<rect x="{x:.0f}" y="8" width="12" height="12" rx="2" fill="{colour}"/>'
        yield _text(x + 18, 18, name)
        x += 44 + 7 * len(name)


def _bars(stacks: Sequence[Stack]) -> Iterator[str]:
    scale = (_WIDTH - _NAMES - 90) / max((stack.sum for stack in stacks), default=1)
    for row, stack in enumerate(stacks):
        x, y = float(_NAMES), _TOP + row * _STEP
        yield _text(_NAMES - 10, y + 12, _cut(stack.name), "end")
        for part in stack.parts:
            if part.number:
                width = max(part.number * scale, 2)
                yield (
                    f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_BAR}" rx="2" '
                    f'fill="{part.colour}"><title>{_safe(_worded(part))}</title></rect>'
                )
                x += width
        yield _text(x + 6, y + 12, stack.note or str(stack.sum))


def _cut(text: str) -> str:
    room = int((_NAMES - 14) / _LETTER)
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}" fill="{INK}">{_safe(words)}</text>'


def _safe(text: str) -> str:
    return escape(mask_all(text))
