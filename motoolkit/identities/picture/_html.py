"""A picture on a page: the day's image with what is wrong below it, a slider for the day, and the lanes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motoolkit.drawing import QUIET, safe, span
from motoolkit.findings import period
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from motoolkit.identities.picture._marks import Wrong

_SCRIPT: Final = Path(__file__).with_name("slider.js")


def with_slider(stage: str, data: Mapping[str, Any]) -> str:
    """Return a day with a slider for others; where a page drops scripts, the day alone is left.

    Args:
        stage: the HTML of the day.
        data: what ``slider.js`` is told: days, their frames, and at which of them it begins.
    """
    # A script ends at the first </script>, wherever that stands.
    told = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    script = f"<script>({_slider()})({told})</script>"
    return f'<div class="mo-identity"><div class="mo-identity-stage">{stage}</div>{script}</div>'


@cache
def _slider() -> str:
    lines = _SCRIPT.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("//"))


def wrongs_list(wrongs: Sequence[Wrong]) -> str:
    """Return what is wrong as a list, with the numbers that stand in the picture."""
    if not wrongs:
        return ""
    return f'<div style="margin: 6px 0 0">{"".join(map(_wrong, wrongs))}</div>'


def _wrong(wrong: Wrong) -> str:
    finding = wrong.finding
    accepted = f" · {tr('accepted')}" if finding.accepted else ""
    ink = f"color: {wrong.colour}; font-weight: 600"
    sign = span(f"⚠ {wrong.number}", ink)
    when = " · ".join(filter(None, (finding.severity.label + accepted, period(finding.validity))))
    hint = " ".join(filter(None, (tr(finding.kind.explanation), finding.what_to_do)))
    return (
        f'<div style="margin: 3px 0; padding-left: 34px; text-indent: -34px">{sign} '
        f"{span(wrong.told, '', hint)} "
        f"{span(when, f'color: {QUIET}')}</div>"
    )


def lines(texts: Iterable[str]) -> str:
    """Return quiet sentences, one a line."""
    return "".join(f'<div style="color: {QUIET}; margin: 2px 0">{safe(text)}</div>' for text in texts if text)
