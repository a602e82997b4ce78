"""A scene as a PNG, for whoever pastes it into a letter: on white, twice as fine as on a screen."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import ReportError
from motoolkit.identities.picture._scene import Shape
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from motoolkit.identities.picture._scene import Scene, Words

_DPI: Final = 100
_FINER: Final = 2
_POINTS: Final = 72 / _DPI
_CODES: Final = {"M": 1, "L": 2, "C": 4, "Z": 79}
"""matplotlib's own numbers for the steps of a path."""
_ANCHORS: Final = {"start": "left", "middle": "center", "end": "right"}


def png(scene: Scene) -> bytes:
    """Return a scene as a PNG; CPR numbers are masked.

    Raises:
        ReportError: matplotlib is not installed.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ModuleNotFoundError:
        raise ReportError(
            "A PNG needs matplotlib, which is not installed.",
            remedy="Install it: pip install 'motoolkit[run]', or save the picture as .svg or .html.",
        ) from None
    figure = Figure(figsize=(scene.width / _DPI, scene.height / _DPI), dpi=_DPI * _FINER, facecolor="white")
    FigureCanvasAgg(figure)
    axes: Any = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, scene.width)
    axes.set_ylim(scene.height, 0)
    axes.axis("off")
    parts = (part for group in scene.groups for part in group.parts)
    for order, part in enumerate(parts):
        if isinstance(part, Shape):
            _draw_shape(axes, part, order)
        else:
            _draw_words(axes, part, order)
    target = BytesIO()
    figure.savefig(target, format="png")
    return target.getvalue()


def _draw_shape(axes: Any, shape: Shape, order: int) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    points: list[tuple[float, float]] = []
    codes: list[int] = []
    for letter, *numbers in shape.path:
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True)) or [points[0]]
        points += pairs
        codes += [_CODES[letter]] * len(pairs)
    axes.add_patch(
        PathPatch(
            Path(points, codes),
            facecolor=shape.fill or "none",
            edgecolor=shape.stroke or "none",
            linewidth=shape.width * _POINTS,
            linestyle=(0, tuple(dash / shape.width for dash in shape.dashes)) if shape.dashes else "solid",
            alpha=shape.opacity,
            zorder=order,
        )
    )


def _draw_words(axes: Any, words: Words, order: int) -> None:
    axes.text(
        words.x,
        words.y,
        # Two of them would be a formula.
        mask_all(words.text).replace("$", r"\$"),
        fontsize=words.size * _POINTS,
        color=words.ink,
        fontweight="bold" if words.bold else "normal",
        horizontalalignment=_ANCHORS[words.anchor],
        verticalalignment="baseline",
        zorder=order,
    )
