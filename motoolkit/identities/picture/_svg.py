"""A scene as SVG: a document of its own, or an image with places for the mouse, which every page shows."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from motoolkit.identities.picture._scene import Shape
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.identities.picture._scene import Group, Scene, Step, Words

_SAFE = " /:;,.='()@-"


def svg(scene: Scene, title: str) -> str:
    """Return a scene as an SVG document; CPR numbers are masked."""
    size = f'viewBox="0 0 {scene.width:g} {scene.height:g}" width="{scene.width:g}" height="{scene.height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" '
        'font-family="system-ui, Segoe UI, DejaVu Sans, sans-serif" '
        'style="max-width: 100%; height: auto">'
        f"<title>{_safe(title)}</title>{''.join(map(_group, scene.groups))}</svg>"
    )


def image(scene: Scene, title: str, alt: str) -> str:
    """Return a scene as HTML: an image, and above it a place for the mouse to rest on for all that is told.

    JupyterLab drops SVG that stands in the HTML of a notebook that it does not trust; an image stays.
    """
    # Less than half as long with what need not be escaped; a day has its picture sixty times.
    document = svg(scene, title).replace('"', "'")
    source = f"data:image/svg+xml;charset=utf-8,{quote(document, safe=_SAFE)}"
    look = f"display: block; width: 100%; max-width: {scene.width:g}px"
    places = "".join(_place(scene, group) for group in scene.groups if group.place and group.told)
    return (
        f'<div style="position: relative; max-width: {scene.width:g}px">'
        f'<img src="{source}" alt="{_safe(alt)}" style="{look}">{places}</div>'
    )


def _place(scene: Scene, group: Group) -> str:
    place = group.place
    if place is None:
        return ""
    sides = (
        place.top / scene.height,
        1 - place.right / scene.width,
        1 - place.bottom / scene.height,
        place.left / scene.width,
    )
    inset = " ".join(f"{side:.2%}" for side in sides)
    return f'<div title="{_safe(group.told)}" style="position: absolute; inset: {inset}"></div>'


def _group(group: Group) -> str:
    named = f' data-{group.what}="{_safe(group.key)}"' if group.what else ""
    told = f"<title>{_safe(group.told)}</title>" if group.told else ""
    return f"<g{named}>{told}{''.join(map(_part, group.parts))}</g>"


def _part(part: Shape | Words) -> str:
    return _shape(part) if isinstance(part, Shape) else _words(part)


def _shape(shape: Shape) -> str:
    looks = [f'fill="{shape.fill or "none"}"']
    if shape.stroke:
        looks.append(f'stroke="{shape.stroke}" stroke-width="{shape.width:g}"')
    if shape.dashes:
        looks.append(f'stroke-dasharray="{" ".join(f"{dash:g}" for dash in shape.dashes)}"')
    if shape.opacity < 1:
        looks.append(f'opacity="{shape.opacity:g}"')
    return f'<path d="{_path(shape.path)}" {" ".join(looks)}/>'


def _path(steps: Iterable[Step]) -> str:
    return " ".join(_step(step) for step in steps)


def _step(step: Step) -> str:
    letter, *numbers = step
    return f"{letter}{' '.join(f'{number:.1f}' for number in numbers)}"


def _words(words: Words) -> str:
    looks = f'x="{words.x:.1f}" y="{words.y:.1f}" font-size="{words.size:g}" fill="{words.ink}"'
    anchor = f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    bold = ' font-weight="600"' if words.bold else ""
    return f"<text {looks}{anchor}{bold}>{_safe(words.text)}</text>"


def _safe(text: str) -> str:
    return escape(mask_all(text))
