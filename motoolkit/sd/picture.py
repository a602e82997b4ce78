"""One person's timelines, SD's and MO's above each other on one axis, with what differs shaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.drawing import BAD, QUIET, WARN, Bar, Lane, Shade, card, heading, safe, span, timeline_image
from motoolkit.findings import Severity, how, period, word
from motoolkit.language import tr
from motoolkit.model import Validity, mask, mask_all
from motoolkit.sd._person import employments, person_keys
from motoolkit.sd._words import NOTHING, STATUSES, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    import pandas as pd

    from motoolkit.findings import Finding, Findings
    from motoolkit.sd._person import Employment
    from motoolkit.sd._side import Side

_DRAWN: Final = ("active", "leave", "unit", "sd_unit", "job_function", "title", "engagement_type", "fraction")
_WHOLE: Final = "active"
"""Where findings about the whole employment are shaded."""
_NARROWER: Final = {"unit_code": "unit"}
"""Attributes without lanes of their own, and the ones beside which they are shaded."""
_INKS: Final = {Severity.WARNING: WARN, Severity.INFO: QUIET}


class PersonPicture:
    """The employments of one person as both systems know them; shows itself in a notebook.

    It is a static image with texts where the mouse rests: offline, and in exported HTML too.
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
        self._names = names or {}
        self._statuses = statuses or {}
        self._employments = employments(sd, mo)
        keys = person_keys(sd, mo, self._employments)
        self._about_person = [f for f in findings if f.subject.sort == "person" and f.subject.key in keys]
        self._about = {
            one.key: [f for f in findings if f.subject.sort == "employment" and f.subject.key == one.key]
            for one in self._employments
        }
        self._as_of = findings.as_of

    @property
    def as_of(self) -> date:
        """The day that is marked."""
        return self._as_of

    def _repr_html_(self) -> str:
        told = _listed(self._about_person, self._told)
        every = [lane for one in self._employments for lane in self._lanes(one)[0]]
        parts = [self._employment(one, every) for one in self._employments]
        nothing = tr("Neither SD nor MO knows of an employment.")
        quiet = " · ".join(part for part in (self._masked, self._legend()) if part)
        return card(self._title, told + ("".join(parts) or f"<p>{safe(nothing)}</p>"), quiet)

    def __repr__(self) -> str:
        lines = [self._title, *(f"  {self._told(finding)}" for finding in self._about_person)]
        for one in self._employments:
            lines.append(f"  {one.called}")
            lines += [f"    {text}" for text in self._conclusions(one)]
        return mask_all("\n".join(lines))

    @property
    def _title(self) -> str:
        labels = [label for side in self._sides for label in side.subjects["label"] if label]
        return mask_all(str(labels[0])) if labels else tr("SD-Løn and MO")

    @property
    def _masked(self) -> str:
        cprs = [cpr for side in self._sides for cpr in side.subjects["cpr"] if cpr]
        return mask(str(cprs[0])) if cprs else ""

    def _legend(self) -> str:
        return tr("SD above, MO below; what differs is shaded") if self._employments else ""

    def _conclusions(self, one: Employment) -> list[str]:
        told = [self._told(finding) for finding in self._about[one.key]]
        return told or ([] if self._about_person else [tr("SD and MO agree.")])

    def _employment(self, one: Employment, every: Sequence[Lane]) -> str:
        findings = self._about[one.key]
        quiet = tr("{number} found", number=len(findings)) if findings else "".join(self._conclusions(one))
        lanes, rows = self._lanes(one)
        alt = "\n".join([one.called, *self._conclusions(one)])
        shades = list(self._shades(one, rows))
        drawn = timeline_image(lanes, self._as_of, alt=alt, shades=shades, empty=True, beside=every)
        return heading(one.called, quiet) + drawn + _listed(findings, self._told)

    def _told(self, finding: Finding) -> str:
        name = finding.attribute or _WHOLE
        sides = ""
        if finding.attribute:
            both = [said(name, value, self._names) for value in (finding.source, finding.mo)]
            sides = ": SD {}, MO {}".format(*both) if set(both) != {NOTHING} else f": {word(name)}"
        parts = [f"{tr(finding.kind.title)}{sides}", period(finding.validity), how(finding)]
        return ", ".join(part for part in parts if part)

    def _lanes(self, one: Employment) -> tuple[list[Lane], dict[str, tuple[int, int]]]:
        """Return lanes, and the first and last number of those of each attribute."""
        lanes: list[Lane] = []
        rows: dict[str, tuple[int, int]] = {}
        if status := self._statuses.get(one.pair):
            lanes.append(Lane("SD", tuple(status), tr("Status")))
        for name in _DRAWN:
            both = [*self._of_side(0, one.sd, name), *self._of_side(1, one.mo, name)]
            if name == _WHOLE or any(not bar.faint for lane in both for bar in lane.bars):
                rows[name] = len(lanes), len(lanes) + len(both) - 1
                lanes += both
        return lanes, rows

    def _of_side(self, side: int, subjects: Sequence[int], name: str) -> Iterator[Lane]:
        """Yield the lane of an attribute; one for each of several duplicates."""
        called = ("SD", "MO")[side]
        for number, subject in enumerate(subjects or (-1,)):
            label = f"{called} {number + 1}" if len(subjects) > 1 else called
            yield Lane(label, tuple(self._bars(self._sides[side], subject, name)), word(name))

    def _bars(self, side: Side, subject: int, name: str) -> Iterator[Bar]:
        held = side.intervals
        chosen = held[(held["subject"] == subject) & (held["attribute"] == name)]
        for row in chosen.sort_values("start", na_position="first").itertuples():
            text = said(name, row.value, self._names)
            yield Bar(period_of(row.start, row.end), text, faint=text == NOTHING)

    def _shades(self, one: Employment, rows: Mapping[str, tuple[int, int]]) -> Iterator[Shade]:
        for finding in [*self._about_person, *self._about[one.key]]:
            if finding.validity is None:
                continue
            for name in _attributes(finding):
                if name in rows:
                    ink = _INKS.get(finding.severity, BAD)
                    text = self._told(finding)
                    yield Shade(finding.validity, text, *rows[name], colour=ink, dashed=finding.undecided)


def _attributes(finding: Finding) -> set[str]:
    """Return where a finding is shaded: also at the attributes that it speaks for."""
    also = finding.facts.get("also", "")
    names = {finding.attribute or _WHOLE, *also.split(", ")} - {""}
    return {_NARROWER.get(name, name) for name in names}


def _listed(findings: Iterable[Finding], told: Any) -> str:
    items = "".join(
        f'<li style="margin: 2px 0">{span(finding.severity.label, _ink(finding))} {safe(told(finding))}</li>'
        for finding in findings
    )
    return f'<ul style="margin: 4px 0 0; padding-left: 20px">{items}</ul>' if items else ""


def _ink(finding: Finding) -> str:
    return f"color: {_INKS.get(finding.severity, BAD)}; font-weight: 600"


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
