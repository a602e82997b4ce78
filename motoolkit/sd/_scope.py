"""What a comparison was about, as text: for its readers, and so that like is compared with like."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from motoolkit.language import tr
from motoolkit.model import mask

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.model import Validity
    from motoolkit.sd._side import Side
    from motoolkit.sd._whom import Whom
    from motoolkit.sd.mapping import Mapping as SdMapping


_ENOUGH: Final = 8
"""So many digits tell the mappings of one customer apart."""


def scope(wanted: Whom, sd: Side, mo: Side, *, window: Validity | None, show_ignored: bool) -> str:
    """Return whose timelines of when are compared: one text for one question, without CPR numbers."""
    parts = [*wanted.institutions]
    if wanted.unit:
        parts.append(wanted.unit)
    if wanted.cprs:
        parts += sorted(_called(cpr, sd, mo) for cpr in wanted.cprs)
    if window is not None:
        parts.append(f"{window.start or ''}..{window.end or ''}")
    if show_ignored:
        parts.append("+")
    return " ".join(parts)


def terms(mapping: SdMapping) -> str:
    """Return what is the same for mappings that say the same, whatever they are called."""
    held = {each.name: getattr(mapping, each.name) for each in fields(mapping) if each.name != "name"}
    digest = sha256(json.dumps(held, sort_keys=True, default=_plain).encode()).hexdigest()
    return f"mapping:{digest[:_ENOUGH]}"


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return dict(value) if isinstance(value, Mapping) else str(value)


def _called(cpr: str, sd: Side, mo: Side) -> str:
    """Return MO's UUID of a person, else SD's first number, else what of the CPR number may be shown."""
    found = mo.subjects
    uuids = found["uuid"][(found["sort"] == "person") & (found["cpr"] == cpr)]
    if len(uuids):
        return str(uuids.iloc[0])
    found = sd.subjects[(sd.subjects["sort"] == "employment") & (sd.subjects["cpr"] == cpr)]
    return min(found["institution"] + "-" + found["number"], default=mask(cpr))


def parameters(
    wanted: Whom, names: Mapping[str, str], *, window: Validity | None, show_ignored: bool
) -> tuple[tuple[str, str], ...]:
    """Return what was asked for, label by label, as reports show it."""
    told = {
        tr("Institutions"): ", ".join(wanted.institutions),
        tr("Unit"): names.get(wanted.unit, wanted.unit),
        tr("Persons"): str(len(wanted.cprs) or ""),
        tr("From"): _day(window.start if window else None),
        tr("Before"): _day(window.end if window else None),
        tr("Left out by a rule"): tr("Yes") if show_ignored else "",
    }
    return tuple((label, text) for label, text in told.items() if text)


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
