"""One person's timelines, SD's and MO's above each other on one axis, with what differs shaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.drawing import QUIET, Bar, Lane, Shade, card, heading, safe, timeline_svg
from motoolkit.language import tr
from motoolkit.model import Validity, mask_all
from motoolkit.sd._words import STATUSES, attribute, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import pandas as pd

    from motoolkit.findings import Finding, Findings
    from motoolkit.sd._side import Side

_DRAWN: Final = ("active", "leave", "unit", "sd_unit", "job_function", "title", "engagement_type", "fraction")
_WHOLE: Final = "active"
"""Where findings about the whole employment are shaded."""


class PersonPicture:
    """The employments of one person as both systems know them; shows itself in a notebook.

    It is static SVG with texts where the mouse rests: offline, and in exported HTML too.
    """

    def __init__(
        self,
        sd: Side,
        mo: Side,
        findings: Findings,
        *,
        names: Mapping[str, str] | None = None,
        statuses: Mapping[str, Sequence[Bar]] | None = None,
    ) -> None:
        """Draw what ``sd`` and ``mo`` hold of employments; both are of one person.

        Args:
            sd: SD's side.
            mo: MO's side.
            findings: what the comparison of the two found.
            names: UUIDs of units and user_keys of classes to names.
            statuses: SD's raw status codes of each pair, drawn above the rest.
        """
        self._sides = (sd, mo)
        self._findings = findings
        self._names = names or {}
        self._statuses = statuses or {}

    @property
    def as_of(self) -> date:
        """The day that is marked."""
        return self._findings.as_of

    def svg(self, pair: str) -> str:
        """Return the drawing of one employment."""
        lanes, shades = self._drawn(pair)
        return timeline_svg(lanes, self.as_of, shades=shades, empty=True)

    def _repr_html_(self) -> str:
        parts = [self._employment(pair) for pair in self._pairs()]
        nothing = f"<p>{safe(tr('Neither SD nor MO knows of an employment.'))}</p>"
        quiet = tr("SD above, MO below; what differs is shaded")
        return card(self._title(), "".join(parts) or nothing, quiet)

    def __repr__(self) -> str:
        lines = [self._title()]
        for pair in self._pairs():
            lines.append(f"  {self._called(pair)}")
            lines += [f"    {self._told(finding)}" for finding in self._of(pair)] or [
                f"    {tr('SD and MO agree.')}"
            ]
        return mask_all("\n".join(lines))

    def _title(self) -> str:
        labels = [label for side in self._sides for label in side.subjects["label"] if label]
        return mask_all(str(labels[0])) if labels else tr("SD-Løn and MO")

    def _pairs(self) -> list[str]:
        """Return the pairs of both sides, in the order of their numbers."""
        found: dict[str, str] = {}
        for side in self._sides:
            employments = side.subjects[side.subjects["sort"] == "employment"]
            found |= dict(zip(employments["pair"], employments["number"], strict=True))
        return sorted(found, key=lambda pair: (str(found[pair]), pair))

    def _called(self, pair: str) -> str:
        """Return what an employment is called: by SD where it knows it."""
        for side in self._sides:
            found = _subjects(side, pair)
            for institution, number in zip(found["institution"], found["number"], strict=True):
                prefix = f"{institution}-" if institution else ""
                return f"{prefix}{str(number).removeprefix(prefix)}"
        return pair

    def _employment(self, pair: str) -> str:
        findings = self._of(pair)
        quiet = tr("{count} findings", count=len(findings)) if findings else tr("SD and MO agree.")
        told = "".join(f"<li>{safe(self._told(finding))}</li>" for finding in findings)
        listed = f'<ul style="margin: 4px 0 0; color: {QUIET}">{told}</ul>' if told else ""
        return heading(self._called(pair), quiet) + self.svg(pair) + listed

    def _of(self, pair: str) -> list[Finding]:
        """Return the findings about an employment."""
        key = self._called(pair)
        return [f for f in self._findings if f.subject.key.partition("/")[0] == key]

    def _told(self, finding: Finding) -> str:
        title = tr(finding.kind.title)
        name = finding.attribute or _WHOLE
        when = f", {_period(finding.validity)}" if finding.validity else ""
        sides = ""
        if finding.attribute:
            theirs, ours = (said(name, value, self._names) for value in (finding.source, finding.mo))
            sides = f": SD {theirs}, MO {ours}"
        return f"{title}{sides}{when}"

    def _drawn(self, pair: str) -> tuple[list[Lane], list[Shade]]:
        lanes: list[Lane] = []
        rows: dict[str, int] = {}
        if status := self._statuses.get(pair):
            lanes.append(Lane(tr("SD status"), tuple(status)))
        for name in _DRAWN:
            both = [tuple(self._bars(side, pair, name)) for side in self._sides]
            if name == _WHOLE or any(both):
                rows[name] = len(lanes)
                lanes += [Lane(f"SD {attribute(name).lower()}", both[0]), Lane("MO", both[1])]
        return lanes, list(self._shades(pair, rows))

    def _bars(self, side: Side, pair: str, name: str) -> Iterator[Bar]:
        subjects = _subjects(side, pair)
        held = side.intervals
        chosen = held[held["subject"].isin(subjects.index) & (held["attribute"] == name)]
        for row in chosen.sort_values("start", na_position="first").itertuples():
            yield Bar(period_of(row.start, row.end), said(name, row.value, self._names))

    def _shades(self, pair: str, rows: Mapping[str, int]) -> Iterator[Shade]:
        for finding in self._of(pair):
            row = rows.get(finding.attribute or _WHOLE)
            if row is not None and finding.validity is not None:
                yield Shade(finding.validity, self._told(finding), row, row + 1)


def status_bars(sections: pd.DataFrame) -> list[Bar]:
    """Return SD's status codes of one employment as bars; ``sections`` are its rows of ``Employments``."""
    rows = sections[sections["field"] == "status"].sort_values("start", na_position="first")
    return [
        Bar(period_of(row.start, row.end), tr(STATUSES.get(str(row.value), str(row.value))))
        for row in rows.itertuples()
    ]


def period_of(start: Any, end: Any) -> Validity:
    """Return the period of a frame's row, where NaT is no limit."""
    import pandas as pd

    return Validity(
        None if pd.isna(start) else start.date(),
        None if pd.isna(end) else end.date(),
    )


def _subjects(side: Side, pair: str) -> pd.DataFrame:
    subjects = side.subjects
    return subjects[(subjects["sort"] == "employment") & (subjects["pair"] == pair)]


def _period(validity: Validity) -> str:
    from motoolkit.plan.danish import period

    return period(validity)
