"""The engagements and units of MO that findings are about, with what SD says of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from motoolkit.model import Timeline, Validity
from motoolkit.sd._side import MEANT_UNIT
from motoolkit.sd.diff._pairs import pair_up, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from motoolkit.sd._side import Side

_UNIT: Final = "unit"


@dataclass(frozen=True)
class Thing:
    """An engagement or unit of MO.

    Attributes:
        sort: "employment" or "unit".
        uuid: MO's.
        person: MO's UUID of the person, blank for units.
        user_key: MO's.
        number: as SD writes it, or the department's code.
        said: SD's timeline of each attribute, only while SD has it active.
    """

    sort: str
    uuid: str
    person: str
    user_key: str
    number: str
    said: dict[str, Timeline[Any]] = field(default_factory=dict)

    def placed(self, coming: Mapping[str, Timeline[bool]]) -> Thing:
        """Return it as SD has it once MO has units on more days: they are what was meant."""
        meant, units = (self.said.get(name, Timeline[Any]()) for name in (MEANT_UNIT, _UNIT))
        for span, unit in meant:
            days = coming.get(unit, Timeline[bool]()).window(span.start, span.end)
            units = units.overlay(Timeline((part, unit) for part, _ in days))
        return replace(self, said={**self.said, _UNIT: units}) if len(meant) else self

    def at(self, name: str, period: Validity) -> Any:
        """Return what SD says at the start of a period, None where that is nothing."""
        return self.said.get(name, Timeline[Any]()).at(period.start or date.min)

    def pieces(self, period: Validity, names: Collection[str] = ()) -> Timeline[dict[str, Any]]:
        """Return what SD says in a period, of all or some attributes, cut where any of it changes."""
        found: Timeline[dict[str, Any]] = Timeline([(period, {})])
        for name in names or self.said:
            timeline = self.said.get(name, Timeline[Any]())
            for span, value in timeline.window(period.start, period.end):
                inside = found.window(span.start, span.end)
                found = found.overlay(Timeline((part, values | {name: value}) for part, values in inside))
        return found


def things(sd: Side, mo: Side, uuids: Collection[str]) -> dict[tuple[str, str], Thing]:
    """Return those of MO's subjects that SD has too, by sort and UUID."""
    pairs = pair_up(sd, mo)
    theirs = np.append(texts(mo, "uuid"), np.array([""], object))[pairs.mo]
    chosen = np.flatnonzero((pairs.sd >= 0) & np.isin(theirs, [uuid for uuid in uuids if uuid]))
    rows = {int(pairs.sd[pair]): int(pairs.mo[pair]) for pair in chosen if pairs.sorts[pair] != "person"}
    said = _timelines(sd, rows)
    columns = {name: texts(mo, name) for name in ("sort", "uuid", "person_uuid", "number")}
    found = {}
    for own, row in rows.items():
        thing = Thing(
            sort=columns["sort"][row],
            uuid=columns["uuid"][row],
            person=columns["person_uuid"][row],
            user_key=columns["number"][row],
            number=texts(sd, "number")[own],
            said=said[own],
        )
        found[thing.sort, thing.uuid] = thing
    return found


def _timelines(side: Side, rows: Collection[int]) -> defaultdict[int, dict[str, Timeline[Any]]]:
    intervals = side.intervals[side.intervals["subject"].isin(list(rows))]
    spans: defaultdict[tuple[int, str], list[tuple[Validity, Any]]] = defaultdict(list)
    columns = (intervals[name] for name in ("subject", "attribute", "start", "end", "value"))
    for subject, attribute, start, end, value in zip(*columns, strict=True):
        spans[int(subject), str(attribute)].append((Validity(_day(start), _day(end)), _plain(value)))
    found: defaultdict[int, dict[str, Timeline[Any]]] = defaultdict(dict)
    for (subject, attribute), told in spans.items():
        found[subject][attribute] = Timeline(told)
    return found


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else value.date()


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
