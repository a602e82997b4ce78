"""What the doctor finds: a state and a sentence for each thing that was looked at."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

State = Literal["ok", "warning", "failed", "unknown"]

_LOOKS: Final[Mapping[State, tuple[str, str, str]]] = {
    "ok": ("ok", "✓", "var(--jp-success-color0, #1a7f37)"),
    "warning": ("warn", "!", "var(--jp-warn-color0, #8a5a00)"),
    "failed": ("FAIL", "✗", "var(--jp-error-color1, #b00020)"),
    "unknown": ("?", "?", "var(--jp-ui-font-color2, #616161)"),
}
"""The word in a terminal, the sign on a page, and its colour."""

EXIT_CODES: Final[Mapping[State, int]] = {"ok": 0, "unknown": 0, "warning": 3, "failed": 1}
"""What the command line ends with after the worst of the checks."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: what it is called, also by ``only``.
        state: ``ok``; ``warning``: works, but not for everything or not for long; ``failed``: must be mended;
            ``unknown``: MO does not let us see it.
        sentence: what was found.
        remedy: what to do about it.
    """

    name: str
    state: State
    sentence: str
    remedy: str | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing has to be mended."""
        return self.state != "failed"

    def __str__(self) -> str:
        line = f"{_LOOKS[self.state][0]:<5} {self.name}: {self.sentence}"
        return f"{line} {self.remedy}" if self.remedy and self.state != "ok" else line


class Report(tuple[Check, ...]):
    """The checks in the order in which they were made; a notebook shows them as a table."""

    __slots__ = ()

    @property
    def state(self) -> State:
        """The worst state of all."""
        for state in ("failed", "warning", "ok"):
            if any(check.state == state for check in self):
                return state
        return "unknown"

    @property
    def ok(self) -> bool:
        """Whether nothing has to be mended."""
        return all(check.ok for check in self)

    @property
    def exit_code(self) -> int:
        """0: well; 1: something must be mended; 3: nothing but warnings."""
        return EXIT_CODES[self.state]

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON knows it, for monitoring."""
        return {"state": self.state, "checks": [asdict(check) for check in self]}

    def __repr__(self) -> str:
        return "\n".join(str(check) for check in self)

    def _repr_html_(self) -> str:
        return f"<table><tbody>{''.join(_row(check) for check in self)}</tbody></table>"


def _row(check: Check) -> str:
    _, sign, colour = _LOOKS[check.state]
    remedy = f"<br><i>{escape(check.remedy)}</i>" if check.remedy and check.state != "ok" else ""
    left = 'style="text-align:left;vertical-align:top"'
    return (
        f'<tr><td style="color:{colour};font-weight:bold;vertical-align:top">{sign}</td>'
        f"<td {left}>{escape(check.name)}</td><td {left}>{escape(check.sentence)}{remedy}</td></tr>"
    )
