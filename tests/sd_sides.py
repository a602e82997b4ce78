"""Sides of the SD comparison, written by hand: dates are ISO texts, None is no limit."""

from __future__ import annotations

import numpy as np
import pandas as pd

from motoolkit.sd._side import INTERVAL_COLUMNS, ODDITY_COLUMNS, SUBJECT_COLUMNS, Side, empty_subjects

CPR = "2502849996"
OTHER_CPR = "1303769995"
A = "5c0a7a52-0000-4a00-8a00-00000000000a"
B = "5c0a7a52-0000-4a00-8a00-00000000000b"
UNKNOWN = "5c0a7a52-0000-4a00-8a00-0000000000ff"
ALWAYS = (None, None)


class Writer:
    """Writes one side down, subject by subject."""

    def __init__(self, *, in_mo=False):
        self.in_mo = in_mo
        self.subjects, self.intervals, self.oddities = [], [], []

    def employment(
        self,
        number="04711",
        *,
        cpr=CPR,
        institution="NS",
        label="Nora Prøvesen",
        pair=None,
        uuid=None,
        **spans,
    ):
        """Add an employment; each attribute is a list of (start, end, value), of ``active`` (start, end)."""
        shown = f"{institution}-{number}" if institution else number
        pair = f"{cpr}/{shown.replace(number, number.lstrip('0')).upper()}"
        uuid = f"e-{cpr[:6]}-{number}" if self.in_mo else ""
        person = f"p-{cpr[:6]}" if self.in_mo else ""
        self._add("employment", pair, institution, shown if self.in_mo else number, cpr, label, uuid, person)
        return self._spans(spans)

    def unit(self, uuid, label="", *, number="", **spans):
        """Add a unit."""
        self._add("unit", uuid, "NS", number, "", label, uuid, "")
        return self._spans(spans)

    def person(self, cpr=CPR, name="Nora Prøvesen", *, institution="NS"):
        """Add a person."""
        self._add("person", cpr, institution, "", cpr, name, f"p-{cpr[:6]}" if self.in_mo else "", "")
        return self._spans({"name": [(None, None, name)]})

    def odd(self, kind, attribute="", start=None, end=None, value=None, detail="", subject=None):
        """Add an oddity about the subject added last."""
        row = len(self.subjects) - 1 if subject is None else subject
        self.oddities.append((kind, row, attribute, start, end, value, detail))
        return self

    def side(self):
        """Return the side, checked."""
        side = Side(
            pd.DataFrame(self.subjects, columns=list(SUBJECT_COLUMNS), dtype=object)
            if self.subjects
            else empty_subjects(),
            _typed(self.intervals, INTERVAL_COLUMNS),
            _typed(self.oddities, ODDITY_COLUMNS),
        )
        return side.check()

    def _add(self, *row):
        self.subjects.append(row)

    def _spans(self, spans):
        subject = len(self.subjects) - 1
        for attribute, told in spans.items():
            for start, end, *value in told:
                self.intervals.append((subject, attribute, start, end, value[0] if value else "true"))
        return self


def _typed(rows, columns):
    dates = {"start": "datetime64[s]", "end": "datetime64[s]", "subject": "int64"}
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pd.DataFrame(
        {
            name: pd.Series(
                np.array(column, dates[name]) if name in dates else column, dtype=dates.get(name, object)
            )
            for name, column in zip(columns, cells, strict=True)
        }
    )
